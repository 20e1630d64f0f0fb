"""Chroma as we use it: upserts, nearest first, large batches, and every failure as our error."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ingest import LibraryDamagedError
from ingest.storage.vectors import Vectors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from ingest.storage.vector_index import VectorIndex


@pytest.fixture
def vectors(tmp_path: Path) -> Iterator[Vectors]:
    """Open an empty index."""
    index = Vectors.open(tmp_path / "index", create=True)
    yield index
    index.close()


def _random(count: int, dimension: int = 8) -> NDArray[np.float32]:
    rows = np.random.default_rng(7).standard_normal((count, dimension)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))


def _ids(vectors: VectorIndex) -> set[str]:
    return {each for page in vectors.ids() for each in page}


def test_the_nearest_come_first(vectors: Vectors) -> None:
    """Neighbours are ordered by angle."""
    vectors.upsert(["east", "north", "northeast"], np.array([[1, 0], [0, 1], [0.7, 0.7]], np.float32))
    found = vectors.nearest(np.array([1, 0.1], np.float32), 3)
    assert [chunk_id for chunk_id, _ in found] == ["east", "northeast", "north"]
    assert [distance for _, distance in found] == pytest.approx([0.005, 0.226, 0.900], abs=0.001)
    assert [chunk_id for chunk_id, _ in vectors.nearest(np.array([0, 1], np.float32), 1)] == ["north"]


def test_an_id_that_comes_again_is_replaced(vectors: Vectors) -> None:
    """Storing is idempotent, and the last vector of an id counts."""
    east, north = np.array([[1, 0]], np.float32), np.array([[0, 1]], np.float32)
    vectors.upsert(["a"], east)
    vectors.upsert(["a"], north)
    assert (vectors.count(), _ids(vectors)) == (1, {"a"})
    assert vectors.stored(["a", "b"])["a"].tolist() == [0, 1]
    assert vectors.distance_to_nearest(np.concatenate([east, north])) == pytest.approx([1, 0], abs=1e-6)


def test_deleted_ids_are_gone_and_unknown_ones_ignored(vectors: Vectors) -> None:
    """Deleting twice is no error."""
    vectors.upsert(["a", "b"], _random(2))
    vectors.delete(["a", "nobody"])
    vectors.delete(["a"])
    assert (_ids(vectors), [chunk_id for chunk_id, _ in vectors.nearest(_random(2)[0], 5)]) == ({"b"}, ["b"])


def test_more_than_one_batch_is_split(vectors: Vectors) -> None:
    """6,000 vectors in one call, more than Chroma takes, are all found by themselves."""
    rows = _random(6000)
    ids = [str(number) for number in range(6000)]
    vectors.upsert(ids, rows)
    assert vectors.count() == 6000
    assert max(vectors.distance_to_nearest(rows[::60])) < 0.001
    vectors.delete(ids[:5999])
    assert _ids(vectors) == {"5999"}


def test_what_is_closed_can_be_opened_again(tmp_path: Path, vectors: Vectors) -> None:
    """An index keeps what it was given, and two open ones in one process do not disturb each other."""
    vectors.upsert(["a"], _random(1))
    second = Vectors.open(tmp_path / "index")
    vectors.close()
    vectors.close()
    assert _ids(second) == {"a"}
    second.close()


def test_an_embedding_function_is_never_stored(tmp_path: Path, vectors: Vectors) -> None:
    """Nothing in the configuration can make Chroma build or download a model."""
    del vectors
    assert b"onnx" not in (tmp_path / "index" / "chroma.sqlite3").read_bytes().lower()


def test_wrong_use_and_damage_are_our_error(vectors: Vectors) -> None:
    """Another dimension is refused, and the message names the repair."""
    vectors.upsert(["a"], _random(1))
    with pytest.raises(LibraryDamagedError, match="footnote doctor --repair"):
        vectors.upsert(["b"], _random(1, dimension=4))
    assert _ids(vectors) == {"a"}


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
    index.upsert(["a"], _random(1))
    index.close()
    harm(tmp_path / "index")
    with pytest.raises(LibraryDamagedError, match="footnote doctor --repair"):
        Vectors.open(tmp_path / "index").count()
