"""The record: every article, chunk and vector in one database, the only truth of a library.

A row's state says how far its writing has come; readers see `live` rows only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from ingest.article import Article, Chunk
from ingest.errors import LibraryDamagedError
from ingest.storage import audience, schema
from ingest.storage.audience import visible
from ingest.storage.packing import sentences_of, unpack_vector
from ingest.storage.rows import ARTICLE_COLUMNS, article_of, day_of, loose_columns
from ingest.storage.sqlite_store import SqliteStore
from ingest.storage.summary import SUMMARIES, ArticleSummary, summary_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from numpy.typing import NDArray

    from ingest.storage.filters import Filters
    from ingest.storage.store import Connection, Store

ENTRY_COLUMNS = f"c.row, c.position, c.spans, c.vector, c.article, a.id, a.version, a.kin, {ARTICLE_COLUMNS}"
LIVE = "chunks c JOIN articles a ON a.row = c.article AND a.state = 'live'"

After = tuple[int, int]
"""Where to go on reading what has become live: a generation, which a file doesn't note (0), and a row."""


@dataclass(frozen=True, slots=True)
class Meta:
    """What the record says about the library as a whole.

    `vectors` and `keywords` name the two indexes: a folder by its number, an index on a server by its
    collections. A rebuilt index gets a new name, so that switching to it is one write here. `unneeded` are
    those on a server that may still be there though the library needs them no more.
    """

    schema: int
    embedder: str
    dimension: int
    generation: int
    vectors: str
    keywords: str
    unneeded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LiveChunk:
    """A live chunk with all that an index needs of it; `row` tells where to go on reading."""

    row: int
    chunk: Chunk
    article: Article
    vector: NDArray[np.float32]
    group: str


@dataclass(frozen=True, slots=True)
class Version:
    """A version of an article that is kept: live, or replaced since; `added` is as the record has it."""

    row: int
    article: Article
    added: str
    live: bool


