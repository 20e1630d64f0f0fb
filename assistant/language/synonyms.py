"""Synonyms of news language, a table of our own: buy and acquire, about and roughly."""

from __future__ import annotations

from functools import cache

from assistant.language.lexicon import SAME_MEANING
from assistant.language.words import base_of


@cache
def synonyms() -> dict[str, frozenset[str]]:
    """Return each base form with its synonyms."""
    found: dict[str, set[str]] = {}
    for group in SAME_MEANING:
        stemmed = {base_of(word) for word in group}
        for word in stemmed:
            found.setdefault(word, set()).update(stemmed)
    return {word: frozenset(words) for word, words in found.items()}
