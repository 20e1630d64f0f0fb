"""The write protocol: record, indexes, record, clean-up; and the recovery after a crash."""

from __future__ import annotations

import shutil
from contextlib import ExitStack, suppress
from threading import RLock
from typing import TYPE_CHECKING

from ingest.errors import FootnoteError, LibraryDamagedError, LibraryError, SettingsError
from ingest.storage.indexes import Indexes
from ingest.storage.journal import Journal
from ingest.storage.packing import check_storable
from ingest.storage.schema import RECORD_FILE

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from ingest.article import Article
    from ingest.storage.journal import Leftovers, Prepared
    from ingest.storage.lock import WriterLock
    from ingest.storage.record import Record
    from ingest.storage.vector_index import VectorHome

# Free space that a write must leave: Chroma hangs or loses its index when the disk fills up under it.
RESERVE = 64 * 2**20
# Bytes on disk for a number of a vector: 2 in the record, 4 in Chroma's graph, 4 in its log, each
# once more in a journal until a transaction ends.
BYTES_A_NUMBER = 20
NEARLY_FULL = 16 * 2**20  # Chroma saves a graph of 1,000 chunks, 2 MB, into new files
FULL = (
    "The disk is full: another program may have filled it meanwhile. What was stored is not lost. Free some "
    "space, then run `footnote doctor --repair` and go on."
)
BYTES_A_CHARACTER = 12  # text and its journal in the widest usual encoding, and the keywords
TEXT_LEFT = (
    "What was removed is hidden from everybody, but a program that is reading kept its text from being "
    "wiped from the disk. Close that program, then run `footnote doctor --repair`."
)


class Writer:
    """The only writer of a library, from acquiring its lock to releasing it."""

    def __init__(self, path: Path, record: Record, lock: WriterLock, home: VectorHome) -> None:
        self._path = path
        self._record = record
        self._lock = lock
        self._turn = RLock()
        self.journal = Journal(path / RECORD_FILE)
        with ExitStack() as failed:
            failed.callback(self.journal.close)
            failed.callback(home.close)
            self.indexes = Indexes(path, record, self.journal, home)
            self.journal.empty_log()  # a reader may have kept the last writer from it
            self._clean_up(opening=True)
            self.journal.sign()
            self.indexes.verify()
            failed.pop_all()

    def close(self) -> None:
        """Close the indexes and the journal, then release the lock."""
        with self._turn:
            try:
                self.indexes.close()
                self.journal.close()
            finally:
                self._lock.release()

    def check(self, article: Article) -> None:
        """Raise `SourceError` for an article that no file can hold."""
        check_storable(article)

    def put(self, batch: Sequence[Prepared]) -> None:
        """Store articles so that all are live, or none."""
        with self._turn:
            self._clean_up()
            fresh = not_stored(batch, self._record)
            if not fresh:
                return
            self._check_space(fresh)
            try:
                rows = self.journal.begin(fresh)
                self.indexes.add(fresh)
                self.journal.publish(rows)
            except BaseException as error:
                # What can't be undone now, the next write or the next opening undoes.
                with suppress(FootnoteError):
                    self._clean_up()
                if isinstance(error, LibraryDamagedError) and self._is_nearly_full():
                    raise LibraryError(FULL) from error
                raise
            self._clean_up()

    def remove(self, article_ids: Collection[str]) -> int:
        """Remove articles with all their versions, from every file."""
        with self._turn:
            count = self.journal.mark_removed(article_ids)
            self._purge(self.journal.leftovers())
            return count

    def refresh(self, articles: Sequence[Article]) -> None:
        """Rewrite what may change of articles without making another version."""
        with self._turn:
            self.journal.refresh(articles)

    def guard(self) -> None:
        """Do nothing: whoever can read the file sees all of it by other means."""

    def _check_space(self, batch: Sequence[Prepared]) -> None:
        numbers = sum(prepared.vectors.size for prepared in batch)
        characters = sum(len(prepared.article.text) for prepared in batch)
        needed = RESERVE + numbers * BYTES_A_NUMBER + characters * BYTES_A_CHARACTER
        free = shutil.disk_usage(self._path).free
        if free < needed:
            raise LibraryError(
                f"The disk is full: {free / 2**20:.0f} MB are free and {needed / 2**20:.0f} MB are needed. "
                "Nothing was lost. Free some space and go on."
            )

    def _is_nearly_full(self) -> bool:
        """Say whether a lack of space may be why an index failed: Chroma calls that by many names."""
        return shutil.disk_usage(self._path).free < NEARLY_FULL

    def _clean_up(self, *, opening: bool = False) -> None:
        """Take what is not live out of the indexes, then out of the record.

        An index that can't be deleted from is written anew when the library is opened, never in a write.
        """
        leftovers = self.journal.leftovers()
        if leftovers.versions:
            if leftovers.removed:
                self._purge(leftovers)
                return
            (self.indexes.delete_anyhow if opening else self.indexes.delete)(leftovers)
            self.journal.sweep()

    def _purge(self, leftovers: Leftovers) -> None:
        """Take what is removed out of both indexes, then delete it from the record for good."""
        self.indexes.purge(leftovers)
        self.journal.sweep()
        if not self.journal.shred():
            self.indexes.notices.append(TEXT_LEFT)


def not_stored(batch: Sequence[Prepared], record: Record) -> list[Prepared]:
    """Leave out what is live already, and all but the last version of one article.

    Raises:
        SettingsError: the vectors are not as long as those of the library.
    """
    dimension = record.meta().dimension
    for prepared in batch:
        if prepared.vectors.shape[1] != dimension:
            raise SettingsError(
                f"A vector of {prepared.vectors.shape[1]} numbers does not fit a library of {dimension}. "
                "Use the embeddings that the library was made with."
            )
    last = {prepared.article.id: prepared for prepared in batch}
    live = record.versions(last)
    return [each for key, each in last.items() if live.get(key) != each.article.version]
