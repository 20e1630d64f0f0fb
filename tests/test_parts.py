"""Questions that ask for several things are taken apart, and each thing is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant import answer
from assistant.question.parts import MOST_PARTS, parts_of
from assistant.retrieval.abstention import NOT_SEARCHED
from ingest import Article, ingest_articles

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "When did the Orrow bridge open and what did it cost?",
            ("When did the Orrow bridge open", "the Orrow bridge open what did it cost"),
        ),
        (
            "Where and in which year was Ebba Stroyle born?",
            ("Where was Ebba Stroyle born", "in which year was Ebba Stroyle born"),
        ),
        (
            "harbour fire: cause, how many were hurt and who put it out",
            ("harbour fire cause", "harbour fire how many were hurt", "harbour fire who put it out"),
        ),
        (
            "Orrow bridge - when did it open, who built it?",
            ("Orrow bridge when did it open", "Orrow bridge who built it"),
        ),
        (
            "Ferry collision, how many were hurt, and what was the captain charged with?",
            ("Ferry collision how many were hurt", "Ferry collision what was the captain charged with"),
        ),
        (
            "In May, when did the ferry burn and who put it out?",
            ("In May, when did the ferry burn", "In May the ferry burn who put it out"),
        ),
        (
            "How many people died in the ferry fire, who was the captain, and what was the cause?",
            (
                "How many people died in the ferry fire",
                "the ferry fire who was the captain",
                "the ferry fire what was the cause",
            ),
        ),
        ("Tell me when and where the ferry sank.", ("when the ferry sank", "where the ferry sank")),
        ("Did the bridge reopen, and when?", ("Did the bridge reopen", "when did the bridge reopen")),
        ("Who was arrested and why?", ("Who was arrested", "why was arrested")),
        (
            "who scored at elmstead and what was the score",
            ("who scored at elmstead", "elmstead what was the score"),
        ),
        (
            "what did okonjic average against the tigers, and where was he born",
            (
                "what did okonjic average against the tigers",
                "okonjic average against the tigers where was he born",
            ),
        ),
        (
            "Has the strike ended? When and on what terms?",
            ("Has the strike ended", "When has the strike ended", "on what terms has the strike ended"),
        ),
        (
            "How old was Ada Lind when she died and where did she die?",
            ("How old was Ada Lind when she died", "Ada Lind when she died where did she die"),
        ),
        (
            "Who designed the bridge, … and why?",
            ("Who designed the bridge", "designed the bridge why"),
        ),
    ],
)
def test_several_things(question: str, parts: tuple[str, ...]) -> None:
    """Each thing becomes a question of its own, with what it is about."""
    assert tuple(part.question for part in parts_of(question)) == parts


@pytest.mark.parametrize(
    "question",
    [
        "How many people were hurt?",
        "When the bridge closed, what did the council do?",
        "Who is the minister, who resigned on Monday?",
        "Which ferry, the Marigold or the Aurora, burned?",
        "Despite the storm, and in view of the costs, what was decided?",
        "What did the mayor and the council agree on?",
        "In May, which ferry caught fire?",
        "What is the difference between what the mayor said and what the council said?",
        "What is known about how and why the ferry burned?",
        "Who, when and where?",
        "?",
    ],
)
def test_one_thing_stays_whole(question: str) -> None:
    """A clause before the question, a relative clause and a pair of names are no second thing."""
    assert parts_of(question) == ()


ARTICLE = Article(
    text=(
        "The Orrow bridge was opened by the queen on 4 May 1987. Boats pass below it every hour. "
        "Building it cost 31 million crowns, twice what the council had planned. "
        "Its arch was drawn by the engineer Lise Holm. Children fish from its pillars in summer."
    ),
    title="The Orrow bridge",
    origin="bridge.txt",
)


def test_each_thing_is_quoted(tmp_path: Path) -> None:
    """The answer has a sentence for each thing, in the order in which they were asked for."""
    ingest_articles([ARTICLE], tmp_path)
    given = answer("When was the Orrow bridge opened and how much did it cost?", library=tmp_path)
    assert given.answered
    assert ["1987" in item.quote for item in given.citations] == [True, False]
    assert "31 million" in given.citations[1].quote


FERRY = Article(
    text="The ferry Aurora burned off Elmstead on 3 May. Nobody on board was hurt.",
    title="Fire on a ferry",
    origin="ferry.txt",
)


def test_two_things_may_have_nothing_to_do_with_each_other(tmp_path: Path) -> None:
    """The second is asked for alone where that is answered with more certainty, if it names something."""
    ingest_articles([ARTICLE, FERRY], tmp_path)
    given = answer("Who drew the arch of the Orrow bridge, and when did the Aurora burn?", library=tmp_path)
    assert ["Lise Holm" in item.quote for item in given.citations] == [True, False]
    assert "on 3 May" in given.citations[1].quote
    asked = {part.worded: part.alone for part in parts_of("When did the bridge open and what did it cost?")}
    assert asked == {"When did the bridge open": "", "what did it cost": ""}


def test_what_is_not_found_is_told(tmp_path: Path) -> None:
    """A thing that the articles don't tell is named, and the others are answered."""
    ingest_articles([ARTICLE], tmp_path)
    given = answer(
        "Orrow bridge: when was it opened, what did it cost, and who sings the anthem of Norway?",
        library=tmp_path,
    )
    assert given.answered
    assert any("who sings the anthem of Norway" in notice for notice in given.notices)


