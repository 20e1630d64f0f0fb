"""What a search of a library in a database looks up words and vectors in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.errors import LibraryError
    from ingest.storage.keywords import Keywords
    from ingest.storage.postgresql.keyword_replica import KeywordReplica
    from ingest.storage.record import Meta
    from ingest.storage.vector_index import VectorIndex, VectorReader


class PostgresIndexes:
    """The keyword index of this machine, and vectors on a server or, without one, compared one by one."""

    def __init__(self, replica: KeywordReplica, vectors: VectorReader | None) -> None:
        self._replica = replica
        self._vectors = vectors

    @property
    def notices(self) -> list[str]:
        """What a user should know of them, in sentences."""
        return [*(self._vectors.notices if self._vectors else ()), *self._replica.notices]

    @property
    def exact_up_to(self) -> int | None:
        """Up to how many chunks vectors are compared one by one; None for any."""
        return self._vectors.exact_up_to if self._vectors else None

    def vectors_at(self, meta: Meta) -> VectorIndex | None:
        """Return the vector index if there is one that can be used now."""
        return self._vectors.at(meta) if self._vectors else None

    def vectors_doubted(self, error: LibraryError | None) -> None:
        """Note why the vector index could not be used after all."""
        if self._vectors:
            self._vectors.doubted(error)

    def ping(self) -> list[str]:
        """Say in sentences which servers are away; without the database there is no library."""
        return self._vectors.ping() if self._vectors else []

    def keywords_at(self, meta: Meta) -> Keywords | None:
        """Return the keyword index, which has followed as far as it could."""
        return self._replica.at(meta)

    def close(self) -> None:
        """Stop following, and let go of the servers."""
        self._replica.close()
        if self._vectors:
            self._vectors.close()
