"""What an answer shows when all passages are one library: is the first quotation right, what add the others?

The data: CLAPNQ's 150 answerable questions, typed by people, each with the sentences that its answer rests
on; SQuAD's paragraphs and the passages of CLAPNQ's other questions lie in the library beside them. The share
of right first quotations counts every question; F1 and what follows the first count those that are answered.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from itertools import chain
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from assistant import answer
from assistant.retrieval.open_libraries import close_libraries
from bench.behind import questions
from bench.marked import lines
from ingest import ingest_articles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant import Answer

COMPARED = 60
"""Characters by which a sentence is known: its end may be cut elsewhere than the data's."""
LEAST_FIRST, LEAST_F1, LEAST_AFTER = 0.73, 0.66, 0.58
"""Measured .765, .685, .613; one standard error below."""


def is_marked(quote: str, marked: Sequence[str]) -> bool:
    """Say whether a quotation is one of the sentences that people marked, white space apart."""
    words = " ".join(quote.split())
    return any(words[:COMPARED] in sentence or sentence[:COMPARED] in words for sentence in marked)


def figures(answers: Sequence[tuple[Answer, Sequence[str]]]) -> dict[str, float]:
    """Measure answers, each with the sentences that people marked for its question."""
    first, after, shown, both = [], list[bool](), [], []
    for given, marked in answers:
        right = [is_marked(citation.quote, marked) for citation in given.citations]
        first.append(bool(right) and right[0])
        if not right:
            continue
        after += right[1:]
        shown.append(len(right))
        told = " ".join(" ".join(citation.quote.split()) for citation in given.citations)
        precision = mean(right)
        recall = mean(sentence[:COMPARED] in told for sentence in marked)
        both.append(2 * precision * recall / (precision + recall) if precision + recall else 0.0)
    return {
        "first right": mean(first),
        "quotations": mean(shown),
        "F1": mean(both),
        "right after the first": mean(after),
    }


def measure(folder: Path, data: Path, most: int | None = None) -> dict[str, float]:
    """Put all passages into a library and ask the questions that they answer."""
    ingest_articles(questions(data)[0], folder)
    answers = []
    for item in [*lines(data / "passages" / "clapnq_answerable.jsonl.gz")][:most]:
        chosen = chain.from_iterable(output["selected_sentences"] for output in item["output"])
        marked = [" ".join(sentence.split()) for sentence in chosen]
        if marked:
            answers.append((answer(item["input"], library=folder), marked))
    close_libraries()
    return figures(answers)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; return 1 below a floor and 2 without data."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--most", type=int, help="how many questions")
    options = parser.parse_args(arguments)
    if not options.data.is_dir():
        print(f"{options.data} is not there: name the folder of evaluation data with --data.")
        return 2
    with TemporaryDirectory() as scratch:
        found = measure(Path(scratch) / "library", options.data, options.most)
    for name, value in found.items():
        print(f"{name}: {value:.3f}")
    floors = {"first right": LEAST_FIRST, "F1": LEAST_F1, "right after the first": LEAST_AFTER}
    return int(any(found[name] < least for name, least in floors.items()))


if __name__ == "__main__":
    sys.exit(main())
