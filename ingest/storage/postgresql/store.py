"""psycopg: connections to PostgreSQL, SQL put into its words, and what its errors mean to a user."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from ingest.audience import group_names
from ingest.errors import FootnoteError, LibraryAwayError, LibraryDamagedError, LibraryError, SettingsError
from ingest.storage.audience import views
from ingest.storage.postgresql.guard import EVERYTHING, MINE, SETTING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager

    import psycopg
    from psycopg_pool import ConnectionPool

    from ingest.database_address import DatabaseAddress
    from ingest.storage.store import Rows

CONNECTIONS = 16  # of one process at most; PostgreSQL has 100 for all of them unless it is told otherwise
CONNECT_SECONDS = 5
ANSWER_MILLISECONDS = 10_000  # that a server may leave the network unanswered before it counts as away
# A machine that vanishes says nothing: the server looks whether it is there, and ends its session then.
_WATCHED = "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
LENT_SECONDS = 5.0  # to wait for a connection: until a busy one is free, or until a server is back
CLOSE_SECONDS = 2.0

NEEDS_EXTRA = (
    "A library in PostgreSQL needs the package psycopg. Install it: pip install 'footnote[postgresql]'."
)


class PostgresConnection:
    """A connection that takes SQL as a record writes it (see ingest/storage/store.py)."""

    def __init__(self, raw: psycopg.Connection[Any]) -> None:
        self.raw = raw

    def execute(self, query: str, values: Sequence[Any] = (), /) -> Rows:
        """Run one statement; a list among the values is bound as a list."""
        cursor = self.raw.cursor(binary=True)
        return cursor.execute(_in_words_of_postgres(query), values)

    def executemany(self, query: str, rows: Iterable[Sequence[Any]], /) -> None:
        """Run one statement for each of several rows of values."""
        with self.raw.cursor() as cursor:
            cursor.executemany(_in_words_of_postgres(query), rows)


class PostgresStore:
    """The database of one record, read by any number of threads through a pool of connections."""

    def __init__(self, address: DatabaseAddress, *, connections: int = CONNECTIONS) -> None:
        self.address = address
        self._connections = connections
        self._opening = Lock()
        self._pool: ConnectionPool[psycopg.Connection[Any]] | None = None
        self._limited: _LimitedStore | None = None

    @property
    def name(self) -> str:
        """The address, without a password."""
        return str(self.address)

    @contextmanager
    def reading(self) -> Iterator[PostgresConnection]:
        """Lend a connection; every statement on it sees what was committed before it began."""
        with postgres_errors(self.address), self._open_pool().connection() as raw:
            yield PostgresConnection(raw)

    @contextmanager
    def transaction(self) -> Iterator[PostgresConnection]:
        """Run the block as one transaction: committed, or undone if it raises."""
        with (
            postgres_errors(self.address),
            self._open_pool().connection() as raw,
            raw.transaction(),
        ):
            yield PostgresConnection(raw)

    def seen_by(self, groups: frozenset[str]) -> SeenPostgresStore:
        """Return the same record with nothing in it but what some groups may see."""
        if self._limited is None:
            self._limited = _LimitedStore(self.address)
        return SeenPostgresStore(self._limited, groups)

    def connect(self) -> psycopg.Connection[Any]:
        """Open a connection of its own, outside the pool; the caller closes it."""
        with postgres_errors(self.address):
            return _connect(self.address)

    def close(self) -> None:
        """Close every connection, those that are lent when they come back."""
        if self._limited is not None:
            self._limited.close()
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.close(CLOSE_SECONDS)

    def _open_pool(self) -> ConnectionPool[psycopg.Connection[Any]]:
        if self._pool is None:
            from psycopg_pool import ConnectionPool

            # Without a handler of ours Python would print the pool's warnings; the errors say it all.
            logging.getLogger("psycopg.pool").addHandler(logging.NullHandler())
            _connect(self.address).close()  # which says what is wrong; the pool would only say that it waited
            with self._opening:
                self._pool = self._pool or ConnectionPool(
                    self.address.conninfo,
                    kwargs=_options(self.address, self._groups),
                    min_size=0,
                    configure=self._configure,
                    max_size=self._connections,
                    timeout=LENT_SECONDS,
                    check=ConnectionPool.check_connection,  # a server that was restarted has cut them all
                    open=True,
                    name=f"footnote-{self.address.name}",
                )
        return self._pool

    @property
    def _groups(self) -> str:
        """What its connections are for until they say another."""
        return EVERYTHING

    def _configure(self, raw: psycopg.Connection[Any]) -> None:
        """Make a new connection ready."""


class _LimitedStore(PostgresStore):
    """Connections that see what is for all, and what the groups may see that are named to them.

    Those of all groups are of one pool: a server has few connections for all who use it.
    """

    def __init__(self, address: DatabaseAddress) -> None:
        super().__init__(address)
        self._said: WeakKeyDictionary[psycopg.Connection[Any], str] = WeakKeyDictionary()

    @property
    def _groups(self) -> str:
        return ""

    def _configure(self, raw: psycopg.Connection[Any]) -> None:
        for statement in views(self.address.schema, MINE):
            raw.execute(statement.encode())

    @contextmanager
    def reading_for(self, groups: str) -> Iterator[PostgresConnection]:
        """Lend a connection that says for which groups it reads."""
        with self.reading() as connection:
            if self._said.get(connection.raw, "") != groups:
                connection.execute(f"SELECT set_config('{SETTING}', ?, false)", (groups,))
                self._said[connection.raw] = groups
            yield connection


class SeenPostgresStore:
    """What some groups may see of the database of a record."""

    def __init__(self, limited: _LimitedStore, groups: frozenset[str]) -> None:
        self._limited = limited
        self._groups = ",".join(sorted(group_names(groups)))

    @property
    def name(self) -> str:
        """The address, without a password."""
        return self._limited.name

    def seen_by(self, groups: frozenset[str]) -> SeenPostgresStore:
        """Return what others may see of it."""
        return SeenPostgresStore(self._limited, groups)

    def reading(self) -> AbstractContextManager[PostgresConnection]:
        """Lend a connection that reads for these groups."""
        return self._limited.reading_for(self._groups)

    def close(self) -> None:
        """Do nothing: the connections are of the record that all of it can be read from, and end with it."""


@contextmanager
def postgres_errors(address: DatabaseAddress) -> Iterator[None]:
    """Turn what psycopg and its pool raise into our errors, without the password."""
    try:
        import psycopg
        import psycopg_pool
    except ImportError:
        raise SettingsError(NEEDS_EXTRA) from None
    try:
        yield
    except (psycopg_pool.PoolTimeout, psycopg_pool.TooManyRequests) as error:
        raise LibraryAwayError(
            f"The database {str(address)!r} gave no connection within {LENT_SECONDS:.0f} s. "
            "Check that it runs and has connections left, and try again."
        ) from error
    except psycopg.Error as error:
        raise _ours(error, address) from error


def _ours(error: psycopg.Error, address: DatabaseAddress) -> FootnoteError:
    import psycopg

    said = address.masked(" ".join(str(error).split())) or type(error).__name__
    where = repr(str(address))
    if isinstance(error, psycopg.errors.UndefinedTable | psycopg.errors.InvalidSchemaName):
        return no_library(address)
    if isinstance(error, psycopg.errors.InsufficientPrivilege):
        return LibraryError(f"The database {where} does not allow it ({said}). Ask whoever keeps it.")
    if isinstance(error, psycopg.errors.DiskFull):
        return LibraryError(
            f"The disk of the database {where} is full; nothing that was stored is lost. "
            "Free some space and go on."
        )
    if isinstance(error, psycopg.errors.DataCorrupted | psycopg.errors.IndexCorrupted):
        return LibraryDamagedError(
            f"The database {where} is damaged ({said}). Restore it from a backup of PostgreSQL.", said
        )
    if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return LibraryAwayError(
            f"The database {where} can't be reached ({said}). Check that it runs and that the address, the "
            "user and the password are right, and try again."
        )
    return LibraryError(f"The database {where} refused a statement ({said}). Try again.")


def no_library(address: DatabaseAddress) -> LibraryError:
    """Return the error for a database without this library."""
    return LibraryError(f"There is no library at {str(address)!r}. Make one with `footnote ingest SOURCE…`.")


def _connect(address: DatabaseAddress) -> psycopg.Connection[Any]:
    import psycopg

    return psycopg.connect(address.conninfo, **_options(address))


def _options(address: DatabaseAddress, groups: str = EVERYTHING) -> dict[str, Any]:
    options = f"-c search_path={address.schema} -c client_encoding=UTF8 -c {SETTING}={groups}"
    return {
        "autocommit": True,
        "application_name": "footnote",
        "connect_timeout": CONNECT_SECONDS,
        "tcp_user_timeout": ANSWER_MILLISECONDS,
        "options": f"{options} {_WATCHED}",
    }


@cache
def _in_words_of_postgres(query: str) -> str:
    return query.replace("%", "%%").replace("?", "%s")
