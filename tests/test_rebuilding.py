"""Indexes written anew from the record: every chunk is in them, and nothing that was cut short is."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest
from stored import article, assert_whole, fill, open_library, prepare
from test_doctor import ARTICLES, HARM, VERSIONS

import ingest.storage.indexes
from ingest import LibraryDamagedError, examine_library, repair_library
from ingest.storage.journal import Journal
from ingest.storage.keywords import Keywords
from ingest.storage.schema import RECORD_FILE
from ingest.storage.vectors import Vectors

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module", name="healthy")
def _healthy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("healthy") / "lib", *ARTICLES)


@pytest.fixture(name="library")
def _library(tmp_path: Path, healthy: Path) -> Path:
    return shutil.copytree(healthy, tmp_path / "lib")


def test_articles_that_go_over_the_edge_of_a_batch_are_rebuilt_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Chunks are read some thousands at a time: whatever the number, no article loses its beginning."""
    library = fill(tmp_path / "lib", *ARTICLES[:60])
    monkeypatch.setattr(ingest.storage.indexes, "REBUILD_BATCH", 7)
    shutil.rmtree(library / "keywords")
    shutil.rmtree(library / "vectors")
    assert len(repair_library(library)) == 2
    assert examine_library(library) == []
    with open_library(library, write=True) as opened:
        assert opened.remove([ARTICLES[3].id]) == 1
        assert opened.notices == []
    assert examine_library(library) == []
    left = {each.id: each.version for each in ARTICLES[:60] if each != ARTICLES[3]}
    assert assert_whole(library, left) == left


@pytest.mark.parametrize("name", HARM)
def test_a_write_that_was_cut_short_does_not_stop_a_repair(library: Path, name: str) -> None:
    """What is left of it can't be taken out of a damaged index, which is then written anew without it."""
    journal = Journal(library / RECORD_FILE)
    # As many as make Chroma save its graph, which is when it notices the damage.
    batch = [prepare(article(1_000 + number)) for number in range(510)]
    journal.begin(batch)
    journal.close()
    vectors = Vectors.open(library / "vectors" / "1")
    ids = [chunk.id for each in batch for chunk in each.chunks]
    vectors.upsert(ids, np.concatenate([each.vectors for each in batch]))
    vectors.close()
    HARM[name](library)
    assert "was undone" in repair_library(library)[0]
    assert examine_library(library) == []
    with open_library(library, write=True) as opened:
        assert (opened.versions(), opened.notices) == (VERSIONS, [])


def test_an_index_that_can_not_be_deleted_from_is_written_anew(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Chroma says so on some full disks (`python -m bench.diskfull`), and opens all the same."""
    journal = Journal(library / RECORD_FILE)
    journal.begin([prepare(article(1_000))])
    journal.close()

    def failing(*_: object) -> None:
        raise LibraryDamagedError("The vector index is damaged (Error in compaction).", "Error in compaction")

    monkeypatch.setattr(Vectors, "delete", failing)
    monkeypatch.setattr(Keywords, "delete", failing)
    done = repair_library(library)
    assert [sentence for sentence in done if "Error in compaction" in sentence] == done[1:3]
    assert examine_library(library) == []
