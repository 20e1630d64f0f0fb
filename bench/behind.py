"""Is a question answered the same behind another conversation? Each is asked alone and behind two others.

The data: CLAPNQ's 300 questions, half of which its passages answer, and SQuAD's, one of each paragraph taken.
All passages together are one library. Before a question stand two others on other pages, with the answers
that they were given. Counted are how many keep their first quotation, of those that quote anything alone,
and how many change between answered and not. Rules were chosen on the first half of each set, which is every
other question.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from assistant import answer
from assistant.retrieval.open_libraries import close_libraries
from ingest import Article, ingest_articles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant import Answer

SEED = 7
BEFORE = 2
"""Questions, with their answers, that stand before each."""
PARAGRAPHS = 300
"""Paragraphs of SQuAD that are in the library."""
LEAST_SAME = 0.98
"""Share of CLAPNQ's questions, second half, that keep their first quotation."""
MOST_CHANGED = 0.01
"""Share of them that may change between answered and not."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the page that it is about."""

    question: str
    page: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question with the answers it was given alone and behind others."""

    question: str
    history: tuple[tuple[str, str], ...]
    alone: Answer
    behind: Answer

    @property
    def same_first(self) -> bool:
        """Say whether both begin with the same quotation."""
        return first_quotation(self.alone) == first_quotation(self.behind)

    @property
    def changed(self) -> bool:
        """Say whether one is an answer and the other none."""
        return self.alone.answered != self.behind.answered


def first_quotation(given: Answer) -> tuple[str, int] | None:
    """Return where the first quotation stands, None where nothing is quoted."""
    return (given.citations[0].article_id, given.citations[0].start) if given.citations else None


def questions(data: Path) -> tuple[list[Article], dict[str, list[Asked]]]:
    """Return the articles, and the questions of each set in a mixed order."""
    articles, asked = dict[str, Article](), {"CLAPNQ": list[Asked](), "SQuAD": list[Asked]()}

    def add(title: str, text: str) -> None:
        articles.setdefault(text, Article(text=text, title=title, origin=f"passage{len(articles)}"))

    for name in ("answerable", "unanswerable"):
        for item in _lines(data / "passages" / f"clapnq_{name}.jsonl.gz"):
            for passage in item["passages"]:
                add(passage["title"], passage["text"])
            asked["CLAPNQ"].append(Asked(item["input"], item["passages"][0]["title"]))
    chance = random.Random(SEED)  # noqa: S311  # a choice, not a secret
    for item in chance.sample([*_lines(data / "questions" / "squad.jsonl.gz")], PARAGRAPHS):
        add(item["title"], item["context"])
        known = [each["question"] for each in item["questions"] if each["answers"]]
        if known:
            asked["SQuAD"].append(Asked(chance.choice(known), item["title"]))
    for each in asked.values():
        chance.shuffle(each)
    return list(articles.values()), asked


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def outcomes(asked: Sequence[Asked], library: Path) -> list[Outcome]:
    """Ask each question alone and behind `BEFORE` others that are about other pages."""
    alone = [answer(each.question, library=library) for each in asked]
    chance = random.Random(SEED)  # noqa: S311
    found = []
    for each, given in zip(asked, alone, strict=True):
        others = [place for place, other in enumerate(asked) if other.page != each.page]
        history = tuple(
            (asked[place].question, alone[place].text)
            for place in chance.sample(others, min(BEFORE, len(others)))
        )
        found.append(
            Outcome(each.question, history, given, answer(each.question, library=library, history=history))
        )
    return found


def shares(found: Sequence[Outcome]) -> tuple[float, float]:
    """Return the share with the same first quotation, of those that have one alone, and of those changed."""
    quoting = [each for each in found if each.alone.citations]
    return (
        sum(each.same_first for each in quoting) / max(1, len(quoting)),
        sum(each.changed for each in found) / max(1, len(found)),
    )


def measure(folder: Path, data: Path, most: int | None = None) -> dict[str, tuple[int, float, float]]:
    """Return the number of questions and both shares for each half of each set, `most` questions of each."""
    articles, asked = questions(data)
    ingest_articles(articles, folder)
    figures = {}
    for name, each in asked.items():
        found = outcomes(each[:most], folder)
        for half, part in (("first half", found[::2]), ("second half", found[1::2])):
            figures[f"{name}, {half}"] = (len(part), *shares(part))
    close_libraries()
    return figures


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; exit 1 where the half that nothing was chosen on crosses a floor."""
    parser = ArgumentParser(description="The same question alone and behind another conversation.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--most", type=int, help="questions of each set")
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as scratch:
        figures = measure(Path(scratch) / "library", options.data, options.most)
    table = Table("", "questions", "same first quotation", "answered or not changed")
    for name, (number, same, changed) in figures.items():
        table.add_row(name, str(number), f"{same:.3f}", f"{changed:.3f}")
    Console().print(table)
    _, same, changed = figures["CLAPNQ, second half"]
    return int(same < LEAST_SAME or changed > MOST_CHANGED)


if __name__ == "__main__":
    sys.exit(main())
