"""Taking along what people have kept when a library is copied: conversations, questions, changes found."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from assistant.store.conversations import Conversations, storable, storable_within
from assistant.store.shelves import shelf_by_key, shelves

if TYPE_CHECKING:
    from collections.abc import Collection

    from assistant.store.shelves import Shelf
    from ingest import LibraryLocation

OWNED = {
    "conversations": "id, title, found_by, changed",
    "turns": "id, conversation, position, question, answer, asked, seconds, words, good, reason, rated",
    "kept_questions": "id, question, kept, asked, answer",
    "seen": "moment",
}
"""Tables whose rows name their owner, with their other columns; each after those that it refers to."""
OF_QUESTIONS = {
    "answer_changes": "id, question, found, kind, before, after",
    "kept_follow_ups": "question, words, history",
}
"""Tables whose rows belong to a kept question."""
ANSWERS = frozenset({"answer", "before", "after"})
AT_ONCE = 200  # rows, each a kept answer of some ten thousand characters


def copy_kept(source: LibraryLocation, target: LibraryLocation, *, without: Collection[str] = ()) -> int:
    """Copy what everybody has kept, but for some people, by their names; return of how many people.

    What is there already under the same id stays: cut short, it goes on when it is begun again.
    """
    copied, left_out = 0, {Conversations.of_person(source, name).shelf.key for name in without}
    for shelf in shelves(source):
        if shelf.key in left_out:
            continue
        _copy(shelf, shelf_by_key(target, shelf.key))
        copied += 1
    return copied


def _copy(source: Shelf, target: Shelf) -> None:
    for table, columns in OWNED.items():
        query = f"SELECT {columns} FROM {table} WHERE owner = ?"
        _rows(source, target, query, (table, columns), owner=target.owner)
    for table, columns in OF_QUESTIONS.items():
        named = ", ".join(f"t.{column}" for column in columns.split(", "))
        query = f"SELECT {named} FROM {table} t JOIN kept_questions k ON k.id = t.question WHERE k.owner = ?"
        _rows(source, target, query, (table, columns))


def _rows(
    source: Shelf, target: Shelf, query: str, into: tuple[str, str], *, owner: str | None = None
) -> None:
    with source.transaction() as db:
        rows = db.execute(query, (source.owner,)).fetchall()
    table, columns = into
    names = columns.split(", ")
    owned = [] if owner is None else [owner]
    named = ", ".join([*(["owner"] if owned else []), *names])
    marks = ", ".join("?" * (len(owned) + len(names)))
    for first in range(0, len(rows), AT_ONCE):
        with target.transaction() as db:
            for row in rows[first : first + AT_ONCE]:
                values = [*owned, *map(_held, names, row)]
                db.execute(f"INSERT INTO {table} ({named}) VALUES ({marks}) ON CONFLICT DO NOTHING", values)


def _held(column: str, value: Any) -> Any:  # noqa: ANN401  # whatever the column holds
    """Return a value as every engine can hold it: files of older releases have what a database refuses."""
    if not isinstance(value, str):
        return value
    return json.dumps(storable_within(json.loads(value))) if column in ANSWERS else storable(value)
