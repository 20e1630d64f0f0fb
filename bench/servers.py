"""The same questions to a library in a folder and to a copy of it whose vectors are on a Chroma server.

    chroma run --path /tmp/chroma --port 8000 &
    python -m bench.servers --chroma http://127.0.0.1:8000

Each is asked in a process of its own, so that neither profits from passages that the other has read.
"""

from __future__ import annotations

import os
import shutil
import sys
from argparse import ArgumentParser
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from assistant import answer
from assistant.retrieval.open_libraries import close_libraries, open_library
from bench.news import slice_library
from ingest import repair_library

if TYPE_CHECKING:
    from collections.abc import Sequence

QUESTIONS = 200
WARM_UP = 5
MOST_TIME, LEAST_SAME = 1.25, 0.99
"""Of a median answer, server beside folder; and of first quotations that are the same."""

Quotation = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """Seconds of each answer, by the clock and of this process's processor time, and its first quotation."""

    seconds: tuple[float, ...]
    worked: tuple[float, ...]
    first: tuple[Quotation | None, ...]
    notices: tuple[str, ...]

    def milliseconds(self) -> tuple[float, float, float]:
        """Return the median, the 95th percentile, and the median of processor time."""
        return 1e3 * median(self.seconds), 1e3 * quantiles(self.seconds, n=20)[-1], 1e3 * median(self.worked)


def ask(library: Path, chroma: str, questions: Sequence[str]) -> Asked:
    """Ask a library, its vectors on a server if one is named."""
    os.environ["FOOTNOTE_CHROMA"] = chroma
    for question in questions[:WARM_UP]:
        answer(question, library=library)
    seconds, worked, first = [], [], []
    for question in questions:
        clock, work = perf_counter(), process_time()
        given = answer(question, library=library)
        seconds.append(perf_counter() - clock)
        worked.append(process_time() - work)
        cited = given.citations[0] if given.citations else None
        first.append((cited.article_id, cited.start, cited.end) if cited else None)
    notices = tuple(open_library(library).library.notices)
    close_libraries()
    return Asked(tuple(seconds), tuple(worked), tuple(first), notices)


def move(library: Path, chroma: str) -> float:
    """Put the vectors of a library on a server; return the seconds that it took."""
    os.environ["FOOTNOTE_CHROMA"] = chroma
    begun = perf_counter()
    repair_library(library)
    return perf_counter() - begun


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; exit 1 where a limit is crossed."""
    parser = ArgumentParser(description="Answers with vectors in a folder and on a Chroma server.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--library", type=Path, help="keep the slice's library here for the next run")
    parser.add_argument("--chroma", required=True, help="address of a Chroma server")
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as scratch:
        folder = options.library or Path(scratch) / "slice"
        questions = [question.text for question in slice_library(options.data, folder)[:QUESTIONS]]
        chunks = open_library(folder).library.count()[1]
        close_libraries()
        copy = shutil.copytree(folder, Path(scratch) / "copy")
        with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as processes:
            moved = processes.submit(move, copy, options.chroma).result()
            beside = processes.submit(ask, folder, "", questions).result()
            there = processes.submit(ask, copy, options.chroma, questions).result()
    print(f"{chunks:,} chunks moved to the server in {moved:.0f} s")
    return show(beside, there)


def show(beside: Asked, there: Asked) -> int:
    """Print both beside each other and the limits; return 1 where one is crossed."""
    table = Table("milliseconds an answer", "folder", "server", title=f"{len(beside.first)} questions")
    rows = ("median", "95th percentile", "processor time, median")
    for name, ours, theirs in zip(rows, beside.milliseconds(), there.milliseconds(), strict=True):
        table.add_row(name, f"{ours:.0f}", f"{theirs:.0f}")
    Console().print(table)
    times = median(there.seconds) / median(beside.seconds)
    pairs = list(zip(beside.first, there.first, strict=True))
    same = sum(ours == theirs for ours, theirs in pairs) / len(pairs)
    print(f"server ÷ folder, median: {times:.2f} (at most {MOST_TIME})")
    print(f"same first quotation: {same:.3f} (at least {LEAST_SAME})")
    for notice in {*beside.notices, *there.notices}:
        print(f"notice: {notice}")
    return int(times > MOST_TIME or same < LEAST_SAME or bool(there.notices))


if __name__ == "__main__":
    sys.exit(main())
