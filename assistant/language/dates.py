"""Dates and times of day in a text, and the days that they mean, relative ones counted from a day.

One grammar for questions, counted from the day of asking, and for articles and statements, counted from the
day of publication. `spans` are all that a wording may mean, the usual reading first: "on Monday" is the last
Monday or the coming one, and only what surrounds it tells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.language import calendar_dates, day_ranges, relative_dates
from assistant.language.calendar_words import MONTH_PATTERN, MONTHS
from assistant.language.clock import CLOCK, HALF_DAY, half_unknown, minutes
from assistant.language.date_reading import ENDS, DateMatch, DateReading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from assistant.language.day_ranges import DayRange

_LOOK_AROUND = 60
"""Characters before and after a date in which words that belong to it may stand."""
_BEFORE = re.compile(
    r"(?:\b(?P<bound>between|from|since|after|before|until|till|up to|through|by|in|on|over|during|for|at|of)"
    r"\s+)?"
    r"(?:the\s+)?(?:very\s+)?"
    r"(?:\b(?P<part>early|mid|late|earlier|later|beginning|start|middle|end|close)(?:\s+(?:of|in|on)\b|-)?\s*"
    r"(?:the\s+)?)?"
    r"(?:\b(?P<which>this past|this coming|last|this|next|past|previous|coming|following)\s+)?$",
    re.IGNORECASE,
)
_JOIN = re.compile(
    r"\s?(?:-|–|—|\b(?:and|to|until|till|through)\b)\s?(?:the\s+)?(?:early|mid|late)?[- ]?", re.IGNORECASE
)
_MONTH_AFTER = re.compile(rf"\s?(?:and|to|-|–|until|through)\s?{MONTH_PATTERN}\b", re.IGNORECASE)
_MONTH_BEFORE = re.compile(rf"\b{MONTH_PATTERN},? (?:\d{{4}} )?(?:and|to|until|through) $", re.IGNORECASE)
_AMBIGUOUS = frozenset(("may", "march", "august", "mar", "jan", "dec", "sep", "jun", "jul"))
"""Words that are mostly no month where nothing beside them tells that they are."""
_OF_MONTHS = frozenset(("in", "during", "since", "until", "till", "by"))
_OF_DAYS = frozenset(("on", "since", "until", "till", "by", "from", "between", "before", "after"))
_UP_TO = frozenset(("by", "before", "until", "till", "up to", "through"))
_OF_HOLIDAYS = _OF_MONTHS | {"at", "over", "before", "after"}
_FEAST = re.compile(r"(?:christmas|easter|thanksgiving|halloween)", re.IGNORECASE)
_AT_THE_END = re.compile(ENDS)
_IN_A_NAME = re.compile(r"\b[A-Z][\w.]* $")  # "USA TODAY" is a paper


@dataclass(frozen=True, slots=True)
class When:
    """A date as far as a text gives it. `spans` are the days that it may mean, where they can be worked out.

    `opens` is where its wording begins with the words before it that belong to it: `bound` ("since",
    "between"), `part` ("early", "end") and `which` ("last"). `phrase` is the wording of a relative date in
    one form. `counted` says that it is so many days or years from another date, `half_unknown` that it
    gives a time, not which half of the day it means.
    """

    text: str
    start: int
    end: int
    opens: int = 0
    bound: str = ""
    part: str = ""
    which: str = ""
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    decade: int | None = None
    minutes: int | None = None
    half_unknown: bool = False
    counted: bool = False
    phrase: str = ""
    spans: tuple[DayRange, ...] = ()

    @property
    def narrowed(self) -> str:
        """The part of its days that is meant; "by the end of May" leaves the whole of May."""
        return "" if self.part in {"end", "close"} and self.bound in _UP_TO else self.part

    @property
    def fields(self) -> tuple[int | None, int | None, int | None]:
        """Year, month and day, None where the text doesn't give them."""
        return self.year, self.month, self.day


@lru_cache(maxsize=2_000)
def dates(text: str, today: date | None = None) -> tuple[When, ...]:
    """Return the dates and times of day of a text in order, never two for the same words."""
    found: list[When] = []
    taken: set[int] = set()
    for pattern, read in _RULES:
        for match in pattern.finditer(text):
            if not taken.isdisjoint(range(*match.span())):
                continue
            if read_here := [*_read(text, match, read, today)]:
                found += read_here
                taken.update(range(*match.span()))
    return _joined(text, sorted(found, key=lambda when: when.start), today)


