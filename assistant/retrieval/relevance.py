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

MOST = 16
"""Sentences that are read: with 12 a right one is first for .60 and .60 of two strangers' questions, with 16
for .62 and .63, with 24 for .63 and .64 (docs/evaluation.md)."""

OWN = 1 / 3
"""What a point of the learned score counts beside one of the cross-encoder's logit. On CLAPNQ, by folds, a
half and a quarter come out alike, 1 and 0 worse (docs/evaluation.md)."""

ENOUGH, BEYOND = 3.0, 0.11
"""Points of the learned score beyond which more of them hardly make an answer surer, and what they count:
that the words of a question stand there says that its subject does, which a missing detail or a false premise
has, too. Chosen on strangers' questions beside those of a news quiz, whose subject is missing
(docs/evaluation.md)."""

OWN_WORDS = 2 / 3
"""What the logit for a follow-up's own words counts; the rest is that for them with the conversation's. Read
with the conversation alone, the sentence that answers the question before comes first: of short follow-ups on
invented reports and on news .46 and .44 had the right sentence first so, .72 and .73 with two thirds, .64 and
.64 with the own words alone (docs/evaluation.md)."""


@dataclass(frozen=True, slots=True, eq=False)
class Reread:
    """Scores of sentences, higher is better, and the logits of those that were read, NaN for the others."""

    scores: NDArray[np.float32]
    logits: NDArray[np.float32]


def reread(
    question: str, passages: Sequence[str], own: NDArray[np.float32], *, own_words: str = ""
) -> Reread:
    """Score sentences by what the cross-encoder says of the best passages and by their own scores.

    `passages` are as `passage` makes them, in the order of the scores; a point is one of the cross-encoder's
    logit. Those that are not read come after, in their order. `own_words` are those of a follow-up, of which
    `question` has those of the conversation, too: it is read both ways, since the title of a passage says
    what it is about.
    """
    best = np.argsort(-own, kind="stable")[:MOST]
    logits = np.full(len(own), np.nan, np.float32)
    scores = (OWN * own).astype(np.float32)
    if len(best):
        some = [passages[place] for place in best]
        logits[best] = relevance(question, some)
        if own_words:
            logits[best] += OWN_WORDS * (relevance(own_words, some) - logits[best])
        scores[best] += logits[best]
    return Reread(behind(scores, best), logits)


def certainty(logits: NDArray[np.float32], own: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return what speaks for sentences' answering at all, in points of the logit; NaN where none was read.

    `own` are their learned scores without what the dates of their articles add.
    """
    beyond = BEYOND * np.maximum(own - ENOUGH, 0.0)
    return np.asarray(logits + np.minimum(own, ENOUGH) + beyond, np.float32)


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
