"""The best sentences read anew together with the question, by the bundled cross-encoder for relevance.

What the features see of a sentence is learned from few questions; the cross-encoder has read half a million.
Reading takes milliseconds a sentence: so it reads the best few, and their order is mostly its own
(docs/evaluation.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ingest import relevance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

MOST = 12
"""Sentences that are read. On a reader's questions and on CLAPNQ 16 put the same ones first, 8 one in a
hundred fewer (docs/evaluation.md)."""

OWN = 1 / 3
"""What a point of the learned score counts beside one of the cross-encoder's logit. On CLAPNQ, by folds, a
half and a quarter come out alike, 1 and 0 worse (docs/evaluation.md)."""


@dataclass(frozen=True, slots=True, eq=False)
class Reread:
    """Scores of sentences, higher is better, and the logits of those that were read, NaN for the others."""

    scores: NDArray[np.float32]
    logits: NDArray[np.float32]


def reread(question: str, passages: Sequence[str], own: NDArray[np.float32]) -> Reread:
    """Score sentences by what the cross-encoder says of the best passages and by their own scores.

    `passages` are as `passage` makes them, in the order of the scores; a point is one of the cross-encoder's
    logit. Those that are not read come after, in their order.
    """
    best = np.argsort(-own, kind="stable")[:MOST]
    logits = np.full(len(own), np.nan, np.float32)
    scores = (OWN * own).astype(np.float32)
    if len(best):
        logits[best] = relevance(question, [passages[place] for place in best])
        scores[best] += logits[best]
    return Reread(behind(scores, best), logits)


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
