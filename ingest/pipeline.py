"""`ingest_articles`: read, split, chunk, embed, put, report.

Embedding takes nearly all of the time and leaves Python free while it computes, so it has a thread of
its own: while one batch is embedded, the batch before it is stored and the one after it is read.
At most three batches are in memory, however many articles there are.
"""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from ingest.article import Article
from ingest.batches import Copy, Work, embed_batch, in_batches, prepared
from ingest.chunks import make_chunks
from ingest.embeddings import load_embedder
from ingest.errors import FootnoteError, SourceError
from ingest.library import Library
from ingest.packing import check_storable
from ingest.readers import iter_source
from ingest.readers.formats import TYPES_READ
from ingest.readers.items import ReadOptions
from ingest.report import Failure
from ingest.rows import content_of
from ingest.settings import library_settings
from ingest.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

    import numpy as np
    from numpy.typing import NDArray

    from ingest.article import Chunk
    from ingest.embeddings import Embedder
    from ingest.readers.items import Item
    from ingest.report import IngestReport, Progress
    from ingest.settings import LibrarySettings

logger = logging.getLogger(__name__)

Source = str | Path | Article
NOTHING_FOUND = f"no articles in it; read are {TYPES_READ}"
NO_SENTENCES = "no sentences in it; check that the file holds the article's text"
COPY_LOST = "a copy of an article that could not be stored; ingest it alone"
WENT_WRONG = "something went wrong inside Footnote ({error}); the other articles went on"


def ingest_articles(
    sources: Source | Iterable[Source],
    library: str | Path | None = None,
    *,
    progress: Callable[[Progress], None] | None = None,
    settings: LibrarySettings | None = None,
) -> IngestReport:
    """Put articles into a library, which is made if there is none, and say what happened to each.

    An article that is stored already, unchanged or as an exact copy, is not embedded again. A source
    that can't be read is listed in the report and the others go on. Interrupted, what is stored stays
    stored, and running it again goes on from there.

    Args:
        sources: A file, a folder, an Article, or any number of these.
        library: Folder of the library; by default the one of the settings.
        progress: Called with how far it is, at most ten times a second.
        settings: By default read from the environment and .env.

    Raises:
        FootnoteError: If the settings, the library or the embedder can't be used.
    """
    settings = settings or library_settings()
    several: Iterable[Source] = [sources] if isinstance(sources, str | Path | Article) else sources
    tally = Tally(several, progress)
    embedder = load_embedder(settings)
    path = Path(library or settings.library).expanduser()
    try:
        with Library.open(
            path, embedder=embedder.name, dimension=embedder.dimension, write=True, create=True
        ) as opened:
            _Run(opened, embedder, tally).ingest(_read(several, ReadOptions.of(settings)))
    finally:
        tally.end()
    return tally.report()


