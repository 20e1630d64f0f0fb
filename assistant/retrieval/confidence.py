"""The calibrated probability that the articles answer a question: below a threshold, abstention."""

from __future__ import annotations

import json
from functools import cache
from math import exp, log
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.retrieval.sentence_features import NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

MODEL_FILE = Path(__file__).parents[1] / "weights" / "confidence.json"
"""Made by tools/fit_models.py; docs/evaluation.md has the figures."""

CALIBRATED = 0.2
"""Probability below which the articles are said not to answer: docs/evaluation.md."""

SIGNS = (
    "chunk_match_best",  # the best chunk, its date left out: a date answers nothing
    "chunk_match_first",  # the chunk of the first ranked sentence
    "chunk_cosine_best",  # the chunk nearest in meaning
    "tokens_best",  # the sentence with the best token matches
)
"""Few, and of chunks more than of sentences. With many signs SQuAD gave most weight to the share of the
question's words in a sentence, which tells its own questions from one another, as they were written from the
sentence; it tells less of questions that nobody wrote for the articles (docs/evaluation.md)."""

FEW = 160
"""Chunks of a library up to which a match says more than the model thinks: it was learned among hundreds,
where one of them often matches by chance. On libraries made of SQuAD's pages the best constant to add to the
model's logit was 1.6 with 2 chunks, 1.3 with 6, 1.0 with 28, 0.0 with 160 and 0.1 with 400 (bench/few.py)."""

FEW_WEIGHT = 0.36
"""What is added for each time that a library is smaller than `FEW` by the factor e: from the same figures."""

SEEN_BEST = tuple(name.removesuffix("_best") for name in SIGNS if name.endswith("_best"))


def signs(rows: NDArray[np.float32], order: Sequence[int]) -> dict[str, float]:
    """Return what the model looks at: `rows` as from `features`, `order` their ranking, best first."""

    def column(name: str) -> NDArray[np.float32]:
        values: NDArray[np.float32] = rows[:, NAMES.index(name)]
        return values

    best = {f"{name}_best": float(column(name).max()) for name in SEEN_BEST}
    return {**best, "chunk_match_first": float(column("chunk_match")[order[0]])}


def confidence_of(rows: NDArray[np.float32], order: Sequence[int], *, total: int) -> float:
    """Return the probability, 0 to 1, that one of the sentences answers the question.

    `total` counts the chunks of the library that they were chosen from.
    """
    if not len(rows):
        return 0.0
    model, seen = _model(), signs(rows, order)
    logit = model["bias"] + sum(model[name] * seen[name] for name in SIGNS) + _few(total)
    return 1.0 / (1.0 + exp(-logit))


def _few(total: int) -> float:
    return FEW_WEIGHT * log(FEW / total) if 0 < total < FEW else 0.0


@cache
def _model() -> Mapping[str, float]:
    stored: dict[str, float] = json.loads(MODEL_FILE.read_text(encoding="utf-8"))["weights"]
    return stored
