"""Dates by the calendar: days, months, seasons, quarters, years, decades, weekdays, holidays.

What newspaper readers take a wording for is decided here and for relative dates beside it. Where they don't
agree every reading is given, the usual one first.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from assistant.language import day_ranges
from assistant.language.calendar_words import (
    HOLIDAY_PATTERN,
    MONTH_PATTERN,
    SEASON_PATTERN,
    SEASONS,
    WEEKDAY_PATTERN,
    holiday,
    month_number,
    weekday_number,
)
from assistant.language.date_reading import ENDS, STEPS, DateReading, rule
from assistant.language.day_ranges import DAY, WEEK, DayRange
from assistant.language.lexicon import ORDINALS

if TYPE_CHECKING:
    from assistant.language.date_reading import DateMatch, Rule

_YEAR = r"(?P<year>1[0-9]\d\d|20\d\d)"
_OF_YEAR = rf"(?:,?\s+(?:of\s+)?(?:{_YEAR}\b|(?P<of_year>last|this|next) year\b))"
_MONTH = rf"(?P<month>{MONTH_PATTERN})"
_TH = r"(?:st|nd|rd|th)?"
_DAY = rf"(?P<day>[0-3]?\d){_TH}"
_NTH = "|".join(("first", *ORDINALS))
_DECADES = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
_SEASON_DAYS = 92
"""Days after its end for which a month or season is still "this" one."""
_OF_ANOTHER = frozenset(("following", "previous"))
"""Words that count from another date of the text."""
_MONTHS_OF = {"quarter": 3, "half": 6}


def _exact(seen: DateMatch) -> DateReading | None:
    """A month with a day, and a year or the one nearest to today; a month of a year."""
    month, day = month_number(seen.get("month")), int(seen.get("day")) if seen.get("day") else None
    return _dated(seen, seen.year(), month, day)


def _dated(seen: DateMatch, year: int | None, month: int, day: int | None) -> DateReading | None:
    phrase = f"{seen.get('of_year')} year" if seen.get("of_year") and year is None else ""
    if day is None:
        found = (day_ranges.months(year, month),) if year else ()
        return DateReading(year=year, month=month, phrase=phrase, spans=found)
    there = date(year or 2000, month, day)  # raises for the 31st of February; 2000 has a 29th
    if year is not None:
        return DateReading(year=year, month=month, day=day, spans=(day_ranges.one(there),))
    if seen.today is None:
        return DateReading(month=month, day=day, phrase=phrase)
    days, today = [], seen.today
    for each in (today.year, today.year - 1, today.year + 1):
        try:
            days.append(date(each, month, day))
        except ValueError:  # a 29th of February in another year
            continue
    nearest = sorted(days, key=lambda found: abs((found - today).days))[:1]
    past = [found for found in days if found <= today < nearest[0]]
    return DateReading(month=month, day=day, spans=tuple(map(day_ranges.one, [*nearest, *sorted(past)[-1:]])))


def _iso(seen: DateMatch) -> DateReading | None:
    return _dated(seen, int(seen.get("year")), int(seen.get("number")), int(seen.get("day")))


def _slashed(seen: DateMatch) -> DateReading | None:
    """5/3/2022 is a day of March in Britain and of May in America, 25/3/2022 only one of March."""
    year, first, second = (int(seen.get(name)) for name in ("year", "first", "second"))
    days = []
    for day, month in {(second, first): None, (first, second): None}:
        try:
            days.append(day_ranges.one(date(year, month, day)))
        except ValueError:
            continue
    if len(days) == 1:
        only = days[0].first
        return DateReading(year, only.month, only.day, spans=tuple(days))
    return DateReading(year=year, spans=tuple(days)) if days else None


def _month(seen: DateMatch) -> DateReading | None:
    """A month without a year: "last March" in February is one of the year before, "this March" comes."""
    month, today, which = month_number(seen.get("month")), seen.today, seen.which
    phrase = f"{which} {month}" if which else ""
    if today is None or which in _OF_ANOTHER:
        return DateReading(month=month, phrase=phrase)
    return DateReading(month=month, phrase=phrase, spans=_in_years(month, 1, which, today))


def _in_years(first_month: int, length: int, which: str, today: date) -> tuple[DayRange, ...]:
    """Return the months or seasons that "last", "this", "next" or nothing before their name may mean.

    "Last" is the latest that is over, or that of the year before where this year's is over; "next" is read
    alike. "This" is the one of this calendar year, or the one that is on or comes next.
    """
    near = [day_ranges.months(today.year + step, first_month, length) for step in (-2, -1, 0, 1, 2)]
    over = [each for each in near if each.last < today]
    on = [each for each in near if each.first <= today <= each.last]
    coming = [each for each in near if each.first > today]
    if which in {"last", "past", "previous"}:
        return over[-1], *([over[-2]] if over[-1].first.year == today.year else ())
    if which == "this past":
        return (over[-1],)
    if which in {"next", "coming", "this coming"}:
        return coming[0], *([coming[1]] if coming[0].first.year == today.year and which == "next" else ())
    if on:
        return tuple(on)
    if which == "this":
        of_year = [each for each in near if each.first.year == today.year]
        just_over = [over[-1]] if (today - over[-1].last).days <= _SEASON_DAYS else []
        return tuple(dict.fromkeys([*of_year, *just_over, coming[0]]))
    return over[-1], coming[0]


def _season(seen: DateMatch) -> DateReading | None:
    """Winter has two years; "the winter of 2021" is mostly the one that begins in it."""
    name, today, year = seen.get("season"), seen.today, seen.year()
    first = SEASONS[name]
    name = "autumn" if name == "fall" else name
    if year:
        found = [day_ranges.months(year, first, 3)]
        if name == "winter" and not seen.get("second"):
            found.append(day_ranges.months(year - 1, first, 3))
        return DateReading(year=year, phrase=f"{name} {year}", spans=tuple(found))
    which = seen.get("which")
    found_here = _in_years(first, 3, which, today) if today else ()
    return DateReading(phrase=f"{which} {name}".strip(), spans=found_here)


def _portion(seen: DateMatch) -> DateReading | None:
    """Quarters and halves of the calendar year; a company's own year may begin in another month."""
    kind = "half" if seen.get("half") else "quarter"
    number = _ordinal(seen.get("nth") or seen.get("half") or seen.get("short"))
    length = _MONTHS_OF[kind]
    if number is None or not 1 <= number <= 12 // length:
        return None
    first, year, today = (number - 1) * length + 1, seen.year(), seen.today
    phrase = f"{kind} {number}"
    if year:
        return DateReading(phrase=f"{phrase} {year}", spans=(day_ranges.months(year, first, length),))
    return DateReading(phrase=phrase, spans=_in_years(first, length, "", today) if today else ())


