"""How common a word is: counted in paragraphs of SQuAD, in lower case only, so that names are rare."""

from __future__ import annotations

import json
from functools import cache
from math import log
from pathlib import Path

SUPPORT_WEIGHTS_FILE = Path(__file__).parents[1] / "weights" / "support.json"
"""Made by tools/fit_support.py; docs/evaluation.md has the figures."""


@cache
def frequencies() -> dict[str, int]:
    """Return how many of the paragraphs counted have a base form; the empty one stands for all."""
    found: dict[str, int] = json.loads(SUPPORT_WEIGHTS_FILE.read_text(encoding="utf-8"))["frequencies"]
    return found


def rarity(base: str) -> float:
    """Return how much it tells that a word is missing: the logarithm of one over its frequency."""
    counted = frequencies()
    return log((1 + counted[""]) / (1 + counted.get(base, 0)))
