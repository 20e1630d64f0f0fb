"""A session of the queue: a number, and the advisory lock that says that whoever has it is alive.

The lock ends with the session, and that with its process: who can take the lock of a number knows at once
that its owner is dead. Workers and those who put jobs there have locks of two kinds, so that workers can be
counted.
"""

from __future__ import annotations

import zlib
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Literal

from ingest.storage.postgresql.queue_tables import ARE_THERE, QUEUE_TABLES
from ingest.storage.postgresql.store import PostgresConnection, PostgresStore, postgres_errors

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.database_address import DatabaseAddress

Role = Literal["worker", "client"]


class QueueSession:
    """A connection with a number of its own. Not for use by two threads at once."""

    def __init__(self, address: DatabaseAddress, role: Role) -> None:
        self.address = address
        self._raw = PostgresStore(address).connect()
        try:
            with postgres_errors(address):
                self._connection = PostgresConnection(self._raw)
                self.one("SELECT value FROM meta WHERE key = 'library'")  # or there is no such library
                _make_tables(self._connection, address.schema)
                self.number = int(self.one("SELECT nextval('writers')")[0])
                self.one("SELECT pg_advisory_lock(?, ?)", self._lock_of(role), self.number)
        except BaseException:
            self.close()
            raise

    @property
    def is_lost(self) -> bool:
        """Whether the session has ended, and with it the right to the jobs in hand."""
        return bool(self._raw.closed)

    def close(self) -> None:
        """End the session; jobs in hand are another's at once."""
        with suppress(Exception):  # whatever is wrong with a session, it ends
            self._raw.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Run the block as one transaction: committed, or undone if it raises."""
        with postgres_errors(self.address), self._raw.transaction():
            yield

    def rows(self, query: str, *values: object) -> list[Any]:
        """Return the rows that a statement finds."""
        with postgres_errors(self.address):
            return self._connection.execute(query, values).fetchall()

    def one(self, query: str, *values: object) -> Any:  # noqa: ANN401  # a row has what was asked for
        """Return the one row that a statement finds, or None."""
        with postgres_errors(self.address):
            return self._connection.execute(query, values).fetchone()

    def run(self, statement: str, *values: object) -> int:
        """Run a statement; return how many rows it has written."""
        with postgres_errors(self.address):
            return self._connection.execute(statement, values).rowcount

    @contextmanager
    def dead(self, role: Role, numbers: Sequence[int]) -> Iterator[list[int]]:
        """Lend those of the numbers whose owners are dead; nobody else sees to them meanwhile."""
        lock, found = self._lock_of(role), list[int]()
        try:
            for number in numbers:
                if number != self.number and self.one("SELECT pg_try_advisory_lock(?, ?)", lock, number)[0]:
                    found.append(number)
            yield found
        finally:
            for number in found:
                if not self.is_lost:
                    self.one("SELECT pg_advisory_unlock(?, ?)", lock, number)

    def workers(self) -> int:
        """Count the workers that are alive, whether or not they have a job."""
        with postgres_errors(self.address):
            return workers_alive(self._connection)

    def _lock_of(self, role: Role) -> int:
        with postgres_errors(self.address):
            return _lock_of(self._connection, role)


def workers_alive(connection: PostgresConnection) -> int:
    """Count the workers that have a session now; a look takes a millisecond."""
    query = """SELECT count(DISTINCT objid) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
        WHERE locktype = 'advisory' AND objsubid = 2 AND granted AND datname = current_database()
        AND classid::bigint = ?"""
    return int(connection.execute(query, (_lock_of(connection, "worker") % 2**32,)).fetchone()[0])


def _lock_of(connection: PostgresConnection, role: Role) -> int:
    (library,) = connection.execute("SELECT value FROM meta WHERE key = 'library'").fetchone()
    return zlib.crc32(f"{library} {role}".encode()) - 2**31  # PostgreSQL's integer has a sign


def _make_tables(connection: PostgresConnection, schema: str) -> None:
    """Make what is lacking; one at a time, or two who make the same table would fail."""
    if connection.execute(ARE_THERE, (f"{schema}.open_runs",)).fetchone()[0]:
        return
    with connection.raw.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(hashtext(?))", (schema,))
        for statement in QUEUE_TABLES.strip().split(";\n"):
            connection.execute(statement)
