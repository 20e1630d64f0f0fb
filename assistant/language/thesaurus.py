"""Synonyms, hypernyms and antonyms of common words, from WordNet by tools/make_thesaurus.py, and our own."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from assistant.language.lexicon import SAME_MEANING
from assistant.language.words import base_of

THESAURUS_FILE = Path(__file__).parents[1] / "weights" / "thesaurus.json"


@cache
def _related() -> dict[str, frozenset[str]]:
    return {base: frozenset(words.split()) for base, words in _stored()["related"].items()}


@cache
def _nouns() -> frozenset[str]:
    return frozenset(_stored()["nouns"].split())


@cache
def _stored() -> dict[str, Any]:
    stored: dict[str, Any] = json.loads(THESAURUS_FILE.read_text(encoding="utf-8"))
    return stored


def common_noun(base: str) -> bool:
    """Say whether a base form is that of a common word that is nearly always a noun."""
    return base in _nouns()


@cache
def antonyms() -> dict[str, frozenset[str]]:
    """Return base forms with those that say the reverse; two words are joined, as "call_off".

    Not to be changed.
    """
    return {base: frozenset(words.split()) for base, words in _stored()["antonyms"].items()}


def common_word(base: str) -> bool:
    """Say whether a base form is that of a common word."""
    return base in _related()


@lru_cache(maxsize=2_000)
def dictionary_word(word: str) -> bool:
    """Say whether WordNet has a word, common or rare, that it writes with a small letter.

    `word` is in lower case and has four letters or more; few of its forms are there. It may be a name, too:
    "puma".
    """
    return f" {word} " in _words()


@cache
def _words() -> str:
    return f" {_stored()['words']} "  # a set of them would take 8 MB


def related(base: str) -> frozenset[str]:
    """Return the synonyms, hypernyms and similar words of a base form, as base forms."""
    return _related().get(base, frozenset())


@cache
def synonyms() -> dict[str, frozenset[str]]:
    """Return each base form with its synonyms of news language, a table of our own: buy and acquire."""
    found: dict[str, set[str]] = {}
    for group in SAME_MEANING:
        stemmed = {base_of(word) for word in group}
        for word in stemmed:
            found.setdefault(word, set()).update(stemmed)
    return {word: frozenset(words) for word, words in found.items()}
