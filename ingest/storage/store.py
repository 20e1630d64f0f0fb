"""What a record asks of the engine that holds it: connections, and SQL that every engine takes.

SQL is written once, as PostgreSQL has it, with `?` where a value goes. A list is one value, compared by
`= ANY(?)` or `<> ALL(?)`. Each engine puts these few words into its own; nothing else differs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager


class Rows(Protocol):
    """What a statement found."""

    @property
    def rowcount(self) -> int:
        """How many rows a statement has written or removed."""

    def fetchone(self) -> Any:  # noqa: ANN401  # a row has the columns that were asked for
        """Return the next row, or None."""

    def fetchall(self) -> list[Any]:
        """Return the rest of the rows."""

    def __iter__(self) -> Iterator[Any]:
        """Go through the rest of the rows."""


class Connection(Protocol):
    """One conversation with an engine, used by one thread at a time."""

    def execute(self, query: str, values: Sequence[Any] = (), /) -> Rows:
        """Run one statement; a list among the values is bound as a list."""

    def executemany(self, query: str, rows: Iterable[Sequence[Any]], /) -> object:
        """Run one statement for each of several rows of values, none of them a list."""


class Store(Protocol):
    """The engine that holds one record; any number of threads may read from it."""

    @property
    def name(self) -> str:
        """How a message calls the record: its file or its address, never a password."""

    def seen_by(self, groups: frozenset[str]) -> Store:
        """Return the same record with nothing in it but what some groups may see."""

    def reading(self) -> AbstractContextManager[Connection]:
        """Lend a connection that only reads; the engine's errors come out as ours."""

    def close(self) -> None:
        """Close every connection, those that are lent when they come back."""


class Transactions(Protocol):
    """Whoever writes to a record a transaction at a time."""

    def transaction(self) -> AbstractContextManager[Connection]:
        """Run the block as one transaction: committed, or undone if it raises."""
