"""Writing to a record in PostgreSQL, as one of many writers (see tables.py for `writer` and `changed`).

A writer has a number, and a session that holds the advisory lock of that number for as long as it lives.
Whoever can take the lock of a number that rows name knows that its writer is dead, and may undo what it left.
The same session writes: one that has lost its lock can't publish.

What makes articles live or hides them is one transaction that first locks the row of the generation. So
generations are committed in their order, and two writers can't deadlock.
"""

from __future__ import annotations

import zlib
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from ingest.errors import LibraryError, SettingsError, SourceError
from ingest.storage import audience, groups
from ingest.storage.folder import NO_INDEX_YET
from ingest.storage.journal import Leftovers
from ingest.storage.packing import check_storable, pack_spans, pack_vector
from ingest.storage.postgresql import guard
from ingest.storage.postgresql.store import PostgresConnection, postgres_errors
from ingest.storage.postgresql.tables import LONGEST_KEY
from ingest.storage.rows import columns_of, loose_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from ingest.article import Article
    from ingest.storage.journal import Prepared
    from ingest.storage.postgresql.store import PostgresStore

CUT_OFF = (
    "This program was cut off from the database {name!r} for so long that others undid what it was storing. "
    "Nothing that was stored is lost; run it again."
)


MOVED = (
    "The vectors of the library {name!r} are on a Chroma server. Name it in FOOTNOTE_CHROMA where articles "
    "are added, or run `footnote doctor --repair` without that setting to do without a server."
)


class IndexMovedError(SettingsError):
    """The record names another vector index than the one that was written to."""


class TakenError(LibraryError):
    """Another writer is storing or removing one of the articles just now."""


