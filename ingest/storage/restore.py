"""Restoring a backup: all files are verified before the first is moved into place, the record last."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import zipfile
import zlib
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from ingest.errors import LibraryError
from ingest.storage import folder, schema
from ingest.storage.backup import BACKUP_FORMAT, LIST, pour
from ingest.storage.durable import put_in_place
from ingest.storage.indexes import VECTORS
from ingest.storage.journal import Journal
from ingest.storage.library import Library
from ingest.storage.lock import WriterLock
from ingest.storage.salvage import record_fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCRATCH = "restoring"
LONGEST_LIST = 2**20  # bytes; a list has a line for each user
DATABASE = b"SQLite format 3\0"  # how every one begins
RESTORE_WAIT_SECONDS = 2.0  # seconds for somebody who is making a library there

# What a backup may bring: databases, no deeper than one folder, and no program inside them.
_NAME = re.compile(r"(?:[\w-]+/)?[\w-]+\.sqlite", re.ASCII)
_PASSIVE = ("table", "index")


def restore(file: Path, path: Path) -> int:
    """Make a library of a backup where there is none yet; return how many articles it has.

    The indexes are made from the record; nothing is embedded.
    """
    if folder.has_record(path):
        raise LibraryError(
            f"There is a library at {str(path)!r}, and a backup is never written over one. "
            "Set FOOTNOTE_LIBRARY to another folder."
        )
    folder.make(path)
    lock = WriterLock.acquire(path, wait=RESTORE_WAIT_SECONDS)
    scratch = path / SCRATCH
    try:
        shutil.rmtree(scratch, ignore_errors=True)  # of a try that was cut short
        with _told(file):
            names = _unpack(file, scratch)
        _check(file, scratch, names)
        _forget_indexes(scratch / schema.RECORD_FILE)
        for name in sorted(names, key=lambda each: each == schema.RECORD_FILE):
            (path / name).parent.mkdir(mode=0o700, exist_ok=True)
            put_in_place(scratch / name, path / name)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
        lock.release()
    with Library.open(path, write=True) as library:  # which makes both indexes
        return library.count()[0]


def _unpack(file: Path, scratch: Path) -> list[str]:
    """Unpack what the list names and nothing else, and compare each checksum."""
    with zipfile.ZipFile(file) as archive:
        checksums = _checksums(file, archive)
        for name in checksums:  # before anything is unpacked: a bomb is no database
            with archive.open(name) as member:
                if member.read(len(DATABASE)) != DATABASE:
                    raise _unusable(file, f"{name} is no database")
        needed = sum(archive.getinfo(name).file_size for name in checksums)
        free = shutil.disk_usage(scratch.parent).free
        if free < needed:
            raise LibraryError(
                f"The disk is full: {free / 2**20:,.0f} MB are free and {needed / 2**20:,.0f} MB are needed. "
                "Nothing was changed. Free some space and try again."
            )
        for name, checksum in checksums.items():
            target = scratch / name
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            target.touch(mode=0o600)
            with archive.open(name) as member, target.open("wb") as opened:
                if pour(member, opened) != checksum:
                    raise _unusable(file, f"{name} is not what was packed")
    return list(checksums)


def _checksums(file: Path, archive: zipfile.ZipFile) -> dict[str, str]:
    with archive.open(LIST) as opened:
        said = json.loads(opened.read(LONGEST_LIST))
    if said["format"] != BACKUP_FORMAT:
        raise LibraryError(f"{str(file)!r} was made by another version of Footnote. Upgrade Footnote.")
    checksums: dict[str, str] = said["sha256"]
    for name in checksums:
        if not _NAME.fullmatch(name):
            raise _unusable(file, f"it holds {name!r}")
    if schema.RECORD_FILE not in checksums:
        raise _unusable(file, "it holds no record")
    return checksums


def _check(file: Path, scratch: Path, names: list[str]) -> None:
    """Let nothing in that acts by itself, and no record that this program can't read."""
    for name in names:
        try:
            with closing(sqlite3.connect(scratch / name)) as connection:
                connection.execute("PRAGMA trusted_schema=OFF")
                kinds = {kind for (kind,) in connection.execute("SELECT DISTINCT type FROM sqlite_master")}
        except sqlite3.Error:
            raise _unusable(file, f"{name} is damaged") from None
        if not kinds <= set(_PASSIVE):
            raise _unusable(file, f"{name} holds a program")
    if fault := record_fault(scratch / schema.RECORD_FILE):
        raise _unusable(file, fault)
    folder.open_record(scratch).close()


def _forget_indexes(record: Path) -> None:
    """Name no index: one on a server belongs to the library that the backup was made of."""
    journal = Journal(record)
    try:
        journal.switch(VECTORS, folder.NO_INDEX_YET)
        journal.note_unneeded(())
    finally:
        journal.close()


@contextmanager
def _told(file: Path) -> Iterator[None]:
    """Say in words that a file is no backup, or not a whole one."""
    try:
        yield
    except FileNotFoundError:
        raise LibraryError(f"There is no file {str(file)!r}.") from None
    except OSError as error:
        raise LibraryError(f"{str(file)!r} can't be unpacked: {error.strerror}.") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _unusable(file, type(error).__name__) from None
    except (KeyError, TypeError, AttributeError, ValueError):
        raise _unusable(file, "it has no list of its files") from None


def _unusable(file: Path, reason: str) -> LibraryError:
    return LibraryError(
        f"{str(file)!r} is no whole backup ({reason}); nothing was changed. Use another copy of it."
    )
