"""Numbers in words and digits: "twenty-six thousand", "26.6 million", "two dozen", "a third" to values."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.checks.lexicon import listed

_UNITS = {
    word: value
    for value, word in enumerate(
        listed(
            """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen"""
        )
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(listed("""twenty thirty forty fifty sixty seventy eighty ninety"""), start=2)
}
_ORDINALS = {
    word: value
    for value, word in enumerate(
        listed(
            """second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"""
        ),
        start=2,
    )
}
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
_SMALL = _UNITS | _TENS
_TOKEN = re.compile(r"(?P<digits>\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\w.])\.\d+)|(?P<word>[A-Za-z]+)")
_ORDINAL_MARK = re.compile(r"(?:st|nd|rd|th)\b")
_JOIN = re.compile(r"[ \u00a0-]")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text: its value, and whether it is an ordinal, is scaled by a word, or is a fraction."""

    value: float
    start: int
    end: int
    ordinal: bool = False
    scaled: bool = False
    fraction: bool = False


def numerals(text: str) -> list[Numeral]:
    """Return the numbers of a text in order."""
    tokens = list(_TOKEN.finditer(text))
    found: list[Numeral] = []
    place = 0
    while place < len(tokens):
        numeral, used = _parse(text, tokens, place)
        if numeral is not None:
            found.append(numeral)
        place += max(1, used)
    return found


def _parse(text: str, tokens: list[re.Match[str]], at: int) -> tuple[Numeral | None, int]:
    token = tokens[at]
    if token["digits"]:
        value = float(token["digits"].replace(",", ""))
        if mark := _ORDINAL_MARK.match(text, token.end()):
            return Numeral(value, token.start(), mark.end(), ordinal=True), 2
        return _scale(text, tokens, at, value)
    word = token["word"].lower()
    if word in _SMALL:
        return _spelled(text, tokens, at)
    if word in _ORDINALS and not _follows_fraction(text, tokens, at):
        return Numeral(_ORDINALS[word], token.start(), token.end(), ordinal=True), 1
    if word == "half" and not _joined(text, tokens, at + 1):
        return Numeral(0.5, token.start(), token.end(), fraction=True), 1
    if word in {"a", "an"} and (following := _next(text, tokens, at)):
        if following in {"hundred", "thousand", "million", "billion", "trillion", "dozen"}:
            return _scale(text, tokens, at, 1.0)
        if following in {"third", "quarter", "fifth", "tenth"} and _followed_by_of(text, tokens, at + 1):
            return Numeral(1 / _FRACTIONS[following], token.start(), tokens[at + 1].end(), fraction=True), 2
    return None, 1


def _spelled(text: str, tokens: list[re.Match[str]], at: int) -> tuple[Numeral | None, int]:
    """Read "twenty-six", "one hundred and five", "two-thirds", "twenty-first"."""
    word = tokens[at]["word"].lower()
    value, used = float(_SMALL[word]), 1
    following = _next(text, tokens, at)
    if following in {"thirds", "quarters", "fifths", "fourths", "third", "quarter", "half"} and value < 20:
        if following in _FRACTIONS and (following.endswith("s") or value == 1):
            end = tokens[at + 1].end()
            return Numeral(value / _FRACTIONS[following], tokens[at].start(), end, fraction=True), 2
    if word in _TENS and following in _UNITS and 0 < _UNITS[following] < 10:
        value, used = value + _UNITS[following], 2
    elif word in _TENS and (following in _ORDINALS or following == "first"):
        unit = _ORDINALS.get(following, 1)
        if unit < 10:
            return Numeral(value + unit, tokens[at].start(), tokens[at + 1].end(), ordinal=True), 2
    if word == "one" and used == 1 and following not in MAGNITUDES:
        return None, 1  # "one of the", "no one": says nothing that could be compared
    numeral, more = _scale(text, tokens, at + used - 1, value)
    start = tokens[at].start()
    return Numeral(numeral.value, start, numeral.end, scaled=numeral.scaled), used - 1 + more


def _scale(text: str, tokens: list[re.Match[str]], at: int, value: float) -> tuple[Numeral, int]:
    """Multiply by the magnitudes that follow and add what "and" or a smaller number brings."""
    used, scaled = 1, False
    while (word := _next(text, tokens, at + used - 1)) and word in MAGNITUDES:
        if len(word) <= 2 and not tokens[at + used - 1]["digits"]:
            break
        value *= MAGNITUDES[word]
        used, scaled = used + 1, True
    if scaled and value >= 100:
        rest = at + used
        if _next(text, tokens, rest - 1) == "and":
            rest += 1
        smaller = tokens[rest]["word"] if rest < len(tokens) and _near(text, tokens, rest) else None
        if smaller and smaller.lower() in _SMALL and rest > at + used:
            addition, more = _spelled(text, tokens, rest)
            if addition is not None and addition.value < value and not addition.fraction:
                return (
                    Numeral(value + addition.value, tokens[at].start(), addition.end, scaled=False),
                    rest - at + more,
                )
    return Numeral(value, tokens[at].start(), tokens[at + used - 1].end(), scaled=scaled), used


def _near(text: str, tokens: list[re.Match[str]], at: int) -> bool:
    between = text[tokens[at - 1].end() : tokens[at].start()]
    return len(between) <= 1 and (not between or bool(_JOIN.match(between)))


def _next(text: str, tokens: list[re.Match[str]], at: int) -> str:
    if at + 1 >= len(tokens) or not _near(text, tokens, at + 1):
        return ""
    return (tokens[at + 1]["word"] or "").lower()


def _joined(text: str, tokens: list[re.Match[str]], at: int) -> bool:
    return at < len(tokens) and text[tokens[at - 1].end() : tokens[at].start()] == "-"


def _follows_fraction(text: str, tokens: list[re.Match[str]], at: int) -> bool:
    return at > 0 and tokens[at - 1].group().lower() in {"a", "one"} and _followed_by_of(text, tokens, at)


def _followed_by_of(text: str, tokens: list[re.Match[str]], at: int) -> bool:
    return _next(text, tokens, at) == "of"
