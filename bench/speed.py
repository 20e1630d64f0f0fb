"""How long an answer takes in quotes mode, and its stages, on a library of the news slice."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from assistant import answer
from assistant.evidence import SEARCHED
from assistant.libraries import open_library
from bench.news import slice_library

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.news import Question

LIMITS = {"answer()": 400.0, "search": 40.0}
"""Milliseconds, median, at about 35,000 chunks on two cores."""
WARM_UP = 5
QUESTIONS = 100


def measure(library: Path, questions: Sequence[Question]) -> dict[str, list[float]]:
    """Return milliseconds of each stage for each question, after a few that are not counted."""
    opened = open_library(library)
    vectors = opened.embedder.embed([question.text for question in questions])
    some = list(zip(questions, vectors, strict=True))[: WARM_UP + QUESTIONS]
    stages: dict[str, Callable[[int], object]] = {
        "embed question": lambda place: opened.embedder.embed([some[place][0].text]),
        "search": lambda place: opened.library.search(some[place][0].text, some[place][1], limit=SEARCHED),
        "answer()": lambda place: answer(
            some[place][0].text, library=library, asked_on=some[place][0].asked_on
        ),
    }
    times: dict[str, list[float]] = {name: [] for name in stages}
    for place in range(len(some)):
        for name, stage in stages.items():
            started = perf_counter()
            stage(place)
            times[name].append(1000 * (perf_counter() - started))
    return {name: measured[WARM_UP:] for name, measured in times.items()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; exit 1 where a limit is crossed."""
    parser = ArgumentParser(description="Time of an answer in quotes mode.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--library", type=Path, help="keep the library here for the next run")
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as scratch:
        folder = options.library or Path(scratch) / "library"
        times = measure(folder, slice_library(options.data, folder))
        chunks = open_library(folder).library.count()[1]
    return show(times, chunks)


def show(times: dict[str, list[float]], chunks: int) -> int:
    """Print median and 95th percentile beside the limits; return 1 where one is crossed."""
    table = Table("stage", "median", "95th percentile", "limit", title=f"{chunks:,} chunks")
    for name, measured in times.items():
        tail = quantiles(measured, n=20)[-1]
        limit = f"≤ {LIMITS[name]:.0f} ms" if name in LIMITS else ""
        table.add_row(name, f"{median(measured):.0f} ms", f"{tail:.0f} ms", limit)
    Console().print(table)
    return int(any(median(times[name]) > limit for name, limit in LIMITS.items()))


if __name__ == "__main__":
    sys.exit(main())
