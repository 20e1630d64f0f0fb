"""A library of real news copied to PostgreSQL and a Chroma server, and back: is it the same, and as quick?

    python -m bench.machines [--library FOLDER] [--questions 200]

Starts a PostgreSQL and a Chroma server of its own. The folder and the database answer the same questions in
turns, ten at a time, each in a process of its own.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from assistant import answer
from assistant.cli.commands.export import export
from bench.news import news_slice, slice_library
from bench.servers import QUESTIONS, WARM_UP, Asked, show
from ingest import Library, copy_library, library_location

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chromaserver import ChromaServer

TESTS = Path(__file__).parent.parent / "tests"
TURN = 10  # questions


def copied_there_and_back(folder: Path, database: str, chroma: str, back: Path) -> bool:
    """Copy a library to a database and back, print how long it takes; say whether all exports are equal."""
    os.environ["FOOTNOTE_CHROMA"] = chroma
    begun = perf_counter()
    there = copy_library(folder, library_location(database))
    between = perf_counter()
    os.environ["FOOTNOTE_CHROMA"] = ""
    again = copy_library(library_location(database), back)
    print(f"copied there in {between - begun:.0f} s, back in {perf_counter() - between:.0f} s", flush=True)
    if there.failed or again.failed:
        print(f"not copied: {[*there.failed, *again.failed][:3]}")
    exports = {
        place: _exported(place, back.parent / "export") for place in (str(folder), database, str(back))
    }
    sizes = {size for size, _ in exports.values()}
    print(f"exports of {sizes} bytes, equal: {len(set(exports.values())) == 1}", flush=True)
    return len(set(exports.values())) == 1


def _exported(place: str, file: Path) -> tuple[int, str]:
    """Return the size of an export and its hash."""
    os.environ["FOOTNOTE_LIBRARY"] = place
    export(file)
    content = file.read_bytes()
    return len(content), sha256(content).hexdigest()


def begin(chroma: str, cache: str) -> None:
    """Make a process ready that asks one of the two."""
    os.environ["FOOTNOTE_CHROMA"], os.environ["FOOTNOTE_CACHE"] = chroma, cache


def ask(place: str, questions: Sequence[str]) -> Asked:
    """Ask some questions."""
    from assistant.retrieval.open_libraries import open_library

    seconds, worked, first = [], [], []
    library = library_location(place)
    for question in questions:
        clock, work = perf_counter(), process_time()
        given = answer(question, library=library)
        seconds.append(perf_counter() - clock)
        worked.append(process_time() - work)
        cited = given.citations[0] if given.citations else None
        first.append((cited.article_id, cited.start, cited.end) if cited else None)
    return Asked(tuple(seconds), tuple(worked), tuple(first), tuple(open_library(library).library.notices))


def in_turns(places: Sequence[tuple[str, str]], questions: Sequence[str], cache: str) -> list[Asked]:
    """Ask each of some places, named with their Chroma servers, all questions."""
    spawn = get_context("spawn")
    pools = [
        ProcessPoolExecutor(1, spawn, initializer=begin, initargs=(chroma, cache)) for _, chroma in places
    ]
    asked: list[list[Asked]] = [[] for _ in places]
    for turn in _turns(questions):
        for (place, _), pool, answers in zip(places, pools, asked, strict=True):
            answers.append(pool.submit(ask, place, turn).result())
    for pool in pools:
        pool.shutdown()
    return [_together(answers[1:]) for answers in asked]  # the first turn is for warming up


def _turns(questions: Sequence[str]) -> Iterator[Sequence[str]]:
    yield questions[:WARM_UP]
    for start in range(WARM_UP, len(questions), TURN):
        yield questions[start : start + TURN]


def _together(answers: Sequence[Asked]) -> Asked:
    return Asked(
        tuple(each for asked in answers for each in asked.seconds),
        tuple(each for asked in answers for each in asked.worked),
        tuple(each for asked in answers for each in asked.first),
        answers[-1].notices,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; exit 1 where a limit is crossed or an export differs."""
    parser = ArgumentParser(description="A folder beside PostgreSQL with a Chroma server.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--library", type=Path, help="a library of the news slice, or of part of it")
    parser.add_argument("--questions", type=int, default=QUESTIONS)
    options = parser.parse_args(arguments)
    sys.path.insert(0, str(TESTS))
    from chromaserver import ChromaServer
    from postgres import PostgresServer

    with TemporaryDirectory() as scratch:
        folder = options.library or Path(scratch) / "slice"
        asked = news_slice(options.data)[1] if options.library else slice_library(options.data, folder)
        os.environ["HOME"], os.environ["FOOTNOTE_CACHE"] = scratch, f"{scratch}/cache"
        server, chroma = PostgresServer(), ChromaServer(Path(scratch) / "chroma")
        chroma.start()
        try:
            address = server.library()
            database = f"{address.conninfo}?library={address.name}"
            return compare(folder, database, chroma, [each.text for each in asked[: options.questions]])
        finally:
            chroma.kill()
            server.destroy()


def compare(folder: Path, database: str, chroma: ChromaServer, questions: Sequence[str]) -> int:
    """Copy, then ask both; return 1 where a limit is crossed."""
    scratch = chroma.folder.parent
    with Library.open(folder) as library:
        print(f"{library.count()[0]:,} articles, {library.count()[1]:,} chunks", flush=True)
    equal = copied_there_and_back(folder, database, chroma.url, scratch / "back")
    places = [(str(folder), ""), (database, chroma.url)]
    return show(*in_turns(places, questions, str(scratch / "cache"))) | int(not equal)


if __name__ == "__main__":
    sys.exit(main())
