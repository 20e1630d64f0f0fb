"""The reader's side of both indexes: reloaded when another process has written, left out when damaged."""

from __future__ import annotations

import time
from threading import RLock
from typing import TYPE_CHECKING, Protocol

from ingest.errors import LibraryDamagedError
from ingest.storage.indexes import KEYWORDS, keywords_fault
from ingest.storage.keywords import Keywords
from ingest.storage.lock import is_locked

if TYPE_CHECKING:
    from pathlib import Path

    from ingest.errors import LibraryError
    from ingest.storage.record import Meta, Record
    from ingest.storage.vector_index import VectorIndex, VectorReader

READ_ATTEMPTS = 3  # at reading tantivy's files, which another process may be exchanging
READ_RETRY_SECONDS = 0.05  # seconds between attempts

KEYWORDS_NOTICE = (
    "The keyword index is damaged; articles are found by meaning only. Run `footnote doctor --repair`."
)


class Readable(Protocol):
    """The interface of both indexes to a search; None stands for an index that can't be used now."""

    @property
    def notices(self) -> list[str]:
        """What a user should know of them, in sentences."""

    @property
    def exact_up_to(self) -> int | None:
        """Up to how many chunks vectors are compared one by one without their index; None for any."""

    def vectors_at(self, meta: Meta) -> VectorIndex | None:
        """Return the vector index if it holds everything up to this generation."""

    def vectors_doubted(self, error: LibraryError | None) -> None:
        """Note why the vector index could not be used after all; None if it found fewer than there are."""

    def keywords_at(self, meta: Meta) -> Keywords | None:
        """Return the keyword index if it holds everything up to this generation."""

    def ping(self) -> list[str]:
        """Say in sentences what the indexes are kept on and is away now."""

    def close(self) -> None:
        """Close both."""


class ReaderIndexes:
    """Both indexes, opened when first needed and again when the library has changed."""

    def __init__(self, root: Path, record: Record, vectors: VectorReader) -> None:
        self._root = root
        self._record = record
        self._vectors = vectors
        self._lock = RLock()
        self._keywords: Keywords | None = None
        self._keywords_folder = ""
        self._keywords_generation = -1
        self._damaged = False

    @property
    def notices(self) -> list[str]:
        """What a user should know of them, in sentences."""
        return [*self._vectors.notices, *([KEYWORDS_NOTICE] if self._damaged else [])]

    @property
    def exact_up_to(self) -> int | None:
        """Up to how many chunks vectors are compared one by one without their index; None for any."""
        return self._vectors.exact_up_to

    def close(self) -> None:
        """Close both."""
        self._vectors.close()
        with self._lock:
            self._keywords = None

    def vectors_at(self, meta: Meta) -> VectorIndex | None:
        """Return the vector index if it can be used now."""
        return self._vectors.at(meta)

    def vectors_doubted(self, error: LibraryError | None) -> None:
        """Note why the vector index could not be used after all; None if it found fewer than there are."""
        self._vectors.doubted(error)

    def ping(self) -> list[str]:
        """Say in sentences what the indexes are kept on and is away now."""
        return self._vectors.ping()

    def keywords_at(self, meta: Meta) -> Keywords | None:
        """Return tantivy, having read what was written since."""
        with self._lock:
            if self._keywords_generation != meta.generation:
                self._keywords = self._open_keywords(meta)
                self._keywords_generation = meta.generation
            return self._keywords

    def _open_keywords(self, meta: Meta) -> Keywords | None:
        for _ in range(READ_ATTEMPTS):
            try:
                return self._reloaded(meta)
            except LibraryDamagedError:
                self._keywords = None
                time.sleep(READ_RETRY_SECONDS)
        self._damaged = True
        return None

    def _reloaded(self, meta: Meta) -> Keywords:
        if self._keywords is None or self._keywords_folder != meta.keywords:
            self._keywords = Keywords.open(self._root / KEYWORDS / meta.keywords)
            self._keywords_folder = meta.keywords
        self._keywords.reload()
        if not is_locked(self._root) and not self._record.unfinished():
            reason = keywords_fault(self._keywords, self._record)
            if reason and not is_locked(self._root):
                self._damaged = True
        return self._keywords
