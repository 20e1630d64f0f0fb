"""The result of a date rule, and what all date rules share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.language.lexicon import SMALL, TENS

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from assistant.language.day_ranges import DayRange

STEPS = {
    "before last": -2,
    "last": -1,
    "past": -1,
    "this past": -1,
    "previous": -1,
    "this": 0,
    "the": 0,
    "next": 1,
    "coming": 1,
    "this coming": 1,
    "after next": 2,
}
ENDS = r"(?=\s?[.,;:!?)”\"’—–]|$|\s(?:and|but|or|when|that|while)\b)"
COUNT_PATTERN = (
    rf"\d{{1,3}}|(?:(?:{'|'.join(TENS)})-)?(?:{'|'.join(SMALL)})|"
    r"(?:a )?few|several|(?:a )?couple of|half an?|an?"
)
_VAGUE = {"few": (2, 5), "several": (3, 7), "couple": (2, 3)}
_LONGEST_AGO = 1000
"""Days, weeks or years; what is longer ago is no date of a report."""


@dataclass(frozen=True, slots=True)
class DateReading:
    """What a date says: the fields that it gives, and the spans of days that it may mean, the usual first.

    `phrase` is the wording of a relative date in one form, so that the same wording agrees
    without a calendar.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    decade: int | None = None
    phrase: str = ""
    spans: tuple[DayRange, ...] = ()


@dataclass(frozen=True, slots=True)
class DateMatch:
    """A match of a rule's pattern with its context: the reference day, and "last" or "early" before it."""

    parts: dict[str, str | None]
    today: date | None
    which: str = ""
    part: str = ""

    def get(self, name: str) -> str:
        """Return a named group in lower case; empty if the pattern lacks it or it did not match."""
        return (self.parts.get(name) or "").lower()

    def year(self) -> int | None:
        """Return the year that is given, as a number or as "last year"."""
        if number := self.get("year"):
            return int(number)
        which = self.get("of_year")
        return self.today.year + STEPS[which] if which and self.today else None


Rule = tuple[re.Pattern[str], "Callable[[DateMatch], DateReading | None]"]


def rule(pattern: str, read: Callable[[DateMatch], DateReading | None]) -> Rule:
    """Return a rule: a pattern, compiled without regard to case, and the function that reads its matches."""
    return re.compile(pattern, re.IGNORECASE), read


def count_range(words: str) -> tuple[float, float] | None:
    """Return the least and the most that a count of days or years means: "three", "a few", "a couple of"."""
    words = words.lower()
    for vague, limits in _VAGUE.items():
        if vague in words:
            return limits
    if words.startswith("half"):
        return 0.5, 0.5
    if words in {"a", "an", ""}:
        return 1, 1
    if words.isdigit():
        number = int(words)
    else:  # "twenty-five"
        known = [SMALL.get(word) for word in words.split("-")]
        if None in known:
            return None
        number = sum(value for value in known if value is not None)
    return (number, number) if number <= _LONGEST_AGO else None


def unit_and_factor(word: str) -> tuple[str, int]:
    """Return the unit to calculate in and how many of it make the named one: ("year", 10) for "decade"."""
    named = word.lower().rstrip("s")
    if named.startswith("centur"):
        return "year", 100
    return {"fortnight": ("week", 2), "night": ("day", 1), "decade": ("year", 10)}.get(named, (named, 1))
