"""How much the words of a question speak for its going on with what was asked before: a small learned model.

"How many were hurt" cannot be understood alone, "how many legs has a spider" can, and both have few words, no
name and no pronoun. A logistic model of the bundled embedder's vector, of the likeness to the question before
and of single and neighbouring words tells them apart; tools/fit_leaning.py learned it from conversations
written for this project.
"""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.language.english import is_foreign
from ingest import bundled_encoder

if TYPE_CHECKING:
    from numpy.typing import NDArray

WEIGHTS_FILE = Path(__file__).parents[1] / "weights" / "leaning.json"
"""Made by tools/fit_leaning.py; docs/evaluation.md has the figures."""

BEGINS, ENDS = "<", ">"
"""What stands for a question's beginning and end among its words."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def leaning(text: str, before: str) -> float:
    """Return the log odds that a question goes on with the one before it, as far as its words tell.

    They are even for questions in other languages than English, of which nothing was learned.
    """
    if is_foreign(text):
        return 0.0
    weights: dict[str, Any] = _stored()
    vector, other = _vector(text), _vector(before)
    words = sum(weights["words"].get(each, 0.0) for each in words_in(text))
    likeness = float(vector @ other) * weights["likeness"]
    return float(weights["bias"] + words + likeness + vector @ weights["vector"])


def words_in(text: str) -> frozenset[str]:
    """Return a question's words and pairs of neighbours, its beginning and end among them."""
    words = [BEGINS, *(word.group().lower().replace("’", "'") for word in _WORD.finditer(text)), ENDS]
    pairs = (" ".join(pair) for pair in pairwise(words))
    return frozenset((*words[1:-1], *pairs))


@lru_cache(maxsize=200)
def _vector(text: str) -> NDArray[np.float32]:
    found: NDArray[np.float32] = bundled_encoder().embed([text])[0]
    return found


@cache
def _stored() -> dict[str, Any]:
    weights: dict[str, Any] = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))["weights"]
    return weights | {"vector": np.array(weights["vector"], np.float32)}
