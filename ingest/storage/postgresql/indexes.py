"""What a search of a library in a database looks up words and vectors in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.errors import LibraryError
    from ingest.storage.keywords import Keywords
    from ingest.storage.postgresql.keyword_replica import KeywordReplica
    from ingest.storage.record import Meta
    from ingest.storage.vector_index import VectorIndex


class PostgresIndexes:
    """The keyword index of this machine. Vectors are compared one by one, which is exact."""

    exact_up_to: int | None = None

    def __init__(self, replica: KeywordReplica) -> None:
        self._replica = replica

    @property
    def notices(self) -> list[str]:
        """What a user should know of them, in sentences."""
        return self._replica.notices

    def vectors_at(self, meta: Meta) -> VectorIndex | None:  # noqa: ARG002  # there is none
        """Return no vector index."""
        return None

    def vectors_doubted(self, error: LibraryError | None) -> None:
        """Nothing is to be noted."""

    def ping(self) -> list[str]:
        """Nothing else is asked: without the database there is no library."""
        return []

    def keywords_at(self, meta: Meta) -> Keywords | None:
        """Return the keyword index, which has followed as far as it could."""
        return self._replica.at(meta)

    def close(self) -> None:
        """Stop following."""
        self._replica.close()
