"""The probability that sources support a statement: logistic regression on overlap and entailment."""

from __future__ import annotations

import json
from functools import cache
from math import exp, log1p
from typing import TYPE_CHECKING

import numpy as np

from assistant.checking.rules.relations import shared_links
from assistant.language.frequency import SUPPORT_WEIGHTS_FILE
from assistant.language.words import read_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assistant.checking.alignment import Alignment
    from assistant.checking.entailment import Entailment
    from assistant.checking.mistakes import Mistake

FORM = 0.5
"""Match by form (`Alignment.exact`) from which a word counts as found."""
ABSENT = 0.3
"""Below this a word has no counterpart, on a scale where 0 is a cosine of .3 and 1 a cosine of .9."""
MISTAKE_KINDS = (
    "number_differs",
    "date_differs",
    "name_missing",
    "denial_differs",
    "certainty_differs",
    "direction_differs",
    "speaker_differs",
    "relation_differs",
    "quotation_differs",
)
FEATURE_NAMES = (
    "cover",  # share of the weight of the statement's words that stands in the sources
    "near",  # the same, words counted by the cosine of the best word of the sources
    "both",  # the same, the better of the two
    "missing",  # weight of what is missing, as a logarithm
    "rarest",  # weight of the rarest word that is missing
    "weakest",  # lowest cosine of a word that is missing by form
    "lowest",  # mean of the three words that are found worst
    "clause",  # the clause of the statement that is found worst
    "absent",  # share of words that are neither found nor near anything
    "cosine",  # highest cosine of a source sentence with the statement
    "tokens",  # mean best cosine of the statement's tokens (MaxSim)
    "pairs",  # share of the statement's neighbouring words that are neighbours in a source
    "words",  # words of the statement that carry content, as a logarithm
    "source_words",  # words of the sources, as a logarithm
    "read_whole",  # the entailment logit of the sources as one text
    "read_best",  # the same for the source that carries the statement best
    "read_worst",  # the same for the clause of the statement that the sources carry least
    "read_mean",  # the mean of its clauses
    *MISTAKE_KINDS,  # how many mistakes of each kind were found
)


def support_features(
    statement: str,
    sources: Sequence[str],
    alignment: Alignment,
    *,
    found: Sequence[Mistake],
    reading: Entailment,
) -> NDArray[np.float64]:
    """Return the features of a statement, shape (len(FEATURE_NAMES),), in their order."""
    lost = alignment.weights * (1 - alignment.exact)
    missing = alignment.exact < FORM
    near = np.clip((alignment.near - 0.3) / 0.6, 0.0, 1.0)
    found_or_near = np.maximum(alignment.exact, near)
    row = [
        alignment.cover(alignment.exact),
        alignment.cover(near),
        alignment.cover(found_or_near),
        log1p(float(lost.sum())),
        float(lost.max(initial=0.0)),
        float(alignment.near[missing].min(initial=1.0)),
        float(np.sort(found_or_near)[:3].mean()) if len(found_or_near) else 1.0,
        _worst_clause(alignment, found_or_near),
        float((found_or_near < ABSENT).mean()) if len(found_or_near) else 0.0,
        float(alignment.cosines.max(initial=0.0)),
        alignment.tokens,
        shared_links(statement, sources),
        log1p(len(alignment.words)),
        log1p(sum(len(read_words(source)) for source in sources)),
        reading.whole,
        reading.best,
        reading.worst,
        reading.mean,
        *(float(min(2, sum(each.kind == kind for each in found))) for kind in MISTAKE_KINDS),
    ]
    return np.array(row)


def _worst_clause(alignment: Alignment, found: NDArray[np.float64]) -> float:
    """Return how well the words of the worst clause are found: the rest does not make up for it."""
    clauses = np.array([word.clause for word in alignment.words])
    parts = [found[clauses == clause] for clause in np.unique(clauses)]
    return min((float(part.mean()) for part in parts if len(part) > 1), default=1.0)


@cache
def _weights() -> tuple[NDArray[np.float64], float]:
    stored = json.loads(SUPPORT_WEIGHTS_FILE.read_text(encoding="utf-8"))["weights"]
    return np.array([stored[name] for name in FEATURE_NAMES]), float(stored["bias"])


def probability(row: NDArray[np.float64]) -> float:
    """Return the probability of support, 0 to 1, for a feature vector of `support_features`.

    Logistic regression; tools/fit_support.py fits the weights.
    """
    weight, bias = _weights()
    return 1 / (1 + exp(-max(-30.0, min(30.0, float(row @ weight) + bias))))
