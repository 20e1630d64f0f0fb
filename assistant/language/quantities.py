"""Quantities: numbers with unit, counted noun, and whether they are a bound or a difference."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from assistant.language.lexicon import listed
from assistant.language.numbers import Numeral, numerals
from assistant.language.units import PERCENT, below_zero, unit, written
from assistant.language.words import base_of

_LOOK_BACK = 30
_LOOK_AHEAD = 40

_ABOUT = r"about|around|approximately|roughly|some|close to|circa|an estimated|estimated|an average of"
_NEARLY = r"nearly|almost|just under|just below|a little under|a little less than|not quite"
_OVER = (
    r"more than|over|at least|above|exceed(?:s|ed|ing)?|upwards? of|greater than|no fewer than|no less than|"
    r"topped|passed"
)
_UNDER = r"less than|fewer than|under|below|at most|up to|as many as|no more than|short of"
_HEDGES = re.compile(
    rf"\b(?:(?P<nearly>{_NEARLY})|(?P<over>{_OVER})|(?P<under>{_UNDER})|(?P<about>{_ABOUT}))\s+"
    r"(?:the |a |an )?(?:US|U\.S\. )?[$€£¥₹]?$",
    re.IGNORECASE,
)
_INCLUSIVE = re.compile(
    r"\b(?:at least|no (?:fewer|less|more) than|at most|up to|as many as|topped|passed)\s+"
    r"(?:the |a )?[$€£¥₹]?$",
    re.IGNORECASE,
)
_OR_SO = re.compile(r"\s*(?:\w+ )?or so\b", re.IGNORECASE)
_OR_MORE = re.compile(r"\s*(?:\w+ )?or (?:more|older|over)\b|\+|\s*(?:and|or) up\b", re.IGNORECASE)
_DELTA = re.compile(
    r"\s*(?:[^\W\d_]+ ){0,2}?(?:"
    r"(?P<up>more|higher|greater|longer|taller|older|slower|above|later|over budget)|"
    r"(?P<down>fewer|less|lower|shorter|younger|cheaper|faster|quicker|earlier|below|under budget))\b"
    r"(?! (?:it|them|him|her)\b)",
    re.IGNORECASE,
)
_DELTA_BEFORE = re.compile(
    r"(?:\bby|\bup|\bdown|\banother|\badditional|\bextra|\brose|\bfell|\bgr[eo]w|\badded|"
    r"\bincrease of|\bdrop of|\bwith|\bmore than)\s+"
    r"(?:(?:about|around|nearly|some|almost) )?[$€£¥₹]?$",
    re.IGNORECASE,
)
_ALL_BUT = re.compile(
    r"\b(?:all (?:but|except(?: for)?)|everyone (?:but|except)|except(?: for)?|excluding|"
    r"apart from|other than)\s+$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween [$€£¥₹]?$", re.IGNORECASE)
_BETWEEN_AND = re.compile(r"\bbetween \S+(?: \w+)? and [$€£¥₹]?$", re.IGNORECASE)
_TO = re.compile(r"(?: ?[–-] ?| to )[$€£¥₹]?\d")
_TO_BEFORE = re.compile(r"\d(?: ?[–-] ?| to )[$€£¥₹]?$")
_CHANGED = re.compile(
    r"\b(?:from|by|won|lost|beat|beaten|defeat|defeated|drew|led|voted|vote|score|ahead|win|victory|of)\b[^,;.]*$",
    re.IGNORECASE,
)
"""Before these "to" is no range: "rose from 12 to 15", "won 3-1"."""
_STEP = re.compile(r"\b(by|to|from) (?:(?:about|around|nearly|some|almost|over|a) )?[$€£¥₹]?$", re.IGNORECASE)
_PLURALS = frozenset({"people", "men", "women", "children", "feet", "police", "percent", "staff"})
_NO_NOUN = frozenset(
    listed(
        """a an and are as at be but by for from had has have he her his in into is it its of off on or our
    she than that the their then they this to was were when which who will with more per new
    other"""
    )
)


class NumberBound(Enum):
    """What the words before a number make of it."""

    EXACT = "exactly"
    ABOUT = "about"
    NEARLY = "nearly"
    OVER = "more than"
    UNDER = "less than"
    ALL_BUT = "all but"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a text with what it counts.

    `kind` is "percent", a currency, "time", "length", "mass", "speed" or empty; `size` is the value in
    the base unit of its kind; `nouns` are the base forms of the words that follow. `delta` is 1 or -1
    where the number says how much more or less something is, 0 where it doesn't. `inclusive`: the
    bound has the number itself in it, as "at least" has. `end_of`: -1 or 1 where the number is the
    lower or the upper end of a range. `step` is "by", "to" or "from" where that stands before the number.
    """

    numeral: Numeral
    text: str
    bound: NumberBound
    kind: str
    size: float
    nouns: frozenset[str]
    unit: float = 1.0
    delta: int = 0
    added: bool = False
    inclusive: bool = False
    end_of: int = 0
    step: str = ""

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
    if below_zero(kind, before, after):
        numeral = replace(numeral, value=-numeral.value)
    end = numeral.end + (found.end() if (found := PERCENT.match(after)) else 0)
    return Quantity(
        numeral=numeral,
        text=text[start:end],
        bound=_bound(before, after),
        kind=kind,
        size=numeral.value * scale,
        nouns=_nouns(after),
        unit=scale,
        delta=_delta(after),
        added=bool(_DELTA_BEFORE.search(before)),
        inclusive=bool(_INCLUSIVE.search(before) or _OR_MORE.match(after)),
        end_of=_end_of(before, after),
        step=step.group(1).lower() if (step := _STEP.search(before)) else "",
    )


def _end_of(before: str, after: str) -> int:
    """Return -1 for the lower end of a range and 1 for its upper end: "12 to 15", "between 12 and 15"."""
    if _BETWEEN.search(before) or (_TO.match(after) and not _CHANGED.search(before)):
        return -1
    return int(
        bool(_BETWEEN_AND.search(before) or (_TO_BEFORE.search(before) and not _CHANGED.search(before)))
    )


def _delta(after: str) -> int:
    found = _DELTA.match(after)
    if found is None or re.match(r"\s*or\b", after) or "than" in found.group():
        return 0
    return 1 if found["up"] else -1


def _bound(before: str, after: str) -> NumberBound:
    if _ALL_BUT.search(before):
        return NumberBound.ALL_BUT
    if _OR_SO.match(after):
        return NumberBound.ABOUT
    if _OR_MORE.match(after):
        return NumberBound.OVER
    hedge = _HEDGES.search(before)
    named = next((name for name, text in hedge.groupdict().items() if text), None) if hedge else None
    return NumberBound[named.upper()] if named else NumberBound.EXACT


def _nouns(after: str) -> frozenset[str]:
    """Return what a number counts: the first plural among the next words, up to the end of the phrase."""
    for word in re.findall(r"[^\W\d_]+|[^\w\s'’-]", after)[:4]:
        lower = word.lower()
        if not word[0].isalpha() or lower in _NO_NOUN:
            break
        if lower in _PLURALS or (lower.endswith("s") and not lower.endswith(("ss", "us", "is"))):
            return frozenset({base_of(word)})
    return frozenset()
