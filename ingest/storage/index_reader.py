"""The reader's side of both indexes: reloaded when another process has written, left out when damaged.

A reader never waits for Chroma and never trusts it blindly. While somebody writes, or after a crash
that nobody has repaired, Chroma is left alone (a second process gets stale results, errors, or has to
wait for its file); vectors are then compared one by one, which is exact and takes milliseconds.
"""

from __future__ import annotations

import os
import time
from threading import RLock
from typing import TYPE_CHECKING, Protocol

from ingest.errors import LibraryDamagedError
from ingest.storage.index_checksums import is_sealed
from ingest.storage.indexes import KEYWORDS, VECTORS, keywords_fault, vectors_fault
from ingest.storage.keywords import Keywords
from ingest.storage.lock import is_locked
from ingest.storage.vectors import Vectors

if TYPE_CHECKING:
    from pathlib import Path

    from ingest.storage.record import Meta, Record

READER_SAMPLE = 8  # chunks looked up on opening, enough to notice that the graph's files are gone
READ_ATTEMPTS = 3  # at reading tantivy's files, which another process may be exchanging
READ_RETRY_SECONDS = 0.05  # seconds between attempts

VECTORS_NOTICE = (
    "The vector index is damaged; searching works without it, more slowly. Run `footnote doctor --repair`."
)
KEYWORDS_NOTICE = (
    "The keyword index is damaged; articles are found by meaning only. Run `footnote doctor --repair`."
)


class Readable(Protocol):
    """The interface of both indexes to a search; None stands for an index that can't be used now."""

    notices: list[str]

    def vectors_at(self, meta: Meta) -> Vectors | None:
        """Return the vector index if it holds everything up to this generation."""

    def keywords_at(self, meta: Meta) -> Keywords | None:
        """Return the keyword index if it holds everything up to this generation."""

    def close(self) -> None:
        """Close both."""


class ReaderIndexes:
    """Both indexes, opened when first needed and again when the library has changed."""

    def __init__(self, root: Path, record: Record) -> None:
        self._root = root
        self._record = record
        self._lock = RLock()
        self._vectors: Vectors | None = None
        self._vectors_generation = -1
        self._keywords: Keywords | None = None
        self._keywords_folder = ""
        self._keywords_generation = -1
        self.notices: list[str] = []

    def close(self) -> None:
        """Close both."""
        with self._lock:
            self._close_vectors()
            self._keywords = None

    def vectors_at(self, meta: Meta) -> Vectors | None:
        """Return Chroma if nobody writes and it holds exactly what the record says."""
        with self._lock:
            if is_locked(self._root) or not os.access(self._root, os.W_OK):
                return None
            if self._vectors_generation != meta.generation:
                self._close_vectors()
                folder = self._root / VECTORS / meta.vectors
                if self._record.unfinished() or (folder.exists() and not is_sealed(folder)):
                    return None
                self._vectors = self._open_vectors(folder)
                self._vectors_generation = meta.generation
            return self._vectors

    def keywords_at(self, meta: Meta) -> Keywords | None:
        """Return tantivy, having read what was written since."""
        with self._lock:
            if self._keywords_generation != meta.generation:
                self._keywords = self._open_keywords(meta)
                self._keywords_generation = meta.generation
            return self._keywords

    def _open_vectors(self, folder: Path) -> Vectors | None:
        try:
            vectors = Vectors.open(folder)
        except LibraryDamagedError:
            self._notice(VECTORS_NOTICE)
            return None
        if vectors_fault(vectors, self._record, READER_SAMPLE) is None:
            return vectors
        vectors.close()
        if not is_locked(self._root):  # otherwise a writer came in between, which is no damage
            self._notice(VECTORS_NOTICE)
        return None

    def _close_vectors(self) -> None:
        if self._vectors is not None:
            self._vectors.close()
        self._vectors = None
        self._vectors_generation = -1

    def _open_keywords(self, meta: Meta) -> Keywords | None:
        for _ in range(READ_ATTEMPTS):
            try:
                return self._reloaded(meta)
            except LibraryDamagedError:
                self._keywords = None
                time.sleep(READ_RETRY_SECONDS)
        self._notice(KEYWORDS_NOTICE)
        return None

    def _reloaded(self, meta: Meta) -> Keywords:
        if self._keywords is None or self._keywords_folder != meta.keywords:
            self._keywords = Keywords.open(self._root / KEYWORDS / meta.keywords)
            self._keywords_folder = meta.keywords
        self._keywords.reload()
        if not is_locked(self._root) and not self._record.unfinished():
            reason = keywords_fault(self._keywords, self._record)
            if reason and not is_locked(self._root):
                self._notice(KEYWORDS_NOTICE)
        return self._keywords

    def _notice(self, sentence: str) -> None:
        if sentence not in self.notices:
            self.notices.append(sentence)
