"""Dates that a text counts from one before: "two days later", "the following year", "that Friday"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.language import day_ranges
from assistant.language.calendar_words import WEEKDAY_PATTERN, weekday_number
from assistant.language.date_reading import COUNT_PATTERN, ENDS, count_range, unit_and_factor
from assistant.language.dates import When, dates
from assistant.language.day_ranges import DAY, DayRange

if TYPE_CHECKING:
    from datetime import date

_UNIT = r"day|week|month|year|decade"
_STEPS = re.compile(
    rf"\b(?:the (?P<which>next|following|previous|same)|(?P<that>that|following)) "
    rf"(?:(?P<unit>{_UNIT})|(?P<weekday>{WEEKDAY_PATTERN}))(?!\w)|"
    rf"\b(?P<count>{COUNT_PATTERN}|the) (?P<counted>{_UNIT})s? "
    rf"(?P<way>later|earlier|beforehand|afterwards?|(?:before|after|on){ENDS})",
    re.IGNORECASE,
)
_WAY = {"next": 1, "following": 1, "previous": -1, "same": 0, "that": 0}
_BACK = frozenset(("earlier", "before", "beforehand"))


def stepped_dates(text: str, today: date | None = None) -> list[When]:
    """Return the dates that a text counts from the last one before them, in order.

    `spans` stay empty where none stands before; only "the previous year" is then the one before today's.
    """
    known = [when for when in dates(text, today) if when.spans]
    found: list[When] = []
    next_known, before = 0, None
    for match in _STEPS.finditer(text):
        while next_known < len(known) and known[next_known].end <= match.start():
            before = known[next_known]
            next_known += 1
        if next_known < len(known) and known[next_known].start < match.end():
            continue  # "the following Monday, 4 May" has its date
        anchors = before.spans if before else ()
        when = When(match[0], *match.span(), opens=before.opens if before else match.start())
        when = _counted(when, match, anchors) if match["counted"] else _named(when, match, anchors, today)
        if when.phrase:
            found.append(when)
            before = when if when.spans else before
    return found


def _counted(when: When, match: re.Match[str], anchors: tuple[DayRange, ...]) -> When:
    """Read "two days later" and "the year before"."""
    limits = count_range("a" if match["count"].lower() == "the" else match["count"])
    if limits is None or (match["count"].lower() == "the" and match["way"].lower() in {"later", "earlier"}):
        return when
    unit, factor = unit_and_factor(match["counted"])
    sign = -1 if match["way"].lower() in _BACK else 1
    least, most = sorted(sign * each * factor for each in limits)
    ends = [(day_ranges.moved(each, least, unit), day_ranges.moved(each, most, unit)) for each in anchors]
    moved = [DayRange(nearer.first, farther.last) for nearer, farther in ends]
    if unit in {"month", "year"}:  # so many years after a day is mostly some day of that year
        units = [
            (day_ranges.unit_of(each.first, unit), day_ranges.unit_of(each.last, unit)) for each in moved
        ]
        moved = [DayRange(first.first, last.last) for first, last in units]
    elif unit == "week":
        moved += [DayRange(each.first - 3 * DAY, each.last + 3 * DAY) for each in moved]
    return replace(when, counted=True, phrase=f"{least:+g} {unit}", spans=tuple(moved))


def _named(when: When, match: re.Match[str], anchors: tuple[DayRange, ...], today: date | None) -> When:
    """Read "the following year", "the same day", "that Friday"."""
    which = (match["which"] or match["that"]).lower()
    way = _WAY[which]
    if match["weekday"]:
        number = weekday_number(match["weekday"])
        days = [_weekday(each, number, way) for each in anchors]
        return replace(
            when, weekday=number, phrase=f"{way:+} {number}", spans=tuple(map(day_ranges.one, days))
        )
    unit = match["unit"].lower()
    if not anchors and way < 0 and today is not None:
        anchors = (day_ranges.one(today),)
    in_unit, factor = unit_and_factor(unit)
    wholes = ((day_ranges.unit_of(each.first, unit), each) for each in anchors)
    moved = (day_ranges.moved(whole, way * factor, in_unit) for whole, each in wholes if each.within(whole))
    return replace(when, phrase=f"{way:+} {unit}", spans=tuple(moved))


def _weekday(anchor: DayRange, number: int, way: int) -> date:
    """Return a weekday after a span, before it, or in its first week."""
    if way > 0:
        return anchor.last + DAY + (number - anchor.last.weekday() - 1) % 7 * DAY
    if way < 0:
        return anchor.first - DAY - (anchor.first.weekday() - 1 - number) % 7 * DAY
    return day_ranges.week(anchor.first).first + number * DAY
