"""A reader's view of the vectors in a folder: left alone while somebody writes or after a crash.

A reader never waits for Chroma and never trusts it blindly: a second process gets stale results, errors,
or has to wait for its file. Vectors are then compared one by one, which is exact and takes milliseconds.
"""

from __future__ import annotations

import os
from threading import RLock
from typing import TYPE_CHECKING

from ingest.errors import LibraryDamagedError
from ingest.storage.index_checksums import is_sealed
from ingest.storage.indexes import VECTORS, vectors_fault
from ingest.storage.lock import is_locked
from ingest.storage.vectors import Vectors

if TYPE_CHECKING:
    from pathlib import Path

    from ingest.errors import LibraryError
    from ingest.storage.record import Meta, Record

READER_SAMPLE = 8  # chunks looked up on opening, enough to notice that the graph's files are gone

VECTORS_NOTICE = (
    "The vector index is damaged; searching works without it, more slowly. Run `footnote doctor --repair`."
)


class VectorFolderReader:
    """The index that the record names, opened when first needed and again when the library has changed."""

    exact_up_to: int | None = None

    def __init__(self, root: Path, record: Record) -> None:
        self._root = root
        self._record = record
        self._lock = RLock()
        self._vectors: Vectors | None = None
        self._generation = -1
        self._damaged = False

    @property
    def notices(self) -> list[str]:
        """What a user should know, in sentences."""
        return [VECTORS_NOTICE] if self._damaged else []

    def doubted(self, error: LibraryError | None) -> None:
        """Nothing is to be noted: vectors are compared one by one then."""

    def ping(self) -> list[str]:
        """Nothing can be away."""
        return []

    def close(self) -> None:
        """Close the index."""
        with self._lock:
            if self._vectors is not None:
                self._vectors.close()
            self._vectors = None
            self._generation = -1

    def at(self, meta: Meta) -> Vectors | None:
        """Return Chroma if nobody writes and it holds exactly what the record says."""
        with self._lock:
            if is_locked(self._root) or not os.access(self._root, os.W_OK):
                return None
            if self._generation != meta.generation:
                self.close()
                folder = self._root / VECTORS / meta.vectors
                if self._record.unfinished() or (folder.exists() and not is_sealed(folder)):
                    return None
                self._vectors = self._open(folder)
                self._generation = meta.generation
            return self._vectors

    def _open(self, folder: Path) -> Vectors | None:
        try:
            vectors = Vectors.open(folder)
        except LibraryDamagedError:
            self._damaged = True
            return None
        if vectors_fault(vectors, self._record, READER_SAMPLE) is None:
            return vectors
        vectors.close()
        if not is_locked(self._root):  # otherwise a writer came in between, which is no damage
            self._damaged = True
        return None
