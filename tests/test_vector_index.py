"""What every vector index does, in a folder, on a Chroma server, and in parts on several."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from somevectors import ids_of, random_vectors

from ingest import LibraryDamagedError
from ingest.storage.chroma_address import ChromaAddress
from ingest.storage.chroma_collections import ChromaCollections
from ingest.storage.record import Meta
from ingest.storage.vector_folders import VectorFolders
from ingest.storage.vector_shards import shard_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chromaserver import ChromaServer

    from ingest.storage.vector_index import VectorHome, VectorIndex

META = Meta(4, "words", 8, 1, "0", "0")


@pytest.fixture(params=["a folder", "a server", "three shards"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VectorHome]:
    """Return a place of vector indexes."""
    if request.param == "a folder":
        yield VectorFolders(tmp_path / "vectors")
        return
    server: ChromaServer = request.getfixturevalue("chroma_server")
    kept = ChromaCollections([ChromaAddress(server.url)] * (3 if request.param == "three shards" else 1))
    yield kept
    kept.close()


@pytest.fixture(name="vectors")
def _vectors(home: VectorHome) -> Iterator[VectorIndex]:
    name = home.next_name(META)
    index = home.make(name)
    yield index
    index.close()
    assert home.drop([name]) == [name]


def test_the_nearest_come_first(vectors: VectorIndex) -> None:
    """Neighbours are ordered by angle, whichever part they lie in, and told with their distance."""
    vectors.upsert(["east", "north", "northeast"], np.array([[1, 0], [0, 1], [0.7, 0.7]], np.float32))
    found = vectors.nearest(np.array([1, 0.1], np.float32), 3)
    assert [chunk_id for chunk_id, _ in found] == ["east", "northeast", "north"]
    assert [distance for _, distance in found] == pytest.approx([0.005, 0.226, 0.900], abs=0.001)
    assert [chunk_id for chunk_id, _ in vectors.nearest(np.array([0, 1], np.float32), 1)] == ["north"]


def test_an_id_that_comes_again_is_replaced(vectors: VectorIndex) -> None:
    """Storing is idempotent, and the last vector of an id counts."""
    east, north = np.array([[1, 0]], np.float32), np.array([[0, 1]], np.float32)
    vectors.upsert(["a"], east)
    vectors.upsert(["a"], north)
    assert (vectors.count(), ids_of(vectors)) == (1, {"a"})
    assert vectors.stored(["a", "b"])["a"].tolist() == [0, 1]
    assert vectors.distance_to_nearest(np.concatenate([east, north])) == pytest.approx([1, 0], abs=1e-6)


def test_an_empty_index_finds_nothing(vectors: VectorIndex) -> None:
    """Nothing is listed, found or near."""
    assert (vectors.count(), ids_of(vectors), vectors.stored(["a"])) == (0, set(), {})
    assert vectors.nearest(random_vectors(1)[0], 5) == []
    assert vectors.distance_to_nearest(random_vectors(1)) == [2.0]


def test_deleted_ids_are_gone_and_unknown_ones_ignored(vectors: VectorIndex) -> None:
    """Deleting twice is no error."""
    vectors.upsert(["a", "b"], random_vectors(2))
    vectors.delete(["a", "nobody"])
    vectors.delete(["a"])
    assert ids_of(vectors) == {"b"}
    assert [chunk_id for chunk_id, _ in vectors.nearest(random_vectors(2)[0], 5)] == ["b"]


def test_more_than_one_batch_is_split(vectors: VectorIndex) -> None:
    """6,000 vectors in one call, more than Chroma takes, are all found by themselves and listed once."""
    rows = random_vectors(6000)
    ids = [str(number) for number in range(6000)]
    vectors.upsert(ids, rows)
    assert vectors.count() == 6000
    assert max(vectors.distance_to_nearest(rows[::60])) < 0.001
    assert len(vectors.stored(ids)) == 6000
    listed = [each for page in vectors.ids() for each in page]
    assert sorted(listed) == sorted(ids)
    vectors.delete(ids[:5999])
    assert ids_of(vectors) == {"5999"}


def test_vectors_of_another_length_are_refused(vectors: VectorIndex) -> None:
    """The message names the repair, and nothing of them is stored."""
    vectors.upsert(["a", "b", "c"], random_vectors(3))
    with pytest.raises(LibraryDamagedError, match="footnote doctor --repair"):
        vectors.upsert(["a", "b", "c"], random_vectors(3, dimension=4))
    assert vectors.stored(["a"])["a"].shape == (8,)


def test_an_index_that_is_not_there_is_told(home: VectorHome) -> None:
    """It is never made in the place of one that is lost, be it dropped or of another place."""
    name = home.next_name(META)
    home.make(name).close()
    home.open(name).close()
    assert home.drop([name]) == home.drop([name]) == [name]
    for lost in (name, "0", "footnote-0123456789abcdef.2"):
        with pytest.raises(LibraryDamagedError, match="footnote doctor --repair"):
            home.open(lost)


def test_who_is_still_searching_gets_what_it_asked_for(chroma_server: ChromaServer) -> None:
    """Shards that one thread closes, because the index was made anew, still serve the others."""
    home = ChromaCollections([ChromaAddress(chroma_server.url)] * 2)
    name = home.next_name(META)
    index = home.make(name)
    index.upsert(["a", "b", "c"], random_vectors(3))
    index.close()
    assert len(index.nearest(random_vectors(1)[0], 3)) == 3
    home.drop([name])
    home.close()


def test_an_article_lies_in_one_shard_whole() -> None:
    """All versions and chunks of an article have the same shard, and articles are spread evenly."""
    articles = [f"{number:016x}" for number in range(3000)]
    shards = [shard_of(f"{article}-v1-0000", 3) for article in articles]
    assert shards == [shard_of(f"{article}-v2-0007", 3) for article in articles]
    assert all(900 < shards.count(shard) < 1100 for shard in range(3))
