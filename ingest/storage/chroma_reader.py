"""A reader's view of the vectors on a Chroma server: left out, with a notice, while it can't be used."""

from __future__ import annotations

import time
from threading import RLock
from typing import TYPE_CHECKING

from ingest.errors import LibraryDamagedError, LibraryError
from ingest.storage.chroma_collections import ChromaCollections
from ingest.storage.indexes import unreachable, vectors_fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.storage.chroma_address import ChromaAddress
    from ingest.storage.record import Meta, Record
    from ingest.storage.vector_index import VectorIndex

READ_SECONDS = 5.0  # for one request of a search; a question has others to make
CHECK_SECONDS = 300.0  # between two looks at whether the index holds what the record says
CHECK_SAMPLE = 8  # chunks looked up each time, at 3 ms
EXACT_UP_TO = 100_000  # chunks compared one by one while a server is away: 150 MB, read in about a second

AWAY = "The vector server can't be used just now; searching works without it, {how}."
DAMAGED = (
    "The vector index on the server is damaged or missing; searching works without it, {how}. "
    "Run `footnote doctor --repair`."
)
MORE_SLOWLY, BY_WORDS = "more slowly", "but articles are found by their words only"


class ChromaReader:
    """The index that the record names (see `VectorReader`)."""

    exact_up_to: int | None = EXACT_UP_TO

    def __init__(self, record: Record, addresses: Sequence[ChromaAddress], owner: str = "") -> None:
        self._record = record
        self._addresses = addresses
        self._owner = owner
        self._lock = RLock()
        self._opened: ChromaCollections | None = None
        self._index: VectorIndex | None = None
        self._name = ""
        self._checked = -CHECK_SECONDS
        self._damaged = self._away = False

    @property
    def notices(self) -> list[str]:
        """What a user should know just now."""
        if not self._away and not self._damaged:
            return []
        how = BY_WORDS if self._record.count()[1] > EXACT_UP_TO else MORE_SLOWLY
        return [(AWAY if self._away else DAMAGED).format(how=how)]

    def at(self, meta: Meta) -> VectorIndex | None:
        """Return the index, looked at now and then; what is written is found at once."""
        with self._lock:
            due = time.monotonic() - self._checked >= CHECK_SECONDS
            if meta.vectors == self._name and not due and not self._away:
                return None if self._damaged else self._index
            try:
                if meta.vectors != self._name or self._index is None or self._damaged or self._away:
                    self._open(meta.vectors)
                self._damaged = self._is_damaged(meta)
                self._away = False
                self._checked = time.monotonic()
            except LibraryError as error:
                self.doubted(error)
            return None if self._damaged or self._away else self._index

    def doubted(self, error: LibraryError | None) -> None:
        """Note why the index could not be used after all; None if it found fewer than there are."""
        with self._lock:
            if error is None:
                self._checked = -CHECK_SECONDS
                return
            self._damaged = isinstance(error, LibraryDamagedError)
            self._away = not self._damaged
            self._checked = time.monotonic()

    def ping(self) -> list[str]:
        """Ask the servers for a sign of life; say in sentences which are away."""
        try:
            self._home().ping()
        except LibraryError as error:
            return [str(error)]
        return []

    def close(self) -> None:
        """Close every connection."""
        with self._lock:
            if self._index is not None:
                self._index.close()
            if self._opened is not None:
                self._opened.close()
            self._opened = self._index = None
            self._name = ""

    def _home(self) -> ChromaCollections:
        with self._lock:
            if self._opened is None:
                self._opened = ChromaCollections(self._addresses, self._owner, seconds=READ_SECONDS)
            return self._opened

    def _open(self, name: str) -> None:
        if self._index is not None:
            self._index.close()
        self._index = None
        self._index, self._name = self._home().open(name), name

    def _is_damaged(self, meta: Meta) -> bool:
        if self._index is None:
            return True
        if not self._record.unfinished():
            fault = vectors_fault(self._index, self._record, CHECK_SAMPLE)
            if fault is None:
                return False
            if self._record.meta().generation == meta.generation and not self._record.unfinished():
                return True
        # While somebody writes it holds more than is live, and for a moment what isn't any more.
        return unreachable(self._index, self._record, CHECK_SAMPLE) > CHECK_SAMPLE // 2
