"""How long an answer takes in quotes mode, and its stages, at 3,500, 35,000 and 350,000 chunks.

The middle one is the library of the news slice, the small one its first articles, the large one its sentences
in another order with stand-in vectors (bench/sized.py). The stages are those of the same calls of `answer()`,
timed where the answer enters and leaves them. The processor time counts all threads and hardly changes on a
busy machine, so it is what libraries of different sizes are compared by.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections import defaultdict
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from rich.console import Console
from rich.table import Table

from assistant import answer
from assistant.quoting import quote_answer
from assistant.retrieval import retrieve
from assistant.retrieval.open_libraries import close_libraries, open_library
from bench.news import slice_library
from bench.sized import more_than, part_of
from ingest import Library, library_settings, load_embedder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bench.news import Question

SMALL, LARGE = 3_500, 350_000
MEDIAN, TAIL, SEARCH = 150.0, 300.0, 40.0
"""Milliseconds at about 35,000 chunks on two idle cores: a median answer, one in twenty, a search."""
MOST_GROWTH = 1.5
"""Of processor time, an answer from the large library beside one from the middle one."""
WARM_UP = 5
QUESTIONS = 100

STAGES = {
    "question's vector": (retrieve, "question_vector"),
    "search": (Library, "search"),
    "order of chunks": (retrieve, "rank_chunks"),
    "sentences: features": (retrieve, "features"),
    "sentences: reading": (retrieve, "reread"),
    "choosing quotes": (quote_answer, "_settled"),
}

Times = dict[str, list[tuple[float, float]]]
"""Of each stage, for each question, milliseconds by the clock and of the processor."""


def measure(library: Path, questions: Sequence[Question]) -> Times:
    """Ask the questions; the first few are not counted."""
    times: Times = defaultdict(list)
    for place, question in enumerate(questions[: WARM_UP + QUESTIONS]):
        spent: dict[str, tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
        with ExitStack() as stack:
            for name, (owner, attribute) in STAGES.items():
                stack.enter_context(_timed(owner, attribute, name, spent))
            with _spending("answer()", spent):
                answer(question.text, library=library, asked_on=question.asked_on)
        if place >= WARM_UP:
            for name in (*STAGES, "answer()"):
                times[name].append(spent[name])
    return times


@contextmanager
def _timed(owner: Any, attribute: str, name: str, spent: dict[str, tuple[float, float]]) -> Iterator[None]:  # noqa: ANN401  # a module or a class
    """Add what a function takes to what is spent, as long as the context lasts."""
    timed: Callable[..., Any] = getattr(owner, attribute)

    def call(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401  # whatever the function takes
        with _spending(name, spent):
            return timed(*arguments, **named)

    with patch.object(owner, attribute, call):
        yield


@contextmanager
def _spending(name: str, spent: dict[str, tuple[float, float]]) -> Iterator[None]:
    clock, work = perf_counter(), process_time()
    yield
    before = spent[name]
    spent[name] = (
        before[0] + 1000 * (perf_counter() - clock),
        before[1] + 1000 * (process_time() - work),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table for each size; exit 1 where a limit is crossed."""
    parser = ArgumentParser(description="Time of an answer in quotes mode, at three sizes.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--library", type=Path, help="keep the slice's library here for the next run")
    parser.add_argument("--sizes", type=Path, help="keep the small and the large library here")
    parser.add_argument(
        "--large", type=int, default=LARGE, help="chunks of the large library; 0: leave it out"
    )
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as scratch:
        folder = options.library or Path(scratch) / "slice"
        questions = slice_library(options.data, folder)
        load_embedder(library_settings()).embed([question.text for question in questions[:1]])
        sizes = options.sizes or Path(scratch)
        libraries = [_made(sizes / "small", folder, SMALL), folder]
        if options.large:
            libraries.append(_made(sizes / f"large-{options.large}", folder, options.large))
        measured = []
        for library in libraries:
            chunks = open_library(library).library.count()[1]
            measured.append((chunks, measure(library, questions)))
            close_libraries()
    return show(measured)


def _made(folder: Path, slice_folder: Path, chunks: int) -> Path:
    """Return a library of a size, made now unless it is there."""
    if not (folder / "record.sqlite").exists():
        (part_of if chunks == SMALL else more_than)(slice_folder, folder, chunks)
    return folder


def show(measured: Sequence[tuple[int, Times]]) -> int:
    """Print medians and 95th percentiles beside the limits; return 1 where one is crossed."""
    for chunks, times in measured:
        table = Table("stage", "median", "95th percentile", "of the processor", title=f"{chunks:,} chunks")
        for name, spent in times.items():
            clock, work = [each for each, _ in spent], [each for _, each in spent]
            tail = quantiles(clock, n=20)[-1]
            table.add_row(name, f"{median(clock):.1f} ms", f"{tail:.1f} ms", f"{median(work):.1f} ms")
        Console().print(table)
    checks = _checks(measured)
    for name, value, limit in checks:
        print(f"{name}: {value:.2f}, at most {limit:g}{'' if value <= limit else ' — CROSSED'}")
    return int(any(value > limit for _, value, limit in checks))


def _checks(measured: Sequence[tuple[int, Times]]) -> list[tuple[str, float, float]]:
    """Return what is limited: the times at the middle size, and how an answer grows with the library."""
    middle = measured[1][1]
    clock = [each for each, _ in middle["answer()"]]
    found = [
        ("answer(), median ms", median(clock), MEDIAN),
        ("answer(), 95th percentile ms", quantiles(clock, n=20)[-1], TAIL),
        ("search, median ms", median(each for each, _ in middle["search"]), SEARCH),
    ]
    for chunks, times in measured[2:]:
        growth = _work(times) / _work(middle)
        found.append(
            (
                f"processor time of an answer at {chunks:,} chunks to that at the middle size",
                growth,
                MOST_GROWTH,
            )
        )
    return found


def _work(times: Times) -> float:
    return median(work for _, work in times["answer()"])


if __name__ == "__main__":
    sys.exit(main())
