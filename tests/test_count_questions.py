"""Questions about the articles themselves are answered by counting all of them, each with its sentence."""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from assistant import Mode, answer
from assistant.question.count_question import Counting, count_asked
from assistant.question.query import understand
from assistant.rendering.render import answer_text
from assistant.web.api.operations import Programs
from assistant.web.api.schemas import Ask
from assistant.web.chat.library_service import LibraryService
from assistant.web.html.turns import answer_html
from ingest import Article, Filters, ingest_articles

if TYPE_CHECKING:
    from pathlib import Path

STORY = (
    "The ferry Aurora ran aground off Orrow on Sunday with ninety people on board, and all of them were "
    "brought ashore by fishermen before dark. The master said that a buoy had been missing. None was hurt."
)
ARTICLES = (
    Article(STORY, "Aground", "a.txt", source="Harbour Gazette", published=date(2026, 5, 3)),
    Article(STORY, "Ferry aground", "b.txt", source="Inland Post", published=date(2026, 5, 4)),
    Article(
        "A ferryman retired. His old ferry was sold to an apple grower.",
        "Retired",
        "c.txt",
        source="Inland Post",
        published=date(2026, 6, 2),
    ),
    Article(
        "Apple opened a shop. Nobody came by ferry; Apple paid for taxis.",
        "Shop",
        "d.txt",
        source="Coast Daily",
    ),
    Article("Ferrying goods is dear.", "Goods", "e.txt", source="Coast Daily", published=date(2026, 5, 9)),
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep a story with its copy, and three other articles."""
    folder = tmp_path_factory.mktemp("library")
    ingest_articles(list(ARTICLES), folder)
    return folder


def test_articles_are_counted_with_copies_papers_and_days(library: Path) -> None:
    """The numbers are those of the record, copies are one story, and each story has its sentence."""
    given = answer("How many articles mention the ferry?", library=library)
    assert given.mode is Mode.COUNT
    assert given.tally is not None
    assert (given.tally.articles, given.tally.stories, given.tally.undated) == (4, 3, 1)
    assert given.tally.sources == ("Coast Daily", "Harbour Gazette", "Inland Post")
    assert given.tally.months == (("2026-05", 2), ("2026-06", 1))
    assert given.statements[0].text == (
        "4 articles mention “ferry”: 3 stories after copies, 3 papers, 3 May 2026 to 2 June 2026, "
        "1 without a date."
    )
    texts = {article.text for article in ARTICLES}
    for citation in given.citations:
        assert any(text[citation.start : citation.end] == citation.quote for text in texts)
        assert "ferry" in citation.quote
    assert given.statements[0].citations == (1, 2, 3)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Since when do the articles mention the ferry?", "Since 3 May 2026: 4 articles mention “ferry”"),
        ("How often a month is the ferry mentioned?", "By month: 2 in May 2026, 1 in June 2026."),
        (
            "Which papers write about the ferry?",
            "3 papers mention “ferry”: Coast Daily (1), Harbour Gazette (1), Inland Post (2).",
        ),
        ("How many articles from the Inland Post mention the ferry?", "2 articles mention “ferry”"),
        ("How many articles mention the ferry in June 2026?", "1 article mentions “ferry”: 1 story"),
        ("How many articles mention Apple?", "1 article mentions “Apple”"),
        ("how many articles mention apple?", "2 articles mention “apple”"),
        ("How many articles mention the ferry Aurora?", "2 articles mention “ferry Aurora”: 1 story"),
    ],
)
def test_each_wording_gets_its_number(library: Path, question: str, said: str) -> None:
    """Since when, how often, which papers, of which paper, in which month; a name needs its capital."""
    assert said in answer(question, library=library).text


@pytest.mark.parametrize(
    "question",
    [
        "How many people did the ferry carry?",
        "How many reports about the ferry did the court get?",
        "How many articles does the constitution have?",
        "How many newspapers did Murdoch own?",
        "Since when has the ferry been running?",
        "How often does the ferry sail?",
        "Which papers did the minister sign?",
        "How many articles mention that the ferry was late?",
        "How many articles mention it?",
        "How many stories does the tower have?",
    ],
)
def test_other_counts_are_asked_of_the_articles(question: str) -> None:
    """What articles tell of in numbers is looked for in them as before."""
    assert count_asked(understand(question)) is None


def test_signs_belong_to_a_subject() -> None:
    """A subject is counted as it was written: C++ is not C, and quotation marks are no part of it."""
    subjects = {"How many articles mention C++?": "C++", "How many articles mention “the Aurora”?": "Aurora"}
    for question, subject in subjects.items():
        found = count_asked(understand(question))
        assert found is not None
        assert found.subject == subject


def test_nothing_counted_is_told(library: Path) -> None:
    """Where no article has the subject, that is the answer, with a tally of none."""
    given = answer("How many articles mention the zeppelin?", library=library)
    assert not given.answered
    assert given.tally is not None
    assert given.tally.articles == 0
    assert given.notices[0] == "No article that was searched mentions “zeppelin”."


def test_filters_hold_for_counting(library: Path) -> None:
    """The caller's filters limit what is counted, also together with what the question names."""
    only = Filters(sources="Inland Post")
    given = answer("How many articles mention the ferry?", library=library, filters=only)
    assert given.tally is not None
    assert given.tally.articles == 2
    both = answer("How many articles in Coast Daily mention the ferry?", library=library, filters=only)
    assert both.tally is not None
    assert both.tally.articles == 0


def test_the_count_is_shown_everywhere(library: Path) -> None:
    """Terminal, Markdown, chat and programs have the sentence, its footnotes and the list behind it."""
    question = "How many articles mention the ferry?"
    given = answer(question, library=library)
    for shown in (answer_text(given), given.to_markdown(), str(answer_html(given, [], [], seconds=0.1))):
        assert "4 articles mention" in shown
    asked = asyncio.run(Programs(LibraryService(library)).ask(Ask.model_validate({"question": question})))
    assert asked.mode == "count"
    assert asked.tally is not None
    assert len(asked.tally.mentions) == 4
    assert len(given.to_dict()["tally"]["mentions"]) == 4


def test_counts_are_those_of_reading_everything(tmp_path: Path) -> None:
    """For random texts, words and phrases are counted as somebody who reads every article counts them."""
    chance = random.Random(3)  # noqa: S311  # texts, not secrets
    words = ["tram", "Tram", "trams", "tramway", "north", "North", "gate", "U.S.", "O'Neill", "café", "ice"]
    texts = [
        " ".join(
            " ".join(chance.choices(words, k=5)).capitalize() + "." for _ in range(chance.randint(1, 40))
        )
        + f" Number{number} stands alone."
        for number in range(60)
    ]
    ingest_articles(
        [
            Article(text, f"Text {number}", f"{number}", published=date(2026, 1, 1) + timedelta(days=number))
            for number, text in enumerate(texts)
        ],
        tmp_path,
    )
    for subject in ("tram", "north gate", "North", "tramway", "café ice", "tram trams", "gate", "ice"):
        given = answer(f"How many articles mention {subject}?", library=tmp_path)
        flags = 0 if subject[0].isupper() else re.IGNORECASE
        pattern = re.compile(rf"(?<!\w){re.escape(subject)}(?!\w)", flags)
        expected = [number for number, text in enumerate(texts) if pattern.search(text)]
        assert given.tally is not None
        assert given.tally.articles == len(expected)
        months = Counter(
            f"2026-{(date(2026, 1, 1) + timedelta(days=number)).month:02}" for number in expected
        )
        assert dict(given.tally.months) == months
        for item in given.tally.mentions:
            text = texts[(item.published - date(2026, 1, 1)).days] if item.published else ""
            found = pattern.search(text)
            assert found is not None
            assert item.start <= found.start() < item.end


def test_wordings_are_told_apart() -> None:
    """Each wording is of one kind, and its subject has no article before it."""
    kinds = {
        "How many of my articles are about the harbour?": Counting.HOW_MANY,
        "In how many articles is Ana Ruiz mentioned?": Counting.HOW_MANY,
        "When did the articles first mention the harbour?": Counting.SINCE,
        "How often do the articles mention the harbour per month?": Counting.OFTEN,
        "Which newspapers have reported on the harbour?": Counting.PAPERS,
    }
    for question, kind in kinds.items():
        found = count_asked(understand(question))
        assert found is not None
        assert found.counting is kind
        assert found.subject in {"harbour", "Ana Ruiz"}


def test_a_count_gives_no_copy_away_that_others_alone_may_see(tmp_path: Path) -> None:
    """A story goes by an article that may be seen, as it does where there never was a copy of it."""
    ingest_articles(ARTICLES[0], tmp_path)
    ingest_articles(ARTICLES[1], tmp_path, groups="sports")
    given = answer("How many articles mention Orrow?", library=tmp_path, filters=Filters(groups=[]))
    assert given.tally is not None
    assert [(each.article_id, each.story) for each in given.tally.mentions] == [(ARTICLES[0].id,) * 2]