def windows(text: str, today: date) -> list[When]:
    """Return the stretches up to today that a text gives by a number: "the past three days"."""
    pattern, read = relative_dates.PAST_DAYS_RULE
    return [when for match in pattern.finditer(text) for when in _read(text, match, read, today)]


def _clock(_: DateMatch) -> DateReading | None:
    return None


_RULES = ((CLOCK, _clock), *calendar_dates.CALENDAR_RULES, *relative_dates.RELATIVE_RULES)


def _read(
    text: str, match: re.Match[str], read: Callable[[DateMatch], DateReading | None], today: date | None
) -> Iterable[When]:
    """Yield the date of a match, before it the first of two days that share their month."""
    parts = match.groupdict()
    place = When(match[0], *match.span(), opens=match.start())
    if read is _clock:
        yield replace(place, minutes=minutes(parts), half_unknown=half_unknown(parts))
        return
    place = _with_words_before(text, place)
    if any(parts.get(name) for name in ("day", "weekday", "near", "holiday")):
        place = replace(place, part="")  # "late on Sunday" is Sunday
    if _is_something_else(text, place, parts):
        return
    readings = [_reading(DateMatch(parts, today, place.which, place.part), read)]
    first = parts.get("day_before")
    if first:
        readings.insert(0, _reading(DateMatch({**parts, "day": first}, today, place.which), read))
    if None in readings:
        return
    if first:
        at, own = match.start("day_before"), match.start("day")
        head = match.start() if at > match.start("month") else at  # "May 3 to 5" and "3 to 5 May"
        end = match.end("day_before")
        yield _when(replace(place, text=text[head:end], start=head, end=end), readings[0], today)
        place = When(text[own : match.end()], own, match.end(), opens=own)
    yield _when(place, readings[-1], today)


def _reading(seen: DateMatch, read: Callable[[DateMatch], DateReading | None]) -> DateReading | None:
    try:
        return read(seen)
    except (ValueError, OverflowError):  # the 31st of February, or beyond the calendar
        return DateReading(phrase="no day")


def _with_words_before(text: str, place: When) -> When:
    since = max(0, place.start - _LOOK_AROUND)
    found = _BEFORE.search(text[since : place.start])
    if found is None:
        return place
    bound, part, which = ((found[name] or "").lower() for name in ("bound", "part", "which"))
    return replace(place, opens=since + found.start(), bound=bound, part=part, which=which)


def _is_something_else(text: str, place: When, parts: dict[str, str | None]) -> bool:
    """Say whether a match is a verb, a name or a paper: "may march", "Christmas tree", "USA TODAY"."""
    before = text[max(0, place.start - _LOOK_AROUND) : place.start]
    if parts.get("near"):
        return place.text[0].isupper() and bool(_IN_A_NAME.search(before))
    if parts.get("year") or parts.get("of_year"):
        return False
    if (feast := parts.get("holiday")) and _FEAST.fullmatch(feast):
        return place.bound not in _OF_HOLIDAYS and not place.which
    month = parts.get("month")
    return bool(month) and not _is_month(text, place, str(month), day=bool(parts.get("day")))


def _is_month(text: str, place: When, month: str, *, day: bool) -> bool:
    """Say whether the name of a month without a year is one, and not "may", "march" or a man called Jan."""
    lower = month.rstrip(".").lower()
    if day:
        ordinal = re.search(r"\d(?:st|nd|rd|th)", place.text)
        return lower not in _AMBIGUOUS or month[0].isupper() or place.bound in _OF_DAYS or bool(ordinal)
    before = text[max(0, place.start - _LOOK_AROUND) : place.start]
    beside = _MONTH_AFTER.match(text, place.end) or _MONTH_BEFORE.search(before)
    if beside or place.bound in _OF_MONTHS or place.part or (place.which and month[0].isupper()):
        return True
    if place.which in {"last", "next", "this"} and _AT_THE_END.match(text, place.end):
        return True  # "who resigned last may?", but not "this may be"
    if lower in {"may", "march"} or month[0].islower():
        return lower not in _AMBIGUOUS
    return lower in MONTHS or month.endswith(".")