def _ordinal(word: str) -> int | None:
    if word[:1].isdigit():
        return int(re.sub(r"\D", "", word))
    return {"first": 1, "final": 4, "last": 4}.get(word, ORDINALS.get(word))


def _decade(seen: DateMatch) -> DateReading | None:
    named = seen.get("decade") or seen.get("short")
    if not named:
        named = str(20 + 10 * _DECADES.index(seen.get("word")))
    first = int(named) if len(named) > 2 else 1900 + int(named)  # noqa: PLR2004  # "the 20s"
    if first in {1900, 1910}:  # "the '00s" are this century's
        first += 100
    return DateReading(decade=first, spans=(day_ranges.years(first, 10),))


def _century(seen: DateMatch) -> DateReading | None:
    number = _ordinal(seen.get("nth"))
    if number is None or not 1 < number <= 21:  # noqa: PLR2004  # no 22nd century in news
        return None
    return DateReading(phrase=f"century {number}", spans=(day_ranges.years(100 * number - 99, 100),))


def _year(seen: DateMatch) -> DateReading | None:
    year = int(seen.get("year"))
    return DateReading(year=year, spans=(day_ranges.years(year),))


def _weekday(seen: DateMatch) -> DateReading | None:
    """Without more a weekday is the last one, today among them, or the coming one.

    "Last Monday" is never today; where the latest was in this week the one of the week before may be meant.
    "Next Friday" is the coming one or the one of next week, "this Friday" the one of this week or the coming.
    """
    number, today = weekday_number(seen.get("weekday")), seen.today
    of_week = seen.get("of_week")
    which = seen.which
    phrase = f"{of_week or which} {number}" if of_week or which else ""
    every = seen.get("weekday").endswith("days")
    if today is None or which in _OF_ANOTHER or every:
        return DateReading(weekday=number, phrase=phrase)
    in_week = today - today.weekday() * DAY + number * DAY
    past = today - (today.weekday() - number) % 7 * DAY
    before, coming = past - WEEK if past == today else past, past + WEEK
    if of_week:
        days = [in_week + WEEK * STEPS[of_week]]
    elif which in {"last", "past"}:
        days = [before, *([before - WEEK] if before == in_week else [])]
    elif which == "this past":
        days = [before]
    elif which == "next":
        days = [coming, *([coming + WEEK] if coming == in_week else [])]
    elif which in {"coming", "this coming"}:
        days = [coming]
    elif which == "this":
        days = [in_week, *([coming] if in_week < today else [])]
    else:
        days = [past, coming]
    return DateReading(weekday=number, phrase=phrase, spans=tuple(map(day_ranges.one, days)))


_AROUND = {"christmas": (1, 2), "easter": (2, 1)}
"""Days before and after that "at Christmas" takes in too."""


