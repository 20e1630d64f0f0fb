"""Numbers in words and digits: "twenty-six thousand", "26.6 million", "two dozen", "a third" to values."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from math import inf

from assistant.language.number_words import ORDINALS as _ORDINALS
from assistant.language.number_words import SMALL as _SMALL
from assistant.language.number_words import TENS as _TENS
from assistant.language.number_words import UNITS as _UNITS

_FRACTIONS = {
    "third": 3,
    "thirds": 3,
    "quarter": 4,
    "quarters": 4,
    "fourths": 4,
    "fifths": 5,
    "fifth": 5,
    "tenth": 10,
}
MAGNITUDES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "dozen": 12.0,
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "bn": 1e9,
    "b": 1e9,
    "tn": 1e12,
}
_ARTICLES = frozenset({"a", "an"})
_WRITTEN_OUT = frozenset({"hundred", "thousand", "million", "billion", "trillion", "dozen"})
NUMBER_WORDS = frozenset(_SMALL)
_TOKEN = re.compile(r"(?P<digits>\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\w.])\.\d+)|(?P<word>[A-Za-z]+)")
_ORDINAL_MARK = re.compile(r"(?:st|nd|rd|th)\b")
_JOIN = re.compile(r"[ \u00a0-]?")
_TEN, _HUNDRED = 10, 100
_SHORT = 2
"""Letters of a magnitude that has to stand right after digits: 5m, 3bn."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text: its value, and whether it is an ordinal, is scaled by a word, or is a fraction."""

    value: float
    start: int
    end: int
    ordinal: bool = False
    scaled: bool = False
    fraction: bool = False


@dataclass(frozen=True, slots=True)
class _Tokens:
    """The numbers and words of a text, and which of them stand together."""

    text: str
    found: tuple[re.Match[str], ...]

    def word(self, at: int) -> str:
        """Return a word in lower case; empty past the end and for digits."""
        return (self.found[at]["word"] or "").lower() if at < len(self.found) else ""

    def next(self, at: int) -> str:
        """Return the word after a token where only a space or a hyphen lies between them."""
        if at + 1 >= len(self.found):
            return ""
        between = self.text[self.found[at].end() : self.found[at + 1].start()]
        return self.word(at + 1) if _JOIN.fullmatch(between) else ""

    def numeral(self, first: int, last: int, value: float) -> Numeral:
        """Return the number that the tokens from first to last say."""
        return Numeral(value, self.found[first].start(), self.found[last].end())


def numerals(text: str) -> list[Numeral]:
    """Return the numbers of a text in order."""
    tokens = _Tokens(text, tuple(_TOKEN.finditer(text)))
    found: list[Numeral] = []
    for at, token in enumerate(tokens.found):
        if found and token.start() < found[-1].end:
            continue
        numeral = _digits(tokens, at) if token["digits"] else _words(tokens, at)
        if numeral is not None:
            found.append(numeral)
    return found


def _digits(tokens: _Tokens, at: int) -> Numeral:
    token = tokens.found[at]
    value = float(token["digits"].replace(",", ""))
    if mark := _ORDINAL_MARK.match(tokens.text, token.end()):
        return Numeral(value, token.start(), mark.end(), ordinal=True)
    return _scaled(tokens, at, at, value)


def _words(tokens: _Tokens, at: int) -> Numeral | None:
    word, following = tokens.word(at), tokens.next(at)
    if word in _SMALL:
        return _fraction(tokens, at) or _spelled(tokens, at)
    if word in _ORDINALS:
        return replace(tokens.numeral(at, at, _ORDINALS[word]), ordinal=True)
    if word == "half":
        return replace(tokens.numeral(at, at, 0.5), fraction=True)
    if word in _ARTICLES and following in _FRACTIONS and tokens.next(at + 1) == "of":
        return replace(tokens.numeral(at, at + 1, 1 / _FRACTIONS[following]), fraction=True)
    return _scaled(tokens, at, at, 1.0) if word in _ARTICLES and following in _WRITTEN_OUT else None


def _fraction(tokens: _Tokens, at: int) -> Numeral | None:
    """Read "two-thirds" and "one third"."""
    value, following = _SMALL[tokens.word(at)], tokens.next(at)
    if following in _FRACTIONS and (following.endswith("s") or value == 1):
        return replace(tokens.numeral(at, at + 1, value / _FRACTIONS[following]), fraction=True)
    return None


def _spelled(tokens: _Tokens, at: int, below: float = inf) -> Numeral | None:
    """Read "six", "twenty-six", "twenty-first" and what magnitudes make of them."""
    word, following = tokens.word(at), tokens.next(at)
    value = float(_SMALL[word])
    if word in _TENS and 0 < _UNITS.get(following, 0) < _TEN:
        return _scaled(tokens, at, at + 1, value + _UNITS[following], below=below)
    unit = 1 if following == "first" else _ORDINALS.get(following, 0)
    if word in _TENS and 0 < unit < _TEN:
        return replace(tokens.numeral(at, at + 1, value + unit), ordinal=True)
    if word == "one" and following not in MAGNITUDES:
        return None  # "one of the", "no one": says nothing that could be compared
    return _scaled(tokens, at, at, value, below=below)


def _scaled(tokens: _Tokens, first: int, last: int, value: float, *, below: float = inf) -> Numeral:
    """Multiply by the magnitudes that follow, and add what stands after them: "one hundred and five".

    What is added is less than what it is added to: from `below` on nothing more has to be read.
    """
    before = last
    while (word := tokens.next(last)) in MAGNITUDES:
        if len(word) <= _SHORT and not tokens.found[last]["digits"]:
            break
        value *= MAGNITUDES[word]
        last += 1
    numeral = replace(tokens.numeral(first, last, value), scaled=last > before)
    rest = last + 2 if tokens.next(last) == "and" else last + 1
    spelled = not tokens.found[first]["digits"]
    if last == before or not _HUNDRED <= value < below or not spelled or tokens.next(rest - 1) not in _SMALL:
        return numeral
    addition = _spelled(tokens, rest, below=value)
    if addition is None or addition.value >= value or addition.ordinal:
        return numeral
    return Numeral(value + addition.value, numeral.start, addition.end)
