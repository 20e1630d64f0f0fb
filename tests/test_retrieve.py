"""What a question finds: chunks before and after their sentences are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant import answer
from assistant.question.query import understand
from assistant.retrieval.open_libraries import close_libraries, open_library
from assistant.retrieval.retrieve import gather, look
from assistant.retrieval.speaking_title import speaking_title
from ingest import Article, Filters, ingest_articles

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

QUESTION = "How much did the new ferry of Aldport cost?"
ANSWER = "The town of Aldport paid 12 million crowns for the new ferry."
BESIDE = "The new ferry of Aldport will cost the town nothing, the mayor hopes."


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Path]:
    articles = [Article(text, "Ferry", f"{place}.txt") for place, text in enumerate((ANSWER, BESIDE))]
    ingest_articles(articles, tmp_path / "library")
    yield tmp_path / "library"
    close_libraries()


def test_the_best_sentence_counts_for_its_chunk(library: Path) -> None:
    """A chunk that has the words moves behind one whose sentence answers, once both are read."""
    opened, query = open_library(library), understand(QUESTION)
    assert [item.hit.chunk.text for item in gather(query, opened).found] == [BESIDE, ANSWER]
    assert [item.hit.chunk.text for item in look(query, opened).chunks] == [ANSWER, BESIDE]


def test_nothing_found(library: Path) -> None:
    """Where nothing may be used, nothing is found and nothing fails."""
    seen = look(understand(QUESTION), open_library(library), Filters(sources=frozenset({"Herald"})))
    assert (seen.chunks, seen.ranked) == ((), ())


NOTICE = (
    "We keep the address that you have given to manage your account. You agree to our storing and sharing "
    "it with our partners for this. Our partners are named in the notice on cookies, which tells what each "
    "of them keeps and how long. If you object to that, write to our office by post. You can find out more "
    "about our interest in the notice on data. It tells you which rights you have and how you use them. "
) * 2


def test_a_title_makes_no_answer_of_a_text_that_does_not_take_it_up(tmp_path: Path) -> None:
    """Of an article of which only the notice on data was kept, no sentence answers."""
    title, question = (
        "Mara Lindqvist takes control of Aldport harbour",
        "Who takes control of Aldport harbour?",
    )
    ingest_articles([Article(NOTICE, title, "notice.txt")], tmp_path / "library")
    assert not answer(question, library=tmp_path / "library").answered
    told = f"{NOTICE} The council gave control of Aldport harbour to Mara Lindqvist on Monday."
    ingest_articles([Article(told, title, "told.txt")], tmp_path / "library")
    assert "Lindqvist" in answer(question, library=tmp_path / "library").citations[0].quote


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Mara Lindqvist takes Aldport harbour", NOTICE, ""),
        ("Mara Lindqvist takes Aldport harbour", NOTICE + "Lindqvist won.", None),
        ("Mara Lindqvist takes Aldport harbour", NOTICE[:300], None),
        ("Harbour taken", NOTICE, None),
        ("港の管理者が決まる", NOTICE, None),
        ("", NOTICE, None),
    ],
    ids=["said of nothing", "taken up", "short text", "short title", "no words to compare", "none"],
)
def test_a_title_speaks_for_its_text_unless_next_to_none_of_it_is_taken_up(
    title: str, text: str, expected: str | None
) -> None:
    """Where too little is known the title is believed."""
    assert speaking_title(Article(text, title, "a.txt")) == (title if expected is None else expected)
