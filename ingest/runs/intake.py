"""Decides on each item that was read: to be stored, unchanged, an exact copy, a failure, gone.

It also keeps the books of a run: which source has which article, noted once the article is stored.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.article import Article
from ingest.errors import SourceError
from ingest.readers.common.exported import Exported, SourceGroups, article_of
from ingest.readers.common.items import Gone, Listed
from ingest.readers.sources import is_address
from ingest.report import Failure
from ingest.runs.audience import Audience
from ingest.runs.batches import Copy, Work
from ingest.storage.packing import check_storable
from ingest.storage.places import Place
from ingest.storage.rows import copy_content
from ingest.text.chunks import embedding_text, make_chunks
from ingest.text.languages import language_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from ingest.article import Chunk
    from ingest.fetch.outcome import Validators
    from ingest.readers.common.items import Item, Unchanged
    from ingest.runs.sync import Visit
    from ingest.runs.tally import RunTally
    from ingest.storage.library import Library

logger = logging.getLogger(__name__)

NO_SENTENCES = "no sentences in it; check that the file holds the article's text"
COPY_LOST = "a copy of an article that could not be stored; ingest it alone"
ARTICLE_WENT_WRONG = "something went wrong inside Footnote ({error}); the other articles went on"
NOT_NAMED = (
    "That what is read from {source!r} is for some groups alone was not noted. "
    "Ingest this export by its own name, or that source with --group."
)
NOTED_AT_ONCE = 1000  # articles that nothing is stored of: noted in one transaction


class Intake:
    """The decisions of one run, by what the library holds and what the run has read so far.

    `only` are the ids of the articles that may come, where that is known: it need not look at others then.
    `groups` are those that all of it is for, if they were named.
    """

    def __init__(
        self,
        library: Library,
        tally: RunTally,
        only: Collection[str] | None = None,
        *,
        groups: frozenset[str] = frozenset(),
    ) -> None:
        self._library = library
        self._tally = tally
        self._versions = library.versions(only)
        self._contents: dict[tuple[str, frozenset[str]], tuple[str, str]] = {}
        self._waiting: dict[str, list[tuple[str, Place]]] = {}
        self._ready: list[tuple[str, Place]] = []
        self._heard: dict[str, dict[str, Validators]] = {}
        self._said: dict[str, Validators] = {}
        self._refreshed: dict[str, Article] = {}
        self._unchanged: set[str] = set()
        self._read_at: dict[str, str] = {}
        self._papers: set[str] = set()
        self.audience = Audience(library, groups)
        self.copies: dict[str, Copy] = {}
        self.gone: list[str] = []

    def works(self, found: Iterable[tuple[Visit | None, Item]]) -> Iterator[Work]:
        """Yield what has to be stored, and see to everything else."""
        for visit, item in found:
            if isinstance(item, Article | Exported):
                article, export = article_of(item), item if isinstance(item, Exported) else None
                language = language_of(article.text, article.language)
                if language != article.language:
                    article = replace(article, language=language)
                yield from self._article(article, visit, export)
            elif isinstance(item, Failure):
                self._tally.failed(item)
                if visit:
                    visit.missed(item)
            elif isinstance(item, Gone):
                self.gone.append(item.origin)
            elif visit is None:
                continue
            elif isinstance(item, SourceGroups):
                self._told(item, visit)
            elif isinstance(item, Listed):
                visit.listed(item)
                self._tally.passed_over(item.passed)
            else:
                self._same(item, visit)

    def stored(self, batch: Sequence[Work]) -> None:
        """Note what is now safe in the library."""
        public: list[tuple[str, str, str | None]] = []
        for work in batch:
            places = self._waiting.pop(work.article.id, [])
            if not (work.known or work.groups):
                source = places[0][0] if places else None
                read_at = self._read_at.get(work.article.id, work.article.origin)
                public += [(work.article.id, place, source) for place in {work.article.origin, read_at}]
            self._ready += places
            self._said |= self._heard.pop(work.article.id, {})
            self._read_at.pop(work.article.id, None)
        self._tally.stored(batch)
        self.note()
        self.audience.after(public)

    def note(self) -> None:
        """Write down what is ready to be noted."""
        if self._ready or self._said:
            self._library.places.note(self._ready, self._said)
        if self._refreshed:
            self._library.refresh(list(self._refreshed.values()))
        self.audience.note()
        self._ready, self._said, self._refreshed = [], {}, {}

    def papers_read(self) -> set[str]:
        """Return the names of the papers that the run has read, also where nothing was new."""
        return self._papers | self._library.papers_of(self._unchanged)

    def bereft(self, doomed: Collection[str]) -> Iterator[Work]:
        """Yield the duplicates to store now because their original goes: replaced by other text, or `doomed`.

        This happens when files are renamed or rotated, or records are inserted into one: the text of one
        place is then read at the next. A replaced version keeps its text, so copies are not held in memory.
        """
        self._contents.clear()
        for article_id, copy in self.copies.items():
            if article_id in self._versions:
                continue
            holders = [
                each
                for each in self._library.holders(copy.content)
                if each[0] not in doomed and self.audience.of(each[0]) == copy.groups
            ]
            if holder := self._contents.get((copy.content, copy.groups)) or (holders[0] if holders else None):
                if copy.source and holder[0] != copy.original_id:
                    self._ready.append((copy.source, Place(article_id, copy.origin, holder[0])))
                continue
            self._tally.unskipped()
            original = self._library.article(copy.original_id, version=copy.original_version)
            if original is None:
                self._tally.failed(Failure(copy.origin, COPY_LOST))
            elif chunks := self._chunks_of(article := copy.article(original.text)):
                yield self._work(article, chunks, copy.source, copied=copy)

    def went_wrong(self, article: Article, error: Exception) -> None:
        """Report an article that could not be stored, by a fault that is not its own."""
        logger.debug("article %s", article.id, exc_info=error)
        self._tally.failed(Failure(article.origin, ARTICLE_WENT_WRONG.format(error=type(error).__name__)))

    def refused(self, error: SourceError) -> None:
        """Report an article that can't be held here."""
        self._tally.failed(Failure(error.source, error.reason))

    def _told(self, item: SourceGroups, visit: Visit) -> None:
        """Note for which groups an export has a source, if it is the very file that somebody named.

        Else any file among many, or any server, could take from others what is read elsewhere.
        """
        named = item.place == visit.name or item.place.startswith(f"{visit.name}#")
        if named and not is_address(visit.name):
            self.audience.tell(item.source, item.groups)
        else:
            self._tally.failed(Failure(item.place, NOT_NAMED.format(source=item.source)))

    def _article(self, article: Article, visit: Visit | None, export: Exported | None) -> Iterator[Work]:
        source = visit.name if visit else None
        if article.source:
            self._papers.add(article.source)
        if visit:
            visit.seen.add(article.id)
            if said := visit.said.pop(article.origin, None):
                self._heard.setdefault(article.id, {})[article.origin] = said
        if export and article.id in self._versions:
            self.audience.known(article.id, export.groups)
        groups = self.audience.coming(article, source, export)
        if holder := self._holder(article, source, groups):
            self._tally.skipped(article)
            self._said |= self._heard.pop(article.id, {})
            if visit:
                self._place(visit, Place(article.id, article.origin, holder))
        elif chunks := self._chunks_of(article):
            if export:
                self._read_at[article.id] = export.place
            yield self._work(article, chunks, source, groups=groups)

    def _same(self, item: Unchanged, visit: Visit) -> None:
        for place in visit.unchanged(item.origin):
            self._tally.same(item.origin)
            self._unchanged.add(place.holder)
            if place.holder == place.article:  # else it is another source's, of which nothing was said
                self.audience.known(place.holder)
            self._place(visit, place)

    def _place(self, visit: Visit, place: Place) -> None:
        if visit.known.get(place.article) != place:
            self._ready.append((visit.name, place))
        if len(self._ready) + len(self._said) + len(self._refreshed) >= NOTED_AT_ONCE:
            self.note()

    def _work(
        self,
        article: Article,
        chunks: tuple[Chunk, ...],
        source: str | None,
        *,
        groups: frozenset[str] = frozenset(),
        copied: Copy | None = None,
    ) -> Work:
        vectors = self._stored_vectors(copied.original_id if copied else article.id)
        groups = copied.groups if copied else groups
        is_known = article.id in self._versions
        if is_known or self.audience.of(article.id):  # which is noted of what was removed, too
            self.audience.known(article.id)
            self.audience.note()  # before it is stored: at no moment are others to see the new version
        self.audience.stored(article.id, groups)
        work = Work(article, chunks, known=is_known, vectors=vectors, groups=groups)
        self._versions[article.id] = article.version
        self._contents[copy_content(article), groups] = (article.id, article.version)
        if source:
            place = Place(article.id, article.origin, article.id)
            self._waiting.setdefault(article.id, []).append((source, place))
        return work

    def _holder(self, article: Article, source: str | None, groups: frozenset[str]) -> str | None:
        """Return the article that holds this version or, for another place, an exact copy of the same groups.

        An article that changed into a copy of another is not skipped: its older version has to go.
        """
        if article.id in self._versions:
            if self._versions[article.id] != article.version:
                return None
            if not self._library.is_fresh(article) and article.id not in self._waiting:
                self._refreshed[article.id] = article
            self.audience.known(article.id)
            return article.id
        content = copy_content(article)
        stored = (each for each in self._library.holders(content) if self.audience.of(each[0]) == groups)
        original = self._contents.get((content, groups)) or next(stored, None)
        if original is None:
            return None
        self.copies[article.id] = replace(Copy.of(article, content, *original), source=source, groups=groups)
        return original[0]

    def _stored_vectors(self, article_id: str) -> dict[str, NDArray[np.float32]]:
        """Return the vectors of what is stored under an id, by the text that they were made of."""
        version = self._versions.get(article_id)
        stored = self._library.article(article_id, version=version) if version else None
        if stored is None or version is None:
            return {}
        return {
            embedding_text(stored, chunk): vector
            for chunk, vector in self._library.vectors(article_id, version)
        }

    def _chunks_of(self, article: Article) -> tuple[Chunk, ...]:
        try:
            check_storable(article)
            chunks = make_chunks(article)
        except SourceError as error:
            self.refused(error)
            return ()
        except Exception as error:  # noqa: BLE001  # one bad article never stops the others
            self.went_wrong(article, error)
            return ()
        if not chunks:
            self._tally.failed(Failure(article.origin, NO_SENTENCES))
        return chunks
