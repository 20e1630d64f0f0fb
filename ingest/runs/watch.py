"""watchfiles: keeping a library in step with folders as they change, and with addresses now and then."""

from __future__ import annotations

import time
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from ingest.errors import LibraryLockedError, SourceError
from ingest.readers.sources import is_address, split_glob

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ingest.report import IngestReport

# Files are written in bursts, by editors and by copying: they are read when nothing changed for so long.
QUIET_MILLISECONDS = 1600
STEP_MILLISECONDS = 200
LEAST_MINUTES = 1.0  # between two visits to an address: feeds change by the hour
BUSY_RETRY_SECONDS = 5.0  # between two tries while another process writes: it may be at it for hours


def watch(
    sources: Sequence[str | Path],
    ingest: Callable[[Sequence[str | Path]], IngestReport],
    *,
    minutes: float = 15.0,
    stopped: Event | None = None,
    waiting: Callable[[LibraryLockedError], None] | None = None,
) -> Iterator[IngestReport]:
    """Ingest the sources, then again whatever changes, until stopped; yield a report each time.

    While another process writes to the library, it waits for its turn.

    Args:
        sources: Files, folders and addresses.
        ingest: Brings the library in step with some of them.
        minutes: How often addresses are visited; nothing tells when they change.
        stopped: Ends the watching; so does Ctrl-C.
        waiting: Told, once for each turn that is waited for, who is writing to the library.
    """
    stopped = stopped or Event()
    turn = _Turn(ingest, stopped, waiting)
    addresses = [source for source in sources if is_address(source)]
    watched = [(_watchable(Path(source)), source) for source in sources if not is_address(source)]
    yield from turn.reports(sources)
    visits = _Round(60 * max(minutes, LEAST_MINUTES)) if addresses else None
    for changed in _changes(watched, stopped, visits):
        if visits and visits.left() <= 0:
            yield from turn.reports([*changed, *addresses])
            visits.begin()
        elif changed:
            yield from turn.reports(changed)


class _Turn:
    """Ingesting when nobody else writes: one who watches must not end because another is busy."""

    def __init__(
        self,
        ingest: Callable[[Sequence[str | Path]], IngestReport],
        stopped: Event,
        waiting: Callable[[LibraryLockedError], None] | None,
    ) -> None:
        self._ingest = ingest
        self._stopped = stopped
        self._waiting = waiting

    def reports(self, sources: Sequence[str | Path]) -> Iterator[IngestReport]:
        """Yield the one report, or nothing if it is told to stop while it waits."""
        told = False
        while not self._stopped.is_set():
            try:
                report = self._ingest(sources)
            except LibraryLockedError as error:
                if self._waiting and not told:
                    self._waiting(error)
                told = True
                self._stopped.wait(BUSY_RETRY_SECONDS)
            else:
                yield report
                return


class _Round:
    """The time from one visit to the addresses to the next."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self.begin()

    def begin(self) -> None:
        """Begin to wait for the next visit."""
        self._ends = time.monotonic() + self._seconds

    def left(self) -> float:
        """Return the seconds until the next visit; 0 or less when it is due."""
        return self._ends - time.monotonic()


def _changes(
    watched: Sequence[tuple[Path, str | Path]], stopped: Event, visits: _Round | None
) -> Iterator[list[str | Path]]:
    """Yield the sources in which something has changed; none of them when only addresses are due."""
    if not watched:
        while visits and not stopped.wait(max(visits.left(), 0.0)):
            yield []
        return
    from watchfiles import watch as watch_files

    changes = watch_files(
        *{root for root, _ in watched},
        debounce=QUIET_MILLISECONDS,
        step=STEP_MILLISECONDS,
        stop_event=stopped,
        rust_timeout=1000,
        yield_on_timeout=True,
        raise_interrupt=True,
        ignore_permission_denied=True,
    )
    for found in changes:
        places = [Path(place) for _, place in found]
        touched = [source for root, source in watched if _touches(root, places)]
        if touched or (visits and visits.left() <= 0):
            yield touched


def _touches(root: Path, places: Iterable[Path]) -> bool:
    return any(place == root or root in place.parents for place in places)


def _watchable(path: Path) -> Path:
    """Return the folder to watch: of a glob the part before it, of a file the one that holds it.

    Editors put a new file in an old one's place, which ends the watching of the file itself.
    """
    split = split_glob(path)
    place = (split[0] if split else path).resolve()
    if place.is_dir():
        return place
    if not place.parent.is_dir():
        raise SourceError(str(path), "It does not exist, so it can't be watched. Check the path.")
    return place.parent
