"""Writing to the record, one transaction a step, so that a crash leaves no half-finished write unnoticed.

An article's rows go `pending` → `live` → `retired` (a newer version came) or `removed`. Every state
but `live` with chunks left means work for the next opening: see `leftovers` and `sweep`.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ingest.storage import audience, groups, schema
from ingest.storage.packing import check_storable, pack_spans, pack_vector
from ingest.storage.rows import columns_of, loose_columns
from ingest.storage.schema import NOT_LIVE, UNFINISHED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from ingest.article import Article, Chunk
    from ingest.storage.store import Connection

BUMP = "UPDATE meta SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT) WHERE key = 'generation'"


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article ready to be stored: its chunks, and a vector of length 1 for each of them.

    `added` is when it came into the library, as the record keeps it; None for now. `groups` are those
    that it is for, unless the library knows it already.
    """

    article: Article
    chunks: tuple[Chunk, ...]
    vectors: NDArray[np.float32]
    added: str | None = None
    groups: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not self.chunks or self.vectors.shape[:1] != (len(self.chunks),) or self.vectors.ndim != 2:  # noqa: PLR2004  # a matrix
            raise ValueError(f"{len(self.chunks)} chunks don't go with vectors of {self.vectors.shape}")
        if not np.isfinite(self.vectors).all():
            raise ValueError(f"a vector of {self.article.origin!r} is not a number")


@dataclass(frozen=True, slots=True)
class Leftovers:
    """What the indexes may still hold of versions that are not live."""

    chunk_ids: list[str]
    versions: list[tuple[str, str]]
    removed: bool


