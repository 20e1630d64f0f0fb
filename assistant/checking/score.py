"""The probability that sources support a statement, from the logit of the model that reads them."""

from __future__ import annotations

import json
from functools import cache
from math import exp

from assistant.language.words import SUPPORT_WEIGHTS_FILE


def probability(carried: float) -> float:
    """Return the probability of support, 0 to 1, for the logit of the sources' carrying a statement.

    Platt scaling (Platt 1999): a logistic regression on one number; tools/fit_support.py fits it on
    statements that the model has not seen, true and false ones alike in number.
    """
    weight, bias = _weights()
    return 1 / (1 + exp(-(weight * carried + bias)))


@cache
def _weights() -> tuple[float, float]:
    stored = json.loads(SUPPORT_WEIGHTS_FILE.read_text(encoding="utf-8"))["weights"]
    return float(stored["carried"]), float(stored["bias"])
