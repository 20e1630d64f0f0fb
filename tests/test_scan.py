"""Vectors that are compared one by one are held while they are needed, and no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from stored import article, fill, open_library, prepare, search

import ingest.storage.scan
import ingest.storage.search
from ingest import Filters, Library

if TYPE_CHECKING:
    from pathlib import Path

ARTICLES = [article(number, source="Herald" if number % 10 else "Times") for number in range(60)]
WORDS = prepare(ARTICLES[30]).chunks[0].text
NARROW = Filters(sources=frozenset({"Times"}))


@pytest.fixture(name="path")
def _path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(ingest.storage.search, "SCAN_UP_TO", 0)
    monkeypatch.setattr(ingest.storage.scan, "UNNEEDED", 3)
    return fill(tmp_path / "lib", *ARTICLES)


def held(library: Library) -> int:
    return len(library._search._scan._ids)


def found(library: Library, filters: Filters | None = None) -> list[str]:
    return [hit.chunk.id for hit in search(library, WORDS, filters=filters) if hit.vector_rank is not None]


def test_vectors_are_let_go_once_the_index_serves_again(path: Path) -> None:
    """While somebody writes all are held; after a few searches without need none is, and all is found."""
    with open_library(path) as reader:
        with open_library(path, write=True):
            while_writing = found(reader)
            assert held(reader) == 120
        after = [found(reader) for _ in range(3)]
        assert held(reader) == 0
        assert [chunks[:1] for chunks in after] == [while_writing[:1]] * 3
        with open_library(path, write=True):
            assert found(reader) == while_writing


def test_a_narrow_filter_holds_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The few that it lets through are read for this once; where they are many, all are held."""
    with open_library(path) as reader:
        few = found(reader, NARROW)
        assert (len(few), held(reader)) == (12, 0)
        monkeypatch.setattr(ingest.storage.scan, "FEW_CANDIDATES", 11)
        assert found(reader, NARROW) == few
        assert held(reader) == 120


def test_a_filter_that_lets_nothing_through_finds_nothing(path: Path) -> None:
    """Nobody's articles are none."""
    with open_library(path) as reader:
        assert found(reader, Filters(sources=frozenset({"Nobody"}))) == []
