"""300,000 chunks in PostgreSQL and on a Chroma server: a search, and how soon others see a new article.

    python -m bench.many --library FOLDER [--chunks 302000] [--minutes 60]

There is not so much real text: the articles are sentences of the news slice in another order, under titles of
the slice, with stand-in vectors near its own (bench/sized.py). Starts servers of its own. A front end is a
process with a keyword index of its own; another process writes.
"""

from __future__ import annotations

import os
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import monotonic, perf_counter, process_time, sleep, time
from typing import TYPE_CHECKING

from assistant.retrieval.open_libraries import close_libraries, open_library
from bench.news import news_slice
from bench.sized import PUT_AT_ONCE, drawn_like
from ingest import Article, Embedder, Library, Prepared, library_location, make_chunks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.database_address import LibraryLocation

TESTS = Path(__file__).parent.parent / "tests"
CHUNKS = 302_000
MOST_SEARCH, MOST_SEEN = 40.0, 1.0
"""Milliseconds of a median search, seconds until another front end finds an article."""
QUESTIONS, WARM_UP, NEW = 150, 10, 10
LOOK_EVERY, LONGEST = 0.02, 60.0  # seconds
WORD = "quillmarsh"  # in no article but the new ones


def fill(place: LibraryLocation, folder: Path, chunks: int, minutes: float) -> int:
    """Store articles until there are so many chunks, or the time is over; return how many there are."""
    until = monotonic() + 60 * minutes
    opened = open_library(folder)
    dimension, name = opened.embedder.dimension, opened.embedder.name
    with Library.open(place, embedder=name, dimension=dimension, write=True, create=True) as library:
        batch: list[Prepared] = []
        stored = 0
        for item in drawn_like(folder):
            batch.append(item)
            stored += len(item.chunks)
            if len(batch) == PUT_AT_ONCE or stored >= chunks:
                library.put(batch)
                batch = []
                if stored >= chunks or monotonic() > until:
                    return library.count()[1]
    raise AssertionError  # drawn articles have no end


def search_times(library: Library, embedder: Embedder, questions: Sequence[str]) -> list[tuple[float, float]]:
    """Return the milliseconds of each search, by the clock and of this process."""
    vectors = embedder.embed(list(questions))
    times = []
    for question, vector in zip(questions, vectors, strict=True):
        clock, work = perf_counter(), process_time()
        library.search(question, vector)
        times.append((1e3 * (perf_counter() - clock), 1e3 * (process_time() - work)))
    return times[WARM_UP:]


def write(place: str) -> None:
    """Store an article for each number on standard input and say when that was done, in another process."""
    library = library_location(place)
    embedder = open_library(library).embedder
    with Library.open(library, embedder=embedder.name, dimension=embedder.dimension, write=True) as writer:
        for line in sys.stdin:
            word = f"{WORD}{line.strip()}"
            text = f"The council of {word} met on Monday. It decided to repair the old bridge of {word}."
            article = Article(text, f"News of {word}", f"new {word}")
            chunks = make_chunks(article)
            writer.put([Prepared(article, chunks, embedder.embed([chunk.text for chunk in chunks]))])
            print(time(), flush=True)


def seconds_until_seen(library: Library, embedder: Embedder, place: str) -> list[float]:
    """Let another process store articles; return how long after each of them this one finds it."""
    command = [sys.executable, "-m", "bench.many", "--write", place]
    seen = []
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:  # noqa: S603  # this file
        assert writer.stdin is not None
        assert writer.stdout is not None
        for number in range(NEW):
            word = f"{WORD}{number}"
            vector = embedder.embed([word])[0]
            print(number, file=writer.stdin, flush=True)
            stored = float(writer.stdout.readline())
            while not any(hit.article.title.endswith(word) for hit in library.search(word, vector)):
                if time() - stored > LONGEST:
                    raise TimeoutError(word)
                sleep(LOOK_EVERY)
            seen.append(time() - stored)
    return seen


def measure(place: str, folder: Path, chunks: int, minutes: float, questions: Sequence[str]) -> int:
    """Fill, ask, write; print the figures and return 1 where a limit is crossed."""
    begun = perf_counter()
    there = fill(library_location(place), folder, chunks, minutes)
    print(f"{there:,} chunks stored in {perf_counter() - begun:.0f} s", flush=True)
    opened = open_library(library_location(place))
    begun = perf_counter()
    opened.library.search("first", opened.embedder.embed(["first"])[0])
    while opened.library.notices and perf_counter() - begun < 60 * minutes:
        sleep(1)
        opened.library.search("first", opened.embedder.embed(["first"])[0])
    print(f"keyword index made in {perf_counter() - begun:.0f} s", flush=True)
    times = search_times(opened.library, opened.embedder, questions)
    clock, work = ([each[part] for each in times] for part in (0, 1))
    print(
        f"search: median {median(clock):.0f} ms (at most {MOST_SEARCH:.0f}), 95th percentile "
        f"{quantiles(clock, n=20)[-1]:.0f}, processor time of this process {median(work):.0f}",
        flush=True,
    )
    seen = seconds_until_seen(opened.library, opened.embedder, place)
    print(f"seen by another front end after {median(seen):.2f} s, at most {max(seen):.2f} (1)")
    print(f"notices: {opened.library.notices}")
    close_libraries()
    return int(median(clock) > MOST_SEARCH or max(seen) > MOST_SEEN)


def main(arguments: Sequence[str] | None = None) -> int:
    """Start servers and measure."""
    parser = ArgumentParser(description="Many chunks on servers.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--library", type=Path, help="a library of the news slice, or of part of it")
    parser.add_argument("--chunks", type=int, default=CHUNKS)
    parser.add_argument("--minutes", type=float, default=60, help="store for so long at most")
    parser.add_argument("--write", help="used by the bench itself")
    options = parser.parse_args(arguments)
    if options.write:
        write(options.write)
        return 0
    sys.path.insert(0, str(TESTS))
    from chromaserver import ChromaServer
    from postgres import PostgresServer

    questions = [each.text for each in news_slice(options.data)[1][: WARM_UP + QUESTIONS]]
    with TemporaryDirectory() as scratch:
        os.environ["HOME"], os.environ["FOOTNOTE_CACHE"] = scratch, f"{scratch}/cache"
        server, chroma = PostgresServer(), ChromaServer(Path(scratch) / "chroma")
        chroma.start()
        try:
            address = server.library()
            place = f"{address.conninfo}?library={address.name}"
            os.environ["FOOTNOTE_CHROMA"] = chroma.url
            return measure(place, options.library, options.chunks, options.minutes, questions)
        finally:
            chroma.kill()
            server.destroy()


if __name__ == "__main__":
    sys.exit(main())
