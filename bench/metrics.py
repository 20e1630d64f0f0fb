"""Figures of merit of a ranking and of a probability, each over plain lists."""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


def average_precision(right: Sequence[bool]) -> float:
    """Return the mean precision at each right place of a ranking; 0 where nothing is right."""
    hits = [place for place, good in enumerate(right, start=1) if good]
    return sum(count / place for count, place in enumerate(hits, start=1)) / len(hits) if hits else 0.0


def reciprocal_rank(right: Sequence[bool]) -> float:
    """Return 1 / the first right place, counted from 1; 0 where nothing is right."""
    return next((1.0 / place for place, good in enumerate(right, start=1) if good), 0.0)


def ndcg(right: Sequence[bool], k: int) -> float:
    """Return the gain of the first k, discounted by the logarithm of the place, to that of the best order."""
    gain = sum(good / log2(place + 1) for place, good in enumerate(right[:k], start=1))
    ideal = sum(1 / log2(place + 1) for place in range(1, min(k, sum(right)) + 1))
    return gain / ideal if ideal else 0.0


def recall(order: Sequence[int], sets: Sequence[Collection[int]], k: int) -> float:
    """Return the share of the gold found in the first k; of several sets that each suffice, the best."""
    first = set(order[:k])
    return max((len(first.intersection(one)) / len(one) for one in sets if one), default=0.0)


def f1(chosen: Collection[int], gold: Collection[int]) -> tuple[float, float, float]:
    """Return precision, recall and their harmonic mean."""
    both = len(set(chosen) & set(gold))
    if not both:
        return 0.0, 0.0, 0.0
    precision, found = both / len(set(chosen)), both / len(set(gold))
    return precision, found, 2 * precision * found / (precision + found)


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return the chance that one of the positive scores is above one of the negative; equals count half."""
    above = np.subtract.outer(np.array(positive), np.array(negative))
    return float((np.sign(above) / 2 + 0.5).mean()) if above.size else float("nan")


def reliability(
    chances: Sequence[float], right: Sequence[bool], bins: int = 5
) -> list[tuple[float, float, int]]:
    """Return for each bin of probabilities their mean, the share that was right, and how many there are."""
    values, truth = np.array(chances), np.array(right, dtype=float)
    places = np.minimum((values * bins).astype(int), bins - 1)
    return [
        (float(values[places == one].mean()), float(truth[places == one].mean()), int((places == one).sum()))
        for one in range(bins)
        if (places == one).any()
    ]