class _Run:
    """One ingestion into an open library."""

    def __init__(self, library: Library, embedder: Embedder, tally: Tally) -> None:
        self._library = library
        self._embedder = embedder
        self._tally = tally
        self._versions = library.versions()
        self._contents: dict[str, tuple[str, str]] = {}
        self._copies: dict[str, Copy] = {}
        self._stop = Event()

    def ingest(self, found: Iterable[Item]) -> None:
        """Store what is found, then those copies whose original was replaced meanwhile."""
        self._store_all(self._works(found))
        self._contents.clear()
        self._store_all(self._bereft_copies())

    def _store_all(self, works: Iterable[Work]) -> None:
        """Embed each batch while the one before it is stored and the one after it is read."""
        self._stop.clear()
        pool = ThreadPoolExecutor(1, thread_name_prefix="footnote-embedding")
        waiting: tuple[list[Work], Future[NDArray[np.float32]]] | None = None
        try:
            for batch in in_batches(works):
                vectors = pool.submit(embed_batch, self._embedder, batch, self._stop)
                if waiting:
                    self._store(*waiting)
                waiting = (batch, vectors)
            if waiting:
                self._store(*waiting)
        finally:
            self._stop.set()  # on Ctrl-C the embedder ends after the texts that it has in hand
            pool.shutdown(cancel_futures=True)

    def _works(self, found: Iterable[Item]) -> Iterator[Work]:
        for item in found:
            if isinstance(item, Failure):
                self._tally.failed(item)
            elif not isinstance(item, Article):
                continue
            elif self._is_stored(item):
                self._tally.skipped(item)
            elif chunks := self._chunks_of(item):
                yield self._work(item, chunks)

    def _work(self, article: Article, chunks: tuple[Chunk, ...]) -> Work:
        work = Work(article, chunks, known=article.id in self._versions)
        self._versions[article.id] = article.version
        self._contents[content_of(article)] = (article.id, article.version)
        return work

    def _is_stored(self, article: Article) -> bool:
        """Say whether this version is stored, or a copy of it from somewhere else is.

        An article that changed into a copy of another is not skipped: its older version has to go.
        """
        if article.id in self._versions:
            return self._versions[article.id] == article.version
        content = content_of(article)
        original = self._contents.get(content) or self._library.holder(content)
        if original:
            self._copies[article.id] = Copy.of(article, content, *original)
        return bool(original)

    def _bereft_copies(self) -> Iterator[Work]:
        """Yield the copies that were skipped and whose original this run has replaced by other text.

        So it is when records are inserted into a file or files are rotated: the text of one place
        is met at the next. The replaced version keeps its text, so copies need not be held in memory.
        """
        for article_id, copy in self._copies.items():
            if article_id in self._versions or copy.content in self._contents:
                continue
            if self._library.holder(copy.content):
                continue
            self._tally.unskipped()
            original = self._library.article(copy.original_id, version=copy.original_version)
            if original is None:
                self._tally.failed(Failure(copy.origin, COPY_LOST))
            elif chunks := self._chunks_of(article := copy.article(original.text)):
                yield self._work(article, chunks)

    def _chunks_of(self, article: Article) -> tuple[Chunk, ...]:
        try:
            check_storable(article)
            chunks = make_chunks(article)
        except SourceError as error:
            self._tally.failed(Failure(error.source, error.reason))
            return ()
        except Exception as error:  # noqa: BLE001  # one bad article never stops the others
            self._went_wrong(article, error)
            return ()
        if not chunks:
            self._tally.failed(Failure(article.origin, NO_SENTENCES))
        return chunks

    def _store(self, batch: list[Work], vectors: Future[NDArray[np.float32]]) -> None:
        try:
            self._library.put(prepared(batch, vectors.result()))
        except FootnoteError:
            raise
        except Exception:  # noqa: BLE001  # one of them is bad: find out which, store the others
            for work in batch:
                self._store_alone(work)
        else:
            self._tally.stored(batch)

    def _store_alone(self, work: Work) -> None:
        try:
            self._library.put(prepared([work], embed_batch(self._embedder, [work], self._stop)))
        except FootnoteError:
            raise
        except Exception as error:  # noqa: BLE001  # reported with its name; the others go on
            self._went_wrong(work.article, error)
        else:
            self._tally.stored([work])

    def _went_wrong(self, article: Article, error: Exception) -> None:
        logger.debug("article %s", article.id, exc_info=error)
        self._tally.failed(Failure(article.origin, WENT_WRONG.format(error=type(error).__name__)))


def _read(sources: Iterable[Source], options: ReadOptions) -> Iterator[Item]:
    for source in sources:
        found: Iterator[Item] = (
            iter([source]) if isinstance(source, Article) else iter_source(source, options)
        )
        nothing = True
        try:
            for item in found:
                nothing = False
                yield item
        except SourceError as error:
            yield Failure(error.source, error.reason)
        else:
            if nothing:
                yield Failure(str(source), NOTHING_FOUND)
