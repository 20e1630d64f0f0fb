"""The calibrated probability that the articles answer a question: below a threshold, abstention."""

from __future__ import annotations

import json
from functools import cache
from math import exp, log
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assistant.retrieval.found import Ranked

MODEL_FILE = Path(__file__).parents[1] / "weights" / "confidence.json"
"""Slope and bias (Platt scaling), made by tools/fit_models.py; docs/evaluation.md has the figures."""

CALIBRATED = 0.3
"""Probability below which the articles are said not to answer: with it strangers' questions are answered more
often than before, and those that nobody answers about as often (docs/evaluation.md)."""

NOT_READ = -11.0
"""The logit of a sentence about something else, for where none was read."""

FEW = 160
"""Chunks of a library up to which a match says more than the model thinks: it was learned among hundreds,
where one of them often matches by chance. On libraries made of SQuAD's pages the best constant to add to the
model's logit was 1.6 with 2 chunks, 1.3 with 6, 1.0 with 28, 0.0 with 160 and 0.1 with 400 (bench/few.py)."""

FEW_WEIGHT = 0.36
"""What is added for each time that a library is smaller than `FEW` by the factor e: from the same figures."""


def best_relevance(ranked: Sequence[Ranked]) -> float:
    """Return the highest logit of those of the sentences that were read."""
    return max((item.relevance for item in ranked if item.relevance is not None), default=NOT_READ)


def best_certainty(ranked: Sequence[Ranked]) -> float:
    """Return the highest certainty of those of the sentences that were read.

    Where what a question binds has left none of them, it is the score of the best that is left, which is no
    higher than that of any that was read.
    """
    left = max((item.score for item in ranked), default=NOT_READ)
    return max((item.certainty for item in ranked if item.certainty is not None), default=left)


def confidence_of(ranked: Sequence[Ranked], *, total: int) -> float:
    """Return the probability, 0 to 1, that one of the sentences answers the question.

    It is a logistic function of the highest certainty. `total` counts the chunks of the library that they
    were chosen from.
    """
    if not ranked:
        return 0.0
    model = _model()
    logit = model["bias"] + model["slope"] * best_certainty(ranked) + _few(total)
    return 1.0 / (1.0 + exp(-logit))


def _few(total: int) -> float:
    return FEW_WEIGHT * log(FEW / total) if 0 < total < FEW else 0.0


@cache
def _model() -> Mapping[str, float]:
    stored: dict[str, float] = json.loads(MODEL_FILE.read_text(encoding="utf-8"))["weights"]
    return stored
