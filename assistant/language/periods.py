"""The days that a question speaks of: "last week", "in March 2023", "between 2019 and 2021".

A period is a prior and no filter: news of a day is printed on it, after it and sometimes before it, and
a question that only mentions a year must still find the article that looks back at it. Only where the
articles themselves are dated ("reports from last week", "published in March") it becomes a filter. What
can't be told from the calendar ("since the election") is left alone, and so is what has yet to come: a
wording that may mean days past or to come is read as the past ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.language.calendar_words import HOLIDAY_PATTERN
from assistant.language.date_steps import stepped_dates
from assistant.language.dates import dates, is_joint, windows
from assistant.language.day_ranges import DAY, DayRange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.language.dates import When

LATE_REPORTS = timedelta(days=3)
"""An article on what happened is still printed this long after the period."""
_A_WEEK = timedelta(days=6)
_UP_TO = frozenset(("until", "till", "up to", "through", "by", "before"))
_SHUT_OUT = frozenset(("by", "before"))
_DURING = frozenset(("in", "during", "of", "for"))
_HOLIDAY = re.compile(HOLIDAY_PATTERN, re.IGNORECASE)
_AT_THE_END = re.compile(r"(?: (?:night|morning|afternoon|evening|weekend))?\W*$", re.IGNORECASE)
_IS_IT = re.compile(
    r"(?:^|\b(?:is|are|was|were|of|about|called|mean|means|to|celebrates?|celebrated|observes?|observed)|['’]s)\W*$",
    re.IGNORECASE,
)
"""What stands before a day that is asked about itself: "What is Juneteenth?", "who celebrates Easter"."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included; None leaves a side open.

    `of_articles` says that the wording dates the articles and not what happened; `text` is the wording.
    """

    first: date | None
    last: date | None
    of_articles: bool = False
    text: str = field(default="", compare=False)

    def days_away(self, day: date) -> int:
        """Return how many days lie between a day and the period, 0 within it or just after."""
        if self.first and day < self.first:
            return (self.first - day).days
        if self.last and day > self.last + LATE_REPORTS:
            return (day - self.last - LATE_REPORTS).days
        return 0


_OF_ARTICLES = re.compile(
    r"\b(?:published|printed|articles?|reports?|reported|reporting|stories|coverage|news|written|wrote|headlines)\b"
    r"[^?.!]{0,20}$",
    re.IGNORECASE,
)
_OF_A_NAME = re.compile(r"[^\W\d_a-z]\w* (?-i:[A-Z])\w*$")
_OF_A_WEEKDAY = re.compile(r"['’]s\b| (?:night|morning|afternoon|evening)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Days that a question may speak of; `open` where the wording leaves a side open."""

    span: DayRange
    start: int
    end: int
    open: bool = False


def period_of(text: str, asked_on: date) -> Period | None:
    """Return the days that a question speaks of, or None where it names none or none yet to be known.

    Where it names several, a range or an open side comes first, then what says it most closely.
    """
    try:
        found = [*_candidates(text, asked_on)]
    except OverflowError:  # beyond the calendar
        return None
    best = min(found, key=lambda each: (not each.open, each.span.last - each.span.first), default=None)
    if best is None:
        return None
    first, last = best.span
    return Period(
        None if first == date.min else first,
        None if last == date.max else last,
        of_articles=_dates_articles(text[: best.start]),
        text=text[best.start : best.end],
    )


def _dates_articles(before: str) -> bool:
    """Say whether the words before a date make it that of articles: not those of a name, as in "ABC News"."""
    found = _OF_ARTICLES.search(before)
    return found is not None and not _OF_A_NAME.search(
        before[: found.start() + len(found.group().split()[0])]
    )


def _candidates(text: str, asked_on: date) -> Iterator[_Candidate]:
    whens = [when for when in dates(text, asked_on) if when.minutes is None]
    for one, other in pairwise(whens):
        joint = one.bound in {"between", "from"} and is_joint(text, one, other)
        if joint and (span := _range(one, other, asked_on)):
            yield _Candidate(span, one.opens, other.end, open=True)
    for when in (*whens, *windows(text, asked_on)):
        if span := _bounded(text, when, asked_on):
            is_open = date.min in span or when.bound in {"since", "after"}
            yield _Candidate(span, when.opens, _end(text, when), open=is_open)
    for step in stepped_dates(text, asked_on):
        # "in 2019 and the following year" speaks of both, and what is asked may be of either.
        if span := _past(step, asked_on):
            yield _Candidate(span, step.opens, step.end)


def _range(one: When, other: When, asked_on: date) -> DayRange | None:
    """Return the shortest stretch from one date to another that has begun."""
    stretches = [
        DayRange(first.first, last.last)
        for first in one.spans
        for last in other.spans
        if first.first <= min(last.last, asked_on)
    ]
    return min(stretches, key=lambda span: span.last - span.first, default=None)


def _past(when: When, asked_on: date) -> DayRange | None:
    return next((span for span in when.spans if span.first <= asked_on), None)


def _bounded(text: str, when: When, asked_on: date) -> DayRange | None:
    """Return the days that a date and the word before it speak of."""
    span = _past(when, asked_on)
    if span is None or not _is_meant(text, when):
        return None
    after = _OF_A_WEEKDAY.match(text, when.end)
    if when.bound == "since":
        return DayRange(span.first, asked_on)
    if when.bound == "after" and not after and span.last < asked_on:
        return DayRange(span.last + DAY, asked_on)
    if when.bound in _UP_TO and not after:
        exact = when.part in {"end", "close"} or (when.bound == "by" and span.first == span.last)
        return DayRange(date.min, span.first - DAY if when.bound in _SHUT_OUT and not exact else span.last)
    if when.phrase == "this week":
        # A question on Monday asks about "this week" with the week before still in mind.
        return DayRange(min(span.first, asked_on - _A_WEEK), asked_on)
    return span


def _is_meant(text: str, when: When) -> bool:
    """Say whether a bare month, weekday, year or holiday is meant as the time of what is asked about.

    "The 2019 fire" and "the Monday club" are names of things, "in 2019" and "on Monday" are times. "What is
    Juneteenth?" asks about the day itself.
    """
    if not when.year and _HOLIDAY.fullmatch(when.text):
        return bool(when.which) or (when.bound not in {"of", "for"} if when.bound else _ends(text, when))
    if when.phrase or when.day or when.decade or (when.month and when.year):
        return True
    if when.weekday is not None:
        return bool(when.bound or _OF_A_WEEKDAY.match(text, when.end))
    if when.month or when.year:
        return bool(when.part) or when.bound in _DURING | _UP_TO | {"since", "after", "between", "from"}
    return True


def _ends(text: str, when: When) -> bool:
    """Say whether a question ends with the time of what it asks about: "What burned Christmas Eve?"."""
    return bool(_AT_THE_END.match(text, when.end)) and not _IS_IT.search(text[: when.opens])


def _end(text: str, when: When) -> int:
    found = re.compile(r"['’]s\b").match(text, when.end)
    return found.end() if found else when.end
