"""The speed bench times the stages of real answers, on libraries of the sizes that it makes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from assistant.retrieval.open_libraries import close_libraries, open_library
from bench.news import Question
from bench.sized import more_than, part_of
from bench.speed import STAGES, measure, show
from ingest import Article, ingest_articles

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXTS = (
    "The ferry sails at nine. It was built in 1994.",
    "The bridge is open. Ana Ruíz opened it on Friday.",
)
ASKED = date(2026, 5, 4)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Path]:
    articles = [Article(text, f"Story {place}", f"{place}.txt") for place, text in enumerate(TEXTS)]
    ingest_articles(articles, tmp_path / "library")
    yield tmp_path / "library"
    close_libraries()


def chunks_of(folder: Path) -> int:
    return open_library(folder).library.count()[1]


def test_a_part_has_the_same_chunks(library: Path, tmp_path: Path) -> None:
    """The small library has articles of the slice with their vectors, and no more than asked for."""
    part_of(library, tmp_path / "small", 1)
    whole, part = open_library(library).library, open_library(tmp_path / "small").library
    (one,) = part.articles()
    (chunk, vector), (same, stored) = *part.vectors(one.id, one.version), *whole.vectors(one.id, one.version)
    assert chunk.text == same.text
    assert vector.tolist() == stored.tolist()


def test_a_large_one_has_as_many_as_asked_for(library: Path, tmp_path: Path) -> None:
    """The large library is made of the same sentences; its vectors lie near the stored ones."""
    more_than(library, tmp_path / "large", 7)
    assert chunks_of(tmp_path / "large") == 7


def test_every_stage_is_timed(library: Path) -> None:
    """Each stage of an answer takes some time, and all together no more than the answer."""
    times = measure(library, [Question("Who opened the bridge?", ASKED, ("Ana",))] * 8)
    assert set(times) == {*STAGES, "answer()"}
    for place, (whole, _) in enumerate(times["answer()"]):
        parts = [times[name][place][0] for name in STAGES if name != "sentences: reading"]
        assert all(part > 0 for part in parts)
        assert sum(parts) <= whole


def test_growth_is_limited(capsys: pytest.CaptureFixture[str]) -> None:
    """An answer from the large library may take half as much again, not twice as much."""

    def times(work: float) -> dict[str, list[tuple[float, float]]]:
        return {name: [(work, work)] * 3 for name in (*STAGES, "answer()")}

    assert show([(3, times(10)), (30, times(10)), (300, times(14))]) == 0
    assert show([(3, times(10)), (30, times(10)), (300, times(20))]) == 1
    assert "CROSSED" in capsys.readouterr().out
