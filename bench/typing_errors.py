"""Do typing errors change an answer? Real questions with one error each, asked as typed and put right.

One content word of each question, of five letters or more, gets a letter left out, doubled, turned round with
the next, or taken for a neighbour on the keyboard; its first letter stays. The questions are those of
`bench.news` and of CLAPNQ; every other one was used for choosing, and the figures are of the rest.
"""

from __future__ import annotations

import random
import re
import sys
from argparse import ArgumentParser
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from assistant import answer
from bench.abstention import clapnq_articles
from bench.marked import lines
from bench.news import slice_library
from ingest import Filters, content_stems, ingest_articles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant import Answer

SEED = 9
SHORTEST = 5
MOST_CHANGED = 0.005
"""Share of questions without an error that may be changed."""
KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
Asked = tuple[str, date | None]


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares of the questions: first quotation as without the error, as typed and put right; and changes."""

    questions: int
    typed: float
    put_right: float
    corrected: float
    rightly: float
    changed: float


def with_error(question: str, chance: random.Random) -> tuple[str, str, str]:
    """Return the question with one typing error, the word and what became of it; all empty if none fits."""
    words = list(re.finditer(r"(?<![\w'’.-])[^\W\d_]+(?![\w'’.-]\w)", question))
    words = [found for found in words if len(found[0]) >= SHORTEST and content_stems(found[0])]
    if not words:
        return "", "", ""
    found = chance.choice(words)
    typed = found[0]
    while typed == found[0]:
        typed = mistyped(found[0], chance)
    return question[: found.start()] + typed + question[found.end() :], found[0], typed


def mistyped(word: str, chance: random.Random) -> str:
    """Return a word with one error behind its first letter, which may leave it as it is."""
    place = chance.randrange(1, len(word))
    head, letter, tail = word[:place], word[place], word[place + 1 :]
    kind = chance.choices(("turned", "left out", "doubled", "neighbour"), (35, 30, 15, 20))[0]
    if kind == "turned":
        return head + tail[:1] + letter + tail[1:]
    if kind == "left out":
        return head + tail
    if kind == "doubled":
        return head + letter + letter + tail
    row = next((keys for keys in KEYS if letter.lower() in keys), letter)
    at = row.find(letter.lower())
    beside: list[str] = [*row[max(0, at - 1) : at], *row[at + 1 : at + 2]] or [letter]
    return head + chance.choice(beside) + tail


def measure(library: Path, questions: Sequence[Asked]) -> Figures:
    """Ask each question without an error, with one as it is typed, and with one put right."""
    chance = random.Random(SEED)  # noqa: S311  # a choice, not a secret
    rows = []
    for question, day in questions:
        wrong, word, typed = with_error(question, chance)
        if not wrong:
            continue
        clean = answer(question, library=library, asked_on=day)
        as_typed = answer(wrong, library=library, asked_on=day, filters=Filters(exact=True))
        right = answer(wrong, library=library, asked_on=day) if typed else as_typed
        meant = [item.meant for item in right.corrections if item.typed == typed]
        rows.append(
            (
                _first(as_typed) == _first(clean),
                _first(right) == _first(clean),
                bool(meant),
                bool(meant) and content_stems(meant[0]) == content_stems(word),
                bool(clean.corrections),
            )
        )
    columns = list(zip(*rows, strict=True))
    corrected = mean(columns[2])
    return Figures(
        len(rows),
        mean(columns[0]),
        mean(columns[1]),
        corrected,
        sum(columns[3]) / max(1, sum(columns[2])),
        mean(columns[4]),
    )


def _first(given: Answer) -> str:
    shown = [*given.citations, *given.consulted]
    return str(shown[0].quote) if shown else ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a row for each set; exit 1 where questions without an error are changed."""
    parser = ArgumentParser(description="Typing errors in questions.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--library", type=Path, help="keep the news library here for the next run")
    parser.add_argument("--choosing", action="store_true", help="the half that was used for choosing")
    parser.add_argument("--most", type=int, help="ask only this many questions of each set")
    options = parser.parse_args(arguments)
    half = slice(0 if options.choosing else 1, None, 2)
    with TemporaryDirectory() as scratch:
        folder = options.library or Path(scratch) / "news"
        asked: list[Asked] = [(item.text, item.asked_on) for item in slice_library(options.data, folder)]
        passages = Path(scratch) / "clapnq"
        ingest_articles(clapnq_articles(options.data), passages)
        searched: list[Asked] = [
            (item["input"], None) for item in lines(options.data / "passages" / "clapnq_answerable.jsonl.gz")
        ]
        table = Table(
            "questions", "number", "as typed", "put right", "corrected", "of these rightly", "changed"
        )
        sets = {
            "news": measure(folder, asked[half][: options.most]),
            "CLAPNQ": measure(passages, searched[half][: options.most]),
        }
    for name, item in sets.items():
        shares = (item.typed, item.put_right, item.corrected, item.rightly, item.changed)
        table.add_row(name, str(item.questions), *(f"{share:.3f}" for share in shares))
    Console(width=110).print(table)
    total = sum(item.questions for item in sets.values())
    return int(sum(item.changed * item.questions for item in sets.values()) / total > MOST_CHANGED)


if __name__ == "__main__":
    sys.exit(main())
