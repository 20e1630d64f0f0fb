"""Do the cited sentences contain the answer? News questions asked to the articles retrieved for them.

The slice: questions asked up to 2023-03-17, and the articles that a web search found for them. Kept
are the questions whose answer string (3 characters or more, no yes or no) occurs in one of those
articles: the others can't be answered from them by any system.
"""

from __future__ import annotations

import gzip
import json
import sys
from argparse import ArgumentParser
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from assistant import answer, find_evidence
from ingest import Article, ingest_articles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LAST_ASKED = "2023-03-17"
LATER_MONTHS = ("2023-06-01", "2023-08-31")
"""Questions that nothing of Footnote was ever chosen on."""
SHORTEST_ANSWER = 3
YES_NO = frozenset({"yes", "no"})
TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})

FLOORS = {"@1": 0.34, "@3": 0.46, "@5": 0.49}
"""Shares of questions with the answer string in the first cited sentences: one standard error (.033 of 222
questions) below what was measured."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the strings that count as its answer."""

    text: str
    asked_on: date
    answers: tuple[str, ...]


def plain(text: str) -> str:
    """Lower case with plain quotation marks, so that typography doesn't decide."""
    return " ".join(text.translate(TYPOGRAPHY).lower().split())


def contains(texts: Iterable[str], answers: Sequence[str]) -> bool:
    """Say whether one of the answer strings occurs in one of the texts."""
    wanted = [plain(answer) for answer in answers]
    return any(answer in text for text in map(plain, texts) for answer in wanted)


def share_within(ranks: Sequence[int | None], k: int) -> float:
    """Return the share of questions whose answer came at a rank below `k`; None is never."""
    return sum(rank is not None and rank < k for rank in ranks) / len(ranks)


def first_rank(quotes: Sequence[str], answers: Sequence[str]) -> int | None:
    """Return the place, from 0, of the first quote with an answer string in it."""
    return next((rank for rank, quote in enumerate(quotes) if contains([quote], answers)), None)


def news_slice(
    data: Path, *, asked: tuple[str, str] = ("", LAST_ASKED)
) -> tuple[list[Article], list[Question]]:
    """Read the articles of the slice and the questions, asked between two days, that they can answer."""
    first, last = asked
    questions_file = data / "news" / "questions.jsonl.gz"
    raw = [item for item in read_lines(questions_file) if first <= item["asked_on"] <= last]
    wanted = {url for item in raw for url in item["retrieved"]}
    articles = [
        news_article(item)
        for item in read_lines(data / "news" / "articles.jsonl.gz")
        if item["url"] in wanted and item["text"].strip()
    ]
    texts = [plain(article.text) for article in articles]
    questions = [
        Question(item["question"], date.fromisoformat(item["asked_on"]), usable_answers(item["answers"]))
        for item in raw
    ]
    return articles, [item for item in questions if item.answers and _answerable(item, texts)]


def usable_answers(answers: Sequence[str]) -> tuple[str, ...]:
    """Leave out answers too short to be found by chance only, and yes and no."""
    return tuple(
        answer for answer in answers if len(answer) >= SHORTEST_ANSWER and answer.lower() not in YES_NO
    )


def news_article(item: dict[str, str]) -> Article:
    """Make an article of a record of data/news."""
    published = date.fromisoformat(item["published"][:10]) if item["published"] else None
    return Article(
        text=item["text"], title=item["title"], origin=item["url"], url=item["url"], published=published
    )


def _answerable(question: Question, texts: Sequence[str]) -> bool:
    wanted = [plain(answer) for answer in question.answers]
    return any(answer in text for text in texts for answer in wanted)


def read_lines(path: Path) -> Iterator[dict[str, str]]:
    """Yield the records of a file of data/news."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured: shares by rank, how often something was answered, seconds."""

    questions: int
    answered: float
    shares: dict[str, float]
    evidence_shares: dict[str, float]
    quotes: float
    answer_seconds: tuple[float, ...]


def measure(library: Path, questions: Sequence[Question]) -> Figures:
    """Ask every question and look for its answer in what is cited.

    `shares` counts the citations of `answer()`, abstentions as misses; `evidence_shares` the same
    ranking before anything is left out.
    """
    ranks, evidence_ranks, seconds, quotes, answered = [], [], [], 0, 0
    for question in questions:
        started = perf_counter()
        given = answer(question.text, library=library, asked_on=question.asked_on)
        seconds.append(perf_counter() - started)
        answered += given.answered
        quotes += len(given.citations)
        ranks.append(first_rank([citation.quote for citation in given.citations], question.answers))
        found = find_evidence(question.text, library=library, asked_on=question.asked_on, limit=10)
        evidence_ranks.append(first_rank([item.citation.quote for item in found], question.answers))
    return Figures(
        questions=len(questions),
        answered=answered / len(questions),
        shares={f"@{k}": share_within(ranks, k) for k in (1, 3, 5)},
        evidence_shares={f"@{k}": share_within(evidence_ranks, k) for k in (1, 3, 5, 10)},
        quotes=quotes / max(1, answered),
        answer_seconds=tuple(seconds),
    )


def slice_library(data: Path, folder: Path) -> list[Question]:
    """Make the slice's library in a folder, or use the one that is there; return its questions."""
    articles, questions = news_slice(data)
    report = ingest_articles(articles, folder)
    print(f"{len(articles):,} articles, {report.added:,} added now; {len(questions)} questions")
    return questions


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; exit 1 where a floor is crossed."""
    parser = ArgumentParser(description="Answer strings in cited sentences, news questions.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--library", type=Path, help="keep the library here for the next run")
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as scratch:
        folder = options.library or Path(scratch) / "library"
        figures = measure(folder, slice_library(options.data, folder))
    return show(figures)


def show(figures: Figures) -> int:
    """Print the figures beside their floors; return 1 where one is crossed."""
    table = Table("measured", "figure", "floor", title=f"News, {figures.questions} questions")
    for name, share in figures.shares.items():
        table.add_row(f"answer in citations {name}", f"{share:.3f}", f"{FLOORS.get(name, 0):.2f}")
    for name, share in figures.evidence_shares.items():
        table.add_row(f"answer in ranked sentences {name}", f"{share:.3f}", "")
    table.add_row("answered", f"{figures.answered:.3f}", "")
    table.add_row("quotes an answer", f"{figures.quotes:.2f}", "")
    table.add_row("answer(), median", f"{1000 * median(figures.answer_seconds):.0f} ms", "")
    Console().print(table)
    return int(any(figures.shares[name] < floor for name, floor in FLOORS.items()))


if __name__ == "__main__":
    sys.exit(main())