def test_one_thing_of_two_is_answered(tmp_path: Path) -> None:
    """Where only one of two things is told, that is quoted, and the other is said to be lacking."""
    ingest_articles([ARTICLE], tmp_path)
    given = answer("How much did building the Orrow bridge cost and who was the pilot?", library=tmp_path)
    assert "31 million" in given.citations[0].quote
    assert "Not found in your articles: “who was the pilot”." in given.notices


def test_an_earlier_question_is_no_part(tmp_path: Path) -> None:
    """In a conversation only what is asked now is answered."""
    ingest_articles([ARTICLE], tmp_path)
    history = (("Who drew the arch of the Orrow bridge?", "Its arch was drawn by the engineer Lise Holm."),)
    given = answer("And what did it cost?", library=tmp_path, history=history)
    assert "31 million" in given.citations[0].quote


def test_what_is_too_much_is_told(tmp_path: Path) -> None:
    """Each thing costs a search, so there is a limit, and what lies beyond it is named."""
    ingest_articles([ARTICLE], tmp_path)
    given = answer(
        "Orrow bridge: when was it opened, what did it cost, who drew its arch, "
        "who opened it, where do children fish, and what passes below it?",
        library=tmp_path,
    )
    assert len(given.citations) <= MOST_PARTS
    assert NOT_SEARCHED.format("where do children fish”, “what passes below it") in given.notices


def test_all_things_are_asked_of_the_paper_named(tmp_path: Path) -> None:
    """A paper that is named once holds for everything asked for, and what it is asked about stays known."""
    texts = {
        "Harbour Gazette": "The Orrow bridge was opened on 4 May. The Orrow bridge cost 31 million crowns.",
        "Coast Daily": "The Orrow bridge was opened on 5 May. The Orrow bridge cost 32 million crowns.",
    }
    ingest_articles(
        [
            Article(text=text, title="The Orrow bridge", origin=f"{paper}.txt", source=paper)
            for paper, text in texts.items()
        ],
        tmp_path,
    )
    given = answer(
        "According to the Coast Daily, when was the Orrow bridge opened and how much did it cost?",
        library=tmp_path,
    )
    assert [item.quote for item in given.citations] == texts["Coast Daily"].replace(". ", ".|").split("|")


def test_parts_may_be_longer_than_a_question(tmp_path: Path) -> None:
    """A question as long as is allowed is answered, though what it is about is repeated in its parts."""
    ingest_articles([ARTICLE], tmp_path)
    long = f"When was the Orrow bridge {'over the river ' * 255}opened and how much did it cost?"
    assert answer(long, library=tmp_path).question == long
