"""Conversations kept on disk: questions, answers with their footnotes, and what readers thought of them.

One SQLite file for each user, beside the library. An answer is kept whole, quotes included, so that its
footnotes stay readable when an article changes or goes. What is deleted is overwritten in the file.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from assistant.store.answers_json import answer_of
from ingest import LibraryError, content_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from assistant.answers import Answer

CONVERSATIONS_FOLDER = "conversations"
"""Where they are kept, inside the folder of the library."""

DEFAULT_USER = "default"
CONVERSATIONS_FORMAT = 1
CONVERSATIONS_WAIT_SECONDS = 10.0  # seconds for another process that writes; each write takes milliseconds
MAX_TITLE = 120
MAX_REASON = 2_000
MOST_CONVERSATIONS_LISTED = (
    500  # conversations in a list, the latest first; a search looks through all of them
)

CONVERSATION_TABLES = """
CREATE TABLE IF NOT EXISTS conversations (id TEXT PRIMARY KEY, title TEXT NOT NULL, changed TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS turns (
    id TEXT PRIMARY KEY,
    conversation TEXT NOT NULL REFERENCES conversations ON DELETE CASCADE,
    position INTEGER NOT NULL, question TEXT NOT NULL, answer TEXT NOT NULL, asked TEXT NOT NULL,
    seconds REAL NOT NULL, words TEXT NOT NULL, good INTEGER, reason TEXT, rated TEXT);
CREATE INDEX IF NOT EXISTS turns_of ON turns (conversation, position);
"""


@dataclass(frozen=True, slots=True)
class ConversationSummary:
    """A conversation in a list."""

    id: str
    title: str
    changed: datetime
    turns: int


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its answer as it was given. `good` is the reader's thumb, None without one."""

    id: str
    question: str
    answer: Answer
    asked: datetime
    seconds: float
    good: bool | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A sentence that a kept answer rests on, and the version of the article that it was taken from."""

    conversation: str
    turn: str
    article_id: str
    version: str
    quote: str


@dataclass(frozen=True, slots=True)
class KeptConversation:
    """A conversation with all its turns, the first one first."""

    id: str
    title: str
    turns: tuple[Turn, ...]


class Conversations:
    """The conversations of one user. Safe from many threads: each call has a connection of its own."""

    def __init__(self, library: Path, *, user: str = DEFAULT_USER) -> None:
        self.file = library / CONVERSATIONS_FOLDER / f"{content_key(user)}.sqlite"

    @classmethod
    def of_person(cls, library: Path, name: str) -> Conversations:
        """Return those of somebody who signs in; no name is the one of who sits at the machine."""
        return cls(library, user=f"person:{name}")

    @classmethod
    def of_everybody(cls, library: Path) -> list[Self]:
        """Return those of all who have any."""
        found = []
        for file in sorted((library / CONVERSATIONS_FOLDER).glob("*.sqlite")):
            one = cls(library)
            one.file = file
            found.append(one)
        return found

    def keep(
        self, conversation: str | None, answer: Answer, *, seconds: float, replacing: str | None = None
    ) -> tuple[str, str]:
        """Add an answer to a conversation, made if there is none; return the ids of conversation and turn.

        The turn `replacing` and all after it are deleted: its question was asked again in other words.
        """
        now, turn = _now(), secrets.token_hex(8)
        with self.opened() as db:
            key = _conversation(db, conversation, answer.question, now)
            if replacing:
                _cut(db, key, replacing, _title(answer.question))
            row = [turn, key, storable(answer.question), json.dumps(answer.to_dict()), now, seconds]
            db.execute(
                "INSERT INTO turns (id, conversation, position, question, answer, asked, seconds, words) "
                "SELECT ?, ?, coalesce(max(position), 0) + 1, ?, ?, ?, ?, ? FROM turns "
                "WHERE conversation = ?",
                [*row, _words(answer), key],
            )
            db.execute("UPDATE conversations SET changed = ? WHERE id = ?", [now, key])
        if replacing:
            self._purge()
        return key, turn

    def listed(self, search: str = "") -> list[ConversationSummary]:
        """List the conversations, the latest first: those with every searched word in a title or turn."""
        searched = search.casefold().split()
        matching = " AND ".join(
            "(instr(casefold(c.title), ?) OR EXISTS (SELECT 1 FROM turns w "
            "WHERE w.conversation = c.id AND instr(w.words, ?)))"
            for _ in searched
        )
        rows = self._read(
            "SELECT c.id, c.title, c.changed, (SELECT count(*) FROM turns t WHERE t.conversation = c.id) "
            f"FROM conversations c {f'WHERE {matching}' if matching else ''} "
            "ORDER BY c.changed DESC, c.rowid DESC LIMIT ?",
            *(word for word in searched for _ in range(2)),
            MOST_CONVERSATIONS_LISTED,
        )
        return [
            ConversationSummary(key, title, datetime.fromisoformat(changed), turns)
            for key, title, changed, turns in rows
        ]

    def get(self, conversation: str) -> KeptConversation | None:
        """Return a conversation, None if there is none with this id."""
        named = self._read("SELECT title FROM conversations WHERE id = ?", conversation)
        if not named:
            return None
        rows = self._read(
            "SELECT id, question, answer, asked, seconds, good, reason FROM turns "
            "WHERE conversation = ? ORDER BY position",
            conversation,
        )
        return KeptConversation(conversation, named[0][0], tuple(_turn(row) for row in rows))

    def cited(self) -> list[CitedSentence]:
        """Return every sentence that a kept answer cites, those of one answer together."""
        rows = self._read(
            "SELECT t.conversation, t.id, json_extract(c.value, '$.article_id'), "
            "json_extract(c.value, '$.version'), json_extract(c.value, '$.quote') "
            "FROM turns t, json_each(t.answer, '$.citations') c ORDER BY t.asked, t.id"
        )
        return [CitedSentence(*row) for row in rows]

    def state(self) -> tuple[int, int]:
        """Return what changes with every turn that comes or goes."""
        ((many, last),) = self._read("SELECT count(*), coalesce(max(rowid), 0) FROM turns") or [(0, 0)]
        return many, last

    def rename(self, conversation: str, title: str) -> None:
        """Give a conversation another title; an empty one changes nothing."""
        if title.strip():
            with self.opened() as db:
                db.execute("UPDATE conversations SET title = ? WHERE id = ?", [_title(title), conversation])

    def delete(self, conversation: str) -> None:
        """Delete a conversation with its turns and what was thought of them."""
        with self.opened() as db:
            db.execute("DELETE FROM conversations WHERE id = ?", [conversation])
        self._purge()

    def rate(self, turn: str, *, good: bool | None, reason: str = "") -> None:
        """Keep what the reader thinks of an answer; None takes it back."""
        kept = None if good is None else storable(reason).strip()[:MAX_REASON]
        with self.opened() as db:
            db.execute(
                "UPDATE turns SET good = ?, reason = ?, rated = ? WHERE id = ?", [good, kept, _now(), turn]
            )

    def rated(self) -> list[Turn]:
        """List the turns that have a thumb, the latest rating first."""
        rows = self._read(
            "SELECT id, question, answer, asked, seconds, good, reason FROM turns "
            "WHERE good IS NOT NULL ORDER BY rated DESC"
        )
        return [_turn(row) for row in rows]

    def destroy(self) -> None:
        """Delete all of them with their file: whoever gets the same name later finds nothing here."""
        try:
            for ending in ("-wal", "-shm", ""):
                self.file.with_name(f"{self.file.name}{ending}").unlink(missing_ok=True)
        except OSError as error:
            raise LibraryError(
                f"The conversations in {str(self.file)!r} can't be deleted: {error}."
            ) from error

    def _read(self, statement: str, *values: str | int) -> list[tuple]:  # type: ignore[type-arg]
        if not self.file.exists():
            return []  # nothing was asked yet: reading makes no file
        with self.opened() as db:
            return db.execute(statement, values).fetchall()

    def _purge(self) -> None:
        """Take deleted text out of the file's log as well."""
        with self.opened() as db:
            db.commit()
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        """Open the file for one transaction, made if there is none, readable for nobody else."""
        try:
            if not self.file.exists():
                self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self.file.touch(mode=0o600)
            with closing(sqlite3.connect(self.file, timeout=CONVERSATIONS_WAIT_SECONDS)) as db, db:
                _prepare(db)
                yield db
        except (sqlite3.Error, OSError) as error:
            raise LibraryError(
                f"Conversations can't be kept in {str(self.file)!r}: {error}. The library is unharmed. "
                "Check the folder's permissions and the free space; a damaged file can be moved away."
            ) from error


def _prepare(db: sqlite3.Connection) -> None:
    db.create_function("casefold", 1, str.casefold, deterministic=True)
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA secure_delete = ON")
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version > CONVERSATIONS_FORMAT:
        raise sqlite3.DatabaseError("a newer Footnote wrote it")
    if version < CONVERSATIONS_FORMAT:
        db.execute("PRAGMA journal_mode = WAL")
        db.executescript(f"{CONVERSATION_TABLES} PRAGMA user_version = {CONVERSATIONS_FORMAT};")


def _conversation(db: sqlite3.Connection, wanted: str | None, question: str, now: str) -> str:
    """Return the id of the wanted conversation, made if it is not here: a page names it before it is kept."""
    if wanted and db.execute("SELECT 1 FROM conversations WHERE id = ?", [wanted]).fetchone():
        return wanted
    key = wanted or secrets.token_hex(8)
    db.execute("INSERT INTO conversations VALUES (?, ?, ?)", [key, _title(question), now])
    return key


def _cut(db: sqlite3.Connection, conversation: str, turn: str, title: str) -> None:
    """Delete a turn and what followed; a conversation named by its first question gets the new name."""
    where = "SELECT position, question FROM turns WHERE id = ? AND conversation = ?"
    position, question = db.execute(where, [turn, conversation]).fetchone() or (None, "")
    if position == 1:
        named = [title, conversation, _title(question)]
        db.execute("UPDATE conversations SET title = ? WHERE id = ? AND title = ?", named)
    db.execute("DELETE FROM turns WHERE conversation = ? AND position >= ?", [conversation, position])


def _turn(row: tuple[str, str, str, str, float, int | None, str | None]) -> Turn:
    key, question, answer, asked, seconds, good, reason = row
    return Turn(
        key,
        question,
        answer_of(json.loads(answer)),
        datetime.fromisoformat(asked),
        seconds,
        None if good is None else bool(good),
        reason or "",
    )


def _words(answer: Answer) -> str:
    """Return what a search finds a turn by."""
    quotes = " ".join(f"{citation.title} {citation.quote}" for citation in answer.citations)
    return storable(f"{answer.question} {answer.text} {quotes}".casefold())


def storable(text: str) -> str:
    """Return the text without halves of characters, which browsers can send and no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _title(text: str) -> str:
    line = " ".join(storable(text).split())
    return line if len(line) <= MAX_TITLE else f"{line[: MAX_TITLE - 1].rstrip()}…"


def _now() -> str:
    return datetime.now(UTC).isoformat()