class Record:
    """A record, read by any number of threads. Writing is in `ingest.storage.journal`."""

    def __init__(self, store: Store) -> None:
        self.store = store

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the existing record in a file, or raise the error that says what is wrong with it."""
        record = cls(SqliteStore(path))
        with schema.sqlite_errors(path):
            if not schema.has_tables(path):
                raise LibraryDamagedError(
                    f"The record {str(path)!r} is empty. {schema.REPAIR}", "it is empty"
                )
        record.meta()
        return record

    def seen_by(self, groups: frozenset[str]) -> Self:
        """Return the same record with nothing in it but what some groups may see."""
        return type(self)(self.store.seen_by(groups))

    def close(self) -> None:
        """Close every connection, those that are lent when they come back."""
        self.store.close()

    def reading(self) -> AbstractContextManager[Connection]:
        """Lend a connection that can only read; the engine's errors come out as ours."""
        return self.store.reading()

    def meta(self) -> Meta:
        """Read the library's data about itself."""
        with self.reading() as connection:
            found = dict(connection.execute("SELECT key, value FROM meta"))
        try:
            schema_number, dimension, generation = (
                int(found[key]) for key in ("schema", "dimension", "generation")
            )
            embedder, vectors, keywords = (found[key] for key in ("embedder", "vectors", "keywords"))
            unneeded = tuple(found.get("unneeded", "").split())
            return Meta(schema_number, embedder, dimension, generation, vectors, keywords, unneeded)
        except (KeyError, ValueError) as error:
            raise LibraryDamagedError(
                f"The record {self.store.name!r} lacks {error}. {schema.REPAIR}", f"it lacks {error}"
            ) from error

    def versions(self, article_ids: Collection[str] | None = None) -> dict[str, str]:
        """Map the id of every live article, or of those asked for, to its version."""
        chosen = "" if article_ids is None else " AND id = ANY(?)"
        values = () if article_ids is None else (list(article_ids),)
        query = f"SELECT id, version FROM articles WHERE state = 'live'{chosen}"
        with self.reading() as connection:
            return dict(connection.execute(query, values))

    def holders(self, content: str) -> list[tuple[str, str]]:
        """Return id and version of the live articles that have this content (see `rows.content_of`)."""
        query = "SELECT id, version FROM articles WHERE content = ? AND state = 'live' ORDER BY row"
        with self.reading() as connection:
            return [(article_id, version) for article_id, version in connection.execute(query, (content,))]

    def is_fresh(self, article: Article) -> bool:
        """Say whether a live article has all that may change of it without making another version."""
        columns = loose_columns(article)
        query = f"SELECT {', '.join(columns)} FROM articles WHERE id = ? AND state = 'live'"
        with self.reading() as connection:
            return bool(connection.execute(query, (article.id,)).fetchone() == tuple(columns.values()))

    def found_at(self, origin: str) -> list[str]:
        """Return the ids of the live articles that were read from a place."""
        query = "SELECT id FROM articles WHERE origin = ? AND state = 'live'"
        with self.reading() as connection:
            return [article_id for (article_id,) in connection.execute(query, (origin,))]

    def vectors(self, article_id: str, version: str) -> list[tuple[Chunk, NDArray[np.float32]]]:
        """Return the chunks of a live article, if it has this version, with their vectors."""
        entries = self.entries("a.id = ? AND a.version = ? ORDER BY c.row", article_id, version)
        return [(entry.chunk, entry.vector) for entry in entries]

    def count(self) -> tuple[int, int]:
        """Count the live articles and their chunks."""
        with self.reading() as connection:
            articles = connection.execute("SELECT count(*) FROM articles WHERE state = 'live'").fetchone()
            chunks = connection.execute(f"SELECT count(*) FROM {LIVE}").fetchone()
        return articles[0], chunks[0]

    def span(self) -> tuple[date | None, date | None]:
        """Return the first and the last publication date."""
        query = "SELECT min(published), max(published) FROM articles WHERE state = 'live'"
        with self.reading() as connection:
            first, last = connection.execute(query).fetchone()
        return day_of(first), day_of(last)

    def sources(self) -> list[str]:
        """Return the names of all sources, in alphabetical order."""
        query = "SELECT DISTINCT source FROM articles WHERE state = 'live' AND source <> '' ORDER BY source"
        with self.reading() as connection:
            return [source for (source,) in connection.execute(query)]

    def papers_of(self, article_ids: Collection[str]) -> set[str]:
        """Return the names of the sources of some live articles."""
        query = """SELECT DISTINCT source FROM articles WHERE state = 'live' AND source <> ''
            AND id = ANY(?)"""
        with self.reading() as connection:
            return {source for (source,) in connection.execute(query, (list(article_ids),))}

    def last_added(self) -> dict[str, datetime]:
        """Return when an article of each source was last added, in UTC."""
        query = """SELECT source, max(added) FROM articles
            WHERE state = 'live' AND source <> '' GROUP BY source"""
        with self.reading() as connection:
            rows = connection.execute(query).fetchall()
        return {source: datetime.fromisoformat(added).astimezone(UTC) for source, added in rows}

    def group_of(self, article_id: str) -> str | None:
        """Return the near-duplicate group of a live article: its own id while it is alone."""
        query = "SELECT coalesce(kin, id) FROM articles WHERE id = ? AND state = 'live'"
        with self.reading() as connection:
            row = connection.execute(query, (article_id,)).fetchone()
        return row[0] if row else None

    def group_members(self, group: str) -> list[tuple[str, str | None]]:
        """Return id and source of the live articles of a group, in order of id."""
        query = """SELECT id, source FROM articles WHERE state = 'live' AND kin = ?
            UNION SELECT id, source FROM articles WHERE state = 'live' AND kin IS NULL AND id = ?"""
        with self.reading() as connection:
            rows = connection.execute(
                f"SELECT * FROM ({query}) AS members ORDER BY id", (group, group)
            ).fetchall()
        return [tuple(row) for row in rows]

    def articles(self) -> list[ArticleSummary]:
        """List the live articles, newest publication first and unknown dates last."""
        with self.reading() as connection:
            groups = audience.restricted(connection)
            return [summary_of(row, groups) for row in connection.execute(SUMMARIES)]

    def audience(self) -> dict[str, frozenset[str]]:
        """Map the ids of articles that are for some groups alone to these."""
        with self.reading() as connection:
            return audience.restricted(connection)

    def restricted_sources(self) -> dict[str, frozenset[str]]:
        """Map the sources whose articles are for some groups to these."""
        with self.reading() as connection:
            return audience.restricted_sources(connection)

    def audience_state(self) -> tuple[int, int]:
        """Return what is another whenever articles are for other groups than before."""
        with self.reading() as connection:
            noted = connection.execute("SELECT count(*) FROM audience").fetchone()[0]
        return self.meta().generation, noted

    def hidden_from(self, groups: frozenset[str]) -> list[str]:
        """Return the ids of the articles that some groups may not see."""
        return [article_id for article_id, names in self.audience().items() if not names & groups]

    def article(self, article_id: str, version: str | None = None) -> Article | None:
        """Return the live version of an article, or the version asked for if it is still kept."""
        query = f"SELECT {ARTICLE_COLUMNS} FROM articles a WHERE id = ? AND "
        wanted = "state = 'live'" if version is None else "state IN ('live', 'retired') AND version = ?"
        values = (article_id,) if version is None else (article_id, version)
        with self.reading() as connection:
            row = connection.execute(query + wanted, values).fetchone()
        return article_of(row) if row else None

    def live(self, chunk_ids: Collection[str], filters: Filters | None) -> dict[str, NDArray[np.float32]]:
        """Map those of the chunks that may be shown to their vectors."""
        allowed, values = _allowed(filters)
        query = f"SELECT c.id, c.vector FROM {LIVE} WHERE c.id = ANY(?){allowed}"
        with self.reading() as connection:
            rows = connection.execute(query, (list(chunk_ids), *values))
            return {chunk_id: unpack_vector(vector) for chunk_id, vector in rows}

    def chunks(self, chunk_ids: Collection[str]) -> dict[str, LiveChunk]:
        """Map those of the chunks that are live to themselves, their articles and vectors."""
        return {entry.chunk.id: entry for entry in self.entries("c.id = ANY(?)", list(chunk_ids))}

    def entries(self, condition: str, *values: object) -> list[LiveChunk]:
        """Return the live chunks `c` of articles `a` that meet a condition in SQL."""
        query = f"SELECT {ENTRY_COLUMNS} FROM {LIVE} WHERE {condition}"
        with self.reading() as connection:
            return list(_entries(connection.execute(query, values)))

    def allowed_articles(self, filters: Filters | None) -> NDArray[np.int64]:
        """Return the row numbers of the live articles that the filters let through."""
        allowed, values = _allowed(filters)
        with self.reading() as connection:
            rows = connection.execute(f"SELECT a.row FROM articles a WHERE a.state = 'live'{allowed}", values)
            return np.fromiter((row for (row,) in rows), dtype=np.int64)

    def chunk_ids(self) -> set[str]:
        """Return the id of every live chunk."""
        with self.reading() as connection:
            return {chunk_id for (chunk_id,) in connection.execute(f"SELECT c.id FROM {LIVE}")}

    def vectors_after(self, after: After, limit: int) -> list[tuple[After, int, str, bytes]]:
        """Return up to `limit` live chunks that came after a place: place, article's row, id, vector."""
        query = f"SELECT c.row, c.article, c.id, c.vector FROM {LIVE} WHERE c.row > ? ORDER BY c.row LIMIT ?"
        with self.reading() as connection:
            rows = connection.execute(query, (after[1], limit))
            return [((0, row), article, chunk_id, vector) for row, article, chunk_id, vector in rows]

    def vectors_allowed(self, filters: Filters, limit: int) -> list[tuple[str, bytes]]:
        """Return id and vector of up to `limit` live chunks that the filters let through."""
        allowed, values = _allowed(filters)
        with self.reading() as connection:
            rows = connection.execute(f"SELECT c.id, c.vector FROM {LIVE}{allowed} LIMIT ?", (*values, limit))
            return rows.fetchall()

    def everything(self, size: int) -> Iterator[list[LiveChunk]]:
        """Yield all live chunks with all that an index needs, `size` at a time."""
        last = 0
        while True:
            entries = self.entries("c.row > ? ORDER BY c.row LIMIT ?", last, size)
            if not entries:
                return
            yield entries
            last = entries[-1].row

    def sample(self, size: int) -> dict[str, NDArray[np.float32]]:
        """Return live chunks spread evenly over the library, with their vectors."""
        query = "SELECT id, vector FROM chunks WHERE row = ANY(?)"
        with self.reading() as connection:
            rows = [row for (row,) in connection.execute(f"SELECT c.row FROM {LIVE} ORDER BY c.row")]
            places = np.linspace(0, len(rows) - 1, min(size, len(rows))).astype(int)
            chosen = [rows[place] for place in places]
            found = connection.execute(query, (chosen,))
            return {chunk_id: unpack_vector(vector) for chunk_id, vector in found}

    def count_versions(self) -> int:
        """Count the versions of articles that are kept."""
        with self.reading() as connection:
            query = "SELECT count(*) FROM articles WHERE state IN ('live', 'retired')"
            return int(connection.execute(query).fetchone()[0])

    def versions_after(self, row: int, limit: int) -> list[Version]:
        """Return up to `limit` versions that are kept, in the order in which they were stored."""
        query = f"""SELECT a.row, a.added, a.state, {ARTICLE_COLUMNS} FROM articles a
            WHERE a.state IN ('live', 'retired') AND a.row > ? ORDER BY a.row LIMIT ?"""
        with self.reading() as connection:
            rows = connection.execute(query, (row, limit)).fetchall()
        return [
            Version(number, article_of(columns), added, live=state == "live")
            for number, added, state, *columns in rows
        ]

    def unfinished(self) -> bool:
        """Say whether a write was cut short, or is under way."""
        with self.reading() as connection:
            return connection.execute(f"SELECT 1 {schema.UNFINISHED} LIMIT 1").fetchone() is not None


