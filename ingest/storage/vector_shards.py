"""A vector index in several parts: an article's chunks lie in one, the nearest are asked of all."""

from __future__ import annotations

import heapq
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, islice
from operator import itemgetter
from typing import TYPE_CHECKING, TypeVar
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from ingest.storage.vector_index import VectorIndex

T = TypeVar("T")


class VectorShards:
    """Several indexes as one (see `VectorIndex`), asked at the same time."""

    def __init__(self, shards: Sequence[VectorIndex]) -> None:
        self._shards = list(shards)
        self._pool = ThreadPoolExecutor(len(self._shards), thread_name_prefix="footnote-shards")

    def close(self) -> None:
        """Close all of them; the threads end with the last search that another thread is making here."""
        for shard in self._shards:
            shard.close()

    def settle(self) -> None:
        """Settle all of them."""
        self._of_each(lambda shard: shard.settle())

    def count(self) -> int:
        """Count the chunks of all."""
        return sum(self._of_each(lambda shard: shard.count()))

    def upsert(self, ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Store vectors, each in the shard of its article."""
        self._spread(ids, lambda shard, rows: shard.upsert([ids[row] for row in rows], vectors[rows]))

    def delete(self, ids: Sequence[str]) -> None:
        """Forget ids in the shard of their article."""
        self._spread(ids, lambda shard, rows: shard.delete([ids[row] for row in rows]))

    def nearest(self, vector: NDArray[np.float32], limit: int) -> list[tuple[str, float]]:
        """Return the nearest of all shards, nearest first."""
        found = self._of_each(lambda shard: shard.nearest(vector, limit))
        return list(islice(heapq.merge(*found, key=itemgetter(1)), limit))

    def distance_to_nearest(self, vectors: NDArray[np.float32]) -> list[float]:
        """Return the distance of each vector to the nearest in any shard."""
        found = self._of_each(lambda shard: shard.distance_to_nearest(vectors))
        return [min(distances) for distances in zip(*found, strict=True)]

    def stored(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return the vectors that the shards of the ids' articles have."""
        found = self._spread(ids, lambda shard, rows: shard.stored([ids[row] for row in rows]))
        return dict(chain.from_iterable(each.items() for each in found))

    def ids(self) -> Iterator[list[str]]:
        """Yield the pages of one shard after the other."""
        return chain.from_iterable(shard.ids() for shard in self._shards)

    def _spread(self, ids: Sequence[str], ask: Callable[[VectorIndex, list[int]], T]) -> list[T]:
        rows: list[list[int]] = [[] for _ in self._shards]
        for row, chunk_id in enumerate(ids):
            rows[shard_of(chunk_id, len(self._shards))].append(row)
        asked = [(shard, own) for shard, own in zip(self._shards, rows, strict=True) if own]
        return list(self._pool.map(lambda each: ask(*each), asked))

    def _of_each(self, ask: Callable[[VectorIndex], T]) -> list[T]:
        return list(self._pool.map(ask, self._shards))


def shard_of(chunk_id: str, shards: int) -> int:
    """Return the number of the shard of a chunk, by the id of its article (see `Chunk.id`)."""
    return crc32(chunk_id.partition("-")[0].encode()) % shards
