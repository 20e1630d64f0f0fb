"""What front ends keep in the database of a library: one small pool of connections a process and library."""

from __future__ import annotations

import atexit
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Any

from ingest.errors import LibraryError
from ingest.storage.postgresql.kept_tables import KEPT_FORMAT, KEPT_MIGRATIONS
from ingest.storage.postgresql.store import PostgresStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    import psycopg

    from ingest.database_address import DatabaseAddress
    from ingest.storage.postgresql.store import PostgresConnection
    from ingest.storage.store import Connection

MOST_CONNECTIONS = 6  # what is kept is read and written in a millisecond or two
IDLE_SECONDS = 10.0  # that a transaction may do nothing: others may wait for its turn
NEWER = "What is kept in {name!r} was written by a newer Footnote. Upgrade Footnote."


class _Connections(PostgresStore):
    """Connections whose transactions end where their program stands still, as a paused machine's does."""

    def _configure(self, raw: psycopg.Connection[Any]) -> None:
        raw.execute(f"SET idle_in_transaction_session_timeout = {int(IDLE_SECONDS * 1000)}".encode())


class KeptStore:
    """The tables of what is kept beside one record, made when something is first written."""

    def __init__(self, address: DatabaseAddress) -> None:
        self._store = _Connections(address, connections=MOST_CONNECTIONS)
        self._schema = address.schema
        self._ready = False

    @property
    def name(self) -> str:
        """The address of the library, without a password."""
        return self._store.name

    def exists(self) -> bool:
        """Say whether anything was ever kept here."""
        if not self._ready:
            with self._store.reading() as connection:
                self._ready = self._format(connection) == KEPT_FORMAT
        return self._ready

    def reading(self) -> AbstractContextManager[PostgresConnection]:
        """Lend a connection for looking at what lies beside, as how long the queue is."""
        return self._store.reading()

    @contextmanager
    def transaction(self, turn: str = "") -> Iterator[Connection]:
        """Run the block as one transaction; of those that name the same `turn`, one at a time is run."""
        if not self.exists():
            self._prepare()
        with self._store.transaction() as connection:
            if turn:
                _wait(connection, f"{self._schema} {turn}")
            yield connection

    def close(self) -> None:
        """Close every connection."""
        self._store.close()

    def _prepare(self) -> None:
        with self._store.transaction() as connection:
            _wait(connection, self._schema)  # those who make a record wait for the same
            if not connection.execute("SELECT to_regnamespace(?) IS NOT NULL", (self._schema,)).fetchone()[0]:
                connection.execute(f"CREATE SCHEMA {self._schema}")  # asks for a right, even of what is there
            found = self._format(connection)
            if found is None:
                connection.execute("CREATE TABLE kept_format (format integer NOT NULL)")
                connection.execute("INSERT INTO kept_format VALUES (0)")
            for number in range((found or 0) + 1, KEPT_FORMAT + 1):
                for statement in KEPT_MIGRATIONS[number].strip().split(";\n"):
                    connection.execute(statement)
            connection.execute("UPDATE kept_format SET format = ?", (KEPT_FORMAT,))
        self._ready = True

    def _format(self, connection: Connection) -> int | None:
        """Return the format of the tables, None where there are none; raise where a newer one wrote them."""
        table = f"{self._schema}.kept_format"
        if not connection.execute("SELECT to_regclass(?) IS NOT NULL", (table,)).fetchone()[0]:
            return None
        found = int(connection.execute("SELECT format FROM kept_format").fetchone()[0])
        if found > KEPT_FORMAT:
            raise LibraryError(NEWER.format(name=self.name))
        return found


_stores: dict[DatabaseAddress, KeptStore] = {}
_lock = Lock()


def kept_store(address: DatabaseAddress) -> KeptStore:
    """Return the store beside a library, the same one for everybody in this process."""
    with _lock:
        if address not in _stores:
            _stores[address] = KeptStore(address)
        return _stores[address]


@atexit.register
def close_kept_stores() -> None:
    """Close all of them; they are opened again where they are asked for."""
    with _lock:
        while _stores:
            _stores.popitem()[1].close()


def _wait(connection: Connection, turn: str) -> None:
    """Wait for a lock of the database that ends with the transaction."""
    connection.execute("SELECT pg_advisory_xact_lock(hashtext(?))", (turn,))