class Journal:
    """The one connection that writes. Not for use by two threads at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with schema.sqlite_errors(path):
            self._connection = schema.connect(path, write=True)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def begin(self, batch: Sequence[Prepared]) -> list[int]:
        """Store new versions as pending, all or none; return their rows."""
        for prepared in batch:
            check_storable(prepared.article)
        with self.transaction():
            return [self._insert(prepared) for prepared in batch]

    def publish(self, rows: Sequence[int]) -> None:
        """Make pending versions live and retire what they replace, in one step."""
        with self.transaction():
            replaced = self._rows(
                """SELECT row FROM articles WHERE state = 'live' AND id IN
                (SELECT id FROM articles WHERE row = ANY(?))""",
                list(rows),
            )
            groups.leave(self._connection, replaced)
            self._run("UPDATE articles SET state = 'retired' WHERE row = ANY(?)", replaced)
            self._run("UPDATE articles SET state = 'live' WHERE row = ANY(?)", list(rows))
            groups.join_live(self._connection, rows)
            # Exact copies of what an article said before are not held by it any more.
            self._run(
                """DELETE FROM places WHERE article <> holder AND holder IN
                (SELECT id FROM articles WHERE row = ANY(?))""",
                replaced,
            )
            self._run(BUMP)

    def mark_removed(self, article_ids: Collection[str]) -> int:
        """Hide every version of the articles from now on; return how many were live."""
        ids = list(article_ids)
        with self.transaction():
            live = "SELECT count(*) FROM articles WHERE state = 'live' AND id = ANY(?)"
            count = int(self._connection.execute(live, (ids,)).fetchone()[0])
            groups.leave(self._connection, self._rows("SELECT row FROM articles WHERE id = ANY(?)", ids))
            self._run("UPDATE articles SET state = 'removed' WHERE id = ANY(?)", ids)
            self._run(
                """DELETE FROM validators WHERE url IN
                (SELECT origin FROM places WHERE holder = ANY(?))""",
                ids,
            )
            self._run("DELETE FROM places WHERE holder = ANY(?)", ids)
            self._run(BUMP)
        return count

    def refresh(self, articles: Sequence[Article]) -> None:
        """Rewrite what may change of live articles without making another version."""
        for article in articles:
            check_storable(article)
        with self.transaction():
            for article in articles:
                columns = loose_columns(article)
                changes = ", ".join(f"{name} = ?" for name in columns)
                self._run(
                    f"UPDATE articles SET {changes} WHERE id = ? AND state = 'live'",
                    *columns.values(),
                    article.id,
                )
            self._run(BUMP)

    def leftovers(self) -> Leftovers:
        """Name what a write that was cut short may have left in the indexes.

        It is asked for before and after every write, so it must not read what is live (CROSS JOIN keeps
        SQLite from beginning with the chunks).
        """
        with schema.sqlite_errors(self._path):
            chunks = self._connection.execute(
                f"SELECT c.id FROM articles a CROSS JOIN chunks c WHERE c.article = a.row AND {NOT_LIVE}"
            ).fetchall()
            versions = self._connection.execute(f"SELECT id, version {UNFINISHED}").fetchall()
            removed = self._connection.execute(
                f"SELECT 1 FROM articles WHERE {NOT_LIVE} AND state = 'removed' LIMIT 1"
            )
            return Leftovers([chunk_id for (chunk_id,) in chunks], versions, bool(removed.fetchone()))

    def sweep(self) -> None:
        """Delete what `leftovers` named. Retired versions keep their text: old answers cite it."""
        with self.transaction():
            self._run(f"DELETE FROM chunks WHERE article IN (SELECT row FROM articles WHERE {NOT_LIVE})")
            self._run(f"DELETE FROM articles WHERE {NOT_LIVE} AND state <> 'retired'")

    def sign(self) -> None:
        """Group the articles of a library that is older than groups, a part in each transaction."""
        more = True
        while more:
            with self.transaction():
                more = groups.sign_some(self._connection)

    def switch(self, index: str, folder: str) -> None:
        """Say which folder holds an index (`vectors` or `keywords`) from now on."""
        with self.transaction():
            self._run("UPDATE meta SET value = ? WHERE key = ?", folder, index)
            self._run(BUMP)

    def note_unneeded(self, names: Collection[str]) -> None:
        """Keep the names of vector indexes on a server that are to be deleted (see `Meta.unneeded`)."""
        with self.transaction():
            self._run(
                """INSERT INTO meta VALUES ('unneeded', ?)
                ON CONFLICT (key) DO UPDATE SET value = excluded.value""",
                " ".join(sorted(names)),
            )

    def shred(self) -> bool:
        """Vacuum the file and truncate the write-ahead log (WAL): both may hold removed text.

        Waits `BUSY_SECONDS` for readers in the middle of a look. Returns whether it is done.
        """
        with schema.sqlite_errors(self._path):
            self._connection.execute("PRAGMA incremental_vacuum").fetchall()
        return self.empty_log()

    def empty_log(self) -> bool:
        """Checkpoint the WAL into the record's file; return False if a reader prevented it."""
        with schema.sqlite_errors(self._path):
            busy, _, _ = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    def _insert(self, prepared: Prepared) -> int:
        article = prepared.article
        # The same version may have been here before, and been replaced since.
        self._run(
            "DELETE FROM articles WHERE id = ? AND version = ? AND state = 'retired'",
            article.id,
            article.version,
        )
        columns = columns_of(article, prepared.added) | {"signature": groups.signature(article.text)}
        marks = ", ".join("?" for _ in columns)
        insert = f"INSERT INTO articles ({', '.join(columns)}) VALUES ({marks}) RETURNING row"
        audience.settle(self._connection, article.id, prepared.groups)
        ((row,),) = self._connection.execute(insert, list(columns.values())).fetchall()
        self._connection.executemany(
            "INSERT INTO chunks (id, article, position, spans, vector) VALUES (?, ?, ?, ?, ?)",
            (
                (chunk.id, row, chunk.position, pack_spans(chunk), pack_vector(vector))
                for chunk, vector in zip(prepared.chunks, prepared.vectors, strict=True)
            ),
        )
        return int(row)

    def _rows(self, query: str, *values: object) -> list[int]:
        return [row for (row,) in self._connection.execute(query, values)]

    def _run(self, statement: str, *values: object) -> None:
        self._connection.execute(statement, values)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Run the block as one transaction: committed, or rolled back if it raises."""
        with schema.sqlite_errors(self._path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
