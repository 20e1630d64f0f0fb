"""py3langid: which language a text is in."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

READ = 1500
"""Characters that are read: of whole articles more tell no more."""
LEAST_LETTERS = 20
"""Letters below which a text tells nothing."""
SURE = 0.9
"""Least probability at which a text counts as in another language; otherwise it is taken for English."""


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of the language that a text begins in, "en" where in doubt."""
    beginning = text[:READ]
    if sum(map(str.isalpha, beginning)) < LEAST_LETTERS:
        return "en"
    code, probability = _identifier().classify(beginning)
    return str(code) if probability >= SURE else "en"


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
