"""Exact nearest-neighbour search: brute force over all vectors of the record, without an index.

It serves small libraries, narrow filters, and every moment when Chroma can't be relied on. All
vectors are held as float32 (float16 would have to be converted at every search, which is four times
slower): 1.5 KB a chunk at 384 dimensions, 54 MB for 35,000. Where Chroma serves again they are let go,
because it holds the same ones; filters that let few through are served by reading those few.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ingest.storage.filters import Filters
    from ingest.storage.record import Record

VECTORS_A_BLOCK = 8192  # vectors an allocation: growing never copies what is there
FEW_CANDIDATES = 4096  # chunks that a filter lets through: reading their vectors takes about 20 ms
UNNEEDED = 20  # searches in a row without it, until the vectors are let go; reading 35,000 takes 0.3 s
SLACK = 1.2  # more than this many vectors for each live one: read again without the dead ones


class Scan:
    """The vectors of the live chunks in memory, updated incrementally with each generation."""

    def __init__(self, record: Record, dimension: int) -> None:
        self._record = record
        self._dimension = dimension
        self._lock = Lock()
        self._generation, self._unneeded = -1, 0
        self._owners = np.empty(0, dtype=np.int64)
        self._reset()

    def nearest(
        self,
        vector: NDArray[np.float32],
        limit: int,
        *,
        generation: int,
        filters: Filters | None = None,
        seen: Record | None = None,
    ) -> list[str]:
        """Return the ids of the nearest chunks that the filters let through, nearest first.

        `seen` is the record as whoever asks may see it, where that is not all of it.
        """
        with self._lock:
            self._unneeded = 0
            self._follow(generation)
            blocks, ids, owners, live = list(self._blocks), self._ids, self._owners, self._live
        if not ids:
            return []
        scores = np.concatenate([block @ vector for block in blocks])[: len(ids)]
        allowed = (
            live if filters is None else np.isin(owners, (seen or self._record).allowed_articles(filters))
        )
        places = np.flatnonzero(allowed)
        best = _largest(scores[places], limit)
        return [ids[place] for place in places[best]]

    def nearest_of_few(
        self, vector: NDArray[np.float32], limit: int, filters: Filters, *, seen: Record | None = None
    ) -> list[str] | None:
        """Return the same without holding any vector; None where the filters let through more than a few."""
        found = (seen or self._record).vectors_allowed(filters, FEW_CANDIDATES + 1)
        if len(found) > FEW_CANDIDATES:
            return None
        packed = np.frombuffer(b"".join(vector for _, vector in found), dtype="<f2")
        scores = packed.reshape(len(found), self._dimension).astype(np.float32) @ vector
        return [found[place][0] for place in _largest(scores, limit)]

    def unneeded(self) -> None:
        """Count a search that Chroma has served; after `UNNEEDED` of them in a row, free the vectors."""
        with self._lock:
            self._unneeded += 1
            if self._unneeded >= UNNEEDED and self._ids:
                self._reset()

    def _follow(self, generation: int) -> None:
        if generation == self._generation:
            return
        self._extend()
        alive = np.isin(self._owners, self._record.allowed_articles(None))
        if len(alive) > SLACK * np.count_nonzero(alive):
            self._reset()
            self._extend()
            alive = np.ones(len(self._ids), dtype=bool)
        self._live = alive
        self._generation = generation

    def _reset(self) -> None:
        self._generation = -1
        self._blocks: list[NDArray[np.float32]] = []
        self._ids: list[str] = []
        self._owners = np.empty(0, dtype=np.int64)
        self._live = np.empty(0, dtype=bool)
        self._last = (0, 0)

    def _extend(self) -> None:
        """Read the chunks that came after the last one known, into new lists that nobody uses yet."""
        ids, owners = list(self._ids), self._owners.tolist()
        while found := self._record.vectors_after(self._last, VECTORS_A_BLOCK):
            for _, owner, chunk_id, packed in found:
                if len(ids) % VECTORS_A_BLOCK == 0:
                    self._blocks.append(np.zeros((VECTORS_A_BLOCK, self._dimension), dtype=np.float32))
                self._blocks[-1][len(ids) % VECTORS_A_BLOCK] = np.frombuffer(packed, dtype="<f2")
                ids.append(chunk_id)
                owners.append(owner)
            self._last = found[-1][0]
        self._ids, self._owners = ids, np.array(owners, dtype=np.int64)


def _largest(scores: NDArray[np.float32], limit: int) -> NDArray[np.int64]:
    """Return the places of the largest scores, largest first, ties in order of place."""
    if limit < len(scores):
        candidates = np.flatnonzero(scores >= np.partition(scores, -limit)[-limit])
    else:
        candidates = np.arange(len(scores))
    return candidates[np.argsort(-scores[candidates], kind="stable")][:limit]
