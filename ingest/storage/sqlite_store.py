"""SQLite as the engine of a record: its file, and a pool of connections that read it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from ingest.storage import schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ingest.storage.sqlite_connection import SqliteConnection

IDLE_CONNECTIONS = 8  # kept open for the next search; a busier moment opens more


class SqliteStore:
    """The file of a record, read by any number of threads."""

    def __init__(self, path: Path, groups: frozenset[str] | None = None) -> None:
        self.path = path
        self._groups = groups
        self._idle: list[SqliteConnection] = []
        self._closed = False

    @property
    def name(self) -> str:
        """The record's file."""
        return str(self.path)

    def close(self) -> None:
        """Close every connection, those that are lent when they come back."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()

    def seen_by(self, groups: frozenset[str]) -> SqliteStore:
        """Return the same file with nothing in it but what some groups may see."""
        return SqliteStore(self.path, groups)

    @contextmanager
    def reading(self) -> Iterator[SqliteConnection]:
        """Lend a connection that can only read; SQLite's errors come out as ours."""
        with schema.sqlite_errors(self.path):
            # What was opened as unchangeable would not see its owner's next write.
            lasting = not schema.is_frozen(self.path)
            connection = self._lent() if lasting else self._opened()
            try:
                yield connection
            finally:
                if lasting and not self._closed and len(self._idle) < IDLE_CONNECTIONS:
                    self._idle.append(connection)
                else:
                    connection.close()

    def _lent(self) -> SqliteConnection:
        try:
            return self._idle.pop()
        except IndexError:  # none is idle, or another thread took the last one
            return self._opened()

    def _opened(self) -> SqliteConnection:
        return schema.connect(self.path, write=False, groups=self._groups)
