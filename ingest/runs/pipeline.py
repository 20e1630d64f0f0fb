"""`ingest_articles`: read, split, chunk, embed, put, report.

Embedding takes nearly all of the time and leaves Python free while it computes, so it has a thread of
its own: while one batch is embedded, the batch before it is stored and the one after it is read.
At most three batches are in memory, however many articles there are.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from ingest.article import Article
from ingest.audience import group_names
from ingest.embedding.embedders import load_embedder
from ingest.errors import SourceError
from ingest.readers import iter_source
from ingest.readers.common.file_kinds import TYPES_READ
from ingest.readers.common.items import Listed, ReadOptions
from ingest.report import Failure
from ingest.runs.batches import embed_batch, in_batches
from ingest.runs.intake import Intake
from ingest.runs.languages import Languages
from ingest.runs.removal import Removal
from ingest.runs.storing import Storing
from ingest.runs.sync import Visit, source_key
from ingest.runs.tally import RunTally
from ingest.settings import library_location, library_settings, placed
from ingest.storage.last_read import note_read
from ingest.storage.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from ingest.database_address import LibraryLocation
    from ingest.embedding.embedders import Embedder
    from ingest.readers.common.items import Item
    from ingest.report import IngestReport, Progress
    from ingest.runs.batches import Work
    from ingest.runs.sync import Sync
    from ingest.settings import LibrarySettings

Source = str | Path | Article
NOTHING_FOUND = f"no articles in it; files that are read: {TYPES_READ}"


def ingest_articles(  # noqa: PLR0913  # each is a choice of the caller, and named
    sources: Source | Iterable[Source],
    library: str | LibraryLocation | None = None,
    *,
    progress: Callable[[Progress], None] | None = None,
    sync: Sync = False,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    groups: str | Iterable[str] = (),
    settings: LibrarySettings | None = None,
) -> IngestReport:
    """Put articles into a library, which is made if there is none, and say what happened to each.

    An article that is stored already, unchanged or as an exact copy, is not embedded again. A source
    that can't be read is listed in the report and the others go on. Interrupted, what is stored stays
    stored, and running it again goes on from there.

    Args:
        sources: A file, a folder, an address, an Article, or any number of these.
        library: Folder of the library, or its database; by default the one of the settings.
        progress: Called with how far it is, at most ten times a second.
        sync: Also remove what a source held before and does not hold any more; "all" even where that is
            most of it. A source that can't be read to its end, or is suddenly empty, removes nothing.
        include: Globs; of a folder, archive, feed or sitemap only what matches one of them is read.
        exclude: Globs; what matches one of them is not read.
        groups: Groups that all of it is for, what is stored already included. By default what is new is for
            the groups of its source, if that was read for some, or for all.
        settings: By default read from the environment and .env.

    Raises:
        FootnoteError: If the settings, the library or the embedder can't be used.
    """
    settings = settings or library_settings()
    several: Iterable[Source] = [sources] if isinstance(sources, str | Path | Article) else sources
    tally = RunTally(several, progress)
    embedder = load_embedder(settings)
    settings = placed(settings, library_location(library or settings.library))
    options = replace(ReadOptions.of(settings), include=tuple(include), exclude=tuple(exclude))
    try:
        with Library.open(
            settings, embedder=embedder.name, dimension=embedder.dimension, write=True, create=True
        ) as opened:
            _Run(opened, embedder, tally, options, group_names(groups)).ingest(several, sync)
    finally:
        tally.end()
    return tally.report()


class _Run:
    """One ingestion into an open library."""

    def __init__(
        self,
        library: Library,
        embedder: Embedder,
        tally: RunTally,
        options: ReadOptions,
        groups: frozenset[str] = frozenset(),
    ) -> None:
        self._library = library
        self._embedder = embedder
        self._tally = tally
        self._options = options
        self._intake = Intake(library, tally, groups=groups)
        self._languages = Languages(library)
        self._visits: dict[str, Visit] = {}
        self._stop = Event()
        self._storing = Storing(library, embedder, self._intake, self._stop, before=self._languages.noted)

    def ingest(self, sources: Iterable[Source], sync: Sync) -> None:
        """Store what is found, then the copies that have lost their original, and remove what is gone."""
        self._store_all(self._intake.works(self._read(sources)))
        self._intake.note()
        removal = Removal(self._library, self._intake, self._visits.values(), sync)
        self._store_all(self._intake.bereft(removal.doomed))
        self._intake.note()
        self._intake.audience.note_told()
        removal.carry_out(self._tally)
        note_read(self._library.place, self._intake.papers_read())
        self._languages.complete(progress=self._prepared)

    def _prepared(self, done: int, total: int) -> None:
        self._tally.busy(f"Made ready for other languages: {done:,} of {total:,} articles")

    def _read(self, sources: Iterable[Source]) -> Iterator[tuple[Visit | None, Item]]:
        for source in sources:
            if isinstance(source, Article):
                yield None, source
            else:
                yield from self._read_source(source)

    def _read_source(self, source: str | Path) -> Iterator[tuple[Visit | None, Item]]:
        patterns = (self._options.include, self._options.exclude)
        if not str(source).strip():
            yield from ((None, item) for item in iter_source(source, self._options))
            return
        name = source_key(source)
        visit = self._visits.get(name) or Visit.begin(source, self._library.places, patterns)
        self._visits[name] = visit
        self._intake.audience.read_from(name)
        nothing = True
        try:
            for item in iter_source(source, replace(self._options, memory=visit)):
                nothing = nothing and isinstance(item, Listed)
                yield visit, item
        except SourceError as error:
            yield visit, Failure(error.source, error.reason)
        else:
            if nothing:
                yield visit, Failure(str(source), NOTHING_FOUND)

    def _store_all(self, works: Iterable[Work]) -> None:
        """Embed each batch while the one before it is stored and the one after it is read."""
        self._stop.clear()
        pool = ThreadPoolExecutor(1, thread_name_prefix="footnote-embedding")
        waiting: tuple[list[Work], Callable[[], NDArray[np.float32]]] | None = None
        try:
            for batch in in_batches(works):
                vectors = pool.submit(embed_batch, self._embedder, batch, self._stop)
                if waiting:
                    self._storing.store(*waiting)
                waiting = (batch, vectors.result)
            if waiting:
                self._storing.store(*waiting)
        finally:
            self._stop.set()  # on Ctrl-C the embedder ends after the texts that it has in hand
            pool.shutdown(cancel_futures=True)
