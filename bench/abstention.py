"""Does the probability tell questions that articles answer from others? News, CLAPNQ, and a plot of it."""

from __future__ import annotations

from itertools import islice
from statistics import mean
from typing import TYPE_CHECKING

import numpy as np

from assistant import answer
from bench.marked import lines
from bench.metrics import auroc, reliability
from ingest import Article, ingest_articles

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from bench.news import Question

LATER = "2023-06-01"
OTHERS = 250
"""Questions asked from June on, put to articles from before the middle of March."""
SEED = 7


def news(
    data: Path, library: Path, own: Sequence[Question], most: int | None = None
) -> tuple[list[float], list[float]]:
    """Return the probabilities for the slice's own questions and for later ones, no date told."""
    later = [
        item["question"] for item in lines(data / "news" / "questions.jsonl.gz") if item["asked_on"] >= LATER
    ]
    drawn = sorted(np.random.default_rng(SEED).permutation(len(later))[:OTHERS])
    mine = [_chance(item.text, library) for item in own[:most]]
    return mine, [_chance(later[place], library) for place in drawn[:most]]


def clapnq(data: Path, library: Path, most: int | None = None) -> tuple[list[float], list[float]]:
    """Return the probabilities for questions with and without an answer, all passages in one library."""
    ingest_articles(clapnq_articles(data), library)
    with_answer, without = (
        [
            _chance(item["input"], library)
            for item in islice(lines(data / "passages" / f"clapnq_{name}.jsonl.gz"), most)
        ]
        for name in ("answerable", "unanswerable")
    )
    return with_answer, without


def clapnq_articles(data: Path) -> list[Article]:
    """Make an article of each of CLAPNQ's passages, of questions with and without an answer."""
    texts = {
        passage["text"].strip(): passage["title"]
        for name in ("answerable", "unanswerable")
        for item in lines(data / "passages" / f"clapnq_{name}.jsonl.gz")
        for passage in item["passages"]
    }
    return [
        Article(text=text, title=title, origin=f"clapnq#{number}")
        for number, (text, title) in enumerate(texts.items())
    ]


def figures(name: str, own: Sequence[float], others: Sequence[float], threshold: float) -> dict[str, float]:
    """Return AUROC, and how many of each are answered at the threshold."""
    return {
        f"{name} abstention AUROC": auroc(own, others),
        f"{name} answered, answerable": mean(chance >= threshold for chance in own),
        f"{name} answered, not answerable": mean(chance >= threshold for chance in others),
    }


def plot(path: Path, series: Mapping[str, tuple[Sequence[float], Sequence[float]]]) -> None:
    """Draw how often a library answers against the probability given; on the diagonal they agree."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "footnote"  # the same figures give the same file
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(4.2, 3.6), layout="constrained")
    axes.plot([0, 1], [0, 1], color="0.7", linewidth=1)
    for (name, (own, others)), marker in zip(series.items(), "os^", strict=False):
        # Both kinds count alike, however many questions there are of each.
        bins = reliability([*own, *others], [True] * len(own) + [False] * len(others))
        axes.plot([x for x, _, _ in bins], [y for _, y, _ in bins], marker=marker, label=name)
    axes.set(xlabel="probability given", ylabel="share that the library answers", xlim=(0, 1), ylim=(0, 1))
    axes.legend()
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def _chance(question: str, library: Path) -> float:
    return answer(question, library=library).confidence
