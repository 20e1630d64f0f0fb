"""Document frequency of base forms in SQuAD paragraphs, lower-case words only, so that names are rare."""

from __future__ import annotations

import json
from functools import cache
from math import log
from pathlib import Path

SUPPORT_WEIGHTS_FILE = Path(__file__).parents[1] / "weights" / "support.json"
"""Made by tools/fit_support.py; docs/evaluation.md has the figures."""


@cache
def frequencies() -> dict[str, int]:
    """Return the document frequency of each base form; the key "" has the number of paragraphs."""
    found: dict[str, int] = json.loads(SUPPORT_WEIGHTS_FILE.read_text(encoding="utf-8"))["frequencies"]
    return found


def rarity(base: str) -> float:
    """Return the inverse document frequency of a base form: the natural log, smoothed by one."""
    counted = frequencies()
    return log((1 + counted[""]) / (1 + counted.get(base, 0)))