class PostgresJournal:
    """One writer's session. Not for use by two threads at once."""

    def __init__(self, store: PostgresStore) -> None:
        self._store = store
        self._raw = store.connect()
        try:
            with postgres_errors(store.address):
                self._connection = PostgresConnection(self._raw)
                (library,) = self._one("SELECT value FROM meta WHERE key = 'library'")
                self._lock = zlib.crc32(library.encode()) - 2**31  # PostgreSQL's integer has a sign
                (self.number,) = self._one("SELECT nextval('writers')")
                self._one("SELECT pg_advisory_lock(?, ?)", self._lock, self.number)
        except BaseException:
            self.close()
            raise

    @property
    def is_lost(self) -> bool:
        """Whether the session has ended, and with it the right to publish what was begun."""
        return self._raw.closed

    def close(self) -> None:
        """End the session."""
        with suppress(Exception):  # whatever is wrong with a session, it ends
            self._raw.close()

    def begin(self, batch: Sequence[Prepared]) -> list[int]:
        """Store new versions as pending, all or none; return their rows.

        Raises:
            TakenError: another writer is at one of the articles.
        """
        for prepared in batch:
            check_fits(prepared.article)
        with self._bare_transaction():
            # Always in the same order: one of two writers waits for the other, never each for each.
            return [self._insert(each) for each in sorted(batch, key=lambda each: each.article.id)]

    def publish(self, rows: Sequence[int], vectors: str = NO_INDEX_YET) -> None:
        """Make pending versions live and retire what they replace, in one step.

        Args:
            rows: What `begin` returned.
            vectors: The name of the index in which their vectors were stored.

        Raises:
            IndexMovedError: another index has taken its place.
        """
        published = list(rows)
        with self._numbered() as generation:
            if self._one("SELECT value FROM meta WHERE key = 'vectors'")[0] != vectors:
                raise IndexMovedError(MOVED.format(name=self._store.name))
            replaced = self._rows(
                """SELECT row FROM articles WHERE state = 'live' AND id IN
                (SELECT id FROM articles WHERE row = ANY(?))""",
                published,
            )
            groups.leave(self._connection, replaced)
            self._run(
                "UPDATE articles SET state = 'retired', writer = ?, changed = ? WHERE row = ANY(?)",
                self.number,
                generation,
                replaced,
            )
            made = self._run(
                """UPDATE articles SET state = 'live', writer = NULL, changed = ?
                WHERE row = ANY(?) AND state = 'pending' AND writer = ?""",
                generation,
                published,
                self.number,
            )
            if made != len(published):
                raise LibraryError(CUT_OFF.format(name=self._store.name))
            groups.join(self._connection, published)
            self._run(
                """DELETE FROM places WHERE article <> holder AND holder IN
                (SELECT id FROM articles WHERE row = ANY(?))""",
                replaced,
            )
            self._recount(len(published) - len(replaced), plus=published, minus=replaced)

    def mark_removed(self, article_ids: Collection[str]) -> int:
        """Hide every version of the articles from now on; return how many were live.

        A version that another writer is storing comes after this and stays.
        """
        ids = list(article_ids)
        with self._numbered() as generation:
            live = self._rows("SELECT row FROM articles WHERE state = 'live' AND id = ANY(?)", ids)
            groups.leave(self._connection, live)
            self._run(
                """UPDATE articles SET state = 'removed', writer = ?, changed = ?
                WHERE id = ANY(?) AND state IN ('live', 'retired')""",
                self.number,
                generation,
                ids,
            )
            self._run(
                """DELETE FROM validators WHERE url IN
                (SELECT origin FROM places WHERE holder = ANY(?))""",
                ids,
            )
            self._run("DELETE FROM places WHERE holder = ANY(?)", ids)
            self._recount(-len(live), plus=[], minus=live)
        return len(live)

    def refresh(self, articles: Sequence[Article]) -> None:
        """Rewrite what may change of live articles without making another version."""
        for article in articles:
            check_fits(article)
        with self._numbered():
            for article in articles:
                columns = loose_columns(article)
                changes = ", ".join(f"{name} = ?" for name in columns)
                self._run(
                    f"UPDATE articles SET {changes} WHERE id = ? AND state = 'live'",
                    *columns.values(),
                    article.id,
                )

    def leftovers(self, writers: Sequence[int]) -> Leftovers:
        """Name what the indexes may hold of what some writers began, replaced or removed."""
        chosen = "a.writer = ANY(?) AND a.state <> 'live'"
        numbers = list(writers)
        with postgres_errors(self._store.address):
            chunks = self._rows(
                f"SELECT c.id FROM articles a JOIN chunks c ON c.article = a.row WHERE {chosen}", numbers
            )
            found = self._connection.execute(
                f"SELECT a.id, a.version, a.state FROM articles a WHERE {chosen}", (numbers,)
            ).fetchall()
        versions = [(article_id, version) for article_id, version, _ in found]
        return Leftovers(chunks, versions, any(state == "removed" for *_, state in found))

    def sweep(self, writers: Sequence[int]) -> None:
        """Delete what `leftovers` named. Retired versions keep their text: old answers cite it."""
        numbers = list(writers)
        with self._bare_transaction():
            self._run(
                """DELETE FROM chunks WHERE article IN
                (SELECT row FROM articles WHERE writer = ANY(?) AND state = 'retired')""",
                numbers,
            )
            self._run(
                "UPDATE articles SET writer = NULL WHERE writer = ANY(?) AND state = 'retired'", numbers
            )
            self._run(
                """INSERT INTO gone SELECT changed, id, version FROM articles
                WHERE writer = ANY(?) AND state = 'removed' ON CONFLICT DO NOTHING""",
                numbers,
            )
            self._run(
                "DELETE FROM articles WHERE writer = ANY(?) AND state IN ('pending', 'removed')", numbers
            )

    @contextmanager
    def dead_writers(self) -> Iterator[list[int]]:
        """Lend the numbers of writers that died with work undone; nobody else undoes it meanwhile."""
        found: list[int] = []
        with postgres_errors(self._store.address):
            query = "SELECT DISTINCT writer FROM articles WHERE writer IS NOT NULL AND writer <> ?"
            numbers = self._rows(query, self.number)
        try:
            for number in numbers:
                with postgres_errors(self._store.address):
                    if self._one("SELECT pg_try_advisory_lock(?, ?)", self._lock, number)[0]:
                        found.append(number)
            yield found
        finally:
            for number in found:
                if not self.is_lost:
                    with postgres_errors(self._store.address):
                        self._one("SELECT pg_advisory_unlock(?, ?)", self._lock, number)

    @contextmanager
    def transaction(self) -> Iterator[PostgresConnection]:
        """Run the block as one transaction, while no other writer changes what is live."""
        with self._bare_transaction():
            self._one("SELECT value FROM meta WHERE key = 'generation' FOR UPDATE")
            yield self._connection

    def guard(self) -> None:
        """Put row-level security in force, if it isn't."""
        with self._bare_transaction():
            guard.put_in_force(self._connection)

    def switch(self, index: str, name: str) -> None:
        """Say which index of a kind (`vectors`) is used from now on."""
        with self._numbered():
            self._run("UPDATE meta SET value = ? WHERE key = ?", name, index)

    def add_unneeded(self, names: Collection[str]) -> None:
        """Keep the names of vector indexes on a server that are to be deleted (see `Meta.unneeded`)."""
        self._note_unneeded(lambda known: known | set(names))

    def drop_unneeded(self, names: Collection[str]) -> None:
        """Forget the names of vector indexes that are deleted, or needed after all."""
        self._note_unneeded(lambda known: known - set(names))

    def _note_unneeded(self, change: Callable[[set[str]], set[str]]) -> None:
        with self.transaction():
            found = self._one("SELECT value FROM meta WHERE key = 'unneeded'")
            names = change(set(found[0].split()) if found else set()) - {NO_INDEX_YET}
            self._run(
                """INSERT INTO meta VALUES ('unneeded', ?)
                ON CONFLICT (key) DO UPDATE SET value = excluded.value""",
                " ".join(sorted(names)),
            )

    def recount(self) -> None:
        """Count what is live anew."""
        with self._numbered():
            for key, query in COUNTS.items():
                (count,) = self._one(query)
                self._run("UPDATE meta SET value = ? WHERE key = ?", str(count), key)

    @contextmanager
    def _numbered(self) -> Iterator[int]:
        """Run the block as the transaction that makes a new generation; lend its number."""
        with self._bare_transaction():
            (value,) = self._one("SELECT value FROM meta WHERE key = 'generation' FOR UPDATE")
            generation = int(value) + 1
            yield generation
            self._run("UPDATE meta SET value = ? WHERE key = 'generation'", str(generation))

    @contextmanager
    def _bare_transaction(self) -> Iterator[None]:
        with postgres_errors(self._store.address), self._raw.transaction():
            yield

    def _insert(self, prepared: Prepared) -> int:
        article = prepared.article
        # The same version may have been here before, and been replaced since. While whoever replaced it
        # still cleans up after it, it is not touched.
        self._run(
            "DELETE FROM articles WHERE id = ? AND version = ? AND state = 'retired' AND writer IS NULL",
            article.id,
            article.version,
        )
        audience.settle(self._connection, article.id, prepared.groups)
        columns = columns_of(article, prepared.added) | {
            "signature": groups.signature(article.text),
            "writer": self.number,
        }
        marks = ", ".join("?" for _ in columns)
        insert = f"""INSERT INTO articles ({", ".join(columns)}) VALUES ({marks})
            ON CONFLICT DO NOTHING RETURNING row"""
        inserted = self._connection.execute(insert, list(columns.values())).fetchone()
        if inserted is None:
            raise TakenError(f"Another program is storing the article {article.origin!r}. Try again.")
        row = int(inserted[0])
        self._connection.executemany(
            "INSERT INTO chunks (id, article, position, spans, vector) VALUES (?, ?, ?, ?, ?)",
            [
                (chunk.id, row, chunk.position, pack_spans(chunk), pack_vector(vector))
                for chunk, vector in zip(prepared.chunks, prepared.vectors, strict=True)
            ],
        )
        return row

    def _recount(self, articles: int, *, plus: list[int], minus: list[int]) -> None:
        chunks = "SELECT count(*) FROM chunks WHERE article = ANY(?)"
        added = self._one(chunks, plus)[0] - self._one(chunks, minus)[0]
        for key, change in (("articles", articles), ("chunks", added)):
            self._run(
                "UPDATE meta SET value = CAST(CAST(value AS bigint) + ? AS text) WHERE key = ?", change, key
            )

    def _rows(self, query: str, *values: object) -> list[Any]:
        return [row for (row,) in self._connection.execute(query, values)]

    def _one(self, query: str, *values: object) -> Any:  # noqa: ANN401  # a row has what was asked for
        return self._connection.execute(query, values).fetchone()

    def _run(self, statement: str, *values: object) -> int:
        return self._connection.execute(statement, values).rowcount


COUNTS = {
    "articles": "SELECT count(*) FROM articles WHERE state = 'live'",
    "chunks": "SELECT count(*) FROM chunks c JOIN articles a ON a.row = c.article AND a.state = 'live'",
}
"""How the counters in `meta` are counted, which every writer keeps: counting 300,000 chunks takes 0.1 s."""


def check_fits(article: Article) -> None:
    """Raise `SourceError` for an article that PostgreSQL can't hold."""
    check_storable(article)
    known = (article.title, article.origin, article.source, article.url, article.language, article.section)
    shown = article.origin.replace("\0", "")
    if any("\0" in (each or "") for each in (article.text, *known, *article.authors, article.dated_by)):
        raise SourceError(shown, "a NUL character is in its text or its data, which PostgreSQL can't hold")
    if len((article.source or "").encode()) > LONGEST_KEY:
        raise SourceError(shown, f"the name of its paper is longer than {LONGEST_KEY:,} bytes")
