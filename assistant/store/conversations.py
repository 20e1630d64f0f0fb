"""Conversations kept: questions, answers with their footnotes, and what readers thought of them.

They lie on a shelf of each person's own, beside the library. An answer is kept whole, quotes included, so
that its footnotes stay readable when an article changes or goes.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from assistant.store.answers_json import answer_of
from assistant.store.shelves import shelf_of

if TYPE_CHECKING:
    from assistant.answers import Answer
    from assistant.store.shelves import Shelf
    from ingest import Connection, LibraryLocation

DEFAULT_USER = "default"
MAX_TITLE = 120
MAX_REASON = 2_000
MOST_CONVERSATIONS_LISTED = (
    500  # conversations in a list, the latest first; a search looks through all of them
)
COLUMNS = "id, question, answer, asked, seconds, good, reason"


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
    """The conversations of one user. Safe from many threads."""

    def __init__(self, library: LibraryLocation, *, user: str = DEFAULT_USER) -> None:
        self.shelf: Shelf = shelf_of(library, user)

    @classmethod
    def of_person(cls, library: LibraryLocation, name: str) -> Conversations:
        """Return those of somebody who signs in; no name is the one of who sits at the machine."""
        return cls(library, user=f"person:{name}")

    def keep(
        self,
        conversation: str | None,
        answer: Answer,
        *,
        seconds: float,
        replacing: str | None = None,
        turn: str | None = None,
    ) -> tuple[str, str]:
        """Add an answer to a conversation, made if there is none; return the ids of conversation and turn.

        The turn `replacing` and all after it are deleted: its question was asked again in other words.
        `turn` is the id that the answer gets if nothing has it yet.
        """
        now, owner = _now(), self.shelf.owner
        key, title = conversation or secrets.token_hex(8), _title(answer.question)
        with self.shelf.transaction() as db:
            db.execute(
                "INSERT INTO conversations (owner, id, title, found_by, changed) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT DO NOTHING",
                [owner, key, title, title.casefold(), now],
            )
            # Who adds to the same conversation at this moment waits here, and gets the place after.
            db.execute("UPDATE conversations SET changed = ? WHERE owner = ? AND id = ?", [now, owner, key])
            if replacing:
                _cut(db, owner, key, replacing, title)
            given = turn or secrets.token_hex(8)
            taken = db.execute("SELECT 1 FROM turns WHERE owner = ? AND id = ?", [owner, given]).fetchone()
            turn = secrets.token_hex(8) if taken else given
            row = [owner, turn, key, storable(answer.question), plain_json(answer), now, seconds]
            db.execute(
                "INSERT INTO turns (owner, id, conversation, position, question, answer, asked, seconds, "
                "words) SELECT ?, ?, ?, coalesce(max(position), 0) + 1, ?, ?, ?, ?, ? FROM turns "
                "WHERE owner = ? AND conversation = ?",
                [*row, _words(answer), owner, key],
            )
        if replacing:
            self.shelf.purge()
        return key, turn

    def listed(self, search: str = "") -> list[ConversationSummary]:
        """List the conversations, the latest first: those with every searched word in a title or turn."""
        searched = storable(search).casefold().split()
        matching = "".join(
            " AND (replace(c.found_by, ?, '') <> c.found_by OR EXISTS (SELECT 1 FROM turns w "
            "WHERE w.owner = c.owner AND w.conversation = c.id AND replace(w.words, ?, '') <> w.words))"
            for _ in searched
        )
        rows = self._read(
            "SELECT c.id, c.title, c.changed, "
            "(SELECT count(*) FROM turns t WHERE t.owner = c.owner AND t.conversation = c.id) "
            f"FROM conversations c WHERE c.owner = ?{matching} ORDER BY c.changed DESC, c.id LIMIT ?",
            self.shelf.owner,
            *(word for word in searched for _ in range(2)),
            MOST_CONVERSATIONS_LISTED,
        )
        return [
            ConversationSummary(key, title, datetime.fromisoformat(changed), turns)
            for key, title, changed, turns in rows
        ]

    def get(self, conversation: str) -> KeptConversation | None:
        """Return a conversation, None if there is none with this id."""
        wanted = (self.shelf.owner, conversation)
        named = self._read("SELECT title FROM conversations WHERE owner = ? AND id = ?", *wanted)
        if not named:
            return None
        rows = self._read(
            f"SELECT {COLUMNS} FROM turns WHERE owner = ? AND conversation = ? ORDER BY position", *wanted
        )
        return KeptConversation(conversation, named[0][0], tuple(_turn(row) for row in rows))

    def turn(self, turn: str) -> tuple[str, Turn] | None:
        """Return a turn with the id of its conversation, None if there is none with this id."""
        query = f"SELECT conversation, {COLUMNS} FROM turns WHERE owner = ? AND id = ?"
        rows = self._read(query, self.shelf.owner, turn)
        return (rows[0][0], _turn(rows[0][1:])) if rows else None

    def cited(self) -> list[CitedSentence]:
        """Return every sentence that a kept answer cites, those of one answer together."""
        return [CitedSentence(*row) for row in self._read(self.shelf.cited, self.shelf.owner)]

    def state(self) -> tuple[int, str]:
        """Return what changes with every turn that comes or goes."""
        query = "SELECT count(*), coalesce(max(asked), '') FROM turns WHERE owner = ?"
        ((many, last),) = self._read(query, self.shelf.owner) or [(0, "")]
        return many, last

    def rename(self, conversation: str, title: str) -> None:
        """Give a conversation another title; an empty one changes nothing."""
        if title.strip():
            self._write(
                "UPDATE conversations SET title = ?, found_by = ? WHERE owner = ? AND id = ?",
                [_title(title), _title(title).casefold(), self.shelf.owner, conversation],
            )

    def delete(self, conversation: str) -> None:
        """Delete a conversation with its turns and what was thought of them."""
        owner = self.shelf.owner
        self._write("DELETE FROM conversations WHERE owner = ? AND id = ?", [owner, conversation])
        self.shelf.purge()

    def rate(self, turn: str, *, good: bool | None, reason: str = "") -> None:
        """Keep what the reader thinks of an answer; None takes it back."""
        thumb = None if good is None else int(good)
        kept = None if good is None else storable(reason).strip()[:MAX_REASON]
        self._write(
            "UPDATE turns SET good = ?, reason = ?, rated = ? WHERE owner = ? AND id = ?",
            [thumb, kept, _now(), self.shelf.owner, turn],
        )

    def rated(self) -> list[Turn]:
        """List the turns that have a thumb, the latest rating first."""
        query = f"SELECT {COLUMNS} FROM turns WHERE owner = ? AND good IS NOT NULL ORDER BY rated DESC"
        return [_turn(row) for row in self._read(query, self.shelf.owner)]

    def destroy(self) -> None:
        """Delete all of them: whoever gets the same name later finds nothing here."""
        self.shelf.destroy()

    def _read(self, statement: str, *values: str | int) -> list[Any]:
        if not self.shelf.exists():
            return []
        with self.shelf.transaction() as db:
            return db.execute(statement, values).fetchall()

    def _write(self, statement: str, values: list[Any]) -> None:
        with self.shelf.transaction() as db:
            db.execute(statement, values)


def _cut(db: Connection, owner: str, conversation: str, turn: str, title: str) -> None:
    """Delete a turn and what followed; a conversation named by its first question gets the new name."""
    where = "SELECT position, question FROM turns WHERE owner = ? AND id = ? AND conversation = ?"
    found = db.execute(where, [owner, turn, conversation]).fetchone()
    if found is None:
        return
    position, question = found
    if position == 1:
        db.execute(
            "UPDATE conversations SET title = ?, found_by = ? WHERE owner = ? AND id = ? AND title = ?",
            [title, title.casefold(), owner, conversation, _title(question)],
        )
    db.execute(
        "DELETE FROM turns WHERE owner = ? AND conversation = ? AND position >= ?",
        [owner, conversation, position],
    )


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
    """Return the text without halves of characters and NUL, which browsers send and engines refuse."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "\N{REPLACEMENT CHARACTER}")


def plain_json(answer: Answer) -> str:
    """Return an answer as JSON that every engine can hold and read."""
    return json.dumps(storable_within(answer.to_dict()))


def storable_within(value: Any) -> Any:  # noqa: ANN401  # plain values, as JSON has them
    """Return plain values whose texts are all storable."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {name: storable_within(each) for name, each in value.items()}
    return [storable_within(each) for each in value] if isinstance(value, list | tuple) else value


def _title(text: str) -> str:
    line = " ".join(storable(text).split())
    return line if len(line) <= MAX_TITLE else f"{line[: MAX_TITLE - 1].rstrip()}…"


def _now() -> str:
    return datetime.now(UTC).isoformat()
