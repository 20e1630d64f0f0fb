"""What a run has done so far: the counts of its report, told as progress while it goes on."""

from __future__ import annotations

import time
from collections.abc import Sequence
from threading import Event, Thread
from typing import TYPE_CHECKING

from ingest.counting import count_articles
from ingest.report import Failure, IngestReport, Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from ingest.article import Article
    from ingest.batches import Work

# Often enough to look alive; a callback that draws costs nothing beside embedding.
TELL_SECONDS = 0.1


class Tally:
    """Counts what happens to each article and tells `progress` about it, if anybody listens."""

    def __init__(
        self, sources: Iterable[str | Path | Article], progress: Callable[[Progress], None] | None
    ) -> None:
        """Start the clock, and count ahead where the sources can be gone through twice."""
        self._added = self._updated = self._unchanged = self._chunks = 0
        self._failed: list[Failure] = []
        self._progress = progress
        self._started = time.perf_counter()
        self._told = 0.0
        self._total: int | None = None
        self._ended = Event()
        if progress and isinstance(sources, Sequence):
            Thread(target=self._count, args=(sources,), daemon=True).start()

    def stored(self, batch: Sequence[Work]) -> None:
        """Count articles that were put into the library."""
        for work in batch:
            self._updated += work.known
            self._added += not work.known
            self._chunks += len(work.chunks)
        self._tell(batch[-1].article.title)

    def skipped(self, article: Article) -> None:
        """Count an article that the library has already."""
        self._unchanged += 1
        self._tell(article.title)

    def unskipped(self) -> None:
        """Take back one article that was counted as skipped: it is to be stored after all."""
        self._unchanged -= 1

    def failed(self, failure: Failure) -> None:
        """Count a source or an article that can't be used."""
        self._failed.append(failure)
        self._tell(failure.source)

    def end(self) -> None:
        """Stop counting ahead: nobody is left who wants to know."""
        self._ended.set()

    def report(self) -> IngestReport:
        """Say what happened, and tell progress for the last time that all is done."""
        self._total = self._done + len(self._failed)
        self._told = 0.0
        self._tell("")
        return IngestReport(
            added=self._added,
            updated=self._updated,
            unchanged=self._unchanged,
            failed=tuple(self._failed),
            chunks=self._chunks,
            seconds=time.perf_counter() - self._started,
        )

    @property
    def _done(self) -> int:
        return self._added + self._updated + self._unchanged

    def _count(self, sources: Sequence[str | Path | Article]) -> None:
        self._total = count_articles(sources, stopped=self._ended.is_set)

    def _tell(self, current: str) -> None:
        now = time.monotonic()
        if self._progress is None or now - self._told < TELL_SECONDS:
            return
        self._told = now
        done, failed = self._done, len(self._failed)
        # Counting goes by names and line ends; where it counted too few, what was met counts.
        total = None if self._total is None else max(self._total, done + failed)
        self._progress(Progress(done=done, total=total, failed=failed, current=current))
