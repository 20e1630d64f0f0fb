"""Details that no article tells: is a question on one left unanswered, and one that is told answered?

    python -m bench.details

The third of the invented reports that is kept back (bench/invented.py) is asked about, all
reports being one library. Right first is a first quotation from a sentence that answers. That a question is
met by another report's sentence counts as answered.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from assistant import answer
from bench.invented import reports
from ingest import Article, ingest_articles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.invented import Report

LEAST_FIRST, MOST_ANSWERED = 0.52, 0.52
"""Floors: the least share of told ones that are right first, the most of untold ones that are answered."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a question; `right` says whether the first quotation answers."""

    answered: bool
    right: bool
    premise: bool


def ask(question: str, sentences: Sequence[str], library: Path) -> Outcome:
    """Ask one question; `sentences` are those that answer."""
    given = answer(question, library=library)
    quote = given.citations[0].quote if given.citations else ""
    right = given.answered and bool(quote) and any(quote in each or each in quote for each in sentences)
    return Outcome(given.answered, right, given.premise is not None)


def outcomes(some: Sequence[Report], library: Path) -> dict[str, list[Outcome]]:
    """Ask all questions of these reports, by kind."""
    found: dict[str, list[Outcome]] = {"told": [], "not told": [], "false premise": []}
    for report in some:
        for question, places in report.asked:
            found["told"].append(ask(question, [report.sentences[place] for place in places], library))
        found["not told"] += [ask(question, (), library) for question in report.not_told]
        found["false premise"] += [ask(question, (), library) for question in report.false_premise]
    return found


def articles_of(some: Sequence[Report]) -> list[Article]:
    """Return reports as articles."""
    return [
        Article(" ".join(each.sentences), each.title, f"{place}.txt", published=date.fromisoformat(each.day))
        for place, each in enumerate(some)
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a row for each kind of question; return 1 where a floor is crossed."""
    parser = ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--most", type=int, help="reports that are asked about")
    options = parser.parse_args(arguments)
    every = list(reports())
    with TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        ingest_articles(articles_of(every), library)
        found = outcomes([each for each in every if each.kept][: options.most], library)
    table = Table("questions", "number", "answered", "right first", "premise told")
    for kind, some in found.items():
        shares = (
            [each.answered for each in some],
            [each.right for each in some],
            [each.premise for each in some],
        )
        table.add_row(kind, str(len(some)), *(f"{sum(share) / len(some):.3f}" for share in shares))
    Console().print(table)
    first = sum(each.right for each in found["told"]) / len(found["told"])
    answered = sum(each.answered for each in found["not told"]) / len(found["not told"])
    return int(first < LEAST_FIRST or answered > MOST_ANSWERED)


if __name__ == "__main__":
    sys.exit(main())
