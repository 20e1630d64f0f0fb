"""Everything that is asked is looked for in one way: the evidence is what the answer is made from."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING

import pytest

from assistant import Finished, aanswer, answer, find_evidence, stream_answer
from assistant.question.remarks import NOTICES, Remark, remark_in
from assistant.store.conversations import Conversations
from assistant.web.api.openai_api import Message, question_of
from assistant.web.api.operations import Programs, answered
from assistant.web.api.schemas import Ask, Search
from assistant.web.chat.library_service import LibraryService
from assistant.web.chat.service import Question
from assistant.web.html.filters import AskedLimits
from ingest import Article, Filters, ingest_articles

if TYPE_CHECKING:
    from pathlib import Path

    from assistant import Answer

ARTICLES = (
    Article(
        "Six people were hurt when the ferry Marigold caught fire on Sunday. Captain Ana Ruíz steered "
        "the ship onto a sandbank. The Marigold was built in 1974.",
        "Ferry fire",
        "ferry.txt",
        source="Harbour Gazette",
        published=date(2026, 5, 4),
    ),
    Article(
        "Nine people were hurt in the fire on the ferry Marigold, the coastguard said.",
        "Fire at sea",
        "sea.txt",
        source="Inland Post",
        published=date(2026, 5, 3),
    ),
    Article(
        "Two men were arrested after the robbery at the savings bank in Orrow. They had fled on bicycles.",
        "Robbery",
        "bank.txt",
        source="Inland Post",
        published=date(2026, 4, 9),
    ),
    Article(
        "The swing bridge was closed because a barge had struck its northern pier. It opened again in June.",
        "Bridge closed",
        "bridge.txt",
        source="China Daily",
        published=date(2026, 6, 20),
    ),
    Article(
        "China said that the new tariffs were a mistake. The ministry in Beijing spoke on Friday.",
        "Tariffs",
        "tariffs.txt",
        source="Harbour Gazette",
        published=date(2026, 6, 2),
    ),
)
FERRY = "How many people were hurt in the fire on the ferry Marigold?"
CONVERSATIONS = (
    (FERRY, "When was it built?", "Who was the captain?"),
    (FERRY, "Who was arrested after the robbery at the bank?", "How had they fled?"),
    (FERRY, "When was it built?", "Why was the bridge closed?", "When did it open again?"),
    ("Why was the bridge closed?", "What did China say about the tariffs?", "ok thanks", "When?"),
    ("According to the Harbour Gazette, how many people were hurt?", "And according to the Inland Post?"),
    ("Who fled on bicycles?", "yes", "What about the ferry fire?", "Who was arrested after the robbery?"),
)
DAY = date(2026, 7, 1)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("one") / "library"
    ingest_articles(list(ARTICLES), folder)
    return folder


def quotes(given: Answer) -> list[str]:
    """Return the sentences that an answer shows, cited or nearest."""
    return [item.quote for item in (*given.citations, *given.consulted)]


@pytest.mark.slow
@pytest.mark.parametrize("questions", CONVERSATIONS)
def test_evidence_and_answers_agree(library: Path, questions: tuple[str, ...]) -> None:
    """Through a conversation each way of asking finds the same, also where the subject changes."""
    service, history = LibraryService(library), list[tuple[str, str]]()
    for text in questions:
        given = answer(text, library=library, history=history, asked_on=DAY)
        found = find_evidence(text, library=library, history=history, asked_on=DAY, limit=100)
        known = {item.citation.quote for item in found}
        assert set(quotes(given)) <= known
        assert bool(found) is bool(quotes(given))
        if given.citations and not given.conflicts:
            best = found[0].citation
            assert best.quote in quotes(given)
        question = Question(text, tuple(history), AskedLimits(None, DAY))
        assert service.find(question, limit=100) == found
        assert asyncio.run(answered(service, question)) == given
        assert asyncio.run(aanswer(text, library=library, history=history, asked_on=DAY)) == given
        events = list(stream_answer(text, library=library, history=history, asked_on=DAY))
        assert events[-1] == Finished(given)
        history.append((text, given.text))


def test_a_changed_subject_changes_the_evidence(library: Path) -> None:
    """Evidence for a question that leaves the conversation is about the question, as the answer is."""
    history = (("Who steered the ship?", "Captain Ana Ruíz did."),)
    asked = "Who was arrested after the robbery at the bank?"
    alone = find_evidence(asked, library=library, limit=3)
    assert find_evidence(asked, library=library, history=history, limit=3) == alone
    assert "arrested" in alone[0].citation.quote


def test_programs_search_what_they_ask(library: Path) -> None:
    """Over HTTP and MCP `search` finds what `ask` answers from, with the same limits and day."""
    programs = Programs(LibraryService(library))
    text = "According to the Inland Post, how many people were hurt?"
    for exact in (False, True):
        found = programs.search(
            Search.model_validate({"words": text, "limit": 50, "asked_on": DAY, "exact": exact})
        )
        asked = asyncio.run(
            programs.ask(Ask.model_validate({"question": text, "asked_on": DAY, "exact": exact}))
        )
        shown = {item.quote for item in (*asked.citations, *asked.consulted)}
        assert shown <= {item.citation.quote for item in found.found}
        sources = {item.citation.source for item in found.found}
        assert (sources == {"Inland Post"}) is not exact
        assert (asked.question_filter is None) is exact


def test_a_country_is_no_paper(library: Path) -> None:
    """What China said is looked for in all papers, though one of them is China Daily."""
    given = answer("What did China say about the tariffs?", library=library)
    assert (given.question_filter, given.notices) == (None, ())
    assert given.citations[0].quote.startswith("China said")


def test_a_filter_is_told_and_undone(library: Path, tmp_path: Path) -> None:
    """A paper that the question names limits the answer, which says so, also once kept; `exact` undoes it."""
    text = "According to the Inland Post, how many people were hurt on the Marigold?"
    given = answer(text, library=library)
    assert given.question_filter is not None
    assert given.question_filter.sources == ("Inland Post",)
    assert {item.source for item in given.citations} == {"Inland Post"}
    assert any("Inland Post" in notice for notice in given.notices)
    assert given.to_dict()["question_filter"]["words"] == ["According to the Inland Post"]
    kept = Conversations(tmp_path)
    conversation, _ = kept.keep(None, given, seconds=0.1)
    again = kept.get(conversation)
    assert again is not None
    assert again.turns[0].answer == given
    whole = answer(text, library=library, filters=Filters(exact=True))
    assert whole.question_filter is None
    assert {item.source for item in whole.citations} == {"Harbour Gazette", "Inland Post"}


def test_a_completion_can_be_exact() -> None:
    """OpenAI's clients undo a filter with a field of ours."""
    asked = [Message(role="user", content="According to CNN, who?")]
    assert question_of(asked).limits == AskedLimits()
    assert question_of(asked, exact=True).limits == AskedLimits(Filters(exact=True))


NOTHING = (
    "yes",
    "No.",
    "ok thanks",
    "Thank you very much!",
    "Great, that helps. Bye",
    "hello there",
    "👍 thanks",
)
SOMETHING = (
    "Why?",
    "Yes, but who was hurt?",
    "When?",
    "no deal",
    "Was he right?",
    "ok, and the ferry?",
    "more",
)


@pytest.mark.parametrize("text", NOTHING)
def test_thanks_are_not_answered(library: Path, text: str) -> None:
    """A reader who agrees or thanks gets no quotation, and is told that nothing was asked."""
    history = ((FERRY, answer(FERRY, library=library).text),)
    for before in ((), history):
        given = answer(text, library=library, history=before)
        assert (given.answered, quotes(given), given.notices) == (False, [], (NOTICES[Remark.COURTESY],))
        assert find_evidence(text, library=library, history=before) == []


def test_short_questions_are_asked() -> None:
    """Whatever asks something is a question, however short; and no text takes long to tell."""
    assert not any(remark_in(text) for text in SOMETHING)
    assert all(remark_in(text) is Remark.COURTESY for text in NOTHING)
    assert not remark_in("thank you very much " * 200 + "x")
