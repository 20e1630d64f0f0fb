"""Ranges of days and arithmetic with them: months, seasons, weeks, parts of them, so long ago."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
_YEAR_MONTHS = 12
_CLOSE = 3
"""Days by which "two weeks ago" may be off on either side."""
_PARTS = {
    "early": (0.0, 0.4),
    "beginning": (0.0, 0.3),
    "start": (0.0, 0.3),
    "mid": (0.3, 0.7),
    "middle": (0.3, 0.7),
    "late": (0.6, 1.0),
    "end": (0.7, 1.0),
    "close": (0.7, 1.0),
}
"""Which share of a span each of its parts takes. Early, mid and late overlap: whether 11 May is early or in
the middle of the month is not agreed upon."""


class DayRange(NamedTuple):
    """Days from `first` to `last`, both included; `date.min` and `date.max` leave a side open."""

    first: date
    last: date

    def within(self, other: DayRange) -> bool:
        """Say whether all of these days are among the other's."""
        return other.first <= self.first and self.last <= other.last


def one(day: date) -> DayRange:
    """Return the span of a single day."""
    return DayRange(day, day)


def months(year: int, first: int, count: int = 1) -> DayRange:
    """Return so many months; months below 1 and above 12 belong to the years before and after."""
    year, first = year + (first - 1) // _YEAR_MONTHS, (first - 1) % _YEAR_MONTHS + 1
    last_year, last = year + (first + count - 2) // _YEAR_MONTHS, (first + count - 2) % _YEAR_MONTHS + 1
    return DayRange(date(year, first, 1), date(last_year, last, monthrange(last_year, last)[1]))


def years(first: int, count: int = 1) -> DayRange:
    """Return so many calendar years."""
    return months(first, 1, _YEAR_MONTHS * count)


def week(day: date) -> DayRange:
    """Return the week of a day, Monday to Sunday."""
    monday = day - day.weekday() * DAY
    return DayRange(monday, monday + 6 * DAY)


def moved(span: DayRange, steps: float, unit: str) -> DayRange:
    """Return a span so many days, weeks, months or years later, and earlier for steps below zero.

    Whole months and years stay whole: the year after a year is a year. A day of a month that is too short
    becomes its last one.
    """
    if unit in {"day", "week"}:
        by = steps * (WEEK if unit == "week" else DAY)
        return DayRange(span.first + by, span.last + by)
    by_months = round(steps * (_YEAR_MONTHS if unit == "year" else 1))
    first, last = (_later(day, by_months) for day in span)
    whole = span.last + DAY
    return DayRange(first, _later(whole, by_months) - DAY if whole.day == 1 else last)


def _later(day: date, by_months: int) -> date:
    month = months(day.year, day.month + by_months)
    return month.first.replace(day=min(day.day, month.last.day))


def unit_of(day: date, unit: str) -> DayRange:
    """Return the calendar day, week, month, quarter, year, decade or century that a day lies in."""
    if unit in {"day", "week"}:
        return one(day) if unit == "day" else week(day)
    if unit == "month":
        return months(day.year, day.month)
    if unit == "quarter":
        return months(day.year, (day.month - 1) // 3 * 3 + 1, 3)
    length = {"decade": 10, "century": 100}.get(unit, 1)
    late = unit == "century"  # the 20th century began in 1901
    return years((day.year - late) // length * length + late, length)


def ago(today: date, least: float, most: float, unit: str) -> tuple[DayRange, ...]:
    """Return what "two weeks ago" may mean, the usual reading first; below zero the same of time to come.

    Days are counted exactly. Weeks may be some days off. Months and years are those of the calendar, or half
    of one around the same day.
    """
    far, near = moved(one(today), -most, unit), moved(one(today), -least, unit)
    around = DayRange(min(far.first, near.first), max(far.last, near.last))
    if unit == "day":
        return (around,)
    if unit == "week":
        return (DayRange(around.first - _CLOSE * DAY, around.last + _CLOSE * DAY),)
    calendar = DayRange(unit_of(around.first, unit).first, unit_of(around.last, unit).last)
    half = 15 if unit == "month" else 183
    return calendar, DayRange(around.first - half * DAY, around.last + half * DAY)


def part(span: DayRange, name: str, today: date | None) -> DayRange:
    """Return the early, middle or late part of a span, or what lies before or after today."""
    if name in {"earlier", "later"}:
        if today is None or not span.first <= today <= span.last:
            return span
        return DayRange(span.first, today) if name == "earlier" else DayRange(today, span.last)
    if name not in _PARTS or span.first == span.last:
        return span
    low, high = _PARTS[name]
    by_months = (span.last.year - span.first.year) * _YEAR_MONTHS + span.last.month - span.first.month + 1
    if by_months > 1:  # a year has its parts in whole months, a decade in whole years
        unit = _YEAR_MONTHS if by_months > _YEAR_MONTHS else 1
        start, end = (int(share * by_months / unit) * unit for share in (low, high))
        return months(span.first.year, span.first.month + start, end - start)
    days = (span.last - span.first).days + 1
    return DayRange(span.first + int(low * days) * DAY, span.first + (int(high * days) - 1) * DAY)