def _when(place: When, reading: DateReading | None, today: date | None) -> When:
    if reading is None:
        return place
    parted = tuple(day_ranges.part(each, place.narrowed, today) for each in reading.spans)
    return replace(
        place,
        year=reading.year,
        month=reading.month,
        day=reading.day,
        weekday=reading.weekday,
        decade=reading.decade,
        phrase=reading.phrase,
        spans=parted,
    )


def _joined(text: str, found: list[When], today: date | None) -> tuple[When, ...]:
    """Give a weekday the days of the date beside it, and "from May" the year of "to July 2022"."""
    joined = list(found)
    for at in range(len(found) - 1):
        one, other = joined[at], joined[at + 1]
        between = text[one.end : other.start]
        if one.weekday is not None and other.day and between.strip(" ,") in {"", "the"}:
            joined[at], joined[at + 1] = _with_weekday(one, other)
        elif other.year and one.month and one.year is None and is_joint(text, one, other):
            year = other.year - (other.month is not None and other.month < one.month)
            joined[at] = _in_year(one, year, today)
    return tuple(joined)


def _with_weekday(weekday: When, day: When) -> tuple[When, When]:
    """Take "Sunday, 5 November" for one day: the nearest on which it is a Sunday, where no year is given."""
    fitting = day.spans
    if day.year is None and day.month and day.day and day.spans:
        near = day.spans[0].first.year
        days = [each for step in (0, 1, -1, 2, -2) for each in _in_year(day, near + step, None).spans]
        fitting = tuple(each for each in days if each.first.weekday() == weekday.weekday)[:1] or fitting
    return replace(weekday, spans=fitting or weekday.spans), replace(day, spans=fitting)


def is_joint(text: str, one: When, other: When) -> bool:
    """Say whether only "and", "to" or a dash stands between two dates."""
    return bool(_JOIN.fullmatch(text[one.end : other.start]))


def _in_year(when: When, year: int, today: date | None) -> When:
    month = when.month or 1
    whole = day_ranges.months(year, month)
    if when.day is None:
        return replace(when, year=year, spans=(day_ranges.part(whole, when.narrowed, today),))
    if when.day > whole.last.day:
        return when
    return replace(when, year=year, spans=(day_ranges.one(whole.first.replace(day=when.day)),))


def agrees(stated: When, found: When) -> bool:
    """Say whether a date of the source equals the stated one or is more exact (a day within its month)."""
    if stated.minutes is not None or found.minutes is not None:
        return _same_time(stated, found)
    if stated.phrase and found.phrase:
        if stated.phrase == found.phrase and stated.narrowed in {"", found.narrowed}:
            return True
        if stated.year and found.year and stated.year != found.year:
            return False  # the winters of 2021 and 2022 may have a month in common
    same = [theirs for theirs in found.spans if any(theirs.within(mine) for mine in stated.spans)]
    if stated.weekday is not None:
        return _same_weekday(stated, found, same)
    return bool(same) or _as_written(stated, found)


def _same_weekday(stated: When, found: When, same: list[DayRange]) -> bool:
    """Compare a weekday, as a day where both dates can be worked out; `same` are the days in common."""
    if stated.phrase and found.phrase and not same:
        return False  # "last Monday" and "next Monday"
    days = same if stated.spans and found.spans else [each for each in found.spans if each.first == each.last]
    if found.weekday is not None:
        return stated.weekday == found.weekday and bool(same or not (stated.spans and found.spans))
    return any(each.first.weekday() == stated.weekday for each in days)


def _as_written(stated: When, found: When) -> bool:
    """Compare dates by what is written, where it does not take a calendar to tell them apart."""
    if stated.phrase and (found.phrase or (stated.spans and found.spans)):
        return False
    if stated.narrowed and (stated.narrowed != found.narrowed or (stated.spans and found.spans)):
        return False
    return _covers(stated, found.fields)


def _same_time(stated: When, found: When) -> bool:
    """Say whether two times of day are one, or may be where one does not say which half of the day."""
    if stated.minutes is None or found.minutes is None:
        return False
    apart = abs(stated.minutes - found.minutes)
    return apart == 0 or (apart == HALF_DAY and (stated.half_unknown or found.half_unknown))


def _covers(stated: When, fields: tuple[int | None, int | None, int | None]) -> bool:
    """Say whether all that the statement gives of a date is so in the source."""
    given = [(mine, theirs) for mine, theirs in zip(stated.fields, fields, strict=True) if mine is not None]
    return bool(given) and all(mine == theirs for mine, theirs in given)
