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
from ingest.storage import groups
from ingest.storage.folder import NO_INDEX_YET
from ingest.storage.journal import Leftovers
from ingest.storage.packing import check_storable
from ingest.storage.postgresql import guard, late_duplicates, pending
from ingest.storage.postgresql.store import PostgresConnection, postgres_errors
from ingest.storage.postgresql.tables import LONGEST_KEY
from ingest.storage.rows import loose_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from ingest.article import Article
    from ingest.storage.journal import Prepared
    from ingest.storage.postgresql.store import PostgresStore

CUT_OFF = (
    "This program was cut off from the database {name!r} for so long that others undid what it was storing. "
    "Nothing that was stored is lost; run it again."
)

TAKEN = "Another program is storing the article {origin!r}. Try again."
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
        # Always in the same order: one of two writers waits for the other, never each for each.
        ordered = sorted(batch, key=lambda each: each.article.id)
        signatures = [groups.signature(each.article.text) for each in ordered]
        with self._bare_transaction():
            inserted = pending.insert_articles(self._connection, ordered, signatures, self.number)
            rows = []
            for prepared, row in zip(ordered, inserted, strict=True):
                if row is None:
                    raise TakenError(TAKEN.format(origin=prepared.article.origin))
                rows.append(row)
            pending.copy_chunks(self._connection, ordered, rows)
            pending.note_bands(self._connection, signatures, rows)
        return rows

    def publish(self, rows: Sequence[int], vectors: str = NO_INDEX_YET) -> None:
        """Make pending versions live and retire what they replace, in one step.

        Args:
            rows: What `begin` returned.
            vectors: The name of the index in which their vectors were stored.

        Raises:
            IndexMovedError: another index has taken its place.
        """
        published = list(rows)
        with postgres_errors(self._store.address):
            looked = late_duplicates.look(self._connection, published)
            (chunks,) = self._one(CHUNKS_OF, published)
        with self._numbered() as generation:
            if self._one("SELECT value FROM meta WHERE key = 'vectors'")[0] != vectors:
                raise IndexMovedError(MOVED.format(name=self._store.name))
            replaced = self._rows(
                """SELECT row FROM articles WHERE state = 'live' AND id IN
                (SELECT id FROM articles WHERE row = ANY(?))""",
                published,
            )
            if replaced:
                chunks -= self._retire(replaced, generation)
            made = self._run(
                """UPDATE articles SET state = 'live', writer = NULL, changed = ?
                WHERE row = ANY(?) AND state = 'pending' AND writer = ?""",
                generation,
                published,
                self.number,
            )
            if made != len(published):
                raise LibraryError(CUT_OFF.format(name=self._store.name))
            late_duplicates.join(self._connection, looked)
            self._recount(len(published) - len(replaced), chunks)

    def _retire(self, replaced: list[int], generation: int) -> int:
        """Let newer versions take the place of articles; return how many chunks these had."""
        groups.leave(self._connection, replaced)
        self._run(
            "UPDATE articles SET state = 'retired', writer = ?, changed = ? WHERE row = ANY(?)",
            self.number,
            generation,
            replaced,
        )
        self._run(
            """DELETE FROM places WHERE article <> holder AND holder IN
            (SELECT id FROM articles WHERE row = ANY(?))""",
            replaced,
        )
        return int(self._one(CHUNKS_OF, replaced)[0])

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
            self._recount(-len(live), -self._one(CHUNKS_OF, live)[0])
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
        with postgres_errors(self._store.address):
            if not self._rows("SELECT 1 FROM articles WHERE writer = ANY(?) LIMIT 1", numbers):
                return
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
            pending.delete_pending(self._connection, numbers)

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

    def _recount(self, articles: int, chunks: int) -> None:
        self._run(
            """UPDATE meta SET value = CAST(
                CAST(value AS bigint) + CASE key WHEN 'articles' THEN CAST(? AS bigint) ELSE ? END AS text)
                WHERE key IN ('articles', 'chunks')""",
            articles,
            chunks,
        )

    def _rows(self, query: str, *values: object) -> list[Any]:
        return [row for (row,) in self._connection.execute(query, values)]

    def _one(self, query: str, *values: object) -> Any:  # noqa: ANN401  # a row has what was asked for
        return self._connection.execute(query, values).fetchone()

    def _run(self, statement: str, *values: object) -> int:
        return self._connection.execute(statement, values).rowcount


CHUNKS_OF = "SELECT count(*) FROM chunks WHERE article = ANY(?)"
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
