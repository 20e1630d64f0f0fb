"""A shelf in the database of a library: one person's rows among everybody's, for any number of programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest import kept_store

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from ingest import Connection, DatabaseAddress

_CITED = """SELECT t.conversation, t.id, c.value ->> 'article_id', c.value ->> 'version', c.value ->> 'quote'
    FROM turns t, json_array_elements(t.answer::json -> 'citations') c
    WHERE t.owner = ? ORDER BY t.asked, t.id"""
_TABLES = ("under_way", "kept_questions", "conversations", "seen")  # the others go with these


class DatabaseShelf:
    """The rows of one person. Deleted ones stay in PostgreSQL's files until it has cleaned up (VACUUM)."""

    shared = True
    cited = _CITED

    def __init__(self, library: DatabaseAddress, key: str) -> None:
        self._store = kept_store(library)
        self.key = self.owner = key

    @classmethod
    def everybodys(cls, library: DatabaseAddress) -> list[DatabaseShelf]:
        """Return the shelves of all who have any rows."""
        store = kept_store(library)
        if not store.exists():
            return []
        query = "SELECT owner FROM conversations UNION SELECT owner FROM kept_questions ORDER BY 1"
        with store.transaction() as connection:
            return [cls(library, owner) for (owner,) in connection.execute(query).fetchall()]

    @property
    def name(self) -> str:
        """The address of the library, without a password."""
        return self._store.name

    def exists(self) -> bool:
        """Say whether anybody has kept anything here."""
        return self._store.exists()

    def transaction(self) -> AbstractContextManager[Connection]:
        """Run the block as one transaction."""
        return self._store.transaction()

    def purge(self) -> None:
        """Leave it to PostgreSQL, which cleans up by itself."""

    def destroy(self) -> None:
        """Delete every row of this person."""
        if self.exists():
            with self.transaction() as connection:
                for table in _TABLES:
                    connection.execute(f"DELETE FROM {table} WHERE owner = ?", (self.owner,))
