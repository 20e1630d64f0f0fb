"""The counters of a run, for its progress and its report."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Sequence
from threading import Event, Thread
from typing import TYPE_CHECKING

from ingest.report import Failure, IngestReport, Kept, PageNote, Progress
from ingest.runs.counting import count_articles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from ingest.article import Article
    from ingest.runs.batches import Work

# Often enough to look alive; a callback that draws costs nothing beside embedding.
TELL_SECONDS = 0.1
# The rate is that of the last half minute: what was found unchanged at the start of a resumed run, a
# thousand a second, says nothing about the rest. Batches take about five seconds each.
RATE_SECONDS = 30.0
# With less behind it a rate is a guess.
RATE_LEAST_SECONDS = 3.0


class RunTally:
    """Counts what happens to each article and tells `progress` about it, if anybody listens."""

    def __init__(
        self, sources: Iterable[str | Path | Article], progress: Callable[[Progress], None] | None
    ) -> None:
        """Start the clock, and count ahead where the sources can be gone through twice."""
        self._added = self._updated = self._unchanged = self._removed = self._chunks = 0
        self._failed: list[Failure] = []
        self._kept: list[Kept] = []
        self._passed: Counter[str] = Counter()
        self._unread: Counter[str] = Counter()
        self._ocr_pages: list[PageNote] = []
        self._picture_pages: list[PageNote] = []
        self._progress = progress
        self._started = time.perf_counter()
        self._told = 0.0
        self._marks: deque[tuple[float, int]] = deque([(time.monotonic(), 0)])
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
            self._note(work.article)
        self._tell(batch[-1].article.title)

    def _note(self, article: Article) -> None:
        self._unread.update(dict(article.unread))
        if article.ocr_pages:
            self._ocr_pages.append(PageNote(article.origin, article.ocr_pages))
        if article.picture_pages:
            self._picture_pages.append(PageNote(article.origin, article.picture_pages))

    def skipped(self, article: Article) -> None:
        """Count an article that the library has already."""
        self.same(article.title)

    def same(self, shown: str) -> None:
        """Count an article that was found as it is stored."""
        self._unchanged += 1
        self._tell(shown)

    def unskipped(self) -> None:
        """Take back one article that was counted as skipped: it is to be stored after all."""
        self._unchanged -= 1

    def failed(self, failure: Failure) -> None:
        """Count a source or an article that can't be used."""
        self._failed.append(failure)
        self._tell(failure.source)

    def removed(self, count: int) -> None:
        """Count articles that were removed."""
        self._removed += count

    def kept(self, kept: Sequence[Kept]) -> None:
        """Note what was not removed, and why."""
        self._kept += kept

    def passed_over(self, files: Mapping[str, int]) -> None:
        """Count files of types that are not read."""
        self._passed.update(files)

    def busy(self, what: str) -> None:
        """Tell at once what takes a while, though no article is counted by it."""
        self._told = 0.0
        self._tell(what)

    def end(self) -> None:
        """Stop counting ahead: nobody is left who wants to know."""
        self._ended.set()

    def report(self) -> IngestReport:
        """Say what happened, and tell progress for the last time that all is done."""
        self._total = self._done + len(self._failed)
        self.busy("")
        return IngestReport(
            added=self._added,
            updated=self._updated,
            unchanged=self._unchanged,
            removed=self._removed,
            failed=tuple(self._failed),
            kept=tuple(self._kept),
            passed_over=dict(self._passed.most_common()),
            unread=dict(self._unread.most_common()),
            ocr_pages=tuple(self._ocr_pages),
            picture_pages=tuple(self._picture_pages),
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
        handled = done + failed
        # Counting goes by names and line ends; where it counted too few, what was met counts.
        total = None if self._total is None else max(self._total, handled)
        rate = self._rate(now, handled)
        left = (total - handled) / rate if rate and total is not None else None
        self._progress(Progress(done, total, failed, current, rate=rate, seconds_left=left))

    def _rate(self, now: float, handled: int) -> float | None:
        self._marks.append((now, handled))
        while len(self._marks) > 2 and self._marks[1][0] <= now - RATE_SECONDS:  # noqa: PLR2004  # ends
            self._marks.popleft()
        since, before = self._marks[0]
        if now - since < RATE_LEAST_SECONDS or handled <= before:
            return None
        return (handled - before) / (now - since)
