"""Reading a record in PostgreSQL: where it differs from one in a file, since many may write at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.storage.postgresql.store import PostgresStore
from ingest.storage.record import LIVE, Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.storage.record import After, LiveChunk

OF_CHANGED = 200
"""Articles that are read at once by whoever follows the record."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed in a record: versions to forget, then chunks to add, and how far that goes."""

    gone: list[tuple[str, str]]
    chunks: list[LiveChunk]
    upto: After


class PostgresRecord(Record):
    """A record in PostgreSQL. Rows are numbered when they are begun, and become live in another order."""

    def identity(self) -> str:
        """Return the random id of the library: another of the same name has another."""
        with self.reading() as connection:
            return str(connection.execute("SELECT value FROM meta WHERE key = 'library'").fetchone()[0])

    def count(self) -> tuple[int, int]:
        """Return how many articles and chunks are live, from the counters that writers keep.

        They count everything, so that what some groups may see is counted.
        """
        if not isinstance(self.store, PostgresStore):
            return super().count()
        with self.reading() as connection:
            found = dict(
                connection.execute("SELECT key, value FROM meta WHERE key IN ('articles', 'chunks')")
            )
        return int(found["articles"]), int(found["chunks"])

    def vectors_after(self, after: After, limit: int) -> list[tuple[After, int, str, bytes]]:
        """Return up to `limit` chunks that became live after a place: place, article's row, id, vector."""
        query = f"""SELECT a.changed, c.row, c.article, c.id, c.vector FROM {LIVE}
            WHERE a.changed >= ? AND (a.changed, c.row) > (?, ?) ORDER BY a.changed, c.row LIMIT ?"""
        with self.reading() as connection:
            rows = connection.execute(query, (after[0], *after, limit))
            return [
                ((changed, row), article, chunk_id, vector)
                for changed, row, article, chunk_id, vector in rows
            ]

    def unfinished(self) -> bool:
        """Say whether somebody is writing, or has left a write undone."""
        with self.reading() as connection:
            query = "SELECT 1 FROM articles WHERE writer IS NOT NULL LIMIT 1"
            return connection.execute(query).fetchone() is not None

    def changed_after(self, after: After, limit: int = OF_CHANGED) -> Changes | None:
        """Return what up to `limit` articles after a place have become, in the order of changes."""
        query = """SELECT changed, row, id, version, state FROM articles
            WHERE state IN ('live', 'retired') AND changed >= ? AND (changed, row) > (?, ?)
            ORDER BY changed, row LIMIT ?"""
        with self.reading() as connection:
            rows = connection.execute(query, (after[0], *after, limit)).fetchall()
        if not rows:
            return None
        live = [row for _, row, _, _, state in rows if state == "live"]
        gone = [(article_id, version) for _, _, article_id, version, state in rows if state == "retired"]
        return Changes(gone, self._chunks_of(live), (rows[-1][0], rows[-1][1]))

    def gone_after(self, generation: int) -> list[tuple[str, str]]:
        """Return id and version of what was removed after a generation and is not here any more."""
        query = """SELECT id, version FROM gone g WHERE changed > ? AND NOT EXISTS
            (SELECT 1 FROM articles a WHERE a.id = g.id AND a.version = g.version)"""
        with self.reading() as connection:
            return [(article_id, version) for article_id, version in connection.execute(query, (generation,))]

    def _chunks_of(self, rows: Sequence[int]) -> list[LiveChunk]:
        return self.entries("c.article = ANY(?)", list(rows))
