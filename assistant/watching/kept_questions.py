"""Kept questions: asked again when the library has changed, telling only what the articles say otherwise now.

They lie in the file of somebody's conversations, with every change that was found. They are asked without a
chat model: what a model words anew each time would look like a change.
"""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from assistant.question.asked import Asked
from assistant.question.count_question import count_asked
from assistant.quoting.count_answer import counted
from assistant.quoting.quote_answer import quoted
from assistant.retrieval.abstention import look_for
from assistant.store.answers_json import answer_of
from assistant.store.conversations import Conversations, storable
from assistant.vocabulary.changed_answers import AnswerChange, Change, KeptQuestion
from assistant.watching.changes import change_of, decisive
from ingest import QuestionError, folder_path, library_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from assistant.answers import Answer, Citation

MOST_KEPT = 500  # questions of one person: each takes a fraction of a second
MOST_CHANGES = 200  # changes that are listed, the latest first

_TABLES = """
CREATE TABLE IF NOT EXISTS kept_questions (
    id TEXT PRIMARY KEY, question TEXT NOT NULL, kept TEXT NOT NULL, asked TEXT NOT NULL,
    answer TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS answer_changes (
    id TEXT PRIMARY KEY, question TEXT NOT NULL REFERENCES kept_questions ON DELETE CASCADE,
    found TEXT NOT NULL, kind TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL);
"""


class KeptQuestions:
    """The kept questions of one person. Safe from many threads."""

    def __init__(
        self, library: Path | str | None = None, *, conversations: Conversations | None = None
    ) -> None:
        self.library = folder_path(library) if library is not None else library_settings().library
        self._store = conversations or Conversations(self.library)

    def keep(self, question: str) -> KeptQuestion:
        """Keep a question and ask it; one that is kept already is returned as it stands.

        Raises:
            QuestionError: the question is empty or too long, or there are `MOST_KEPT` already.
            LibraryError: the library, or the file of the conversations, can't be used.
        """
        known = self.listed()
        words = " ".join(storable(question).split())
        found = next((item for item in known if item.question.casefold() == words.casefold()), None)
        if found:
            return found
        if len(known) >= MOST_KEPT:
            raise QuestionError(f"{MOST_KEPT} questions are kept already. Remove one first.")
        now = datetime.now(UTC)
        kept = KeptQuestion(secrets.token_hex(8), words, now, now, self._ask(words))
        row = [kept.id, words, now.isoformat(), now.isoformat(), json.dumps(kept.answer.to_dict())]
        self._write("INSERT INTO kept_questions VALUES (?, ?, ?, ?, ?)", row)
        return kept

    def remove(self, key: str) -> bool:
        """Forget a question and its changes; say whether there was one."""
        was_there = any(item.id == key for item in self.listed())
        self._write("DELETE FROM kept_questions WHERE id = ?", [key])
        return was_there

    def listed(self) -> list[KeptQuestion]:
        """List the kept questions, the first one first."""
        rows = self._read("SELECT id, question, kept, asked, answer FROM kept_questions ORDER BY kept, id")
        return [
            KeptQuestion(key, question, _time(kept), _time(asked), answer_of(json.loads(answer)))
            for key, question, kept, asked, answer in rows
        ]

    def changes(self) -> list[AnswerChange]:
        """List the changes that were found, the latest first."""
        rows = self._read(
            "SELECT c.id, k.question, c.found, c.kind, c.before, c.after FROM answer_changes c "
            f"JOIN kept_questions k ON k.id = c.question ORDER BY c.found DESC, c.id LIMIT {MOST_CHANGES}"
        )
        return [
            AnswerChange(key, question, _time(found), Change(kind), _sentence(before), _sentence(after))
            for key, question, found, kind, before, after in rows
        ]

    def ask_again(self, progress: Callable[[int, int], None] | None = None) -> list[AnswerChange]:
        """Ask every kept question again; return and keep what changed.

        An answer that says the same in another sentence is taken over and is no change.
        """
        kept = self.listed()
        found = []
        for done, item in enumerate(kept, start=1):
            if change := self._asked_again(item):
                found.append(change)
            if progress:
                progress(done, len(kept))
        return found

    def _asked_again(self, item: KeptQuestion) -> AnswerChange | None:
        answer, now = self._ask(item.question), datetime.now(UTC)
        before, after = decisive(item.answer), decisive(answer)
        kind = change_of(before, after)
        plain = json.dumps(answer.to_dict())
        self._write(
            "UPDATE kept_questions SET asked = ?, answer = ? WHERE id = ?", [now.isoformat(), plain, item.id]
        )
        if kind is None:
            return None
        change = AnswerChange(secrets.token_hex(8), item.question, now, kind, before, after)
        row = [change.id, item.id, now.isoformat(), kind.value, json.dumps(item.answer.to_dict()), plain]
        self._write("INSERT INTO answer_changes VALUES (?, ?, ?, ?, ?, ?)", row)
        return change

    def _ask(self, question: str) -> Answer:
        asked = Asked.of(question, library=self.library, history=(), asked_on=None, filters=None)
        wanted = count_asked(asked.query)
        if wanted is not None:
            return counted(wanted, asked)
        return quoted(
            look_for(asked.query, library=asked.library, filters=asked.filters, settings=asked.settings)
        )

    def _read(self, statement: str) -> list[tuple[str, ...]]:
        if not self._store.file.exists():
            return []  # nothing was kept yet: reading makes no file
        with self._store.opened() as db:
            db.executescript(_TABLES)
            return db.execute(statement).fetchall()

    def _write(self, statement: str, values: Sequence[str]) -> None:
        with self._store.opened() as db:
            db.executescript(_TABLES)
            db.execute(statement, values)


def _sentence(answer: str) -> Citation | None:
    return decisive(answer_of(json.loads(answer)))


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
