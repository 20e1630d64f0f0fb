"""The record's tables, how its file is opened, and what SQLite's errors mean to a user."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ingest.audience import group_names
from ingest.errors import FootnoteError, LibraryDamagedError, LibraryError
from ingest.storage import audience
from ingest.storage.sqlite_connection import SqliteConnection

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

SCHEMA_VERSION = 5
RECORD_FILE = "record.sqlite"
BUSY_SECONDS = 5.0  # a commit of the largest batch takes under a second
WRITER_CACHE_KB = 131_072
"""Pages that a writer keeps in memory. Keys of near-duplicates and of chunks fall anywhere in their tables
(15 MB for 20,000 articles): with SQLite's own 2 MB these read 3.7 GB from the file, with this 0.4 GB."""

# What came with format 2. An article's `signature` is NULL until it has been compared with the others
# (see duplicates.py); its `kin` is the id of its near-duplicate group, and NULL while it is alone.
ADDED_COLUMNS = (
    "modified TEXT",
    "language TEXT",
    "section TEXT",
    "pages TEXT NOT NULL DEFAULT '[]'",
    "signature BLOB",
    "kin TEXT",
)
# What came with format 3: where the date of an article stands, and what of its document is not read.
LATER_COLUMNS = ("dated_by TEXT", "unread TEXT NOT NULL DEFAULT '{}'")
# What came with format 4: pages that were read by OCR, and pages that are pictures and were not read.
PAGE_COLUMNS = ("ocr_pages TEXT NOT NULL DEFAULT '[]'", "picture_pages TEXT NOT NULL DEFAULT '[]'")
_ADDED = {2: ADDED_COLUMNS, 3: LATER_COLUMNS, 4: PAGE_COLUMNS}
_WITH_GROUPS = 2
_WITH_AUDIENCE = 5
ADDED_TABLES = """
CREATE INDEX live_kin ON articles (kin) WHERE state = 'live' AND kin IS NOT NULL;
CREATE INDEX live_unsigned ON articles (row) WHERE state = 'live' AND signature IS NULL;
CREATE TABLE bands (
    key INTEGER NOT NULL,
    article INTEGER NOT NULL,
    PRIMARY KEY (key, article)
) WITHOUT ROWID;
CREATE TABLE sources (
    row INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    patterns TEXT NOT NULL
);
CREATE TABLE places (
    source INTEGER NOT NULL REFERENCES sources (row) ON DELETE CASCADE,
    article TEXT NOT NULL,
    origin TEXT NOT NULL,
    holder TEXT NOT NULL,
    PRIMARY KEY (source, article)
) WITHOUT ROWID;
CREATE INDEX places_by_holder ON places (holder);
CREATE INDEX places_by_origin ON places (origin);
CREATE TABLE validators (
    url TEXT PRIMARY KEY,
    etag TEXT,
    last_modified TEXT
) WITHOUT ROWID;
"""

