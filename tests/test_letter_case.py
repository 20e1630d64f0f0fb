"""A question typed without capitals is read with those that the articles write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant import answer
from assistant.question.query import understand
from assistant.retrieval.letter_case import with_capitals
from assistant.retrieval.open_libraries import close_libraries, open_library
from assistant.retrieval.retrieve import look
from ingest import Article, ingest_articles

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ARTICLES = (
    """On Monday the council of Fern Hollow voted to close the ferry. Few people in Fern Hollow use it.
The mayor of Fern Hollow, Olive Marsh, said that the ferry costs 40,000 crowns a year.""",
    """The council of Aldport voted on Tuesday to buy a ferry. It will cost 12 million crowns, and many in
Aldport are glad, said Rowan Marsh, who lives there.""",
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("towns") / "library"
    stored = [Article(text, "The ferry", f"{place}.txt") for place, text in enumerate(ARTICLES)]
    ingest_articles(stored, folder)
    yield folder
    close_libraries()


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("what did the council of fern hollow vote on?", "what did the council of Fern Hollow vote on?"),
        ("what does the ferry of aldport cost", "what does the ferry of Aldport cost"),
        ("what does the ferry of Aldport and fern hollow cost", None),
        ("what does the council say", None),
        ("who is olive marsh", "who is olive Marsh"),
    ],
    ids=["two words", "one word", "typed with a capital", "no name", "once is not enough"],
)
def test_names_get_the_capitals_that_the_articles_found_write(
    library: Path, typed: str, read: str | None
) -> None:
    """What the articles write with a capital within their sentences is a name; what was typed is kept."""
    query = look(understand(typed), open_library(library)).query
    assert (query.text, query.asked) == (read or typed, typed)


def test_a_follow_up_keeps_what_it_takes_from_the_conversation(library: Path) -> None:
    """Capitals change the words of a question, not what it leans on."""
    history = [("What did the council of Fern Hollow vote on?", "To close the ferry.")]
    query = understand("and the one of aldport?", history)
    read = look(query, open_library(library)).query
    assert (read.text, read.context) == ("and the one of Aldport?", query.context)
    assert query.names < read.names


@pytest.mark.parametrize(
    "question", ["Who is the mayor of Fern Hollow?", "What will the ferry of Aldport cost?"]
)
def test_a_question_is_answered_alike_with_and_without_its_capitals(library: Path, question: str) -> None:
    """What binds, binds however it is typed."""
    quotes = [
        [citation.quote for citation in answer(typed, library=library).citations]
        for typed in (question, question.lower())
    ]
    assert quotes[0] == quotes[1] != []


def test_nothing_found_changes_nothing() -> None:
    """A question that finds nothing is read as it was typed."""
    query = understand("who is the mayor of fern hollow")
    assert with_capitals(query, []) is query
