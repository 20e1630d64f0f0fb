"""Questions on invented reports with the reports' sentences, to train the model for relevance on.

    python -m tools.report_examples --out FILE

Beside questions that a sentence answers stand questions on details that none tells, though sentences come
near, and questions that take for granted what isn't so (bench/invented.py). SQuAD has few of these: its
questions without an answer were made from others by exchanging a word.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from assistant.retrieval.relevance import passage
from bench.invented import reports
from tools.example_files import write_examples

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.invented import Report

SEED = 4
SENTENCES = 6
"""Sentences of a question, the right ones among them; those kept back have all of their report."""
WITHOUT = 0.25
"""How often a question that a sentence answers comes once more without that sentence."""


def examples() -> Iterator[dict[str, Any]]:
    """Yield the examples of every report."""
    chance = random.Random(SEED)  # noqa: S311  # a choice, not a secret
    for report in reports():
        for question, places in report.asked:
            yield _example(report, question, "told", places, chance)
            if not report.kept and chance.random() < WITHOUT:
                others = [place for place in range(len(report.sentences)) if place not in places]
                yield _example(report, question, "left out", (), chance, others)
        for question in report.not_told:
            yield _example(report, question, "not told", (), chance)
        for question in report.false_premise:
            yield _example(report, question, "false premise", (), chance)


def _example(
    report: Report,
    question: str,
    kind: str,
    right: Sequence[int],
    chance: random.Random,
    among: Sequence[int] | None = None,
) -> dict[str, Any]:
    places = [*(range(len(report.sentences)) if among is None else among)]
    if not report.kept and len(places) > SENTENCES:
        others = [place for place in places if place not in right]
        places = sorted([*right, *chance.sample(others, SENTENCES - len(right))])
    return {
        "question": question,
        "passages": [passage(report.title, report.sentences[place]) for place in places],
        "right": [places.index(place) for place in right],
        "kind": kind,
        "kept": report.kept,
    }


if __name__ == "__main__":
    write_examples(__doc__, examples)
