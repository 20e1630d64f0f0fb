"""Recovery of a damaged record: whatever can be read is copied into a new one."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ingest.errors import LibraryDamagedError
from ingest.storage import schema
from ingest.storage.audience import GROUPED
from ingest.storage.durable import put_in_place, sync_folder
from ingest.storage.packing import sentences_of
from ingest.storage.record import Record
from ingest.storage.rows import ARTICLE_COLUMNS, article_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ingest.storage.store import Connection

FRESH, ASIDE = "record.salvaged", "record.damaged"  # how the names of other files than the record begin
SAVED_FILE = "record.saved.sqlite"  # a complete one, that only has to get its name yet
KEPT_TABLES = ("sources", "places", "validators")
MADE_AGAIN = ("signature", "kin")  # by the next writer, from the texts
CLOSED = "closed"  # the group of what may have been for some groups
READ_AT_ONCE = 500  # articles whose texts are in memory together
MOST_COMPLAINTS = 5  # of SQLite's own check, which would list every damaged page


def record_fault(file: Path) -> str | None:
    """Say what SQLite's own check finds wrong with the record's file."""
    try:
        record = Record.open(file)
    except LibraryDamagedError as error:
        return error.fault
    try:
        with record.reading() as connection:
            found = connection.execute(f"PRAGMA integrity_check({MOST_COMPLAINTS})").fetchall()
            found += connection.execute("PRAGMA foreign_key_check").fetchall()
    except LibraryDamagedError as error:
        return error.fault
    finally:
        record.close()
    return None if found == [("ok",)] else "; ".join(str(row[0]) for row in found[:MOST_COMPLAINTS])


def altered_articles(record: Record) -> list[str]:
    """Return the ids of live articles whose stored text, data or spans are not what was stored."""
    query = f"""SELECT a.row, a.id, a.version, {ARTICLE_COLUMNS} FROM articles a
        WHERE a.state = 'live' AND a.row > ? ORDER BY a.row LIMIT ?"""
    altered: list[str] = []
    last = 0
    with record.reading() as connection, _any_text(connection):
        while rows := connection.execute(query, (last, READ_AT_ONCE)).fetchall():
            altered += [row[1] for row in rows if not _is_intact(connection, row[0], row[2], row[3:])]
            last = rows[-1][0]
    return sorted(altered)


def salvage(file: Path) -> str:
    """Copy every article that can be read into a new record and put that in the old one's place.

    The damaged file is kept beside it under another name. Returns what was done, as a sentence.
    """
    fresh, aside = file.with_name(f"{FRESH}.sqlite"), _aside(file)
    for ending in ("", "-wal", "-shm"):  # of a try that was cut short
        fresh.with_name(fresh.name + ending).unlink(missing_ok=True)
    kept, lost, closed = _copy(file, fresh)
    _drop_altered(fresh)
    for ending in ("", "-wal"):
        _keep(file.with_name(file.name + ending), aside.with_name(aside.name + ending))
    put_in_place(fresh, file.with_name(SAVED_FILE))
    finish_salvage(file)
    return (
        f"The record was damaged: {kept:,} versions of articles were saved, {lost:,} could not be read. "
        f"The damaged file is kept as {aside.name}; delete it when you no longer need it.{closed}"
    )


def finish_salvage(file: Path) -> bool:
    """Move a saved record into place, if a salvage was interrupted before it did; return whether it was.

    The old log goes first: SQLite would apply it to the new file.
    """
    saved = file.with_name(SAVED_FILE)
    if not saved.exists():
        return False
    for ending in ("-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
    sync_folder(file.parent)
    put_in_place(saved, file)
    return True


def _keep(file: Path, aside: Path) -> None:
    """Give a file a second name, or copy it where files can't have two."""
    try:
        os.link(file, aside)
    except (FileNotFoundError, FileExistsError):  # nothing to keep, or kept by a try that was cut short
        return
    except OSError:
        shutil.copyfile(file, aside)


