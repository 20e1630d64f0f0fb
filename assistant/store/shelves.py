"""Where what one person has asked and kept lies: a shelf, whose rows every engine takes the same SQL for.

Rows name their `owner`, since in a database one table has everybody's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from assistant.store.database_shelf import DatabaseShelf
from assistant.store.file_shelf import FileShelf
from ingest import DatabaseAddress, content_key, place_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from ingest import Connection, LibraryLocation


class Shelf(Protocol):
    """What one person has kept."""

    key: str
    """What the person is known by where several have shelves."""
    owner: str
    """What the rows of this shelf name as their owner."""
    shared: bool
    """Whether other programs on other machines use it at the same time."""
    cited: str
    """The statement for every cited sentence of an owner."""

    @property
    def name(self) -> str:
        """How a message calls it."""

    def exists(self) -> bool:
        """Say whether anything was ever kept here; reading makes nothing."""

    def transaction(self) -> AbstractContextManager[Connection]:
        """Run the block as one transaction on a shelf that is made if there is none."""

    def purge(self) -> None:
        """Take deleted text out of what this program can take it out of."""

    def destroy(self) -> None:
        """Delete all that is here."""


def shelf_of(library: LibraryLocation, user: str) -> Shelf:
    """Return the shelf of a person beside a library."""
    return shelf_by_key(library, content_key(user))


def shelf_by_key(library: LibraryLocation, key: str) -> Shelf:
    """Return a shelf by its key."""
    place = place_of(library)
    return DatabaseShelf(place, key) if isinstance(place, DatabaseAddress) else FileShelf(place, key)


def shelves(library: LibraryLocation) -> Sequence[Shelf]:
    """Return everybody's shelves."""
    place = place_of(library)
    if isinstance(place, DatabaseAddress):
        return DatabaseShelf.everybodys(place)
    return FileShelf.everybodys(place)
