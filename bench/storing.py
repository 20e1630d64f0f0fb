"""How many articles whose vectors are given four writers store in PostgreSQL, beside one.

Run it with `python -m bench.storing [--articles 20000]`. Nothing is embedded, so that everything else shows.
The articles are those of data/news and, beyond them, variants: half of the sentences of each are exchanged
for sentences of other articles, so that a variant is looked at beside its original and is no copy of it.

One process, four, and four that have a library each take turns: what four lose to one another in one library
is the difference between the last two. Processes and PostgreSQL share the processors, and one process keeps
one of them busy, so that two processors allow no more than twice as many; beside other work four processes
get more of them than one does. What no load changes is the share of one writer's time in which nobody else
can publish.
"""

from __future__ import annotations

import gc
import os
import random
import sys
import time
from argparse import ArgumentParser
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
from rich.console import Console
from rich.table import Table

from bench.news import news_article, read_lines
from ingest import Article, Library, Prepared, make_chunks, split_sentences
from ingest.storage.postgresql.journal import PostgresJournal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.sharedctypes import Synchronized
    from multiprocessing.synchronize import Barrier

    from postgres import PostgresServer

    from ingest.database_address import DatabaseAddress

TESTS = Path(__file__).parent.parent / "tests"
WRITERS = 4
LEAST_TIMES = 2.0
"""As many articles as one process stores, by four."""
BATCH = 32
ROUNDS = 2
DIMENSION, NAME = 384, "given"
EXCHANGED = 0.5  # of a variant's sentences
VECTORS = 50_000
MODES = {"one": (1, False), "four": (WRITERS, False), "four, a library each": (WRITERS, True)}


def works(file: Path, count: int) -> list[Prepared]:
    """Return so many articles with vectors by chance, in an order by chance, always the same."""
    chance, numbers = random.Random(7), np.random.default_rng(7)  # noqa: S311  # a choice, not a secret
    vectors = numbers.normal(size=(VECTORS, DIMENSION)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    real = [news_article(item) for item in read_lines(file) if item["text"].strip()]
    chance.shuffle(real)
    made: list[Prepared] = []
    for article in [*real[:count], *variants(real, count - len(real), chance)]:
        chunks = make_chunks(article)
        first = int(numbers.integers(VECTORS - len(chunks)))
        made.append(Prepared(article, chunks, vectors[first : first + len(chunks)]))
    chance.shuffle(made)
    return made


def variants(real: Sequence[Article], count: int, chance: random.Random) -> Iterator[Article]:
    """Yield so many articles with half of their sentences from others."""
    sentences = [[each.text for each in split_sentences(article.text)] for article in real if count > 0]
    every = [text for texts in sentences for text in texts]
    for number in range(count):
        own = sentences[number % len(real)]
        mixed = [chance.choice(every) if chance.random() < EXCHANGED else text for text in own]
        original = real[number % len(real)]
        yield Article(
            " ".join(mixed), original.title, f"variant {number}", original.published, original.source
        )


def store(
    address: DatabaseAddress, share: Sequence[Prepared], begin: Barrier, turns: Synchronized[float]
) -> None:
    """Store a share of the articles once all are ready; what a process of its own does.

    `turns` gets the seconds in which it kept all others from publishing.
    """
    numbered = PostgresJournal._numbered  # noqa: SLF001  # there is no other place to time it

    @contextmanager
    def timed(journal: PostgresJournal) -> Iterator[int]:
        begun = time.perf_counter()
        with numbered(journal) as generation:
            yield generation
        with turns.get_lock():
            turns.value += time.perf_counter() - begun

    setattr(PostgresJournal, "_numbered", timed)  # noqa: B010  # in this process alone
    with Library.open(address, embedder=NAME, dimension=DIMENSION, write=True, create=True) as library:
        begin.wait()
        for start in range(0, len(share), BATCH):
            library.put(share[start : start + BATCH])


def seconds_to_store(
    server: PostgresServer, made: Sequence[Prepared], processes: int, *, apart: bool
) -> tuple[float, float]:
    """Let some processes store all in a new library, or in one for each.

    Returns:
        How long it took, and for how long one of them had the turn at publishing or waited for it.
    """
    one = server.library()
    places = [server.library() if apart else one for _ in range(processes)]
    fork = get_context("fork")  # they have all articles without reading or copying them
    begin, turns = fork.Barrier(processes + 1), fork.Value("d", 0.0)
    running = [
        fork.Process(target=store, args=(place, made[number::processes], begin, turns))
        for number, place in enumerate(places)
    ]
    for process in running:
        process.start()
    begin.wait()
    begun = time.perf_counter()
    for process in running:
        process.join()
    taken = time.perf_counter() - begun
    stored = 0
    for place in {str(place): place for place in places}.values():
        with Library.open(place) as library:
            stored += library.count()[0]
    if stored != len(made):
        raise RuntimeError(f"{stored} articles were stored, not {len(made)}")
    return taken, float(turns.value)


def measure(server: PostgresServer, made: Sequence[Prepared], rounds: int) -> dict[str, list[float]]:
    """Measure each in turns: a machine is not as busy at all times."""
    taken: dict[str, list[float]] = {mode: [] for mode in MODES}
    for number in range(rounds):
        for mode, (processes, apart) in MODES.items():
            seconds, turns = seconds_to_store(server, made, processes, apart=apart)
            taken[mode].append(seconds)
            share = turns / seconds / processes
            print(f"turn {number + 1}, {mode}: {seconds:.1f} s, publishing {share:.3f} of it", flush=True)
    return taken


def show(articles: int, taken: dict[str, list[float]]) -> int:
    """Print the medians and the ratios; return 1 where the floor is crossed."""
    table = Table("writers", "articles a second", "times one", title=f"{articles:,} articles, vectors given")
    one = median(taken["one"])
    for mode, seconds in taken.items():
        table.add_row(mode, f"{articles / median(seconds):.0f}", f"{one / median(seconds):.2f}")
    Console().print(table)
    return int(one / median(taken["four"]) < LEAST_TIMES)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; exit 1 where the floor is crossed."""
    parser = ArgumentParser(description="Storing by one writer and by four.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args(arguments)
    sys.path.insert(0, str(TESTS))
    from postgres import PostgresServer

    made = works(options.data / "news" / "articles.jsonl.gz", options.articles)
    gc.freeze()
    with TemporaryDirectory() as folder:
        os.environ["HOME"], os.environ["FOOTNOTE_CACHE"] = folder, f"{folder}/cache"
        server = PostgresServer()
        try:
            taken = measure(server, made, options.rounds)
        finally:
            server.destroy()
    return show(len(made), taken)


if __name__ == "__main__":
    sys.exit(main())
