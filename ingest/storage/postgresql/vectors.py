"""The vector index on Chroma servers, for one of many writers to a library in a database.

The record names the collection that counts. A writer that finds it lost makes the next one from the record
while others go on writing: it fills it, and then, while nobody can publish, adds what came meanwhile and
switches. Whoever had stored vectors in the old one notices that when it publishes, and does it again.
Of several who find it lost at once, the first to be ready switches, and the others take its index.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import numpy as np

from ingest.errors import LibraryDamagedError
from ingest.storage.indexes import VECTORS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.storage.journal import Prepared
    from ingest.storage.postgresql.journal import PostgresJournal
    from ingest.storage.postgresql.record import PostgresRecord
    from ingest.storage.record import After
    from ingest.storage.vector_index import VectorHome, VectorIndex

MOST_REBUILDS = 3  # that one batch has made: several writers may find an index lost in the same moment


class PostgresVectors:
    """The index that the record names, open for one writer."""

    def __init__(self, home: VectorHome, record: PostgresRecord) -> None:
        self._home = home
        self._record = record
        self._index: VectorIndex | None = None
        self.name = ""
        """Of the index that vectors were stored in last."""

    def close(self) -> None:
        """Close every connection."""
        if self._index is not None:
            self._index.close()
            self._index = None
        self._home.close()

    def upsert(self, batch: Sequence[Prepared], journal: PostgresJournal) -> None:
        """Store the vectors of new versions; an index that is lost is made anew first.

        Raises:
            LibraryError: a server can't be used now.
        """
        ids = [chunk.id for prepared in batch for chunk in prepared.chunks]
        vectors = np.concatenate([prepared.vectors for prepared in batch])
        for last in (*[False] * MOST_REBUILDS, True):
            named = self._record.meta().vectors
            try:
                self.current().upsert(ids, vectors)
            except LibraryDamagedError:
                if last:
                    raise
                self._make_anew(named, journal)
            else:
                return

    def _make_anew(self, lost: str, journal: PostgresJournal) -> None:
        """Make the next index unless another writer has, who may have deleted what this one had begun."""
        if self._record.meta().vectors == lost:
            with suppress(LibraryDamagedError):
                self.rebuild(journal, lost)

    def delete(self, ids: Sequence[str]) -> None:
        """Forget chunks; in an index that is lost there is nothing to forget."""
        with suppress(LibraryDamagedError):
            self.current().delete(ids)

    def rebuild(self, journal: PostgresJournal, lost: str | None = None) -> None:
        """Make the next index from the record and switch to it, while others go on writing.

        Where `lost` is named, only if that is still the one that the record names.
        """
        meta = self._record.meta()
        name = self._home.next_name(meta)
        # Noted first, so that a crash leaves none on a server that nobody knows of.
        journal.add_unneeded([name, meta.vectors])
        index = self._home.make(name)
        made: dict[tuple[str, str], list[str]] = {}
        generation, place = meta.generation, self._fill(index, (0, 0), made)
        with journal.transaction():
            self._fill(index, place, made)
            _forget(index, made, self._record.gone_after(generation))
            index.settle()
            if lost in {None, self._record.meta().vectors}:
                journal.switch(VECTORS, name)
        index.close()
        self.tidy(journal)

    def tidy(self, journal: PostgresJournal) -> None:
        """Delete the indexes that the record does not name any more."""
        meta = self._record.meta()
        if unneeded := sorted(set(meta.unneeded) - {meta.vectors}):
            journal.drop_unneeded([*self._home.drop(unneeded), meta.vectors])

    def current(self) -> VectorIndex:
        """Return the index that the record names; raise `LibraryDamagedError` where it is lost."""
        name = self._record.meta().vectors
        if self._index is None or name != self.name:
            if self._index is not None:
                self._index.close()
            self._index = None
            self._index, self.name = self._home.open(name), name
        return self._index

    def _fill(self, index: VectorIndex, place: After, made: dict[tuple[str, str], list[str]]) -> After:
        """Add what became live after a place, and forget what was retired since it was added."""
        while changes := self._record.changed_after(place):
            _forget(index, made, changes.gone)
            if changes.chunks:
                ids = [entry.chunk.id for entry in changes.chunks]
                index.upsert(ids, np.stack([entry.vector for entry in changes.chunks]))
            for entry in changes.chunks:
                made.setdefault((entry.chunk.article_id, entry.chunk.version), []).append(entry.chunk.id)
            place = changes.upto
        return place


def _forget(
    index: VectorIndex, made: dict[tuple[str, str], list[str]], versions: Sequence[tuple[str, str]]
) -> None:
    if ids := [chunk_id for version in versions for chunk_id in made.pop(version, ())]:
        index.delete(ids)