TABLES = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'live', 'retired', 'removed')),
    title TEXT NOT NULL,
    origin TEXT NOT NULL,
    published TEXT,
    source TEXT,
    url TEXT,
    authors TEXT NOT NULL,
    added TEXT NOT NULL,
    content TEXT NOT NULL,
    characters INTEGER NOT NULL,
    text TEXT NOT NULL,
    {", ".join((*ADDED_COLUMNS, *LATER_COLUMNS, *PAGE_COLUMNS))},
    UNIQUE (id, version)
);
CREATE UNIQUE INDEX one_live_version ON articles (id) WHERE state = 'live';
CREATE INDEX live_articles ON articles (published, source, id) WHERE state = 'live';
CREATE INDEX articles_not_live ON articles (state) WHERE state <> 'live';
CREATE INDEX articles_by_content ON articles (content);
CREATE TABLE chunks (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    article INTEGER NOT NULL REFERENCES articles (row) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    spans BLOB NOT NULL,
    vector BLOB NOT NULL
);
CREATE INDEX chunks_by_article ON chunks (article);
{ADDED_TABLES.rstrip()}
{audience.TABLES.strip()};
"""

NOT_LIVE = "state <> 'live'"
"""In the very words of the index `articles_not_live`: SQLite uses it for nothing that only implies them,
and reads all articles with their texts instead."""

UNFINISHED = f"""FROM articles a WHERE {NOT_LIVE} AND
    (state <> 'retired' OR EXISTS (SELECT 1 FROM chunks c WHERE c.article = a.row))"""
"""What a write that was cut short has left, or one that is under way."""

REPAIR = "Run `footnote doctor --repair`."


def connect(path: Path, *, write: bool, groups: Collection[str] | None = None) -> SqliteConnection:
    """Open the record's file, which must exist; the connection may move between threads.

    With `groups` it reads what these may see and nothing else.
    """
    mode = "immutable=1" if not write and is_frozen(path) else "mode=rw"
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?{mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        factory=SqliteConnection,
    )
    connection.execute("PRAGMA foreign_keys=ON")
    if write:
        # FULL: an acknowledged article survives a power cut. secure_delete: what is removed is gone.
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute(f"PRAGMA cache_size=-{WRITER_CACHE_KB}")
    elif groups is not None:
        connection.execute("PRAGMA temp_store=MEMORY")
        mine = ", ".join(f"'{name}'" for name in sorted(group_names(groups)))
        for statement in audience.views("main", f"u.name IN ({mine})"):
            connection.execute(statement)
    if not write:
        connection.execute("PRAGMA query_only=ON")
    return connection


def create(path: Path, meta: dict[str, str]) -> None:
    """Make the record's file with its tables, or leave none of them."""
    path.touch(mode=0o600)
    connection = connect(path, write=True)
    try:
        connection.execute("PRAGMA auto_vacuum=INCREMENTAL")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("BEGIN IMMEDIATE")
        _run(connection, TABLES)
        connection.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
        connection.execute("COMMIT")
    finally:
        connection.close()


def migrate(path: Path, version: int) -> None:
    """Bring a record of an older format to this one, in one transaction; only for the holder of the lock."""
    older = version < _WITH_GROUPS
    connection = connect(path, write=True)
    try:
        connection.execute("BEGIN IMMEDIATE")
        for column in (
            column for format_, columns in _ADDED.items() if format_ > version for column in columns
        ):
            connection.execute(f"ALTER TABLE articles ADD COLUMN {column}")
        if older:
            _run(connection, ADDED_TABLES)
        if version < _WITH_AUDIENCE:
            _run(connection, audience.TABLES)
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema'", (str(SCHEMA_VERSION),))
        connection.execute("COMMIT")
    finally:
        connection.close()  # which undoes what is not committed


def _run(connection: sqlite3.Connection, statements: str) -> None:
    for statement in statements.strip().split(";\n"):
        connection.execute(statement)


def has_tables(path: Path) -> bool:
    """Say whether the file holds any table; an empty file does not."""
    connection = connect(path, write=False)
    try:
        return bool(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    finally:
        connection.close()


def is_frozen(path: Path) -> bool:
    """Say whether the file lies where we can write nothing, and nobody has it open for writing.

    SQLite needs to write beside a WAL file even to read it, unless told that nobody can change it.
    Somebody else may yet: such a connection is for one look only (see `Record.reading`).
    """
    import os

    journal = path.with_name(path.name + "-wal")
    return not os.access(path.parent, os.W_OK) and not journal.exists()


@contextmanager
def sqlite_errors(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into ours."""
    try:
        yield
    except sqlite3.Error as error:
        raise _ours(error, path) from error


def _ours(error: sqlite3.Error, path: Path) -> FootnoteError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return LibraryError("The disk is full; nothing that was stored is lost. Free some space and go on.")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return LibraryError(f"Can't open {str(path)!r} ({error}). Check the permissions of its folder.")
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LibraryError(f"{str(path)!r} stayed busy for {BUSY_SECONDS:.0f} s. Try again.")
    return LibraryDamagedError(f"The record {str(path)!r} is damaged ({error}). {REPAIR}", error)
