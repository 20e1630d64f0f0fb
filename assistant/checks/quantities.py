"""Quantities: numbers with their units, hedges and bounds, and whether one number may stand for another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from math import floor, isclose, log10

from assistant.checks.numerals import Numeral, numerals
from assistant.checks.wording import base_of

ROUNDING_REACH = 0.10
"""How far a hedged round number may be from the exact one, as a share: "about 30" for 28."""
BOUND_REACH = 0.35
"""How far a bound may be from the number it bounds: "more than 20" for 26, not for 260."""
_LOOK_BACK = 30
_LOOK_AHEAD = 40

_ABOUT = r"about|around|approximately|roughly|some|nearly|almost|close to|circa|an estimated|estimated|an average of|~"
_OVER = r"more than|over|at least|above|exceed(?:s|ed|ing)?|upwards? of|greater than|no fewer than|no less than|topped|passed"
_UNDER = r"less than|fewer than|under|below|at most|up to|as many as|no more than|short of"
_HEDGES = re.compile(
    rf"(?:\b(?:(?P<over>{_OVER})|(?P<under>{_UNDER})|(?P<about>{_ABOUT}))|(?P<sign>~))\s+(?:the |a |an )?(?:US|U\.S\. )?[$€£¥₹]?$",
    re.IGNORECASE,
)
_OR_SO = re.compile(r"\s*(?:\w+ )?or so\b", re.IGNORECASE)
_OR_MORE = re.compile(r"\s*(?:\w+ )?or (?:more|older|over)\b|\+|\s*(?:and|or) up\b", re.IGNORECASE)
_CURRENCY_BEFORE = re.compile(r"(US\$|\$|€|£|¥|₹|\bEUR|\bUSD|\bGBP)\s?$")
_CURRENCIES = {
    "US$": "$",
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "dollar": "$",
    "euro": "€",
    "pound": "£",
    "yen": "¥",
    "rupe": "₹",
}
_PERCENT = re.compile(r"\s?(?:%|-?per ?cent\b|-?percent(?:age)?\b)", re.IGNORECASE)
_AFTER = re.compile(r"[\s-]*([^\W\d_]+)")
_MEASURES: dict[str, tuple[str, float]] = {
    **dict.fromkeys(("second", "seconds"), ("time", 1.0)),
    **dict.fromkeys(("minute", "minutes"), ("time", 60.0)),
    **dict.fromkeys(("hour", "hours"), ("time", 3600.0)),
    **dict.fromkeys(("day", "days"), ("time", 86_400.0)),
    **dict.fromkeys(("week", "weeks"), ("time", 604_800.0)),
    **dict.fromkeys(("month", "months"), ("time", 2_629_800.0)),
    **dict.fromkeys(("year", "years"), ("time", 31_557_600.0)),
    **dict.fromkeys(("decade", "decades"), ("time", 315_576_000.0)),
    **dict.fromkeys(("mile", "miles"), ("length", 1609.344)),
    **dict.fromkeys(("kilometre", "kilometres", "kilometer", "kilometers", "km"), ("length", 1000.0)),
    **dict.fromkeys(("metre", "metres", "meter", "meters"), ("length", 1.0)),
    **dict.fromkeys(("foot", "feet", "ft"), ("length", 0.3048)),
    **dict.fromkeys(("inch", "inches"), ("length", 0.0254)),
    **dict.fromkeys(("yard", "yards"), ("length", 0.9144)),
    **dict.fromkeys(("kg", "kilo", "kilos", "kilogram", "kilograms"), ("mass", 1.0)),
    **dict.fromkeys(("lb", "lbs"), ("mass", 0.4536)),
    **dict.fromkeys(("ton", "tons", "tonne", "tonnes"), ("mass", 1000.0)),
    **dict.fromkeys(("mph",), ("speed", 1.609)),
    **dict.fromkeys(("kph",), ("speed", 1.0)),
}
_NO_NOUN = frozenset(
    ["a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "from", "had", "has", "have", "he", "her", "his", "in", "into", "is", "it", "its", "of", "off", "on", "or", "our", "she", "than", "that", "the", "their", "then", "they", "this", "to", "was", "were", "when", "which", "who", "will", "with", "more", "people", "per", "new", "other"]
)


class Bound(Enum):
    """What the words before a number make of it."""

    EXACT = "exactly"
    ABOUT = "about"
    OVER = "more than"
    UNDER = "less than"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a text with what it counts.

    `kind` is "percent", a currency, "time", "length", "mass", "speed" or empty; `size` is the value in
    the base unit of its kind; `nouns` are the base forms of the words that follow.
    """

    numeral: Numeral
    text: str
    bound: Bound
    kind: str
    size: float
    nouns: frozenset[str]

    @property
    def value(self) -> float:
        """The number itself."""
        return self.numeral.value


