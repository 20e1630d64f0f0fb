"""A shelf in a SQLite file beside the library, one for each person. What is deleted is overwritten in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from ingest import LibraryError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CONVERSATIONS_FOLDER = "conversations"
"""Where they are, inside the folder of the library."""

FILE_FORMAT = 2
WAIT_SECONDS = 10.0  # seconds for another process that writes; each write takes milliseconds

TABLES = """
CREATE TABLE IF NOT EXISTS conversations (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, changed TEXT NOT NULL,
    owner TEXT NOT NULL DEFAULT '', found_by TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS turns (
    id TEXT PRIMARY KEY,
    conversation TEXT NOT NULL REFERENCES conversations ON DELETE CASCADE,
    position INTEGER NOT NULL, question TEXT NOT NULL, answer TEXT NOT NULL, asked TEXT NOT NULL,
    seconds REAL NOT NULL, words TEXT NOT NULL, good INTEGER, reason TEXT, rated TEXT,
    owner TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS turns_of ON turns (conversation, position);
CREATE TABLE IF NOT EXISTS kept_questions (
    id TEXT PRIMARY KEY, question TEXT NOT NULL, kept TEXT NOT NULL, asked TEXT NOT NULL,
    answer TEXT NOT NULL, owner TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS answer_changes (
    id TEXT PRIMARY KEY, question TEXT NOT NULL REFERENCES kept_questions ON DELETE CASCADE,
    found TEXT NOT NULL, kind TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS kept_follow_ups (
    question TEXT PRIMARY KEY REFERENCES kept_questions ON DELETE CASCADE,
    words TEXT NOT NULL, history TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS seen (owner TEXT PRIMARY KEY, moment TEXT NOT NULL);
"""

_OWNED = "ALTER TABLE {} ADD COLUMN owner TEXT NOT NULL DEFAULT ''"
_CITED = """SELECT t.conversation, t.id, json_extract(c.value, '$.article_id'),
    json_extract(c.value, '$.version'), json_extract(c.value, '$.quote')
    FROM turns t, json_each(t.answer, '$.citations') c WHERE t.owner = ? ORDER BY t.asked, t.id"""


class FileShelf:
    """The file of one person. Safe from many threads: each transaction has a connection of its own."""

    owner = ""
    shared = False
    cited = _CITED

    def __init__(self, library: Path, key: str) -> None:
        self.key = key
        self.file = library / CONVERSATIONS_FOLDER / f"{key}.sqlite"

    @classmethod
    def everybodys(cls, library: Path) -> list[FileShelf]:
        """Return the shelves of all who have a file."""
        return [cls(library, file.stem) for file in sorted((library / CONVERSATIONS_FOLDER).glob("*.sqlite"))]

    @property
    def name(self) -> str:
        """The path of the file."""
        return str(self.file)

    def exists(self) -> bool:
        """Say whether there is a file."""
        return self.file.exists()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Open the file for one transaction, made if there is none, readable for nobody else."""
        try:
            if not self.file.exists():
                self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self.file.touch(mode=0o600)
            with closing(sqlite3.connect(self.file, timeout=WAIT_SECONDS)) as db, db:
                _prepare(db)
                yield db
        except (sqlite3.Error, OSError) as error:
            raise LibraryError(
                f"Conversations can't be kept in {self.name!r}: {error}. The library is unharmed. "
                "Check the folder's permissions and the free space; a damaged file can be moved away."
            ) from error

    def purge(self) -> None:
        """Take deleted text out of the file's log; it was overwritten in the file."""
        with self.transaction() as db:
            db.commit()
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def destroy(self) -> None:
        """Delete the file: whoever gets the same name later finds nothing here."""
        try:
            for ending in ("-wal", "-shm", ""):
                self.file.with_name(f"{self.file.name}{ending}").unlink(missing_ok=True)
        except OSError as error:
            raise LibraryError(f"The conversations in {self.name!r} can't be deleted: {error}.") from error


def _prepare(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA secure_delete = ON")
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version > FILE_FORMAT:
        raise sqlite3.DatabaseError("a newer Footnote wrote it")
    if version == 1:
        _add_owners(db)
    if version < FILE_FORMAT:
        db.execute("PRAGMA journal_mode = WAL")
        db.executescript(f"{TABLES} PRAGMA user_version = {FILE_FORMAT};")


def _add_owners(db: sqlite3.Connection) -> None:
    """Bring a file of format 1 here: in one transaction, since two programs may open it at once."""
    db.execute("BEGIN IMMEDIATE")
    if db.execute("PRAGMA user_version").fetchone()[0] != 1:
        db.rollback()
        return
    there = {name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    for table in {"conversations", "turns", "kept_questions"} & there:
        db.execute(_OWNED.format(table))
    db.create_function("casefold", 1, str.casefold, deterministic=True)
    db.execute("ALTER TABLE conversations ADD COLUMN found_by TEXT NOT NULL DEFAULT ''")
    db.execute("UPDATE conversations SET found_by = casefold(title)")
    if "changes_seen" in there:
        db.execute("CREATE TABLE seen (owner TEXT PRIMARY KEY, moment TEXT NOT NULL)")
        db.execute("INSERT INTO seen SELECT '', moment FROM changes_seen")
        db.execute("DROP TABLE changes_seen")
    db.execute(f"PRAGMA user_version = {FILE_FORMAT}")
    db.commit()
