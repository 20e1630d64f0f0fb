"""Is a question that goes on answered from what was talked about, and only then, and a new one without it?

    python -m bench.conversations

Conversations about invented reports (bench/invented.py), of the third that is kept back; all reports are one
library. The second question leans on the first: cut short ("how many died"), by a pronoun, or in words that
mean nothing alone; another that leans on it in the same ways isn't answered by the report. The last begins
anew, behind both, and is asked alone, too. All three are asked once more of a library without the reports,
where nothing that goes on can be answered.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from assistant import answer
from assistant.retrieval.open_libraries import close_libraries
from bench.details import articles_of
from bench.invented import conversations, reports
from ingest import ingest_articles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant import Answer
    from bench.invented import Conversation

ANEW, UNTOLD, MISSING = "anew", "untold", "missing"
MISSING_ANEW = f"{MISSING}, {ANEW}"
FLOORS = {"cut": 0.78, "pronoun": 0.84, "words": 0.92, ANEW: 0.98, MISSING_ANEW: 0.98}
"""The least share with the right first quotation; of those that begin anew, with the same as alone. What was
measured first, less a standard error."""

MOST = {UNTOLD: 0.42, MISSING: 0.22}
"""The largest share of what no sentence of the report answers, and of what goes on with a report that isn't
there, that is answered all the same."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question behind others: `kind` is that of a conversation's second question, `UNTOLD` or `ANEW`."""

    question: str
    history: tuple[tuple[str, str], ...]
    kind: str
    pieces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a question is answered, the first quotation right, and the same as without those before."""

    answered: bool
    right: bool
    same: bool


def turns(each: Conversation, library: Path) -> Iterator[Turn]:
    """Yield the other questions of a conversation behind what was asked and answered."""
    begun = (each.first, answer(each.first, library=library).text)
    yield Turn(each.then, (begun,), each.kind, each.pieces)
    if each.untold:
        yield Turn(each.untold, (begun,), UNTOLD, ())
    gone_on = (each.then, answer(each.then, library=library, history=(begun,)).text)
    yield Turn(each.other, (begun, gone_on), ANEW, each.other_pieces)


def libraries(folder: Path) -> tuple[Path, Path]:
    """Return a library of all reports, and one without those that conversations are about."""
    about = {each.title for each in conversations()}
    some = list(reports())
    every, others = folder / "every", folder / "others"
    for library, kept in ((every, some), (others, [each for each in some if each.title not in about])):
        if not library.exists():
            ingest_articles(articles_of(kept), library)
    return every, others


def outcomes(some: Sequence[Conversation], library: Path) -> dict[str, list[Outcome]]:
    """Return what came of the questions of each kind."""
    found: dict[str, list[Outcome]] = defaultdict(list)
    for each in some:
        for turn in turns(each, library):
            given = answer(turn.question, library=library, history=turn.history)
            alone = answer(turn.question, library=library)
            right = any(piece in first(given) for piece in turn.pieces)
            found[turn.kind].append(Outcome(given.answered, right, first(given) == first(alone)))
    return found


def without(some: Sequence[Conversation], library: Path) -> dict[str, list[Outcome]]:
    """Return what came of the questions in a library that doesn't have the reports."""
    found = outcomes(some, library)
    anew = found.pop(ANEW, [])
    return {MISSING: [each for rows in found.values() for each in rows], MISSING_ANEW: anew}


def first(given: Answer) -> str:
    """Return the first quotation of an answer, nothing where there is none."""
    return given.citations[0].quote if given.answered and given.citations else ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a row for each kind of question; return 1 where a floor is crossed."""
    parser = ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--most", type=int, help="conversations that are held")
    options = parser.parse_args(arguments)
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        every, others = libraries(Path(folder))
        kept = [each for each in conversations() if each.kept][: options.most]
        found = outcomes(kept, every) | without(kept, others)
        close_libraries()
    table = Table("question", "asked", "answered", "right first", "the same as alone")
    missed = False
    for kind, rows in found.items():
        answered, right, same = (
            mean(getattr(each, name) for each in rows) for name in ("answered", "right", "same")
        )
        table.add_row(kind, str(len(rows)), f"{answered:.2f}", f"{right:.2f}", f"{same:.2f}")
        if kind in MOST:
            missed |= answered > MOST[kind]
        else:
            missed |= (same if kind in {ANEW, MISSING_ANEW} else right) < FLOORS[kind]
    Console().print(table)
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