@lru_cache(maxsize=2_000)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of a text in order."""
    return tuple(_quantity(text, numeral) for numeral in numerals(text))


def _quantity(text: str, numeral: Numeral) -> Quantity:
    before = text[max(0, numeral.start - _LOOK_BACK) : numeral.start]
    after = text[numeral.end : numeral.end + _LOOK_AHEAD]
    currency = _CURRENCY_BEFORE.search(before)
    start = numeral.start - (len(currency.group()) if currency else 0)
    kind, scale = _kind(currency.group(1) if currency else "", after)
    if numeral.fraction and not kind:
        kind, scale = "percent", 100.0
    end = numeral.end + (found.end() if (found := _PERCENT.match(after)) else 0)
    return Quantity(
        numeral=numeral,
        text=text[start:end],
        bound=_bound(before, after),
        kind=kind,
        size=numeral.value * scale,
        nouns=_nouns(after),
    )


def _kind(currency: str, after: str) -> tuple[str, float]:
    if currency:
        return _CURRENCIES.get(currency, currency), 1.0
    if _PERCENT.match(after):
        return "percent", 1.0
    following = _AFTER.match(after)
    if following is None:
        return "", 1.0
    word = following.group(1).lower()
    if word in _MEASURES:
        return _MEASURES[word]
    base = base_of(word)
    return (_CURRENCIES[base], 1.0) if base in _CURRENCIES else ("", 1.0)


def _bound(before: str, after: str) -> Bound:
    if _OR_SO.match(after):
        return Bound.ABOUT
    if _OR_MORE.match(after):
        return Bound.OVER
    hedge = _HEDGES.search(before)
    if hedge is None:
        return Bound.EXACT
    if hedge["over"]:
        return Bound.OVER
    return Bound.UNDER if hedge["under"] else Bound.ABOUT


def _nouns(after: str) -> frozenset[str]:
    """Return what the first words after a number may name, up to the end of the phrase."""
    found = []
    for word in re.findall(r"[^\W\d_]+|[^\w\s'’-]", after)[:3]:
        if not word[0].isalpha() or word.lower() in _NO_NOUN:
            break
        found.append(base_of(word))
    return frozenset(found)


def fits(stated: Quantity, found: Quantity) -> bool:
    """Say whether a number of the source lets an answer state another."""
    if stated.numeral.ordinal != found.numeral.ordinal or not _same_kind(stated, found):
        return False
    one, other = (stated.size, found.size) if stated.kind == found.kind else (stated.value, found.value)
    if isclose(one, other, rel_tol=1e-9):
        return {stated.bound, found.bound} != {Bound.OVER, Bound.UNDER}
    if other == 0:
        return False
    share = abs(one - other) / abs(other)
    if stated.kind in {"length", "mass", "speed"} and stated.value != found.value:
        converted = not stated.text == found.text and share <= 0.03  # "5 miles (8 km)"
        if converted and stated.nouns != found.nouns:
            return True
    if stated.kind == "time" and share <= 0.005 and stated.nouns != found.nouns:
        return True  # 18 months and one and a half years
    if stated.bound is Bound.OVER:
        return one < other and share <= BOUND_REACH and found.bound is not Bound.UNDER
    if stated.bound is Bound.UNDER:
        return one > other and share <= BOUND_REACH and found.bound is not Bound.OVER
    rounded = rounds_to(one, other)
    if stated.bound is Bound.ABOUT:
        return rounded and share <= ROUNDING_REACH
    # "$1.5 billion" for $1,523 million is how news rounds; "26,000" for 26,600 is a mistake.
    return rounded and stated.numeral.scaled and share <= 0.02 and digits(stated.value) >= 2


def _same_kind(stated: Quantity, found: Quantity) -> bool:
    return stated.kind == found.kind or not stated.kind or not found.kind


def digits(value: float) -> int:
    """Return how many leading digits of a number are not zero."""
    return len(f"{value:.10g}".replace(".", "").strip("0"))


def rounds_to(stated: float, exact: float) -> bool:
    """Say whether `stated` is `exact` rounded to the digits that `stated` has."""
    if stated <= 0 or exact <= 0:
        return False
    step = 10.0 ** (floor(log10(stated)) - digits(stated) + 1)
    return isclose(round(exact / step) * step, stated, rel_tol=1e-9)