def _holiday(seen: DateMatch) -> DateReading | None:
    year, today = seen.year(), seen.today
    name = seen.get("holiday")
    days: list[date] = []
    if year:
        days = [holiday(name, year)]
    elif today:
        near = [holiday(name, today.year + step) for step in (-1, 0, 1)]
        past = [day for day in near if day <= today and (day < today or seen.which != "last")]
        coming = [day for day in near if day > today]
        days = {"last": past[-1:], "next": coming[:1]}.get(seen.which, [past[-1], coming[0]])
    before, after = _AROUND.get(name, (0, 0))
    found = tuple(DayRange(day - before * DAY, day + after * DAY) for day in days)
    phrase = "" if year else f"{seen.which} {name}".strip()
    ever = {holiday(name, each).replace(year=2000) for each in (2000, 2001, 2002)}
    if len(ever) > 1 or name in _AROUND:
        return DateReading(year=year, phrase=phrase, spans=found)
    (ever_same,) = ever
    return DateReading(year, ever_same.month, ever_same.day, phrase=phrase, spans=found)


def _unnamed(pattern: str) -> str:
    """Return a pattern whose groups have no names, to stand in one that has them already."""
    return re.sub(r"\?P<\w+>", "?:", pattern)


_TO = r"\s?(?:-|–|—|\b(?:and|or|to|until|till|through)\b)\s?(?:the\s+)?"
_WHICH = r"(?:(?P<which>this past|this coming|last|this|next|past|previous)\s+)"
_WHICH = r"(?:(?P<which>this past|this coming|last|this|next|past|previous)\s+)"
CALENDAR_RULES: tuple[Rule, ...] = (
    rule(r"\b(?P<year>\d{4})-(?P<number>\d\d)-(?P<day>\d\d)\b", _iso),
    rule(r"(?<![\d/.])(?P<first>\d{1,2})([/.])(?P<second>\d{1,2})\2(?P<year>(?:19|20)\d\d)\b", _slashed),
    rule(
        rf"\b(?:the\s+)?(?:(?P<day_before>[0-3]?\d){_TH}{_TO})?{_DAY}\s+(?:of\s+)?{_MONTH}(?!\w){_OF_YEAR}?",
        _exact,
    ),
    rule(
        rf"\b{_MONTH}\s+(?:the\s+)?(?:(?P<day_before>[0-3]?\d){_TH}{_TO}"
        rf"(?=[0-3]?\d{_TH}{ENDS}|\d+,? \d{{4}}))?"
        rf"{_DAY}(?!\d|[,.]\d|:|%){_OF_YEAR}?",
        _exact,
    ),
    rule(rf"\b{_MONTH}{_OF_YEAR}", _exact),
    rule(
        rf"\b(?:the\s+)?(?P<nth>first|second|third|fourth|final|[1-4]{_TH})[ -]quarter\b{_OF_YEAR}?", _portion
    ),
    rule(rf"\bQ(?P<short>[1-4])\b{_OF_YEAR}?", _portion),
    rule(rf"\b(?:the\s+)?(?P<half>first|second) half{_OF_YEAR}", _portion),
    rule(
        rf"\b(?:{_WHICH}|in\s+(?:the\s+)?|(?:the\s+)?(?={SEASON_PATTERN}{_unnamed(_OF_YEAR)}))"
        rf"(?P<season>{SEASON_PATTERN})\b(?! of the\b)(?:{_OF_YEAR}(?P<second>[-/–]\d\d(?:\d\d)?\b)?)?",
        _season,
    ),
    rule(rf"\b(?P<holiday>{HOLIDAY_PATTERN})\b(?! (?-i:[A-Z])[a-z]){_OF_YEAR}?", _holiday),
    rule(r"(?<![\d,.$€£#])\b(?:the )?(?P<decade>1[0-9]\d0|20\d0)['’]?s\b", _decade),
    rule(r"\bthe ['’]?(?P<short>[02-9]0)['’]?s\b", _decade),
    rule(rf"\bthe (?P<word>{'|'.join(_DECADES)})\b(?= ?[.,;:!?)]|$)", _decade),
    rule(rf"\b(?:the )?(?P<nth>\d{{1,2}}(?:st|nd|rd|th)|{_NTH})[ -]century\b", _century),
    rule(
        rf"(?<![\d,.$€£#/-]){_YEAR}(?![\d%]|,\d|\.\d|-year|st\b|nd\b|rd\b|th\b)\b",
        _year,
    ),
    rule(
        rf"\b(?P<weekday>{WEEKDAY_PATTERN})(?:(?: of)? (?P<of_week>last|this|next) week\b)?",
        _weekday,
    ),
    rule(rf"\b(?P<month>{MONTH_PATTERN})(?!\w)", _month),
)
