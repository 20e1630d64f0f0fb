"""Where sessions and tries are noted: in the memory of one process, or in the database for all front ends.

Both take the same SQL, so that what is counted is the same.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import contextmanager
from threading import RLock
from typing import TYPE_CHECKING, Protocol

from ingest import DatabaseAddress, kept_store, place_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from ingest import Connection, LibraryLocation

_TABLES = """
CREATE TABLE sessions (key TEXT PRIMARY KEY, name TEXT NOT NULL, password TEXT NOT NULL,
    begun REAL NOT NULL, used REAL NOT NULL);
CREATE INDEX sessions_by_use ON sessions (used);
CREATE TABLE tries (key TEXT PRIMARY KEY, tries INTEGER NOT NULL, last REAL NOT NULL);
CREATE INDEX tries_by_time ON tries (last);
"""


class DoorStore(Protocol):
    """Tables of sessions and of tries."""

    clock: Callable[[], float]
    """Seconds since a moment that all who use the tables mean."""

    def transaction(self, turn: str = "") -> AbstractContextManager[Connection]:
        """Run the block as one transaction; of those that name the same `turn`, one at a time is run."""


class InMemory:
    """The tables of one process, gone with it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self._turn = RLock()
        self._connection = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self._connection.executescript(_TABLES)

    @contextmanager
    def transaction(self, turn: str = "") -> Iterator[sqlite3.Connection]:
        """Run the block while no other is run."""
        del turn  # here each is alone
        with self._turn:
            yield self._connection


class InDatabase:
    """The tables of all front ends of a library; who is signed in at one is so at all."""

    def __init__(self, library: DatabaseAddress, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self._store = kept_store(library)

    def transaction(self, turn: str = "") -> AbstractContextManager[Connection]:
        """Run the block as one transaction."""
        return self._store.transaction(turn)


def door_store(library: LibraryLocation) -> DoorStore:
    """Return where the front ends of a library note sessions and tries."""
    place = place_of(library)
    return InDatabase(place) if isinstance(place, DatabaseAddress) else InMemory()
