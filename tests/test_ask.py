"""From a question to an answer, on a real library with the bundled model."""

from __future__ import annotations

import asyncio
import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from assistant import CANNOT_ANSWER, Mode, aanswer, answer, find_evidence
from ingest import Article, Filters, LibraryError, QuestionError, ingest_articles

if TYPE_CHECKING:
    from pathlib import Path

FERRY = Article(
    text=(
        "Six people were hurt when the ferry Marigold caught fire on Sunday. "
        "Captain Ana Ruíz steered the ship onto a sandbank. "
        "The harbour authority closed the pier until Friday."
    ),
    title="Ferry fire",
    origin="ferry.txt",
    source="Gazette",
    url="https://gazette.example/ferry",
    published=date(2026, 5, 4),
)
SCHOOL = Article(
    text=(
        "The council voted to close Alder School by eleven votes to eight. "
        "Parents marched through the town with drums 🥁 and whistles. "
        "“We will not give up,” said Tom Reed, who leads the parents' group."
    ),
    title="School vote",
    origin="school.txt",
    source="Post",
    published=date(2026, 3, 1),
)
RIGHT = (
    (
        "How many people were hurt in the fire?",
        "Six people were hurt when the ferry Marigold caught fire on Sunday.",
    ),
    ("Who is the captain of the Marigold?", "Captain Ana Ruíz steered the ship onto a sandbank."),
    ("How did the council vote?", "The council voted to close Alder School by eleven votes to eight."),
    ("Who leads the parents' group?", "“We will not give up,” said Tom Reed, who leads the parents' group."),
)
UNANSWERABLE = (
    "What is the boiling point of tungsten?",
    "Who won the world chess championship?",
    "How do I bake sourdough bread at home?",
    "Who is the captain of the Gloriana?",
    "the of and a",
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ask") / "library"
    ingest_articles([FERRY, SCHOOL], folder)
    return folder


@pytest.mark.parametrize(("question", "sentence"), RIGHT)
def test_the_first_quote_answers(library: Path, question: str, sentence: str) -> None:
    """The decisive sentence comes first, as a slice of its article."""
    given = answer(question, library=library)
    assert given.answered
    assert given.mode == Mode.QUOTES
    assert given.citations[0].quote == sentence
    texts = {FERRY.id: FERRY.text, SCHOOL.id: SCHOOL.text}
    assert [texts[item.article_id][item.start : item.end] for item in given.citations] == [
        item.quote for item in given.citations
    ]


@pytest.mark.parametrize("question", UNANSWERABLE)
def test_no_evidence_no_answer(library: Path, question: str) -> None:
    """A question that the articles don't answer is not answered, and cites nothing."""
    given = answer(question, library=library)
    assert (given.answered, given.citations, given.text) == (False, (), CANNOT_ANSWER)


def test_to_dict_is_plain(library: Path) -> None:
    """An answer goes through JSON and comes back the same."""
    plain = answer(RIGHT[0][0], library=library).to_dict()
    assert json.loads(json.dumps(plain)) == plain
    assert plain["citations"][0]["published"] == "2026-05-04"


def test_filters(library: Path) -> None:
    """Only articles that the filter lets through are used."""
    only_post = Filters(sources=frozenset({"Post"}))
    found = find_evidence("How many people were hurt?", library=library, filters=only_post)
    assert {item.citation.source for item in found} == {"Post"}


def test_filtered_to_nothing(library: Path) -> None:
    """Where no article passes the filter there is no answer and nothing to offer."""
    given = answer(RIGHT[0][0], library=library, filters=Filters(article_ids=frozenset({"none"})))
    assert (given.answered, given.consulted, given.confidence) == (False, (), 0.0)


def test_evidence_is_ranked(library: Path) -> None:
    """Evidence comes best first and no longer than asked for."""
    found = find_evidence("Who steered the ship?", library=library, limit=3)
    scores = [item.score for item in found]
    assert (len(found), scores) == (3, sorted(scores, reverse=True))


def test_follow_up(library: Path) -> None:
    """A question that leans on the one before is answered about the same thing."""
    history = (("Who is the captain of the ferry Marigold?", "Captain Ana Ruíz"),)
    given = answer("How many were hurt there?", library=library, history=history)
    assert given.citations[0].quote == RIGHT[0][1]


def test_async_twin(library: Path) -> None:
    """`aanswer` gives what `answer` gives."""
    assert asyncio.run(aanswer(RIGHT[0][0], library=library)) == answer(RIGHT[0][0], library=library)


def test_new_articles_are_seen(tmp_path: Path) -> None:
    """An article put in after the first question is found by the next one."""
    ingest_articles([SCHOOL], tmp_path)
    assert answer("How many people were hurt in the ferry fire?", library=tmp_path).answered is False
    ingest_articles([FERRY], tmp_path)
    assert answer("How many people were hurt in the ferry fire?", library=tmp_path).answered is True


def test_threshold_is_a_setting(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stricter threshold turns an answer into an abstention."""
    monkeypatch.setenv("FOOTNOTE_MIN_CONFIDENCE", "1")
    assert answer(RIGHT[0][0], library=library).answered is False


def test_no_library(tmp_path: Path) -> None:
    """Asking where there is no library says how to make one."""
    with pytest.raises(LibraryError, match="footnote ingest"):
        answer("Who?", library=tmp_path / "nowhere")


def test_empty_question(library: Path) -> None:
    """An empty question is refused before anything is searched."""
    with pytest.raises(QuestionError, match="empty"):
        answer(" \x00 ", library=library)
