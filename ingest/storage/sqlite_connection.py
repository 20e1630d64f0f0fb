"""A connection to SQLite that takes SQL as a record writes it (see ingest/storage/store.py)."""

from __future__ import annotations

import json
import sqlite3
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LIST = "(SELECT value FROM json_each(?))"


class SqliteConnection(sqlite3.Connection):
    """SQLite has no lists: they are bound as JSON and read as a table."""

    def execute(self, query: str, values: Sequence[Any] = (), /) -> sqlite3.Cursor:  # type: ignore[override]  # no names
        """Run one statement; a list among the values is bound as a list."""
        bound = [json.dumps(value) if isinstance(value, list) else value for value in values]
        return super().execute(_in_words_of_sqlite(query), bound)

    def executemany(self, query: str, rows: Iterable[Sequence[Any]], /) -> sqlite3.Cursor:  # type: ignore[override]  # no names
        """Run one statement for each of several rows of values, none of them a list."""
        return super().executemany(query, rows)


@cache
def _in_words_of_sqlite(query: str) -> str:
    return query.replace("= ANY(?)", f"IN {_LIST}").replace("<> ALL(?)", f"NOT IN {_LIST}")
