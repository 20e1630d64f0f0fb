"""Words that may stand for each other in a report: buy and acquire, about and roughly."""

from __future__ import annotations

from functools import cache

from assistant.language.lexicon import SAME_MEANING
from assistant.language.words import base_of


@cache
def synonyms() -> dict[str, frozenset[str]]:
    """Return each base form with those that may stand for it."""
    found: dict[str, set[str]] = {}
    for group in SAME_MEANING:
        stemmed = {base_of(word) for word in group}
        for word in stemmed:
            found.setdefault(word, set()).update(stemmed)
    return {word: frozenset(words) for word, words in found.items()}
