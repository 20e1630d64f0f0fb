"""The best sentences read anew together with the question, by the bundled cross-encoder for relevance.

What the features see of a sentence is learned from few questions; the cross-encoder has read half a million.
Reading takes milliseconds a sentence: so it reads the best few, and its number is added to their scores.
On questions as people type them that is worth much, on news quizzes, which lean on dates, nothing
(docs/evaluation.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ingest import relevance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

MOST = 8
"""Sentences that are read: as many as most passages of CLAPNQ have. In a library four put the right sentence
first as often, and keep others that answer further behind (docs/evaluation.md)."""

WEIGHT = 0.5
"""What a point of the cross-encoder's logit counts beside one of the learned score. On CLAPNQ it comes
to .53 (tools/fit_models.py prints it), and to .37 to .93 on four fifths of it."""


def reread(question: str, passages: Sequence[str], scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the scores, higher is better, with what the cross-encoder says of the best passages.

    `passages` are as `passage` makes them, in the order of the scores. The others come after, in their order.
    """
    best = np.argsort(-scores, kind="stable")[:MOST]
    result = scores.copy()
    if len(best):
        result[best] += WEIGHT * relevance(question, [passages[place] for place in best])
    return behind(result, best)


def best_logit(scores: NDArray[np.float32], own: NDArray[np.float32]) -> float:
    """Return the highest logit that the cross-encoder gave a passage: `scores` are `own` ones read anew."""
    best = np.argsort(-own, kind="stable")[:MOST]
    return float((scores[best] - own[best]).max() / WEIGHT) if len(best) else 0.0


def passage(title: str, sentence: str) -> str:
    """Return a sentence as the cross-encoder reads it: under the title, which says what it is about."""
    heading = title.strip()
    if not heading:
        return sentence
    return f"{heading} {sentence}" if heading.endswith((".", "!", "?")) else f"{heading}. {sentence}"


def behind(scores: NDArray[np.float32], best: NDArray[np.intp]) -> NDArray[np.float32]:
    """Return the scores with none above the lowest of the `best`, unless it is one of these."""
    result = scores.copy()
    rest = np.setdiff1d(np.arange(len(scores)), best)
    result[rest] = np.minimum(result[rest], result[best].min(initial=np.inf))
    return result
