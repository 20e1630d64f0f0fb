"""Chroma in a folder: approximate nearest neighbours (HNSW, cosine). It can be rebuilt from the record.

What is given to Chroma is ids and vectors, never text, and never an embedding function: Chroma
builds one that a stored configuration names (CVE-2026-45829).
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

import numpy as np

from ingest.errors import LibraryDamagedError
from ingest.storage.index_checksums import is_broken, wipe_unsaved

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from chromadb import Collection
    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from chromadb.config import System
    from chromadb.types import Collection as CollectionModel
    from numpy.typing import NDArray

COLLECTION = "chunks"

# Chroma locks its file for as long as one batch takes; 1,000 is about a second.
VECTORS_AT_ONCE = 1000

# How many writes Chroma keeps in its log before it saves the graph. Replaying 1,000 takes about a
# second on opening; a smaller number saves the whole graph too often (and 2 has torn files).
SYNC_THRESHOLD = 1000

# Candidates that a search keeps open: 400 costs 3 ms more than 100 at 35,000 chunks.
EF_SEARCH = 400


class Vectors:
    """One folder of Chroma with one collection. Safe to use from many threads."""

    def __init__(self, folder: Path, system: System, collection: Collection) -> None:
        self._folder = folder
        self._system: System | None = system
        self._collection = collection

    @classmethod
    def open(cls, folder: Path, *, create: bool = False) -> Self:
        """Open the index in a folder, or make one; raise `LibraryDamagedError` if it can't be read."""
        if not create and not (folder / "chroma.sqlite3").exists():
            raise vectors_damaged("its file is missing")
        if is_broken(folder):
            raise vectors_damaged("its graph's files have been changed")
        with chroma_errors():
            return cls(folder, *_start(str(folder)))

    def close(self) -> None:
        """Stop Chroma and close its files; a second call does nothing."""
        if self._system is not None:
            self._system.stop()
            self._system = None
            self.settle()

    def settle(self) -> None:
        """Leave nothing on disk that Chroma wrote from memory by mistake."""
        wipe_unsaved(self._folder)

    def count(self) -> int:
        """Count the chunks that Chroma says it has (which says nothing about what it finds)."""
        with chroma_errors():
            return int(self._collection.count())

    def upsert(self, ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Store vectors under their ids, replacing what was there."""
        with chroma_errors():
            for start in range(0, len(ids), VECTORS_AT_ONCE):
                part = slice(start, start + VECTORS_AT_ONCE)
                self._collection.upsert(ids=list(ids[part]), embeddings=vectors[part])

    def delete(self, ids: Sequence[str]) -> None:
        """Forget ids; unknown ones are no error."""
        with chroma_errors():
            for start in range(0, len(ids), VECTORS_AT_ONCE):
                self._collection.delete(ids=list(ids[start : start + VECTORS_AT_ONCE]))

    def nearest(self, vector: NDArray[np.float32], limit: int) -> list[tuple[str, float]]:
        """Return the approximate nearest chunks, nearest first, with their cosine distances."""
        with chroma_errors():
            found = self._collection.query(
                query_embeddings=vector[np.newaxis], n_results=limit, include=["distances"]
            )
        return list(zip(found["ids"][0], (found["distances"] or [[]])[0], strict=True))

    def distance_to_nearest(self, vectors: NDArray[np.float32]) -> list[float]:
        """Return the cosine distance of each vector to its nearest neighbour: about 0 if it is stored."""
        with chroma_errors():
            found = self._collection.query(query_embeddings=vectors, n_results=1, include=["distances"])
        return [row[0] if row else 2.0 for row in found["distances"] or []]

    def stored(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return the vectors that Chroma has for ids; it raises or leaves out what it has lost."""
        with chroma_errors():
            found = self._collection.get(ids=list(ids), include=["embeddings"])
            embeddings = np.asarray(found["embeddings"], dtype=np.float32)
            return dict(zip(found["ids"], embeddings, strict=True))

    def ids(self) -> Iterator[list[str]]:
        """Yield every id that Chroma lists, in one page: it lies in memory anyway."""
        with chroma_errors():
            yield self._collection.get(include=[])["ids"]


def vectors_damaged(reason: object) -> LibraryDamagedError:
    """Return the error for a vector index that can't be used."""
    return LibraryDamagedError(
        f"The vector index is damaged ({reason}). Your articles are safe: run `footnote doctor --repair`.",
        reason,
    )


def _start(folder: str) -> tuple[System, Collection]:
    """Start a Chroma of our own: its shared cache would hand out an index that has become stale."""
    from chromadb import Collection
    from chromadb.api import ServerAPI
    from chromadb.config import Settings, System

    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]  # pydantic-settings takes it; .env is ours to read
        anonymized_telemetry=False,
        allow_reset=False,
        is_persistent=True,
        persist_directory=folder,
    )
    system = System(settings)
    api = system.instance(ServerAPI)  # type: ignore[type-abstract]  # Chroma's way of asking for it
    system.start()
    model = api.get_or_create_collection(name=COLLECTION, configuration=_configuration())
    return system, Collection(client=api, model=without_functions(model), embedding_function=None)


def without_functions(model: CollectionModel) -> CollectionModel:
    """Take out of a stored collection what may name an embedding function: `upsert` would build it."""
    model.configuration_json = {}
    model.serialized_schema = None
    return model


def _configuration() -> CreateCollectionConfiguration:
    return {
        "hnsw": {
            "space": "cosine",
            "ef_search": EF_SEARCH,
            "sync_threshold": SYNC_THRESHOLD,
        },
        "embedding_function": None,
    }


@contextmanager
def chroma_errors() -> Iterator[None]:
    """Turn whatever Chroma raises into one error; it has no reliable types of its own for damage."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit, LibraryDamagedError):
        raise
    except BaseException as error:  # a panic in Rust is no `Exception`
        raise vectors_damaged(error) from error
