"""Vector indexes on Chroma servers: a collection each, of a random name that the record keeps.

With several servers an index has a collection on each, and an article's chunks are in one of them. The
name of an index says how many there are, and whose it is: a copy of a library's folder keeps the name, and
must neither write into the index nor delete it. So `footnote-9c1f….2@4711` is in two collections, and
belongs to the record whose file has the inode 4711.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from ingest.errors import LibraryDamagedError, LibraryError
from ingest.storage.chroma_vectors import ChromaVectors
from ingest.storage.vector_shards import VectorShards
from ingest.storage.vectors import vectors_damaged

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ingest.storage.chroma_address import ChromaAddress
    from ingest.storage.chroma_client import ChromaClient
    from ingest.storage.record import Meta
    from ingest.storage.vector_index import VectorIndex

NAMED = "footnote-"
WRITE_SECONDS = 60.0


class ChromaCollections:
    """The vector indexes of one library on some servers (see `VectorHome`)."""

    # A server's files may hold deleted vectors until it is told to compact them, whatever a client does.
    deletes_for_good = True

    def __init__(
        self, addresses: Sequence[ChromaAddress], owner: str = "", *, seconds: float = WRITE_SECONDS
    ) -> None:
        from ingest.storage.chroma_client import ChromaClient

        self._owner = owner
        self._clients = [ChromaClient(address, seconds=seconds) for address in addresses]

    @property
    def faults(self) -> list[str]:
        """Why servers could not be used when they were asked last."""
        return [client.fault for client in self._clients if client.fault]

    def close(self) -> None:
        """Close every connection."""
        for client in self._clients:
            client.close()

    def ping(self) -> None:
        """Raise `LibraryError` where a server can't be used now."""
        for client in self._clients:
            client.ping()

    def open(self, name: str) -> VectorIndex:
        """Open an index; raise `LibraryDamagedError` if it is not there."""
        if not name.startswith(NAMED) or _shards(name) != len(self._clients):
            raise vectors_damaged("it was not on the Chroma servers that FOOTNOTE_CHROMA names")
        if not self._is_own(name):
            raise vectors_damaged("it belongs to the library that this one is a copy of")
        index = self._each(name, ChromaVectors)
        index.count()
        return index

    def next_name(self, meta: Meta) -> str:  # noqa: ARG002  # a random one has never been the current one
        """Return a name that no other library has either."""
        several = f".{len(self._clients)}" if len(self._clients) > 1 else ""
        owner = f"@{self._owner}" if self._owner else ""
        return f"{NAMED}{secrets.token_hex(8)}{several}{owner}"

    def make(self, name: str) -> VectorIndex:
        """Make an empty index."""
        return self._each(name, ChromaVectors.make)

    def begun(self, name: str) -> None:
        """Nothing is to be noted: a server takes writes and searches at the same time."""

    def left(self, name: str) -> None:
        """Nothing is to be noted."""

    def drop(self, names: Sequence[str]) -> list[str]:
        """Delete indexes; one on a server that is away is deleted another time, one of others never."""
        return [name for name in names if name.isdecimal() or not self._is_own(name) or self._dropped(name)]

    def _is_own(self, name: str) -> bool:
        return name.partition("@")[2] == self._owner

    def _dropped(self, name: str) -> bool:
        try:
            # On every server: they may have been named in another order, or been more or fewer.
            for collection in _collections(name):
                for client in self._clients:
                    _drop(client, collection)
        except LibraryError:
            return False
        return True

    def _each(self, name: str, opened: Callable[[ChromaClient, str], VectorIndex]) -> VectorIndex:
        names = _collections(name)
        shards = [opened(client, each) for client, each in zip(self._clients, names, strict=True)]
        return VectorShards(shards) if len(shards) > 1 else shards[0]


def _drop(client: ChromaClient, collection: str) -> None:
    try:
        client.drop(collection)
    except LibraryDamagedError:
        return  # there is none


def _shards(name: str) -> int:
    number = name.partition("@")[0].partition(".")[2]
    return int(number) if number.isdecimal() else 1


def _collections(name: str) -> list[str]:
    shards, named = _shards(name), name.partition("@")[0]
    return [named] if shards == 1 else [f"{named}-{shard}" for shard in range(shards)]


def owner_of(record: Path) -> str:
    """Return what tells a record's file from its copies."""
    return str(record.stat().st_ino)
