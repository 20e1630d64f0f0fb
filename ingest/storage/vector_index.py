"""What a library asks of its vector index, wherever that is kept: beside the record or on a server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from ingest.errors import LibraryError
    from ingest.storage.record import Meta


class VectorIndex(Protocol):
    """Chunk ids with their vectors of length 1, and the nearest of them. Safe to use from many threads.

    It raises `LibraryDamagedError` where it has to be made again from the record, and another
    `LibraryError` where it can't be used now.
    """

    def close(self) -> None:
        """Let go of files and connections; a second call does nothing."""

    def settle(self) -> None:
        """Do what is to be done once after the index has been filled."""

    def count(self) -> int:
        """Count the chunks that it says it has (which says nothing about what it finds)."""

    def upsert(self, ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Store vectors, shape (chunks, dimension), under their ids, replacing what was there."""

    def delete(self, ids: Sequence[str]) -> None:
        """Forget ids; unknown ones are no error."""

    def nearest(self, vector: NDArray[np.float32], limit: int) -> list[tuple[str, float]]:
        """Return the approximate nearest chunks, nearest first, with their cosine distances (0 to 2)."""

    def distance_to_nearest(self, vectors: NDArray[np.float32]) -> list[float]:
        """Return the cosine distance of each vector to its nearest neighbour: about 0 if it is stored."""

    def stored(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return the vectors that it has for ids, without those that it has lost."""

    def ids(self) -> Iterator[list[str]]:
        """Yield every id that it lists, a page at a time."""


class VectorHome(Protocol):
    """Where a writer keeps the vector index of one library: the record names it (`Meta.vectors`)."""

    deletes_for_good: bool
    """Whether what is removed is only deleted; else the index is made anew without it."""

    def open(self, name: str) -> VectorIndex:
        """Open an index; raise `LibraryDamagedError` where it has to be made anew."""

    def next_name(self, meta: Meta) -> str:
        """Return the name of the index that takes the place of the record's; no other has had it."""

    def make(self, name: str) -> VectorIndex:
        """Make an empty index."""

    def begun(self, name: str) -> None:
        """Note that a writer may change the index from now on."""

    def left(self, name: str) -> None:
        """Note that a writer has closed the index as it should."""

    def drop(self, names: Sequence[str]) -> list[str]:
        """Delete indexes that the record does not name any more; return those that are gone."""

    def close(self) -> None:
        """Let go of connections."""


class VectorReader(Protocol):
    """A reader's view of the vector index that the record names, which others may change or remove."""

    exact_up_to: int | None
    """Up to how many chunks vectors are compared one by one where the index can't be used; None for any."""

    @property
    def notices(self) -> list[str]:
        """What a user should know of the index just now, in sentences."""

    def at(self, meta: Meta) -> VectorIndex | None:
        """Return the index if it can be used and holds everything up to this generation."""

    def doubted(self, error: LibraryError | None) -> None:
        """Note why the index could not be used after all; None if it found fewer than there are."""

    def ping(self) -> list[str]:
        """Ask what it is kept on for a sign of life; say in sentences what is away."""

    def close(self) -> None:
        """Let go of it."""
