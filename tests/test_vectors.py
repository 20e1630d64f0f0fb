"""Chroma in a folder: opened again, and never trusted when its files are damaged (see test_vector_index)."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import chromadb.utils.embedding_functions as functions
import pytest
from somevectors import ids_of, random_vectors

from ingest import LibraryDamagedError
from ingest.storage.vectors import Vectors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def vectors(tmp_path: Path) -> Iterator[Vectors]:
    """Open an empty index."""
    index = Vectors.open(tmp_path / "index", create=True)
    yield index
    index.close()


def test_what_is_closed_can_be_opened_again(tmp_path: Path, vectors: Vectors) -> None:
    """An index keeps what it was given, and two open ones in one process do not disturb each other."""
    vectors.upsert(["a"], random_vectors(1))
    second = Vectors.open(tmp_path / "index")
    vectors.close()
    vectors.close()
    assert ids_of(second) == {"a"}
    second.close()


def test_an_embedding_function_is_never_stored(tmp_path: Path, vectors: Vectors) -> None:
    """Nothing in the configuration can make Chroma build or download a model."""
    del vectors
    assert b"onnx" not in (tmp_path / "index" / "chroma.sqlite3").read_bytes().lower()


def test_a_poisoned_configuration_builds_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of somebody else's may name code in its file: storing would build it (CVE-2026-45829)."""

    def built(*_args: object, **_values: object) -> None:
        pytest.fail("an embedding function was built")

    for known in list(functions.known_embedding_functions.values()):
        monkeypatch.setattr(known, "build_from_config", staticmethod(built), raising=False)
    index = Vectors.open(tmp_path / "index", create=True)
    index.close()
    poison = '{"type": "known", "name": "sentence_transformer", "config": {"trust_remote_code": true}}'
    with closing(sqlite3.connect(tmp_path / "index" / "chroma.sqlite3")) as file, file:
        changed = """UPDATE collections SET schema_str = replace(schema_str, '{"type":"legacy"}', ?)"""
        assert file.execute(changed, (poison,)).rowcount == 1
        assert "trust_remote_code" in file.execute("SELECT schema_str FROM collections").fetchone()[0]
    index = Vectors.open(tmp_path / "index")
    index.upsert(["a"], random_vectors(1))
    assert index.nearest(random_vectors(1)[0], 1)[0][0] == "a"
    index.close()


HARM: list[Callable[[Path], object]] = [
    shutil.rmtree,
    lambda folder: (folder / "chroma.sqlite3").unlink(),
    lambda folder: (folder / "chroma.sqlite3").write_bytes(b"x" * 5000),
    lambda folder: (folder / "chroma.sqlite3").write_bytes((folder / "chroma.sqlite3").read_bytes()[:9000]),
]


@pytest.mark.parametrize("harm", HARM, ids=["no folder", "no file", "garbage", "truncated"])
def test_an_unreadable_index_is_not_opened(tmp_path: Path, harm: Callable[[Path], object]) -> None:
    """Opening never makes a new index in a damaged one's place."""
    index = Vectors.open(tmp_path / "index", create=True)
    index.upsert(["a"], random_vectors(1))
    index.close()
    harm(tmp_path / "index")
    with pytest.raises(LibraryDamagedError, match="footnote doctor --repair"):
        Vectors.open(tmp_path / "index").count()
