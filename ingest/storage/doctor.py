"""Finding what is wrong with a library, and repairing it from the record without embedding again."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from ingest.database_address import DatabaseAddress
from ingest.errors import LibraryDamagedError, LibraryError
from ingest.settings import settings_for
from ingest.storage import folder, schema
from ingest.storage.findings import Finding
from ingest.storage.index_examination import wrong_keywords, wrong_vectors
from ingest.storage.indexes import KEYWORDS
from ingest.storage.journal import Journal
from ingest.storage.keywords import Keywords
from ingest.storage.lock import WriterLock
from ingest.storage.postgresql import doctor as postgresql_doctor
from ingest.storage.salvage import SAVED_FILE, altered_articles, finish_salvage, record_fault, salvage
from ingest.storage.vector_place import vector_home
from ingest.storage.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ingest.database_address import LibraryLocation
    from ingest.storage.record import Record

REPAIR_WAIT_SECONDS = 2.0  # seconds for a writer to finish

_REPAIR = schema.REPAIR


def examine(path: LibraryLocation) -> list[Finding]:
    """Check everything in a library: the record, every text and span, every chunk in both indexes."""
    path = settings_for(path).library
    if isinstance(path, DatabaseAddress):
        return postgresql_doctor.examine(path)
    folder.check_exists(path)
    with _locked(path):
        file = path / schema.RECORD_FILE
        if file.with_name(SAVED_FILE).exists():
            return [Finding("A repair was cut short", "the record, which is saved already", _REPAIR)]
        if fault := record_fault(file):
            return [Finding("The record is damaged", fault, f"{_REPAIR} It saves what can be read.")]
        record = folder.open_record(path)
        try:
            return [*_in_record(record), *_in_vectors(path, record), *_in_keywords(path, record)]
        finally:
            record.close()


def repair(path: LibraryLocation) -> list[str]:
    """Repair a library and return what was done, a sentence each; nothing is embedded again."""
    path = settings_for(path).library
    if isinstance(path, DatabaseAddress):
        return postgresql_doctor.repair(path)
    folder.check_exists(path)
    done: list[str] = []
    with _locked(path) as lock:
        file = path / schema.RECORD_FILE
        if finish_salvage(file):
            done.append("A repair that had been cut short was finished.")
        if record_fault(file):
            done.append(salvage(file))
        record = folder.open_record(path)
        try:
            done += _repair_indexes(path, record, lock)
        finally:
            record.close()
    return done


def _repair_indexes(path: Path, record: Record, lock: WriterLock) -> list[str]:
    done = ["A write that had been cut short was undone."] if record.unfinished() else []
    if altered := altered_articles(record):
        # Before the indexes are looked at: one that has to be rebuilt could not read these.
        _mark_removed(path / schema.RECORD_FILE, altered)
        done.append(f"{len(altered):,} articles whose text had been altered were removed: ingest them again.")
    writer = Writer(path, record, lock, vector_home(path, settings_for(path)))
    try:
        if wrong_vectors(writer.indexes.vectors, record):
            writer.indexes.rebuild_vectors("some chunks were missing")
        if wrong_keywords(writer.indexes.keywords, record):
            writer.indexes.rebuild_keywords("some chunks were missing")
        writer.indexes.tidy()
        return done + writer.indexes.notices
    finally:
        writer.close()


def _mark_removed(file: Path, altered: list[str]) -> None:
    journal = Journal(file)
    try:
        journal.mark_removed(altered)
    finally:
        journal.close()


def _in_record(record: Record) -> Iterator[Finding]:
    if record.unfinished():
        yield Finding("A write was cut short", "nothing that is live", f"The next write undoes it. {_REPAIR}")
    if altered := altered_articles(record):
        what = "The text of some articles has been altered"
        yield Finding(what, ", ".join(altered), f"{_REPAIR} It removes them; ingest them again.")


def _in_vectors(path: Path, record: Record) -> Iterator[Finding]:
    try:
        home = vector_home(path, settings_for(path))
        try:
            vectors = home.open(record.meta().vectors)
            try:
                affected = wrong_vectors(vectors, record)
            finally:
                vectors.close()
        finally:
            home.close()
    except LibraryDamagedError as error:
        affected = error.fault
    except LibraryError as error:
        yield Finding("The vector index can't be looked at", str(error).rstrip("."), "Then ask again.")
        return
    if affected:
        yield Finding("The vector index does not hold what the record says", affected, _REPAIR)


def _in_keywords(path: Path, record: Record) -> Iterator[Finding]:
    try:
        keywords = Keywords.open(path / KEYWORDS / record.meta().keywords, check=True)
        affected = wrong_keywords(keywords, record)
    except LibraryDamagedError as error:
        affected = error.fault
    if affected:
        yield Finding("The keyword index does not hold what the record says", affected, _REPAIR)


@contextmanager
def _locked(path: Path) -> Iterator[WriterLock]:
    lock = WriterLock.acquire(path, wait=REPAIR_WAIT_SECONDS)
    try:
        yield lock
    finally:
        lock.release()
