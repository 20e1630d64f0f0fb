"""The library: what is written through one protocol over record and indexes, and what a search finds.

Writing: new versions go into the record as pending, then into both indexes, then one transaction makes
them live; what they replaced is cleaned up. Until that transaction nothing is visible, after it
everything is, and opening for writing finishes or undoes whatever a crash cut short.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Self

from ingest.audience import group_names
from ingest.database_address import DatabaseAddress, home_of
from ingest.errors import LibraryError, SettingsError
from ingest.settings import settings_for
from ingest.storage import audience, folder
from ingest.storage.index_reader import Readable, ReaderIndexes
from ingest.storage.journal import Prepared
from ingest.storage.last_read import last_read
from ingest.storage.lock import WriterLock
from ingest.storage.places import Places
from ingest.storage.postgresql.opening import open_database
from ingest.storage.rows import columns_of
from ingest.storage.salvage import finish_salvage
from ingest.storage.schema import RECORD_FILE
from ingest.storage.search import ChunkSearch
from ingest.storage.second_vectors import SecondVectors
from ingest.storage.seen_words import SeenWords
from ingest.storage.summary import ArticleSummary
from ingest.storage.vector_place import vector_home, vector_reader
from ingest.storage.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path
    from types import TracebackType

    import numpy as np
    from numpy.typing import NDArray

    from ingest.article import Article, Chunk
    from ingest.database_address import LibraryLocation
    from ingest.settings import LibrarySettings
    from ingest.storage.filters import Filters
    from ingest.storage.hits import Hit
    from ingest.storage.library_writer import LibraryWriter
    from ingest.storage.near_spellings import Spelling
    from ingest.storage.record import Record

__all__ = ["ArticleSummary", "Library", "Prepared"]

READING_ONLY = "FOOTNOTE_GROUPS names groups: nothing is written then. Leave it out to do this."


@dataclass(frozen=True, slots=True)
class Part:
    """What some groups may see of a library: the whole, the groups, and what searches that part."""

    whole: Library
    groups: frozenset[str]
    search: ChunkSearch


class Library:
    """Articles that can be searched, in a folder or a database. Reading is safe from many threads at once.

    `place` is where it is; `path` is a folder on this machine: the library's own, or that for what goes with
    one in a database.
    """

    def __init__(
        self,
        place: LibraryLocation,
        record: Record,
        readable: Readable,
        writer: LibraryWriter | None = None,
        *,
        part: Part | None = None,
    ) -> None:
        self.place = place
        self.path = home_of(place)
        self._record = record
        self._readable = readable
        self._writer = writer
        self._part = part
        self._search = part.search if part else ChunkSearch(record, readable)
        self._parts: dict[frozenset[str], Library] = {}
        self._lock = Lock()

    @classmethod
    def open(  # every one of them is a decision of the caller
        cls,
        place: LibraryLocation | LibrarySettings,
        *,
        embedder: str | None = None,
        dimension: int | None = None,
        write: bool = False,
        create: bool = False,
        wait: float = 2.0,
    ) -> Library:
        """Open a library; where the place or the settings name groups, nothing but what they may see.

        Listing, reading and removing need no embedder. Name it to search or to put; to make a library,
        name its dimension too.

        Args:
            place: Its folder, or its database; or settings that name it, by which its vectors are kept.
            embedder: Name of what makes the vectors; a library never mixes two, so another is refused.
            dimension: Length of the vectors; another is refused. Providers may have to be asked for it.
            write: Take the writer's lock until `close`, and finish or undo what a crash left.
            create: Make the library if there is none.
            wait: Seconds to wait for another writer; in a database nobody has to.
        """
        settings = settings_for(place)
        if settings.groups is not None:
            if write:
                raise SettingsError(READING_ONLY)
            return cls._open(settings, embedder, dimension, create=create).seen_by(settings.groups)
        return cls._open(settings, embedder, dimension, write=write, create=create, wait=wait)

    @classmethod
    def _open(  # what `open` takes
        cls,
        settings: LibrarySettings,
        embedder: str | None,
        dimension: int | None,
        *,
        write: bool = False,
        create: bool = False,
        wait: float = 2.0,
    ) -> Self:
        path = settings.library
        if isinstance(path, DatabaseAddress):
            record, readable, writer = open_database(
                settings, path, embedder, dimension, write=write, create=create
            )
            return cls(path, record, readable, writer)
        if create and (write or not folder.has_record(path)):
            folder.make(path)
        else:
            folder.check_exists(path)
        if write:
            return cls._writing(path, settings, embedder, dimension, wait)
        if (create and not folder.has_record(path)) or folder.is_outdated(path):
            cls._writing(path, settings, embedder, dimension, wait).close()
        opened = folder.open_record(path, embedder, dimension)
        return cls(path, opened, ReaderIndexes(path, opened, vector_reader(path, settings, opened)))

    @classmethod
    def _writing(
        cls, path: Path, settings: LibrarySettings, embedder: str | None, dimension: int | None, wait: float
    ) -> Self:
        lock = WriterLock.acquire(path, wait=wait)
        try:
            finish_salvage(path / RECORD_FILE)
            if not folder.has_record(path):
                folder.create_record(path, embedder, dimension)
            record = folder.open_record(path, embedder, dimension)
            writer = Writer(path, record, lock, vector_home(path, settings))
        except BaseException:
            lock.release()
            raise
        return cls(path, record, writer.indexes, writer)

    def seen_by(self, groups: frozenset[str]) -> Library:
        """Return what some groups may see of the library, to be read; closing one of them closes both."""
        if self._part is not None:
            return self._part.whole.seen_by(groups & self._part.groups)
        with self._lock:
            if groups not in self._parts:
                record = self._record.seen_by(groups)
                search = self._search.part(record, SeenWords(self._record, groups))
                part = Part(self, groups, search)
                self._parts[groups] = Library(self.place, record, self._readable, part=part)
            return self._parts[groups]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every file and release the lock; a second call does nothing."""
        if self._part is not None:
            self._part.whole.close()
            return
        if self._writer is not None:
            self._writer.close()
        self._readable.close()
        for part in self._parts.values():
            part.record.close()
        self._record.close()

    @property
    def whole(self) -> Library:
        """All of the library, of which this may be what some groups may see."""
        return self._part.whole if self._part else self

    @property
    def notices(self) -> list[str]:
        """What a user should know about the library's state, in sentences."""
        return list(self._readable.notices)

    def unreachable(self) -> list[str]:
        """Ask what the library is kept on for a sign of life; return a sentence for each that is away."""
        return self._readable.ping()

    def put(self, batch: Sequence[Prepared]) -> None:
        """Store articles so that all are live, or none; return when they are safe on disk.

        An article replaces its older version; a version that is already live is left as it is. Of
        two versions of one article in a batch, the last counts.
        """
        writer = self._for_writing()
        if any(prepared.groups for prepared in batch):
            writer.guard()
        writer.put(batch)

    def remove(self, article_ids: Collection[str]) -> int:
        """Remove articles with all their versions; return how many there were.

        They are hidden at once, and gone from every file on return: both indexes are written anew,
        because deleting from them leaves words and vectors behind in their files.
        """
        count = self._for_writing().remove(article_ids)
        SecondVectors(self.path).keep_only(self._record.versions())
        return count

    def versions(self, article_ids: Collection[str] | None = None) -> dict[str, str]:
        """Map the id of every article, or of those asked for, to its version."""
        return self._record.versions(article_ids)

    def holders(self, content: str) -> list[tuple[str, str]]:
        """Return id and version of the live articles with this content (see `rows.content_of`)."""
        return self._record.holders(content)

    def found_at(self, origin: str) -> list[str]:
        """Return the ids of the articles that were read from a place."""
        return self._record.found_at(origin)

    def is_fresh(self, article: Article) -> bool:
        """Say whether the stored article has its origin, correction date, language and section too."""
        return self._record.is_fresh(article)

    def refresh(self, articles: Sequence[Article]) -> None:
        """Rewrite origin, correction date, language and section of stored articles, which no index holds."""
        self._for_writing().refresh(articles)

    def vectors(self, article_id: str, version: str) -> list[tuple[Chunk, NDArray[np.float32]]]:
        """Return the chunks of an article with their vectors, if this version is live."""
        return self._record.vectors(article_id, version)

    @property
    def record(self) -> Record:
        """The record, for whoever copies or examines all of it."""
        return self._record

    def keep(self, version: Article, added: str) -> bool:
        """Store the text of a replaced version, for old answers that cite it; return whether it is new here.

        Raises:
            SourceError: it can't be held here.
        """
        writer = self._for_writing()
        writer.check(version)
        columns = columns_of(version, added) | {"state": "retired"}
        marks = ", ".join("?" for _ in columns)
        insert = f"INSERT INTO articles ({', '.join(columns)}) VALUES ({marks}) ON CONFLICT DO NOTHING"
        with writer.journal.transaction() as connection:
            return connection.execute(insert, list(columns.values())).rowcount > 0

    def restrict(
        self, article_ids: Collection[str], groups: Collection[str], *, only_open: bool = False
    ) -> None:
        """Make articles, or those of them that are for all, be for some groups, or without any for all."""
        writer = self._for_writing()
        writer.guard()
        with writer.journal.transaction() as connection:
            audience.restrict(connection, article_ids, group_names(groups), only_open=only_open)

    def restrict_source(self, source: str, groups: Collection[str], *, only_open: bool = False) -> None:
        """Note for which groups the articles are that will be read from a source, or from one for all."""
        writer = self._for_writing()
        writer.guard()
        with writer.journal.transaction() as connection:
            audience.restrict_source(connection, source, group_names(groups), only_open=only_open)

    def audience(self) -> dict[str, frozenset[str]]:
        """Map the ids of the articles that are for some groups alone to these."""
        return self._record.audience()

    def hidden(self) -> list[str]:
        """Return the ids of the articles that are left out of this part of the library."""
        return self._part.whole.record.hidden_from(self._part.groups) if self._part else []

    def restricted_sources(self) -> dict[str, frozenset[str]]:
        """Map the sources whose articles are for some groups to these."""
        return self._record.restricted_sources()

    @property
    def places(self) -> Places:
        """What the library remembers of the sources that its articles came from."""
        return Places(self._record, self._writer.journal if self._writer else None)

    def articles(self) -> list[ArticleSummary]:
        """List the articles, newest publication first and unknown dates last."""
        return self._record.articles()

    def article(self, article_id: str, *, version: str | None = None) -> Article | None:
        """Return an article, or an older version of it; None if it is not here."""
        return self._record.article(article_id, version)

    def group_members(self, article_id: str) -> tuple[str, ...]:
        """Return the ids of an article and its near-duplicates, in order; nothing if it is not here."""
        group = self._record.group_of(article_id)
        return tuple(member for member, _ in self._record.group_members(group)) if group else ()

    def publishers(self, group: str) -> tuple[str, ...]:
        """Return the names of the sources that printed a group (see `Hit.group`), in alphabetical order."""
        return tuple(sorted({source for _, source in self._record.group_members(group) if source}))

    def search(
        self, words: str, vector: NDArray[np.float32], *, filters: Filters | None = None, limit: int = 50
    ) -> list[Hit]:
        """Return the union of the best `limit` chunks by BM25 and the best `limit` by cosine (see `Hit`)."""
        return self._search(words, vector, filters, limit)

    def hits(
        self, near: Mapping[str, float], *, filters: Filters | None = None, limit: int = 50
    ) -> list[Hit]:
        """Return the first `limit` of some chunks, given with their likeness, that are live and pass."""
        return self._search.hits(near, filters, limit)

    def frequencies(self, stems: Sequence[str]) -> tuple[dict[str, int], int]:
        """Return the document frequency of each stem (see `ingest.text.stemming`), and the number of chunks.

        All counts are 0 where the keyword index can't be read.
        """
        return self._search.frequencies(stems)

    def all_having(self, stems: Sequence[str]) -> Iterator[Hit]:
        """Yield, unranked, every live chunk that has the rarest of some stems."""
        return self._search.all_having(stems)

    def absent(self, stems: Sequence[str]) -> set[str]:
        """Return those of the stems that no article has; none where the keyword index can't be read."""
        return self._search.absent(stems)

    def spellings(self, word: str, others: Sequence[str] = (), *, most: int = 1) -> list[Spelling]:
        """Return the words of the articles within `most` edits of a word, nearest first.

        They begin with the same letter; `others` are the stems of other words that each may stand with.
        """
        return self._search.spellings(word, others, most)

    def generation(self) -> int:
        """Return a number that grows whenever what a search can find has changed."""
        return self._record.meta().generation

    def count(self) -> tuple[int, int]:
        """Count articles and chunks."""
        return self._record.count()

    def span(self) -> tuple[date | None, date | None]:
        """Return the first and the last publication date."""
        return self._record.span()

    def sources(self) -> list[str]:
        """Return the names of all sources."""
        return self._record.sources()

    def papers_of(self, article_ids: Collection[str]) -> set[str]:
        """Return the names of the sources of some articles."""
        return self._record.papers_of(article_ids)

    def last_read(self) -> dict[str, datetime]:
        """Return when each paper was last read, in UTC, whether or not anything was new.

        Of a paper that was read before this was noted, it is when its latest article was added.
        """
        added = self._record.last_added()
        noted = last_read(self.place).items()
        return added | {paper: moment for paper, moment in noted if self._part is None or paper in added}

    def _for_writing(self) -> LibraryWriter:
        if self._writer is None:
            raise LibraryError("The library was opened for reading. Open it with write=True.")
        return self._writer
