"""The probability that the articles answer a question: what abstention rests on."""

from __future__ import annotations

import json
from functools import cache
from math import exp
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.features import NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

MODEL_FILE = Path(__file__).parent / "models" / "confidence.json"
"""Made by tools/fit_models.py; docs/evaluation.md has the figures."""

STRANGER_SHARE = 0.3
STRANGER_FACTOR = 0.3
"""Where less than this share of the question's names (of its words, if it has none) stands near any
sentence that was read, the probability is multiplied by the factor: a question about somebody whom the
articles don't mention is not answered by what they say of others. On news questions this costs one in a
hundred right first sentences (docs/evaluation.md)."""

CALIBRATED = 0.2
"""Probability below which the articles are said not to answer: docs/evaluation.md."""

SIGNS = (
    "chunk_match_best",  # the best chunk, its date left out: a date answers nothing
    "chunk_cosine_best",  # the chunk nearest in meaning
    "cosine_best",  # the sentence nearest in meaning
    "tokens_weighted_best",  # the sentence with the best token matches, rare words counting more
    "cover_best",  # most of the question's word weight in one sentence
    "cover_near_best",  # … with its surroundings
    "names_near_best",  # most of the question's names with surroundings
    "pairs_best",  # most of the question's word pairs
    "tokens_first",  # the first ranked sentence: token matches
    "cover_near_first",  # … words with surroundings
    "holds_first",  # … and it is not without the number, sum, time or length that was asked for
)

SEEN_BEST = tuple(name.removesuffix("_best") for name in SIGNS if name.endswith("_best"))


def signs(rows: NDArray[np.float32], order: Sequence[int]) -> dict[str, float]:
    """Return what the model looks at: `rows` as from `features`, `order` their ranking, best first."""

    def column(name: str) -> NDArray[np.float32]:
        values: NDArray[np.float32] = rows[:, NAMES.index(name)]
        return values

    best = {f"{name}_best": float(column(name).max()) for name in SEEN_BEST}
    first = {f"{name}_first": float(column(name)[order[0]]) for name in ("tokens", "cover_near")}
    return {**best, **first, "holds_first": 1.0 - float(column("misfits")[order[0]])}


def confidence_of(rows: NDArray[np.float32], order: Sequence[int]) -> float:
    """Return the probability, 0 to 1, that one of the sentences answers the question."""
    if not len(rows):
        return 0.0
    model, seen = _model(), signs(rows, order)
    logit = model["bias"] + sum(model[name] * seen[name] for name in SIGNS)
    known = seen["names_near_best"] >= STRANGER_SHARE
    return (1.0 if known else STRANGER_FACTOR) / (1.0 + exp(-logit))


@cache
def _model() -> Mapping[str, float]:
    stored: dict[str, float] = json.loads(MODEL_FILE.read_text(encoding="utf-8"))["weights"]
    return stored
