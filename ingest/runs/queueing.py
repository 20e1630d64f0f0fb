"""Putting sources into the queue of a library: files as their bytes, addresses as they are.

Workers on any machine can then read them; none of them needs the folders of this one. A file that is larger
than one document may be (an archive, a file of many records) is read here, and its articles are put there.
"""

from __future__ import annotations

import stat
import time
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.article import Article
from ingest.audience import group_names
from ingest.embedding.embedders import load_embedder
from ingest.errors import LibraryError
from ingest.fetch import FetchError, parse_address
from ingest.readers import iter_source
from ingest.readers.common.dispatch import articles_of_file
from ingest.readers.common.exported import article_of
from ingest.readers.common.folders import shown_path
from ingest.readers.common.items import ReadOptions
from ingest.readers.sources import found_files, is_address
from ingest.report import Failure, Progress
from ingest.runs.job_results import pack_file, report_of
from ingest.runs.reading import Reading, store_job
from ingest.runs.sync import Visit, source_key
from ingest.settings import library_location, library_settings, placed
from ingest.storage.library import Library
from ingest.storage.postgresql.queue import NewJob, QueuedRun, queue_address, queue_state, run_state
from ingest.storage.postgresql.store import PostgresStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ingest.database_address import LibraryLocation
    from ingest.report import IngestReport
    from ingest.runs.job_results import ReadArticle
    from ingest.runs.pipeline import Source
    from ingest.runs.sync import Sync
    from ingest.settings import LibrarySettings

PUT_AT_ONCE = 50  # files that are put there in one transaction
PUT_BYTES = 8_000_000  # or so many bytes of them
ASK_SECONDS = 0.5  # between two looks at how far a run is
AWAY_SECONDS = 120.0  # that a database may be away while its answer is waited for
NOBODY_SECONDS = 3.0  # after which it is said that there is no worker
GIVEN_UP = (
    "The end of run {run:,} was given up, so that it has no report; what it had stored is stored. `footnote "
    "queue` says why, and `footnote queue --retry` has it done again."
)
NOBODY = "Nobody works on the queue. Start `footnote work`, here or on another machine."


def queue_articles(  # noqa: PLR0913  # as `ingest_articles`
    sources: Source | Iterable[Source],
    library: str | LibraryLocation | None = None,
    *,
    progress: Callable[[Progress], None] | None = None,
    sync: Sync = False,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    groups: str | Iterable[str] = (),
    settings: LibrarySettings | None = None,
) -> int:
    """Put sources into the queue of a library in a database, and return the number of the run.

    The arguments are those of `ingest_articles`; workers (`footnote work`) do the rest.

    Raises:
        FootnoteError: If the settings or the library can't be used, or the library is in a folder.
    """
    settings = settings or library_settings()
    several: Iterable[Source] = [sources] if isinstance(sources, str | Path | Article) else sources
    settings = placed(settings, library_location(library or settings.library))
    address = queue_address(settings.library)
    embedder = load_embedder(settings)
    named = group_names(groups)
    choice = {"sync": sync, "include": list(include), "exclude": list(exclude), "groups": sorted(named)}
    options = replace(ReadOptions.of(settings), include=tuple(include), exclude=tuple(exclude))
    with (
        Library.open(
            settings, embedder=embedder.name, dimension=embedder.dimension, write=True, create=True
        ) as opened,
        closing(QueuedRun.begin(address, choice)) as run,
    ):
        putting = _Putting(opened, run, options, progress, named, sync=bool(sync))
        try:
            for source in several:
                putting.source(source)
        except BaseException:
            with suppress(LibraryError):
                run.end(whole=False)
            raise
        run.end(whole=True)
        return run.row


