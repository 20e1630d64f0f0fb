"""Does the probability hold in small libraries? SQuAD's pages as libraries of a few chunks up to hundreds.

Each library has some paragraphs of a page, or every other paragraph of several pages. It is asked questions
whose paragraph it has, questions whose paragraph was left out (hard: the subject is there), and questions
on other pages.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
from argparse import ArgumentParser
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from assistant import answer
from assistant.retrieval.confidence import CALIBRATED
from assistant.retrieval.open_libraries import close_libraries, open_library
from ingest import Article, ingest_articles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SEED = 5
ASKED = (6, 4, 3)
"""Questions to a library of one page: its own, left out, on other pages; of several ten times as many."""
LEAST_OWN = 0.9
"""Share of a library's own questions that have to be answered at each size. With 2 and 6 chunks it was .89
before the probability knew of the size."""

Paragraph = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Small:
    """A library to be: its texts by article, and what it is asked."""

    articles: tuple[Article, ...]
    own: tuple[str, ...]
    left_out: tuple[str, ...]
    others: tuple[str, ...]


def pages(data: Path) -> list[list[Paragraph]]:
    """Return the paragraphs of each page."""
    found: dict[str, list[Paragraph]] = defaultdict(list)
    with gzip.open(data / "questions" / "squad.jsonl.gz", "rt", encoding="utf-8") as lines:
        for item in map(json.loads, lines):
            found[item["title"]].append(item)
    return list(found.values())


def of_one_page(stored: Sequence[list[Paragraph]], length: int) -> Iterator[Small]:
    """Make of each page a library of one article, its first `length` paragraphs."""
    chance = random.Random(SEED)  # noqa: S311  # a choice, not a secret
    long = [page for page in stored if len(page) >= length + 3]
    for place, page in enumerate(long):
        text = "\n\n".join(item["context"] for item in page[:length])
        yield Small(
            (Article(text=text, title=page[0]["title"], origin=f"page{place}"),),
            *_asked(chance, (page[:length], page[length:], long[(place + 7) % len(long)]), times=1),
        )


def of_pages(stored: Sequence[list[Paragraph]], number: int) -> Iterator[Small]:
    """Make libraries of `number` pages each, every other paragraph an article."""
    chance = random.Random(SEED)  # noqa: S311
    mixed = chance.sample(list(stored), len(stored))
    for first in range(0, 2 * number, number):
        mine = mixed[first : first + number]
        here = [item for page in mine for item in page[::2]]
        gone = [item for page in mine for item in page[1::2]]
        articles = tuple(
            Article(text=item["context"], title=item["title"], origin=f"{place}")
            for place, item in enumerate(here)
        )
        yield Small(
            articles, *_asked(chance, (here, gone, [item for page in mixed[-8:] for item in page]), times=10)
        )


def _asked(
    chance: random.Random, groups: Sequence[Sequence[Paragraph]], *, times: int
) -> Iterator[tuple[str, ...]]:
    for paragraphs, number in zip(groups, ASKED, strict=True):
        known = [each["question"] for item in paragraphs for each in item["questions"] if each["answers"]]
        yield tuple(chance.sample(known, min(times * number, len(known))))


def measure(libraries: Iterator[Small]) -> tuple[float, tuple[list[float], ...]]:
    """Return the median number of chunks, and the probabilities for own, left out and other questions."""
    given: tuple[list[float], ...] = ([], [], [])
    sizes = []
    for small in libraries:
        with TemporaryDirectory() as scratch:
            ingest_articles(list(small.articles), scratch)
            sizes.append(open_library(scratch).library.count()[1])
            for kind, questions in zip(given, (small.own, small.left_out, small.others), strict=True):
                kind += [answer(question, library=scratch).confidence for question in questions]
            close_libraries()
    return median(sizes), given


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a row for each size; exit 1 where too few of a library's own questions are answered."""
    parser = ArgumentParser(description="The probability in small libraries.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    stored = pages(parser.parse_args(arguments).data)
    table = Table("chunks", "answered: own", "left out", "other pages", "mean probability", "share of own")
    failed = False
    for libraries in (
        of_one_page(stored, 1),
        of_one_page(stored, 5),
        of_pages(stored, 4),
        of_pages(stored, 12),
    ):
        size, given = measure(libraries)
        answered = [mean(value >= CALIBRATED for value in kind) for kind in given]
        everything = [value for kind in given for value in kind]
        failed |= answered[0] < LEAST_OWN
        figures = [*answered, mean(everything), len(given[0]) / len(everything)]
        table.add_row(f"{size:,.0f}", *(f"{figure:.3f}" for figure in figures))
    Console().print(table)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
