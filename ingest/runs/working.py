"""`footnote work`: takes jobs from the queue of a library, one after another, until it is told to stop."""

from __future__ import annotations

from contextlib import closing, suppress
from threading import Event
from typing import TYPE_CHECKING

from ingest.embedding.embedders import load_embedder
from ingest.errors import FootnoteError, LibraryDamagedError, LibraryError, SettingsError
from ingest.runs.batches import StoppedError
from ingest.runs.job_kinds import Workshop
from ingest.settings import library_settings
from ingest.storage.library import Library
from ingest.storage.postgresql.jobs import Jobs
from ingest.storage.postgresql.queue import KINDS, queue_address

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ingest.embedding.embedders import Embedder
    from ingest.report import IngestReport
    from ingest.settings import LibrarySettings
    from ingest.storage.postgresql.jobs import Job
    from ingest.storage.postgresql.queue import Kind

LOOK_SECONDS = 0.5  # between two looks at an empty queue; a look takes a millisecond
AWAY_SECONDS = (1.0, 2.0, 5.0, 10.0)  # between two tries to reach a database that is away
FAULT = "Something went wrong inside Footnote ({error})."


def work(
    settings: LibrarySettings | None = None,
    *,
    kinds: Sequence[Kind] = KINDS,
    until_empty: bool = False,
    stop: Event | None = None,
    told: Callable[[str], None] = lambda _: None,
    ended: Callable[[IngestReport], None] = lambda _: None,
) -> int:
    """Do jobs until stopped, and return how many were done; a database that goes away is waited for.

    Args:
        settings: By default read from the environment and .env; they name the library.
        kinds: Only jobs of these kinds, such as "fetch" where only some machines reach the web.
        until_empty: End once no job is left, waiting for what others have in hand.
        stop: Ends it: the job in hand is given back within a second or two, or done.
        told: Told in a sentence what went wrong, and that a database is away and back.
        ended: Given the report of each run that this worker has ended.

    Raises:
        SettingsError: the settings, the library or the embedder can't be used; starting again is no help.
        FootnoteError: the database can't be reached at the start, or is damaged.
    """
    settings = settings or library_settings()
    worker = _Worker(settings, load_embedder(settings), kinds, stop or Event(), told, ended)
    worker.work(until_empty=until_empty)
    return worker.done


class _Worker:
    """One worker; its sessions with the database are made anew where they are lost."""

    def __init__(
        self,
        settings: LibrarySettings,
        embedder: Embedder,
        kinds: Sequence[Kind],
        stop: Event,
        told: Callable[[str], None],
        ended: Callable[[IngestReport], None],
    ) -> None:
        self._settings = settings
        self._address = queue_address(settings.library)
        self._embedder = embedder
        self._kinds = kinds
        self._stop = stop
        self._told = told
        self._ended = ended
        self.done = 0

    def work(self, *, until_empty: bool) -> None:
        """Work, and wait for the database where it goes away in between."""
        begun, tries = False, 0
        while not self._stop.is_set():
            try:
                with (
                    closing(Jobs(self._address)) as jobs,
                    Library.open(
                        self._settings,
                        embedder=self._embedder.name,
                        dimension=self._embedder.dimension,
                        write=True,
                    ) as library,
                ):
                    if tries:
                        self._told("The database is back.")
                    begun, tries = True, 0
                    self._work_on(jobs, library, until_empty=until_empty)
                    return
            except LibraryDamagedError:
                raise
            except LibraryError as error:
                if not begun:
                    raise
                if not tries:
                    self._told(str(error))
                self._stop.wait(AWAY_SECONDS[min(tries, len(AWAY_SECONDS) - 1)])
                tries += 1

    def _work_on(self, jobs: Jobs, library: Library, *, until_empty: bool) -> None:
        def between(job: Job) -> None:
            self._do(job, jobs, shop)

        shop = Workshop(jobs, library, self._embedder, self._settings, self._stop, between)
        while not self._stop.is_set():
            job = jobs.take(self._kinds)
            if job is not None:
                self._do(job, jobs, shop)
            elif until_empty and jobs.is_empty(self._kinds):
                return
            else:
                self._stop.wait(LOOK_SECONDS)

    def _do(self, job: Job, jobs: Jobs, shop: Workshop) -> None:
        try:
            report = shop.do(job)
        except StoppedError:
            jobs.give_back(job)
        except (SettingsError, LibraryDamagedError):  # of this worker, or of all; it is not the job's fault
            with suppress(FootnoteError):
                jobs.give_back(job)
            raise
        except FootnoteError as error:
            if jobs.session.is_lost:
                raise
            self._try_later(job, jobs, f"{type(error).__name__}: {error}")
        except Exception as error:  # noqa: BLE001  # one bad job never stops the others
            self._try_later(job, jobs, f"{type(error).__name__}: {FAULT.format(error=type(error).__name__)}")
        except BaseException:
            with suppress(FootnoteError):
                jobs.give_back(job)
            raise
        else:
            self.done += 1
            if report is not None:
                self._tell_of_end(report)

    def _tell_of_end(self, report: IngestReport) -> None:
        """Tell of a run that has ended; nothing that goes wrong there undoes it, or ends this worker."""
        try:
            self._ended(report)
        except FootnoteError as error:
            self._told(str(error))
        except Exception as error:  # noqa: BLE001  # what is done with a report is no job of the queue
            self._told(FAULT.format(error=type(error).__name__))

    def _try_later(self, job: Job, jobs: Jobs, reason: str) -> None:
        parked = jobs.retry(job, reason)
        self._told(f"{job.what}: {reason} {'It is parked.' if parked else 'It is tried again later.'}")
