"""The write protocol with many writers: pending rows, the vector index, one transaction, clean-up.

Any number of writers run it at once, on any number of machines. What one of them left when it died is undone
by the next who opens the library, or who wants to store one of the same articles.
"""

from __future__ import annotations

import random
import time
from contextlib import suppress
from threading import RLock
from typing import TYPE_CHECKING

from ingest.errors import FootnoteError, LibraryError, LibraryLockedError
from ingest.storage.postgresql.journal import IndexMovedError, PostgresJournal, TakenError, check_fits
from ingest.storage.writer import not_stored

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from typing import TypeVar

    from ingest.article import Article
    from ingest.storage.journal import Prepared
    from ingest.storage.postgresql.record import PostgresRecord
    from ingest.storage.postgresql.store import PostgresStore
    from ingest.storage.postgresql.vectors import PostgresVectors

    T = TypeVar("T")

TURN_SECONDS = 60.0  # to wait for others who store the same articles: a batch takes a second or two
PAUSE_SECONDS = (0.02, 0.2)  # between two tries, by chance: two who met don't meet again
RETRY_SECONDS = (0.5, 1.0, 2.0, 4.0, 8.0)  # a PostgreSQL that is restarted is away for some seconds


class PostgresWriter:
    """One writer of a library, with a number of its own."""

    def __init__(
        self, store: PostgresStore, record: PostgresRecord, vectors: PostgresVectors | None = None
    ) -> None:
        self._store = store
        self._record = record
        self.vectors = vectors
        self._turn = RLock()
        self._unclean = False
        self.journal = PostgresJournal(store)
        self.undone = False
        """Whether there was work of a dead writer to undo."""
        self._undo_dead()

    def close(self) -> None:
        """End the session; what could not be cleaned up is done by the next writer."""
        with self._turn:
            if self._unclean:
                with suppress(FootnoteError):
                    self._clean_up([self.journal.number])
            self.journal.close()
            if self.vectors is not None:
                self.vectors.close()

    def check(self, article: Article) -> None:
        """Raise `SourceError` for an article that PostgreSQL can't hold."""
        check_fits(article)

    def put(self, batch: Sequence[Prepared]) -> None:
        """Store articles so that all are live, or none."""
        with self._turn:
            self._persistently(lambda: self._put(batch))

    def remove(self, article_ids: Collection[str]) -> int:
        """Remove articles with all their versions."""
        with self._turn:
            count = self._persistently(lambda: self.journal.mark_removed(article_ids))
            self._unclean = True
            self._persistently(lambda: self._clean_up([self.journal.number]))
            return count

    def refresh(self, articles: Sequence[Article]) -> None:
        """Rewrite what may change of articles without making another version."""
        with self._turn:
            self._persistently(lambda: self.journal.refresh(articles))

    def guard(self) -> None:
        """Put row-level security in force, if it isn't."""
        with self._turn:
            self._persistently(self.journal.guard)

    def _put(self, batch: Sequence[Prepared]) -> None:
        deadline = time.monotonic() + TURN_SECONDS
        while fresh := not_stored(batch, self._record):
            if self._unclean:  # else what is left of our own would be in our way
                self._clean_up([self.journal.number])
            try:
                self._store_pending(fresh)
            except TakenError as error:
                if time.monotonic() > deadline:
                    raise LibraryLockedError(str(error)) from error
                self._undo_dead()
                time.sleep(random.uniform(*PAUSE_SECONDS))  # noqa: S311  # no secret
            except IndexMovedError:
                if self.vectors is None or time.monotonic() > deadline:
                    raise

    def _store_pending(self, fresh: Sequence[Prepared]) -> None:
        rows = self.journal.begin(fresh)
        self._unclean = True
        try:
            if self.vectors is None:
                self.journal.publish(rows)
            else:
                self.vectors.upsert(fresh, self.journal)
                self.journal.publish(rows, self.vectors.name)
        finally:
            # What was stored is stored, and what can't be cleaned up now is by the next write or writer.
            with suppress(FootnoteError):
                self._clean_up([self.journal.number])

    def _persistently(self, work: Callable[[], T]) -> T:
        """Do some work, anew with another session where PostgreSQL was restarted meanwhile.

        What was published before is seen as such then; what was not has been undone.
        """
        for pause in (*RETRY_SECONDS, None):
            try:
                if self.journal.is_lost:
                    self.journal = PostgresJournal(self._store)
                    self._undo_dead()
                return work()
            except LibraryError:
                if pause is None or not self.journal.is_lost:
                    raise
                time.sleep(pause)
        raise AssertionError  # the last try returns or raises

    def _undo_dead(self) -> None:
        with self.journal.dead_writers() as numbers:
            if numbers:
                self._clean_up(numbers)
                self.undone = True

    def _clean_up(self, writers: Sequence[int]) -> None:
        if self.vectors is not None and (ids := self.journal.leftovers(writers).chunk_ids):
            self.vectors.delete(ids)
        self.journal.sweep(writers)
        self._unclean = self._unclean and self.journal.number not in writers
