"""Kills on several machines: nothing acknowledged is lost, nothing is half there, and errors are told.

    python -m bench.outage [--minutes 10] [--kills 60] [--articles 5200] [--keep FOLDER]

PostgreSQL, a Chroma server behind nginx, two front ends (`footnote chat`) and four workers (`footnote work`)
run each in a network namespace of its own (as root, with iproute2; else all on one host). Workers and front
ends are killed at random moments, PostgreSQL is crashed three times, Chroma killed three times and its
folder lost once, while sources go through the queue, articles are removed, and ten readers ask over HTTP.
Afterwards every article is looked for by its own sentences, and what was removed in every place that had it.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

from assistant.web.access.people import People
from bench.namespaces import machines
from bench.outage_afterwards import Afterwards, wait_for_quiet, wait_until_found
from bench.outage_editor import Editor
from bench.outage_ledger import Ledger, written
from bench.outage_readers import Outcome, Place, Reader
from bench.outage_servers import NGINX, TOKEN, Database, Footnote, Vectors, front_end, worker
from bench.workers import is_whole
from ingest import Library, LibraryError, library_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TESTS = Path(__file__).parent.parent / "tests"
FRONT_ENDS, WORKERS, READERS = 2, 4, 10
CRASHES = 3
OFTEN_WORKERS = 2 / 3  # of the kills
CRASHED_SECONDS, CHROMA_SECONDS = 2.0, 6.0  # that they stay away at least


@dataclass
class Cluster:
    """All servers of the run."""

    database: Database
    vectors: Vectors
    front_ends: list[Footnote]
    addresses: list[str]
    workers: list[Footnote]
    kills: dict[str, int] = field(default_factory=dict)

    @property
    def ours(self) -> list[Footnote]:
        """The processes of `footnote`."""
        return [*self.front_ends, *self.workers]

    @contextmanager
    def looked_after(self) -> Iterator[None]:
        """While the block runs, start again what has ended by itself, and note what is back."""
        end = threading.Event()

        def look() -> None:
            while not end.wait(0.2):
                for each in self.ours:
                    each.see_to_it()
                for server in (self.database, self.vectors):
                    server.look()

        looking = threading.Thread(target=look)
        looking.start()
        try:
            yield
        finally:
            end.set()
            looking.join()

    def kill_one(self, chance: random.Random) -> None:
        """Kill a worker or a front end that is up; of the front ends one is left."""
        fronts = [each for each in self.front_ends if each.is_up]
        wanted = self.workers if chance.random() < OFTEN_WORKERS or len(fronts) < FRONT_ENDS else fronts
        victim = chance.choice([each for each in wanted if each.is_up] or wanted)
        victim.kill_and_start()
        kind = "worker" if victim in self.workers else "front end"
        self.kills[kind] = self.kills.get(kind, 0) + 1

    def crash_database(self) -> None:
        """Crash PostgreSQL, and start it again."""
        self.database.crash()
        time.sleep(CRASHED_SECONDS)
        self.database.start()

    def kill_vectors(self, *, lost: bool) -> None:
        """Kill Chroma, and start it again, over an empty folder where its own was lost."""
        self.vectors.kill()
        if lost:
            self.vectors.lose_everything()
        time.sleep(CHROMA_SECONDS)
        self.vectors.start()


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """Lend all servers: the database and Chroma are up, the others not started."""
    from postgres import binaries

    programs = binaries()
    if programs is None or NGINX is None:
        raise SystemExit("This needs PostgreSQL and nginx: apt-get install postgresql nginx-light")
    front_names = [f"front{number}" for number in range(1, FRONT_ENDS + 1)]
    worker_names = [f"worker{number}" for number in range(1, WORKERS + 1)]
    with machines(["db", "chroma", *front_names, *worker_names], folder) as found, ExitStack() as ending:
        database = Database(found["db"], programs)
        database.start()
        ending.callback(database.end)
        database.wait()
        vectors = Vectors(found["chroma"])
        vectors.start()
        ending.callback(vectors.end)
        vectors.wait()
        settings = {
            "FOOTNOTE_LIBRARY": database.library,
            "FOOTNOTE_CHROMA": vectors.url,
            "FOOTNOTE_CHROMA_TOKEN": TOKEN,
            "FOOTNOTE_CHROMA_CA": str(vectors.authority),
            "PYTHONPATH": str(TESTS.parent),
        }
        os.environ.update(
            settings, HOME=str(found["ours"].folder), FOOTNOTE_CACHE=str(found["ours"].folder / "cache")
        )
        fronts = [front_end(name, found[name], settings) for name in front_names]
        workers = [worker(name, found[name], settings) for name in worker_names]
        whole = Cluster(database, vectors, [each for each, _ in fronts], [at for _, at in fronts], workers)
        for each in whole.ours:
            ending.callback(each.kill)
        yield whole


def disturb(whole: Cluster, kills: int, seconds: float, seed: int) -> None:
    """Kill at random moments of so many seconds; crash the servers at even distances between."""
    chance = random.Random(seed)  # noqa: S311  # moments, not secrets
    plan: list[tuple[float, Callable[[], None]]] = [
        (seconds * (number + chance.random()) / kills, lambda: whole.kill_one(chance))
        for number in range(kills)
    ]
    for number in range(CRASHES):
        plan.append((seconds * (number + 0.4) / CRASHES, whole.crash_database))
        lost = number == 1
        plan.append((seconds * (number + 0.8) / CRASHES, partial(whole.kill_vectors, lost=lost)))
    begun = time.monotonic()
    for at, do in sorted(plan, key=lambda each: each[0]):
        time.sleep(max(0.0, begun + at - time.monotonic()))
        do()


def run(whole: Cluster, options: argparse.Namespace) -> int:
    """Do all of it, print what came of it, and return 1 if a promise was broken."""
    outcome, ledger = Outcome(), Ledger()
    ours = whole.database.machine.folder.parent / "ours"
    editor = Editor(whole.database.address, ours, ledger, outcome)
    with whole.looked_after():
        token = _fill(whole, editor, options.articles)
        begun = time.monotonic()
        places = [Place(each, at) for each, at in zip(whole.front_ends, whole.addresses, strict=True)]
        reader = Reader(places, token, ledger, outcome, [whole.database, whole.vectors])
        with _going_on(editor, reader, ledger, outcome):
            disturb(whole, options.kills, 60 * options.minutes, options.seed)
            time.sleep(max(0.0, begun + 60 * options.minutes - time.monotonic()))
        taken = _since(begun)
        for server in (whole.database, whole.vectors, *whole.ours):
            server.wait()
    print(_told(whole, editor, outcome, taken), flush=True)
    _look_afterwards(whole, ledger, outcome, token)
    print(f"{len(outcome.faults)} faults")
    return 1 if outcome.faults else 0


def _fill(whole: Cluster, editor: Editor, articles: int) -> str:
    """Store what is there before the kills, and start the front ends; return a token for readers."""
    begun = time.monotonic()
    _make_library()
    for each in whole.workers:
        each.start()
    editor.fill(articles)
    print(f"{articles:,} articles stored by {WORKERS} workers in {_since(begun)}", flush=True)
    token = _token(whole.database)
    for each in whole.front_ends:
        each.start()
    for each in whole.ours:
        each.wait()
    for address in whole.addresses:
        wait_until_found(address, token, written(articles - 1, sentences=2))
    return token


@contextmanager
def _going_on(editor: Editor, reader: Reader, ledger: Ledger, outcome: Outcome) -> Iterator[None]:
    """Let articles come and go, and readers read, while the block runs."""
    end = threading.Event()
    threads = [threading.Thread(target=reader.read, args=(number, end)) for number in range(READERS)]
    threads += [
        threading.Thread(target=editor.go_on, args=(end,)),
        threading.Thread(target=_look, args=(ledger, outcome, end)),
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        end.set()
        for thread in threads:
            thread.join()


def _make_library() -> None:
    """Make the library, or workers would say that there is none."""
    from ingest.embedding.embedders import load_embedder

    settings = library_settings()
    embedder = load_embedder(settings)
    Library.open(
        settings, embedder=embedder.name, dimension=embedder.dimension, write=True, create=True
    ).close()


def _token(database: Database) -> str:
    people = People(database.address)
    people.add("reader", "a password of nobody's", admin=True)
    return people.add_token("reader", "the bench")


def _look(ledger: Ledger, outcome: Outcome, end: threading.Event) -> None:
    """Look into the library all the time: whatever is acknowledged has all its chunks."""
    chance = random.Random(2)  # noqa: S311  # a choice, no secret
    while not end.wait(0.5):
        try:
            with Library.open(library_settings()) as library:
                while not end.wait(0.1):
                    if (picked := ledger.pick(chance)) is None:
                        continue
                    if not is_whole(library, picked[0]) and ledger.has_to_be_there(*picked):
                        outcome.fault(f"{picked[1].url} is half visible")
                    outcome.count(outcome.kinds, "looks into the library")
        except LibraryError:
            outcome.count(outcome.errors, "looks while a server was away")


def _told(whole: Cluster, editor: Editor, outcome: Outcome, taken: str) -> str:
    kills = ", ".join(f"{count} of {kind}s" for kind, count in sorted(whole.kills.items()))
    waits = [each.ended - each.begun for server in whole.front_ends for each in server.away]
    last_words = Counter(words for each in whole.ours for words in each.last_words)
    crashes, lost = len(whole.database.away), len(whole.vectors.away)
    lines = [
        (
            f"{taken}; kills: {kills}; crashes of PostgreSQL: {crashes}; kills of Chroma: {lost} "
            "(its folder was lost once)"
        ),
        f"ended by themselves and were started again: {_counted(last_words)}",
        f"{editor.runs} runs, {editor.acknowledged:,} articles acknowledged, {editor.removed} removed",
        f"jobs over which five workers were killed, and which were put back: {editor.put_back}",
        f"a server was away for the editor {editor.away} times",
        f"asked: {_counted(outcome.kinds)}",
        f"errors: {_counted(outcome.errors)}",
    ]
    if len(outcome.seconds) > 1:
        slow = quantiles(outcome.seconds, n=20)[-1]
        lines.append(f"seconds a reply: median {median(outcome.seconds):.2f}, 95th percentile {slow:.2f}")
    if waits:
        lines.append(
            f"a front end was away for {median(waits):.1f} s in the median, {max(waits):.1f} s at most"
        )
    return "\n".join(lines)


def _counted(what: Counter[str]) -> str:
    return "; ".join(f"{count:,} × {kind[:90]}" for kind, count in what.most_common()) or "none"


def _look_afterwards(whole: Cluster, ledger: Ledger, outcome: Outcome, token: str) -> None:
    if left := wait_for_quiet(whole.database):
        outcome.fault(f"left in the queue: {left}")
    for each in whole.workers:
        if (code := each.end()) != 0:
            outcome.fault(f"{each.name} ended with {code} when it was told to")
    afterwards = Afterwards(whole.database, whole.vectors, ledger, outcome)
    afterwards.look()
    print(
        f"found by their own words and vectors: {afterwards.found:,} of {afterwards.looked_for:,} sentences"
    )
    afterwards.ask(whole.addresses, token)
    folders = [each.machine.folder / "cache" for each in whole.front_ends]
    gone = afterwards.rebuild([*folders, whole.database.machine.folder / "data" / "base"])
    print(f"{gone} removed articles looked for in the record, the collections and the files")


def _since(begun: float) -> str:
    seconds = time.monotonic() - begun
    return f"{seconds / 60:.1f} min" if seconds >= 120 else f"{seconds:.0f} s"


def main(arguments: list[str] | None = None) -> int:
    """Run it in a folder that is deleted afterwards, unless it is to be kept."""
    parser = argparse.ArgumentParser(description="Kills and crashes on several machines.")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument(
        "--articles", type=int, default=5_200, help="that are there before; Chroma is asked from 5,000"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep logs and all else here")
    options = parser.parse_args(arguments)
    sys.path.insert(0, str(TESTS))
    with ExitStack() as ending:
        scratch = options.keep or Path(
            ending.enter_context(tempfile.TemporaryDirectory(prefix="footnote-outage-"))
        )
        scratch.mkdir(parents=True, exist_ok=True)
        scratch.chmod(0o755)  # PostgreSQL runs as another user
        with cluster(scratch) as whole:
            return run(whole, options)


if __name__ == "__main__":
    sys.exit(main())
