"""Whoever fills the library of `bench.outage`: run after run through the queue, and some articles removed."""

from __future__ import annotations

import json
import random
import time
from typing import TYPE_CHECKING, TypeVar

from bench.outage_ledger import written
from ingest import Library, LibraryError, library_settings, queue_articles, release_parked, wait_for_run

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from pathlib import Path

    from bench.outage_ledger import Ledger, Written
    from bench.outage_readers import Outcome
    from ingest import DatabaseAddress, IngestReport

T = TypeVar("T")
NEW, SHARED = 24, 6  # articles of a run: such that are new, and such that every run has in another edition
FIRST_NEW = 100_000  # their numbers, past those of the articles that were there before
REMOVE_EVERY, REMOVED = 3, 4  # runs between two removals, and how many articles go then
DIED = "WorkerDied"  # how the reason of a job begins over which five workers died
MOST_PUT_BACK = 20
TRIES, TRY_SECONDS = 60, 1.0  # to do something while a server is away


class Editor:
    """Puts files into the queue, waits for what their reports acknowledge, and removes articles."""

    def __init__(self, address: DatabaseAddress, folder: Path, ledger: Ledger, outcome: Outcome) -> None:
        self._address = address
        self._folder = folder
        self._ledger = ledger
        self._outcome = outcome
        self._chance = random.Random(3)  # noqa: S311  # a choice, no secret
        self.runs = self.away = self.acknowledged = self.removed = self.put_back = 0

    def fill(self, articles: int) -> None:
        """Store the articles that are there before anything is killed."""
        self._run([written(number, sentences=2) for number in range(articles)])
        self.acknowledged = 0

    def go_on(self, end: threading.Event) -> None:
        """Store one run after another until told to stop; the last one is waited for."""
        try:
            while not end.is_set():
                numbers = range(FIRST_NEW + self.runs * NEW, FIRST_NEW + (self.runs + 1) * NEW)
                new = [written(number) for number in numbers]
                shared = [written(-1 - number, edition=self.runs) for number in range(SHARED)]
                self._run(new + shared)
                self.runs += 1
                if self.runs % REMOVE_EVERY == 0:
                    self._remove()
        except Exception as error:  # noqa: BLE001  # whatever it is, it is a fault
            self._outcome.fault(f"the editor: {type(error).__name__}: {error}")

    def _run(self, articles: list[Written]) -> None:
        file = self._folder / f"run{self.runs}.jsonl"
        file.write_text("\n".join(json.dumps(each.record) for each in articles), "utf-8")
        self._ledger.put(articles)
        report = self._report(file)
        while any(each.reason.startswith(DIED) for each in report.failed) and self.put_back < MOST_PUT_BACK:
            # Five workers were killed over one job, which its report tells: nothing of it is acknowledged.
            self.put_back += self._persistently(lambda: release_parked(self._address, again=True))
            report = self._report(file)
        met = report.added + report.updated + report.unchanged
        if report.failed or met != len(articles):
            self._outcome.fault(f"run {self.runs} reports {report}")
            return
        self._ledger.acknowledge(articles)
        self.acknowledged += len(articles)

    def _report(self, file: Path) -> IngestReport:
        row = self._persistently(lambda: queue_articles(file, self._address))
        return self._persistently(lambda: wait_for_run(row, self._address))

    def _remove(self) -> None:
        chosen = self._ledger.take_away(REMOVED, self._chance)

        def remove() -> None:
            with Library.open(library_settings(), write=True, wait=TRY_SECONDS) as library:
                library.remove(chosen)

        self._persistently(remove)
        for each in chosen:
            self._ledger.known[each].removed = time.monotonic()
        self.removed += len(chosen)

    def _persistently(self, work: Callable[[], T]) -> T:
        """Do something, again and again while a server is away."""
        for _ in range(TRIES):
            try:
                return work()
            except LibraryError:
                self.away += 1
                time.sleep(TRY_SECONDS)
        raise TimeoutError("the servers did not come back")