def _copy(file: Path, fresh: Path) -> tuple[int, int, str]:
    try:
        record = Record.open(file)
        with record.reading() as connection:
            meta = dict(connection.execute("SELECT key, value FROM meta"))
        record.close()
    except LibraryDamagedError as error:
        raise LibraryDamagedError(
            f"Nothing can be read from {str(file)!r} any more. Put it back from a copy; "
            "without one, delete the library's folder and ingest the articles again."
        ) from error
    schema.create(fresh, meta | {"schema": str(schema.SCHEMA_VERSION)})
    with closing(schema.connect(file, write=True)) as connection:
        connection.execute("ATTACH ? AS fresh", (str(fresh),))
        columns = _shared_columns(connection)
        results = [_copy_article(connection, row, columns) for row in _rows(connection)]
        for table in KEPT_TABLES:
            with suppress(sqlite3.DatabaseError):  # all of them come back with the next ingestion
                connection.execute(f"INSERT OR IGNORE INTO fresh.{table} SELECT * FROM main.{table}")
        closed = _copy_audience(connection, meta)
    return results.count(True), results.count(False), closed


def _copy_audience(connection: sqlite3.Connection, meta: dict[str, str]) -> str:
    """Copy who may see what. Where that can't be read, nobody may but who sees all; return what to tell."""
    if GROUPED not in meta:
        return ""
    try:
        for table in ("audience", "source_audience"):
            connection.execute(f"INSERT INTO fresh.{table} SELECT * FROM main.{table}")
    except sqlite3.DatabaseError:
        connection.execute(f"INSERT OR IGNORE INTO fresh.audience SELECT id, '{CLOSED}' FROM fresh.articles")
        return (
            " Which groups may see which articles could not be read: all of them belong to the group "
            f"{CLOSED!r} now. Say anew whom they are for with `footnote group set`."
        )
    return ""


def _rows(connection: sqlite3.Connection) -> list[int]:
    """Return the row numbers of all articles; all that may exist where they can't be listed."""
    try:
        return [row for (row,) in connection.execute("SELECT row FROM articles NOT INDEXED")]
    except sqlite3.DatabaseError:
        with suppress(sqlite3.DatabaseError):
            last = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'articles'").fetchone()
            return list(range(1, last[0] + 1))
    return []


def _shared_columns(connection: sqlite3.Connection) -> str:
    """Return the columns of an article that both have; in a migrated record they stand in another order."""
    ours, theirs = (
        [name for _, name, *_ in connection.execute(f"PRAGMA {place}.table_info(articles)")]
        for place in ("fresh", "main")
    )
    return ", ".join(name for name in ours if name in theirs and name not in MADE_AGAIN)


def _copy_article(connection: sqlite3.Connection, row: int, columns: str) -> bool:
    connection.execute("BEGIN")
    try:
        chosen = "WHERE row = ? AND state IN ('live', 'retired')"
        copied = connection.execute(
            f"INSERT INTO fresh.articles ({columns}) SELECT {columns} FROM main.articles {chosen}", (row,)
        )
        connection.execute(
            "INSERT INTO fresh.chunks SELECT * FROM main.chunks WHERE article = ?"
            " AND EXISTS (SELECT 1 FROM fresh.articles WHERE row = ?)",
            (row, row),
        )
        connection.execute("COMMIT")
    except sqlite3.DatabaseError:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        return False
    return copied.rowcount > 0


def _drop_altered(file: Path) -> None:
    record = Record.open(file)
    altered = altered_articles(record)
    record.close()
    with closing(schema.connect(file, write=True)) as connection:
        connection.executemany("DELETE FROM articles WHERE id = ?", [(article_id,) for article_id in altered])
        connection.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation'")


@contextmanager
def _any_text(connection: Connection) -> Iterator[None]:
    """Read text that is no UTF-8 any more; what stands for it is not what was stored, so it is noticed."""
    if not isinstance(connection, sqlite3.Connection):  # other engines let no such text in
        yield
        return
    usual = connection.text_factory
    connection.text_factory = lambda stored: stored.decode("utf-8", "replace")
    try:
        yield
    finally:
        connection.text_factory = usual


def _is_intact(connection: Connection, row: int, version: str, columns: Sequence[str | None]) -> bool:
    try:
        if article_of(columns).version != version:
            return False
    except ValueError:  # no text, no date, or no list of authors
        return False
    text = columns[0] or ""
    query = "SELECT position, spans FROM chunks WHERE article = ? ORDER BY position"
    chunks = connection.execute(query, (row,)).fetchall()
    try:
        for _, spans in chunks:
            sentences_of(text, spans)
    except ValueError:
        return False
    return bool(chunks) and [position for position, _ in chunks] == list(range(len(chunks)))


def _aside(file: Path) -> Path:
    for earlier in file.parent.glob(f"{ASIDE}-*.sqlite"):
        if earlier.samefile(file):
            return earlier
    moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    return file.with_name(f"{ASIDE}-{moment}.sqlite")
