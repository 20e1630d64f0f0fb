"""Backup: a consistent snapshot of a library in one file, from which it can be restored.

The file is a ZIP archive: the record, the conversations, and a list with a checksum for each. The two
indexes are left out, since they are made from the record without embedding anything. Nobody has to stop
writing for it: SQLite copies what was committed at one moment.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zipfile
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ingest.errors import LibraryDamagedError, LibraryError
from ingest.storage import folder, schema
from ingest.storage.durable import put_in_place
from ingest.storage.indexes import KEYWORDS, VECTORS
from ingest.storage.salvage import ASIDE, FRESH, SAVED_FILE
from ingest.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import IO

BACKUP_FORMAT = "footnote-backup/1"
LIST = "backup.json"
COPY_BYTES = 2**20  # bytes copied at once
LEVEL = 1  # of compression: texts shrink to half, vectors hardly at any level


@dataclass(frozen=True, slots=True)
class Backup:
    """What was written: the file, how much is in it, and its checksum (SHA-256)."""

    file: Path
    articles: int
    bytes: int
    checksum: str


def backup(path: Path, file: Path) -> Backup:
    """Write the record and conversations into one new file; the indexes can be rebuilt and are left out."""
    folder.check_exists(path)
    if file.exists():
        raise LibraryError(
            f"{str(file)!r} is there already, and no backup is written over. Name another file."
        )
    record = folder.open_record(path)
    try:
        articles = record.count()[0]
    finally:
        record.close()
    unfinished = file.with_name(f"{file.name}.unfinished")
    with _told(unfinished):
        _pack(path, unfinished)
        put_in_place(unfinished, file)
        with file.open("rb") as written:
            checksum = hashlib.file_digest(written, "sha256").hexdigest()
        return Backup(file, articles, file.stat().st_size, checksum)


def databases(path: Path) -> list[str]:
    """Name the files of a library that can't be made from others, the record first."""
    found = {
        each.relative_to(path).as_posix()
        for pattern in ("*.sqlite", "*/*.sqlite")
        for each in path.glob(pattern)
        if each.relative_to(path).parts[0] not in (VECTORS, KEYWORDS)
        and not each.name.startswith((ASIDE, FRESH, SAVED_FILE, folder.UNNAMED))
    }
    return [schema.RECORD_FILE, *sorted(found - {schema.RECORD_FILE})]


def _pack(path: Path, file: Path) -> None:
    checksums: dict[str, str] = {}
    scratch = file.with_name(f"{file.name}.copy")
    packed = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL)
    with packed as archive:
        file.chmod(0o600)
        for name in databases(path):
            with _copied(path / name, scratch) as copy, archive.open(name, "w", force_zip64=True) as member:
                checksums[name] = pour(copy, member)
        made = datetime.now(UTC).isoformat(timespec="seconds")
        said = {"format": BACKUP_FORMAT, "footnote": __version__, "made": made, "sha256": checksums}
        archive.writestr(LIST, json.dumps(said, indent=1))


def pour(source: IO[bytes], target: IO[bytes]) -> str:
    """Copy one file object to another in blocks; return the SHA-256 of the bytes in hexadecimal."""
    digest = hashlib.sha256()
    while block := source.read(COPY_BYTES):
        digest.update(block)
        target.write(block)
    return digest.hexdigest()


@contextmanager
def _copied(source: Path, scratch: Path) -> Iterator[IO[bytes]]:
    """Lend a copy of a database as it is now, in a file without a name: a kill leaves no text behind."""
    scratch.unlink(missing_ok=True)
    scratch.touch(mode=0o600)
    with ExitStack() as stack:
        stack.callback(scratch.unlink, missing_ok=True)
        stack.enter_context(schema.sqlite_errors(source))
        original = stack.enter_context(closing(schema.connect(source, write=False)))
        if fault := _fault(original):
            what = f"{str(source)!r} is damaged ({fault}), so no backup was made. {schema.REPAIR}"
            raise LibraryDamagedError(what, fault)
        opened = stack.enter_context(scratch.open("rb"))
        copy = stack.enter_context(closing(sqlite3.connect(scratch)))
        with suppress(PermissionError):  # Windows keeps the name of an open file
            scratch.unlink()
        copy.execute("PRAGMA journal_mode=OFF")
        original.backup(copy)
        yield opened


def _fault(connection: sqlite3.Connection) -> str | None:
    found = connection.execute("PRAGMA integrity_check(1)").fetchall()
    return None if found == [("ok",)] else str(found[0][0])


@contextmanager
def _told(file: Path) -> Iterator[None]:
    """Say in words that a file can't be written, and leave nothing of it."""
    try:
        yield
    except OSError as error:
        raise LibraryError(f"{str(file)!r} can't be written: {error.strerror}. Name another file.") from None
    finally:
        with suppress(OSError):
            file.unlink(missing_ok=True)
