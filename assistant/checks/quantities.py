"""Quantities: numbers with their units, hedges and bounds, and whether one number may stand for another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from math import floor, isclose, log10

from assistant.checks.lexicon import listed
from assistant.checks.numerals import Numeral, numerals
from assistant.checks.units import PERCENT, unit, written
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
_DELTA = re.compile(
    r"\s*(?:[^\W\d_]+ ){0,3}?(?:(?P<up>more|higher|greater|longer|taller|older|above|up|increase|dearer)|"
    r"(?P<down>fewer|less|lower|shorter|younger|cheaper|below|under|down|decrease))\b",
    re.IGNORECASE,
)
_DELTA_BEFORE = re.compile(
    r"(?:\bby|\bup|\bdown|\banother|\badditional|\bextra|\brose|\bfell|\bgr[eo]w|\badded|\bincrease of|\bdrop of|\bwith|\bmore than)\s+"
    r"(?:(?:about|around|nearly|some|almost) )?[$€£¥₹]?$",
    re.IGNORECASE,
)
_ALL_BUT = re.compile(
    r"\b(?:all (?:but|except(?: for)?)|everyone (?:but|except)|except(?: for)?|excluding|apart from|other than)\s+$",
    re.IGNORECASE,
)
_PLURALS = frozenset({"people", "men", "women", "children", "feet", "police", "percent", "staff"})
_NO_NOUN = frozenset(
    listed(
        """a an and are as at be but by for from had has have he her his in into is it its of off on or our
    she than that the their then they this to was were when which who will with more people per new
    other"""
    )
)


class Bound(Enum):
    """What the words before a number make of it."""

    EXACT = "exactly"
    ABOUT = "about"
    OVER = "more than"
    UNDER = "less than"
    ALL_BUT = "all but"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a text with what it counts.

    `kind` is "percent", a currency, "time", "length", "mass", "speed" or empty; `size` is the value in
    the base unit of its kind; `nouns` are the base forms of the words that follow. `delta` is 1 or -1
    where the number says how much more or less something is, 0 where it doesn't.
    """

    numeral: Numeral
    text: str
    bound: Bound
    kind: str
    size: float
    nouns: frozenset[str]
    delta: int = 0
    added: bool = False

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
    start = numeral.start - written(before)
    kind, scale = unit(before, after, fraction=numeral.fraction)
    end = numeral.end + (found.end() if (found := PERCENT.match(after)) else 0)
    return Quantity(
        numeral=numeral,
        text=text[start:end],
        bound=_bound(before, after),
        kind=kind,
        size=numeral.value * scale,
        nouns=_nouns(after),
        delta=_delta(after),
        added=bool(_DELTA_BEFORE.search(before)),
    )


def _delta(after: str) -> int:
    found = _DELTA.match(after)
    if found is None or re.match(r"\s*or\b", after) or "than" in found.group():
        return 0
    return 1 if found["up"] else -1


def _bound(before: str, after: str) -> Bound:
    if _ALL_BUT.search(before):
        return Bound.ALL_BUT
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
    """Return what a number counts: the first plural among the words that follow, up to the end of the phrase."""
    for word in re.findall(r"[^\W\d_]+|[^\w\s'’-]", after)[:4]:
        lower = word.lower()
        if not word[0].isalpha() or lower in _NO_NOUN:
            break
        if lower in _PLURALS or (lower.endswith("s") and not lower.endswith(("ss", "us", "is"))):
            return frozenset({base_of(word)})
    return frozenset()


def fits(stated: Quantity, found: Quantity) -> bool:
    """Say whether a number of the source lets an answer state another."""
    if stated.numeral.ordinal != found.numeral.ordinal or not _same_kind(stated, found):
        return False
    if (stated.bound is Bound.ALL_BUT) is not (found.bound is Bound.ALL_BUT) or not _same_delta(
        stated, found
    ):
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
    """Say whether two numbers may be of one kind: the same unit, or no word where the unit would stand."""
    if stated.kind == found.kind:
        return True
    bare = found if stated.kind else stated
    return not bare.kind and not bare.nouns


def _same_delta(stated: Quantity, found: Quantity) -> bool:
    """Say whether both are differences in one direction, or neither has to be one."""
    if stated.delta and found.delta:
        return stated.delta == found.delta
    return not found.delta or stated.added


def digits(value: float) -> int:
    """Return how many leading digits of a number are not zero."""
    return len(f"{value:.10g}".replace(".", "").strip("0"))


def rounds_to(stated: float, exact: float) -> bool:
    """Say whether `stated` is `exact` rounded to the digits that `stated` has."""
    if stated <= 0 or exact <= 0:
        return False
    step = 10.0 ** (floor(log10(stated)) - digits(stated) + 1)
    return isclose(round(exact / step) * step, stated, rel_tol=1e-9)
