"""What a question finds: chunks before and after their sentences are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.question.query import understand
from assistant.retrieval.open_libraries import close_libraries, open_library
from assistant.retrieval.retrieve import gather, look
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
