"""kill -9 of workers at random moments: what was acknowledged is there, whole.

`python -m bench.workers [--minutes 3] [--seed 1]` runs a PostgreSQL of its own, four workers, and a reader.
Sources go through the queue run after run, while workers are killed and the server crashes now and then. An
article is acknowledged once the report of its run is there; from then on all its chunks must be there.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from ingest import Library, LibraryError, make_chunks, queue_articles, queue_state, wait_for_run

if TYPE_CHECKING:
    from collections.abc import Callable

    from postgres import PostgresServer
    from warm import Started

    from ingest.database_address import DatabaseAddress

TESTS = Path(__file__).parent.parent / "tests"
WORKER = TESTS / "queueworker.py"
WORKERS = 4
SECONDS_A_TEXT = 0.02
NEW, SHARED = 30, 6  # articles of a run: such that are new, and such that every run has in another edition
LONGEST = 0.3  # seconds that a worker lives on after it has done something
CRASH_EVERY = 12  # kills between two crashes of the server
STARTED_WITHIN = 120.0


@dataclass
class Outcome:
    """What the kills did."""

    kills: int = 0
    crashes: int = 0
    runs: int = 0
    acknowledged: int = 0
    looks: int = 0
    away: int = 0
    faults: list[str] = field(default_factory=list)


class Worker:
    """A worker that is a process; what it says goes into a file."""

    def __init__(self, said: Path) -> None:
        self._said = said
        self.start()

    def start(self) -> None:
        """Start it, or another in its place."""
        from warm import start

        self.process: Started = start(WORKER, str(SECONDS_A_TEXT), out=self._said)
        self._before = self._said.stat().st_size

    def has_done_something(self) -> bool:
        """Say whether it has done a job since it was started."""
        return b"done" in self._said.read_bytes()[self._before :]

    def kill(self) -> None:
        """End it as a power cut does."""
        with self.process as dying:
            dying.kill()


def kill_workers(server: PostgresServer, folder: Path, *, kills: int, minutes: float, seed: int) -> Outcome:
    """Kill workers at random moments, until so many kills or minutes; check all that was stored."""
    address = server.library()
    os.environ["FOOTNOTE_LIBRARY"] = f"{address.conninfo}?library={address.name}"
    outcome, end = Outcome(), threading.Event()
    deadline = time.monotonic() + 60 * minutes
    sources = _Sources(address, folder, outcome)
    sources.run()  # which makes the library, and is done by the first workers
    workers = [Worker(folder / f"worker{number}") for number in range(WORKERS)]
    threads = [
        threading.Thread(target=_read, args=(address, outcome, end)),
        threading.Thread(target=sources.go_on, args=(end,)),
    ]
    for thread in threads:
        thread.start()
    chance = random.Random(seed)  # noqa: S311  # moments, not secrets
    try:
        while outcome.kills < kills and time.monotonic() < deadline:
            _kill_one(workers, chance)
            outcome.kills += 1
            if outcome.kills % CRASH_EVERY == CRASH_EVERY // 2:
                server.stop(immediate=True)
                server.start()
                outcome.crashes += 1
    finally:
        end.set()
        for thread in threads:
            thread.join()
        for worker in workers:
            worker.kill()
    sources.check_all()
    return outcome


def _kill_one(workers: list[Worker], chance: random.Random) -> None:
    """Kill a worker that has done something since it was started: else nothing would ever be done."""
    until = time.monotonic() + STARTED_WITHIN
    while not (ready := [worker for worker in workers if worker.has_done_something()]):
        if time.monotonic() > until:
            raise TimeoutError("no worker does anything")
        time.sleep(0.02)
    time.sleep(chance.uniform(0, LONGEST))
    worker = chance.choice(ready)
    worker.kill()
    worker.start()


class _Sources:
    """Puts one file after another into the queue, and checks what is acknowledged."""

    def __init__(self, address: DatabaseAddress, folder: Path, outcome: Outcome) -> None:
        self._address = address
        self._folder = folder
        self._outcome = outcome
        self._expected: dict[str, str] = {}
        self._row = 0
        self._waiting: dict[str, str] = {}

    def run(self) -> None:
        """Put the next file there."""
        from fakes import WordEmbeddings
        from stored import article

        from ingest.runs import queueing

        run = self._outcome.runs
        file = self._folder / f"run{run}.jsonl"
        numbers = [*range(SHARED), *range(100 + run * NEW, 100 + (run + 1) * NEW)]
        self._waiting = {f"https://news.example/{each}": article(each, edition=run).text for each in numbers}
        records = ({"title": "News", "url": url, "text": text} for url, text in self._waiting.items())
        file.write_text("\n".join(map(json.dumps, records)), "utf-8")
        with patch.object(queueing, "load_embedder", lambda _settings: WordEmbeddings()):  # the workers'
            self._row = queue_articles(file, self._address)

    def go_on(self, end: threading.Event) -> None:
        """Wait for the report, check what it acknowledges, put the next there, until the last report."""
        try:
            while True:
                report = wait_for_run(self._row, self._address)
                outcome = self._outcome
                met = report.added + report.updated + report.unchanged
                if report.failed or met != len(self._waiting):
                    outcome.faults.append(f"run {outcome.runs}: {report}")
                self._expected |= self._waiting
                outcome.acknowledged += len(self._waiting)
                self._persistently(self._check)
                outcome.runs += 1
                if end.is_set():
                    return
                self._persistently(self.run)
        except Exception as error:  # noqa: BLE001  # whatever it is, it is a fault
            self._outcome.faults.append(f"{type(error).__name__}: {error}")
            end.set()

    def _persistently(self, work: Callable[[], None]) -> None:
        for _ in range(30):
            try:
                work()
            except LibraryError:
                self._outcome.away += 1
                time.sleep(0.5)
            else:
                return
        raise TimeoutError

    def _check(self) -> None:
        self._compare(self._waiting)

    def _compare(self, expected: dict[str, str]) -> None:
        from stored import open_library

        with open_library(self._address) as library:
            found = {each.url: each.id for each in library.articles()}
            for url, text in expected.items():
                stored = library.article(found[url]) if url in found else None
                if stored is None or stored.text != text or not is_whole(library, stored.id):
                    self._outcome.faults.append(f"{url} was acknowledged and isn't there as it was")

    def check_all(self) -> None:
        """Look for all that was ever acknowledged, for what is too much, and for what was left behind."""
        from stored import open_library

        from ingest import examine_library

        open_library(self._address, write=True).close()  # undoes what dead workers left
        self._compare(self._expected)
        with open_library(self._address) as library:
            if len(library.versions()) != len(self._expected):
                self._outcome.faults.append(f"{len(library.versions())} articles, not {len(self._expected)}")
        state = queue_state(self._address)
        if state is None or state.waiting or state.running or state.parked:
            self._outcome.faults.append(f"left in the queue: {state}")
        self._outcome.faults += [f"{each.what}: {each.affected}" for each in examine_library(self._address)]


def _read(address: DatabaseAddress, outcome: Outcome, end: threading.Event) -> None:
    """Search all the time: whatever is found is whole."""
    from stored import open_library, search

    chance = random.Random(1)  # noqa: S311  # words, no secret
    while not end.is_set():
        try:
            with open_library(address) as library:
                while not end.is_set():
                    for hit in search(library, chance.choice(("mayor", "noise", "crowns")), limit=5):
                        outcome.looks += 1
                        same = library.article(hit.article.id, version=hit.article.version)
                        if same != hit.article or not is_whole(library, hit.article.id):
                            outcome.faults.append(f"{hit.article.url} is half visible")
                    end.wait(0.05)
        except LibraryError:
            outcome.away += 1
            end.wait(0.5)


def is_whole(library: Library, article_id: str) -> bool:
    """Say whether all chunks of an article are there; one that is replaced meanwhile is."""
    for _ in range(3):
        stored = library.article(article_id)
        if stored is None:
            return False
        chunks = [chunk.id for chunk, _ in library.vectors(article_id, stored.version)]
        if chunks == [chunk.id for chunk in make_chunks(stored)]:
            return True
        if library.versions([article_id]) == {article_id: stored.version}:
            return False
    return True


def main(arguments: list[str] | None = None) -> int:
    """Run it, print what came of it, and return 1 if a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=3)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    sys.path.insert(0, str(TESTS))
    from postgres import PostgresServer

    server = PostgresServer()
    try:
        with tempfile.TemporaryDirectory() as folder:
            os.environ["HOME"], os.environ["FOOTNOTE_CACHE"] = folder, f"{folder}/cache"
            outcome = kill_workers(
                server, Path(folder), kills=10**6, minutes=options.minutes, seed=options.seed
            )
    finally:
        server.destroy()
    print(
        f"{outcome.kills} kills of {WORKERS} workers, {outcome.crashes} crashes of the server, "
        f"{outcome.runs} runs, {outcome.acknowledged} articles acknowledged, {outcome.looks} looks, "
        f"{outcome.away} errors while it was away, {len(outcome.faults)} faults"
    )
    print("\n".join(outcome.faults[:20]))
    return 1 if outcome.faults else 0


if __name__ == "__main__":
    sys.exit(main())
