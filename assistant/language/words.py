"""Tokenization and stemming: words in order with base form, clause and offsets, and how rare a form is."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log
from pathlib import Path

from assistant.language.lexicon import FUNCTION_WORDS, IRREGULAR, listed
from ingest import stems

_WORD = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|[^\W_]+(?:[.'’&](?=[^\W_])[^\W_]+)*|[^\w\s]")
SUPPORT_WEIGHTS_FILE = Path(__file__).parents[1] / "weights" / "support.json"
"""Made by tools/fit_support.py; docs/evaluation.md has the figures."""
FAR = 2_000
"""Characters to one side of a word beyond which a text is not about the same any more.

No sentence is as long; passages are. Without an end, each "because" of one would be held against all of it.
"""
_CLAUSE_END = frozenset(',;:—–()[]“”"-')
_CLAUSE_WORDS = frozenset(
    listed(
        """and but or nor although though while whereas because since unless if when who which that as
    after before"""
    )
)
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Word:
    """A token: a word or a punctuation mark. `base` is its stem, irregular forms looked up first."""

    text: str
    start: int
    end: int
    base: str
    clause: int

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return self.text.lower()

    @property
    def is_word(self) -> bool:
        """Whether it is a word and no mark."""
        return self.text[0].isalnum()

    @property
    def content(self) -> bool:
        """Whether it carries content of its own."""
        return self.is_word and self.lower not in FUNCTION_WORDS and self.base not in LIGHT

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()


LIGHT = frozenset(listed("""say be have do would also which who"""))
"""Base forms that nearly every sentence has and that say little by themselves."""


@lru_cache(maxsize=20_000)
def base_of(word: str) -> str:
    """Return the base form of a word: possessives dropped, irregular forms looked up, the rest stemmed."""
    plain = _POSSESSIVE.sub("", word.lower()) or word.lower()
    plain = IRREGULAR.get(plain, plain)
    found = stems(plain)
    return found[0] if found else plain


@cache
def base_forms(table: str) -> frozenset[str]:
    """Return the base forms of the words of a table, worked out when they are first needed."""
    return frozenset(base_of(word) for word in table.split())


@lru_cache(maxsize=2_000)
def read_words(text: str) -> tuple[Word, ...]:
    """Tokenize a text: its words and punctuation marks in order."""
    words: list[Word] = []
    clause = 0
    for match in _WORD.finditer(text):
        token = match.group()
        if token in _CLAUSE_END or token.lower() in _CLAUSE_WORDS:
            clause += 1
        words.append(Word(token, match.start(), match.end(), base_of(token), clause))
    return tuple(words)


@lru_cache(maxsize=2_000)
def _starts(text: str) -> tuple[int, ...]:
    return tuple(word.start for word in read_words(text))


def between(text: str, first: int, last: int | None = None) -> tuple[Word, ...]:
    """Return the words and marks of a text that begin from one place on and before another."""
    starts = _starts(text)
    end = len(starts) if last is None else bisect_left(starts, last)
    return read_words(text)[bisect_left(starts, first) : end]


@lru_cache(maxsize=2_000)
def bases(text: str) -> frozenset[str]:
    """Return the base forms of all words of a text."""
    return frozenset(word.base for word in read_words(text) if word.is_word)


@lru_cache(maxsize=2_000)
def all_bases(text: str) -> frozenset[str]:
    """Return the base forms of all words of a text, and its marks."""
    return frozenset(word.base for word in read_words(text))


@cache
def frequencies() -> dict[str, int]:
    """Return in how many paragraphs of SQuAD each base form is; the key "" has the number of paragraphs.

    Of words in lower case only, so that names are rare.
    """
    found: dict[str, int] = json.loads(SUPPORT_WEIGHTS_FILE.read_text(encoding="utf-8"))["frequencies"]
    return found


def rarity(base: str) -> float:
    """Return the inverse document frequency of a base form: the natural log, smoothed by one."""
    counted = frequencies()
    return log((1 + counted[""]) / (1 + counted.get(base, 0)))