def wait_for_run(
    run: int,
    library: LibraryLocation,
    *,
    progress: Callable[[Progress], None] | None = None,
    told: Callable[[str], None] = lambda _: None,
) -> IngestReport:
    """Wait until workers have ended a run, and return its report; `told` is told if there is no worker."""
    address = queue_address(library)
    began, silent, alone = time.monotonic(), time.monotonic(), True
    with closing(PostgresStore(address)) as store:
        while True:
            try:
                state = run_state(store, run)
                if alone and time.monotonic() - began > NOBODY_SECONDS:
                    alone = False
                    queue = queue_state(address, most=0)
                    if queue is not None and not queue.workers:
                        told(NOBODY)
                silent = time.monotonic()
            except LibraryError:
                if time.monotonic() - silent > AWAY_SECONDS:
                    raise
            else:
                if state.report is not None:
                    return report_of(state.report)
                if not state.left:
                    raise LibraryError(GIVEN_UP.format(run=run))
                if progress:
                    progress(Progress(state.done, state.known, state.failed, ""))
            time.sleep(ASK_SECONDS)


class _Putting:
    """One run of putting sources into a queue."""

    def __init__(
        self,
        library: Library,
        run: QueuedRun,
        options: ReadOptions,
        progress: Callable[[Progress], None] | None,
        groups: frozenset[str],
        *,
        sync: bool,
    ) -> None:
        self._library = library
        self._sync = sync
        self._groups = groups
        self._run = run
        self._options = options
        self._progress = progress
        self._jobs: list[NewJob] = []
        self._count = self._failed = 0

    def source(self, source: Source) -> None:
        """Put one source there, and note at once what can't be used of it."""
        name, held = "", None
        if isinstance(source, Article) or not str(source).strip():
            reading = Reading(
                self._library, None, lambda articles: self._put_articles("", articles), self._groups
            )
            reading.read([source] if isinstance(source, Article) else iter_source(source, self._options))
        else:
            name = source_key(source)
            patterns = (self._options.include, self._options.exclude)
            visit = Visit.begin(source, self._library.places, patterns)
            held = sorted(visit.known) if self._sync else None
            if self._groups:
                self._library.restrict_source(name, self._groups)
            reading = Reading(
                self._library, name, lambda articles: self._put_articles(name, articles), self._groups
            )
            if is_address(source):
                self._address(name, reading)
            else:
                self._files(Path(source), name, reading)
        reading.flush()
        self._put()
        result = replace(reading.result(), held=held)
        self._run.note(name, result.to_json(), *result.counts)

    def _address(self, name: str, reading: Reading) -> None:
        try:
            host = parse_address(name).host
        except FetchError as error:
            reading.read([Failure(error.source, error.reason)])
        else:
            self._jobs.append(NewJob("fetch", name, name, host=host))
            self._tell(name)

    def _files(self, source: Path, name: str, reading: Reading) -> None:
        for found in found_files(source, self._options):
            if not isinstance(found, Path):
                reading.read([found])
                self._failed += isinstance(found, Failure)
                continue
            self._tell(str(found))
            data = _data_of(found, self._options.max_bytes)
            if data is None:  # the reader says why, or reads it piece by piece
                reading.read(articles_of_file(found, self._options), whole=found is source)
                continue
            self._jobs.append(NewJob("read", name, shown_path(found), pack_file(found.name, data)))
            if len(self._jobs) >= PUT_AT_ONCE or sum(len(job.payload) for job in self._jobs) > PUT_BYTES:
                self._put()

    def _put_articles(self, source: str, articles: list[ReadArticle]) -> None:
        self._run.put([store_job(source, articles)])
        self._count += len(articles)
        self._tell(article_of(articles[-1][0]).title)

    def _put(self) -> None:
        self._run.put(self._jobs)
        self._count += len(self._jobs)
        self._jobs = []

    def _tell(self, what: str) -> None:
        if self._progress:
            self._progress(Progress(self._count + len(self._jobs), None, self._failed, what))


def _data_of(path: Path, most: int) -> bytes | None:
    """Return the bytes of a regular file of no more than that many, or None."""
    try:
        found = path.stat()
        if stat.S_ISREG(found.st_mode) and found.st_size <= most:
            data = path.read_bytes()
            return data if len(data) <= most else None
    except (OSError, ValueError):
        pass
    return None