def _entries(rows: Iterable[Sequence[Any]]) -> Iterator[LiveChunk]:
    articles: dict[int, Article] = {}
    for row, position, spans, vector, article_row, article_id, version, group, *columns in rows:
        if article_row not in articles:
            articles[article_row] = article_of(columns)
        article = articles[article_row]
        chunk = Chunk(article_id, version, position, sentences_of(article.text, spans))
        yield LiveChunk(row, chunk, article, unpack_vector(vector), group or article_id)


def _allowed(filters: Filters | None) -> tuple[str, list[object]]:
    """Say in SQL what `Filters.allows` says (a property test holds the two together)."""
    conditions: list[str] = []
    values: list[object] = []
    if filters is None:
        return "", []
    if filters.article_ids:
        conditions.append("a.id = ANY(?)")
        values.append(sorted(filters.article_ids))
    if filters.without:
        conditions.append("a.id <> ALL(?)")
        values.append(sorted(filters.without))
    if filters.sources:
        conditions.append("coalesce(a.source, '') = ANY(?)")
        values.append(sorted(filters.sources))
    if filters.languages:
        conditions.append("a.language = ANY(?)")
        values.append(sorted(filters.languages))
    if filters.groups is not None:
        conditions.append(visible("a.id", "u.name = ANY(?)"))
        values.append(sorted(filters.groups))
    if filters.published_from or filters.published_to:
        conditions.append("CASE WHEN a.published IS NULL THEN ? ELSE a.published BETWEEN ? AND ? END")
        first = filters.published_from or date.min
        last = filters.published_to or date.max
        values += [filters.undated, first.isoformat(), last.isoformat()]
    return "".join(f" AND {condition}" for condition in conditions), values
