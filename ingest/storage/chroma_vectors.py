"""A vector index in one collection of a Chroma server."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from ingest.storage.vectors import EF_SEARCH, SYNC_THRESHOLD, VECTORS_AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chromadb import Collection
    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from numpy.typing import NDArray

    from ingest.storage.chroma_client import ChromaClient

BYTES_A_REQUEST = 16 * 2**20  # a server takes 40 MB; 16 are 800 vectors of 1,024 numbers
BYTES_A_NUMBER = 20  # in digits, as servers get them that take no base64
IDS_A_PAGE = 5000


class ChromaVectors:
    """One collection (see `VectorIndex`). The client is shared, and not closed with it."""

    def __init__(self, client: ChromaClient, name: str) -> None:
        self._client = client
        self._name = name
        self._lock = Lock()
        self._opened: Collection | None = None

    @classmethod
    def make(cls, client: ChromaClient, name: str) -> ChromaVectors:
        """Make a collection of that name."""
        client.create(name, _configuration())
        return cls(client, name)

    def close(self) -> None:
        """Forget the collection."""
        self._opened = None

    def settle(self) -> None:
        """Nothing is left to do: the server saves what it has acknowledged."""

    def count(self) -> int:
        """Count the chunks that the server says it has."""
        with self._asking() as collection:
            return int(collection.count())

    def upsert(self, ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Store vectors under their ids. What a failure leaves is stored again by the next try."""
        fitting = BYTES_A_REQUEST // (BYTES_A_NUMBER * vectors.shape[1])
        with self._asking() as collection:
            for part in self._parts(len(ids), max(fitting, 1)):
                collection.upsert(ids=list(ids[part]), embeddings=vectors[part])

    def delete(self, ids: Sequence[str]) -> None:
        """Forget ids; unknown ones are no error."""
        with self._asking() as collection:
            for part in self._parts(len(ids)):
                collection.delete(ids=list(ids[part]))

    def nearest(self, vector: NDArray[np.float32], limit: int) -> list[tuple[str, float]]:
        """Return the approximate nearest chunks, nearest first; no more than a quota allows."""
        with self._asking() as collection:
            found = collection.query(
                query_embeddings=vector[np.newaxis],
                n_results=min(limit, self._client.most),
                include=["distances"],
            )
            return list(zip(found["ids"][0], (found["distances"] or [[]])[0], strict=True))

    def distance_to_nearest(self, vectors: NDArray[np.float32]) -> list[float]:
        """Return the cosine distance of each vector to its nearest neighbour."""
        distances: list[float] = []
        with self._asking() as collection:
            for part in self._parts(len(vectors)):
                found = collection.query(query_embeddings=vectors[part], n_results=1, include=["distances"])
                distances += [row[0] if row else 2.0 for row in found["distances"] or []]
        return distances

    def stored(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return the vectors that the server has for ids."""
        stored: dict[str, NDArray[np.float32]] = {}
        with self._asking() as collection:
            for part in self._parts(len(ids)):
                found = collection.get(ids=list(ids[part]), include=["embeddings"])
                stored.update(zip(found["ids"], np.asarray(found["embeddings"], np.float32), strict=True))
        return stored

    def ids(self) -> Iterator[list[str]]:
        """Yield every id, a page at a time; only while nobody writes are they all, and each once."""
        size = min(IDS_A_PAGE, self._client.most)
        start = 0
        while page := self._page(start, size):
            yield page
            start += len(page)

    def _page(self, start: int, size: int) -> list[str]:
        with self._asking() as collection:
            return list(collection.get(limit=size, offset=start, include=[])["ids"])

    @contextmanager
    def _asking(self) -> Iterator[Collection]:
        with self._client.asking():
            yield self._collection()

    def _collection(self) -> Collection:
        with self._lock:
            if self._opened is None:
                self._opened = self._client.collection(self._name)
            return self._opened

    def _parts(self, count: int, most: int = VECTORS_AT_ONCE) -> Iterator[slice]:
        size = min(most, VECTORS_AT_ONCE, self._client.most)
        return (slice(start, start + size) for start in range(0, count, size))


def _configuration() -> CreateCollectionConfiguration:
    # `ef_search` is given at once: changed later, it counts only after the server has been started anew.
    return {
        "hnsw": {"space": "cosine", "ef_search": EF_SEARCH, "sync_threshold": SYNC_THRESHOLD},
        "embedding_function": None,
    }
