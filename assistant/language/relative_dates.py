"""Dates counted from today: "yesterday", "last week", "seven weeks ago", "on the 12th"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.language import day_ranges
from assistant.language.date_reading import (
    COUNT_PATTERN,
    ENDS,
    STEPS,
    DateReading,
    count_range,
    rule,
    unit_and_factor,
)
from assistant.language.day_ranges import DAY, DayRange

if TYPE_CHECKING:
    from datetime import date

    from assistant.language.date_reading import DateMatch, Rule

_UNIT = r"(?P<unit>day|night|week|fortnight|month|year|decade|centur(?:y|ie))"


_NEAR = {
    "the day before yesterday": -2,
    "the night before last": -2,
    "yesterday": -1,
    "last night": -1,
    "tomorrow": 1,
    "the day after tomorrow": 2,
}


def _day_named(seen: DateMatch) -> DateReading | None:
    phrase = seen.get("near")
    step = _NEAR.get(phrase, 0)
    return DateReading(phrase=phrase, spans=(day_ranges.one(seen.today + step * DAY),) if seen.today else ())


def _unit(seen: DateMatch) -> DateReading | None:
    """Read this, last and next week, month, year and so on; "the year" only after "late in" or "end of"."""
    which, unit, today = seen.get("which"), seen.get("what"), seen.today
    if which == "the" and unit != "weekend":
        if not seen.part:
            return None
        which = "this"
    phrase = f"{'last' if which == 'this past' else which} {unit}"
    if today is None:
        return DateReading(phrase=phrase)
    if unit == "weekend":
        return DateReading(phrase=phrase, spans=_weekends(which, today))
    length = {"quarter": (3, "month"), "decade": (10, "year"), "century": (100, "year")}.get(unit, (1, unit))
    found = day_ranges.moved(day_ranges.unit_of(today, unit), STEPS[which] * length[0], length[1])
    year = found.first.year if unit in {"month", "year"} else None
    month = found.first.month if unit == "month" else None
    also = (DayRange(found.first - DAY, found.last - DAY),) if unit == "week" else ()  # weeks from Sunday on
    if unit == "decade" and which == "last":
        also = (DayRange(day_ranges.moved(day_ranges.one(today), -10, "year").first, today),)
    return DateReading(year=year, month=month, phrase=phrase, spans=(found, *also))


def _weekends(which: str, today: date) -> tuple[DayRange, ...]:
    """Read a weekend: "the weekend" is the one that is on or was last; before it "this weekend" comes."""
    saturday = today - (today.weekday() - 5) % 7 * DAY
    latest = DayRange(saturday, saturday + DAY)
    on = today <= latest.last
    coming = day_ranges.moved(latest, 1, "week")
    last = day_ranges.moved(latest, -1, "week") if on else latest
    if which in {"last", "this past"}:
        return (last,)
    if which == "before last":
        return (day_ranges.moved(last, -1, "week"),)
    if which in {"next", "coming", "this coming", "after next"}:
        after = day_ranges.moved(coming, 1, "week")
        return {"next": (coming, after), "after next": (after,)}.get(which, (coming,))
    if on:
        return (latest,)
    return (coming, latest) if which == "this" else (latest, coming)


def _ago(seen: DateMatch) -> DateReading | None:
    limits = count_range(seen.get("count"))
    unit, factor = unit_and_factor(seen.get("unit"))
    if limits is None:
        return None
    half = 0.5 if seen.get("half") or seen.get("half_after") else 0.0
    least, most = ((each + half) * factor for each in limits)
    sign = -1 if seen.get("ahead") else 1
    phrase = f"{least:g} {unit} {'ahead' if sign < 0 else 'ago'}"
    if seen.today is None:
        return DateReading(phrase=phrase)
    found = day_ranges.ago(seen.today, sign * least, sign * most, unit)
    year = found[0].first.year if unit == "year" and found[0].first.year == found[0].last.year else None
    return DateReading(year=year, phrase=phrase, spans=found)


_FULL = {"day": 1, "week": 7, "month": 31, "year": 366}
"""Days of the longest of each unit."""


def _recent(seen: DateMatch) -> DateReading | None:
    """Days up to today; "the last year" is also said of the calendar's."""
    limits = count_range(seen.get("count"))
    unit, factor = unit_and_factor(seen.get("unit"))
    if limits is None:
        return None
    phrase, today = f"past {limits[0] * factor:g} {unit}", seen.today
    if today is None:
        return DateReading(phrase=phrase)
    found = DayRange(today - _FULL[unit] * limits[1] * factor * DAY, today)
    calendar = (day_ranges.moved(day_ranges.unit_of(today, unit), -1, unit),) if not seen.get("count") else ()
    return DateReading(phrase=phrase, spans=(found, *calendar))


def _monthday(seen: DateMatch) -> DateReading | None:
    """Read "on the 12th": the latest 12th, or the coming one."""
    day, today = int(seen.get("day")), seen.today
    if not 1 <= day <= 31:  # noqa: PLR2004  # of a month
        return None
    if today is None:
        return DateReading(day=day)
    if of_month := seen.get("of_month"):
        named = day_ranges.months(today.year, today.month + STEPS[of_month]).first.replace(day=day)
        return DateReading(named.year, named.month, day, spans=(day_ranges.one(named),))
    near = [day_ranges.months(today.year, today.month + step) for step in (0, -1, -2, 1, 2)]
    days = [month.first.replace(day=day) for month in near if day <= month.last.day]  # not all have a 31st
    past = max(each for each in days if each <= today)
    coming = min(each for each in days if each > today)
    return DateReading(day=day, spans=(day_ranges.one(past), day_ranges.one(coming)))


RELATIVE_RULES: tuple[Rule, ...] = (
    rule(
        rf"(?<=\bon )the (?P<day>[0-3]?\d)(?:st|nd|rd|th)(?: of (?P<of_month>this|last|next) month\b|{ENDS})",
        _monthday,
    ),
    rule(
        r"\b(?P<near>the day before yesterday|the day after tomorrow|the night before last|yesterday|"
        r"tomorrow|tonight|today|last night|this (?:morning|afternoon|evening))\b",
        _day_named,
    ),
    rule(r"\bthe (?P<what>week(?:end)?|month|year) (?P<which>before last|after next)\b", _unit),
    rule(
        r"(?<!the )\b(?P<which>this past|this coming|last|next|this|coming) "
        r"(?P<what>week(?:end)?|month|quarter|year|decade|century)\b",
        _unit,
    ),
    rule(r"\b(?P<which>the) (?P<what>week(?:end)?|month|year|decade|century)\b", _unit),
    rule(rf"\bthe (?:last|past) {_UNIT}\b", _recent),
    rule(
        rf"\b(?P<count>{COUNT_PATTERN})(?P<half> and a half)? {_UNIT}s?(?P<half_after> and a half)?"
        r" (?:ago|(?P<ahead>from (?:now|today)))\b",
        _ago,
    ),
    rule(rf"\bin (?P<count>{COUNT_PATTERN}) {_UNIT}s?['’]?s? (?P<ahead>time)\b", _ago),
)
PAST_DAYS_RULE: Rule = rule(rf"\bthe (?:last|past) (?P<count>{COUNT_PATTERN}) {_UNIT}s\b", _recent)
"""Days up to now, given by their number: as numbers they are compared elsewhere."""
