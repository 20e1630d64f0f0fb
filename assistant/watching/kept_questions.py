"""Kept questions: asked again when the library has changed, telling only what the articles say otherwise now.

They lie on the shelf of somebody's conversations, with every change that was found. They are asked without a
chat model: what a model words anew each time would look like a change.
"""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from assistant.question.asked import Asked
from assistant.question.context_need import FEW_WORDS, Need, need_of
from assistant.question.count_question import count_asked
from assistant.question.query import understand
from assistant.quoting.count_answer import counted
from assistant.quoting.quote_answer import quoted
from assistant.retrieval.abstention import look_for
from assistant.store.answers_json import answer_of
from assistant.store.conversations import Conversations, plain_json, storable
from assistant.vocabulary.changed_answers import AnswerChange, Change, KeptQuestion
from assistant.watching.changes import change_of, decisive
from ingest import QuestionError, content_stems, library_location, library_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.answers import Answer, Citation
    from ingest import LibraryLocation

    History = Sequence[tuple[str, str]]
    Ask = Callable[[str, History], Answer]

MOST_KEPT = 500  # questions of one person: each takes a fraction of a second
MOST_CHANGES = 200  # changes that are listed, the latest first


class KeptQuestions:
    """The kept questions of one person. Safe from many threads.

    `ask` answers a question with its conversation; by default `quoted_answer` does, from the library.
    """

    def __init__(
        self,
        library: LibraryLocation | str | None = None,
        *,
        conversations: Conversations | None = None,
        ask: Ask | None = None,
    ) -> None:
        self.library = library_location(library) if library is not None else library_settings().library
        self._shelf = (conversations or Conversations(self.library)).shelf
        self._ask = ask or (lambda words, history: quoted_answer(words, history, library=self.library))

    def keep(self, question: str, history: History = ()) -> KeptQuestion:
        """Keep a question and ask it; one that is kept already is returned as it stands.

        `history` has the earlier questions and answers, the oldest first: a question that leans on them is
        asked with them each time, and is called what it would be called without them.

        Raises:
            QuestionError: the question is empty or too long, or there are `MOST_KEPT` already.
            LibraryError: the library, or the file of the conversations, can't be used.
        """
        known = self.listed()
        words = " ".join(storable(question).split())
        name = standing_alone(words, history)
        found = next((item for item in known if item.question.casefold() == name.casefold()), None)
        if found:
            return found
        if len(known) >= MOST_KEPT:
            raise QuestionError(f"{MOST_KEPT} questions are kept already. Remove one first.")
        now = datetime.now(UTC)
        kept = KeptQuestion(secrets.token_hex(8), name, now, now, self._ask(words, history))
        row = [kept.id, name, now.isoformat(), now.isoformat(), plain_json(kept.answer)]
        with self._shelf.transaction() as db:
            db.execute(
                "INSERT INTO kept_questions (owner, id, question, kept, asked, answer) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                [self._shelf.owner, *row],
            )
            if history:
                leans_on = json.dumps([[storable(asked), storable(told)] for asked, told in history])
                db.execute("INSERT INTO kept_follow_ups VALUES (?, ?, ?)", [kept.id, words, leans_on])
        return kept

    def names(self) -> dict[str, str]:
        """Return the ids of the kept questions by their words, without reading any answer."""
        rows = self._read("SELECT question, id FROM kept_questions WHERE owner = ? ORDER BY kept, id")
        return {question: key for question, key in rows}  # noqa: C416  # rows are tuples of any length

    def unseen(self) -> int:
        """Return how many changes were found since `mark_seen` was called last."""
        ((many,),) = self._read(
            "SELECT count(*) FROM answer_changes c JOIN kept_questions k ON k.id = c.question "
            "WHERE k.owner = ? "
            "AND c.found > coalesce((SELECT moment FROM seen s WHERE s.owner = k.owner), '')"
        ) or [("0",)]
        return int(many)

    def seen_until(self) -> datetime | None:
        """Return when `mark_seen` was called last, None if it never was."""
        found = self._read("SELECT moment FROM seen WHERE owner = ?")
        return _time(found[0][0]) if found else None

    def mark_seen(self) -> None:
        """Note that all changes so far have been read."""
        if self._shelf.exists():
            with self._shelf.transaction() as db:
                db.execute(
                    "INSERT INTO seen (owner, moment) VALUES (?, ?) "
                    "ON CONFLICT (owner) DO UPDATE SET moment = excluded.moment",
                    [self._shelf.owner, datetime.now(UTC).isoformat()],
                )

    def remove(self, key: str) -> bool:
        """Forget a question and its changes; say whether there was one."""
        if not self._shelf.exists():
            return False
        with self._shelf.transaction() as db:
            owned = [self._shelf.owner, key]
            return db.execute("DELETE FROM kept_questions WHERE owner = ? AND id = ?", owned).rowcount > 0

    def listed(self) -> list[KeptQuestion]:
        """List the kept questions, the first one first."""
        rows = self._read(
            "SELECT id, question, kept, asked, answer FROM kept_questions WHERE owner = ? ORDER BY kept, id"
        )
        return [
            KeptQuestion(key, question, _time(kept), _time(asked), answer_of(json.loads(answer)))
            for key, question, kept, asked, answer in rows
        ]

    def changes(self) -> list[AnswerChange]:
        """List the changes that were found, the latest first."""
        rows = self._read(
            "SELECT c.id, k.question, c.found, c.kind, c.before, c.after FROM answer_changes c "
            "JOIN kept_questions k ON k.id = c.question WHERE k.owner = ? "
            f"ORDER BY c.found DESC, c.id LIMIT {MOST_CHANGES}"
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
        words, history = self._asked_as(item)
        answer, now = self._ask(words, history), datetime.now(UTC)
        before, after = decisive(item.answer), decisive(answer)
        kind = change_of(before, after)
        plain, moment = plain_json(answer), now.isoformat()
        change = AnswerChange(secrets.token_hex(8), item.question, now, kind, before, after) if kind else None
        with self._shelf.transaction() as db:
            asked = [moment, plain, item.id, item.asked.isoformat()]
            taken = db.execute(
                "UPDATE kept_questions SET asked = ?, answer = ? WHERE id = ? AND asked = ?", asked
            )
            if not taken.rowcount:
                return None  # it was asked elsewhere meanwhile, and told there, or it is kept no more
            if change:
                row = [change.id, item.id, moment, change.kind.value, plain_json(item.answer), plain]
                db.execute("INSERT INTO answer_changes VALUES (?, ?, ?, ?, ?, ?)", row)
        return change

    def _asked_as(self, item: KeptQuestion) -> tuple[str, History]:
        """Return the words that a question is asked in, and the conversation that they lean on."""
        query = "SELECT words, history FROM kept_follow_ups WHERE question = ?"
        if not (found := self._read(query, item.id)):
            return item.question, ()
        words, history = found[0]
        return words, tuple((asked, told) for asked, told in json.loads(history))

    def _read(self, statement: str, value: str | None = None) -> list[Any]:
        """Read what belongs to the owner of the shelf, or to a question of theirs."""
        if not self._shelf.exists():
            return []  # nothing was kept yet: reading makes nothing
        with self._shelf.transaction() as db:
            return db.execute(statement, [value or self._shelf.owner]).fetchall()


def standing_alone(question: str, history: History = ()) -> str:
    """Return a question as it would be asked alone; raises `QuestionError` where it is no question."""
    query = understand(question, history, limit=max(1, len(question)))  # how long it may be is told by asking
    leans = need_of(query.text) is Need.CONTEXT or len(content_stems(query.text)) < FEW_WORDS
    return query.full_text if leans and query.context else question


def quoted_answer(question: str, history: History = (), *, library: LibraryLocation | None = None) -> Answer:
    """Answer a question in quotations, or by counting, whatever chat model is configured."""
    asked = Asked.of(question, library=library, history=history, asked_on=None, filters=None)
    wanted = count_asked(asked.query)
    if wanted is not None:
        return counted(wanted, asked)
    return quoted(
        look_for(asked.query, library=asked.library, filters=asked.filters, settings=asked.settings)
    )


def _sentence(answer: str) -> Citation | None:
    return decisive(answer_of(json.loads(answer)))


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
