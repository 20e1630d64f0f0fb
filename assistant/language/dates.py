"""Dates and times of day in a text, relative ones worked out from the day of publication."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from assistant.language.clock import CLOCK, HALF_DAY, half_unknown, minutes
from assistant.language.lexicon import listed

_MONTHS = listed("""january february march april may june july august september october november december""")
_MONTH_OF = (
    {name: number for number, name in enumerate(_MONTHS, start=1)}
    | {name[:3]: number for number, name in enumerate(_MONTHS, start=1)}
    | {"sept": 9}
)
_DAYS = listed("""monday tuesday wednesday thursday friday saturday sunday""")
_DAY_OF = {name: number for number, name in enumerate(_DAYS)} | {
    short: number
    for number, shorts in enumerate(("mon", "tue tues", "wed", "thu thurs", "fri", "sat", "sun"))
    for short in shorts.split()
}
_LONG = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH = rf"(?P<month>{_LONG}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_YEAR = r"(?P<year>1[0-9]\d\d|20\d\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_BEFORE_MONTH = "[Ll]ast|[Tt]his|[Nn]ext|[Ss]ince|[Ll]ate|[Ee]arly|[Bb]y|[Uu]ntil|[Ii]n"
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        r"\b(?P<year>\d{4})-(?P<number>\d\d)-(?P<day>\d\d)\b",
        rf"\b{_MONTH}\s+{_DAY}(?!\d|,\d|:|%)(?:,?\s+{_YEAR}\b)?",
        rf"\b(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR}\b)?",
        rf"\b{_MONTH}(?:,|\s+of)?\s+{_YEAR}\b",
        r"(?<![\d,.$€£#])(?P<decade>1[0-9]\d0|20\d0)s\b",
        r"(?<![\d,.$€£#/-])(?P<year>1[1-9]\d\d|20\d\d)(?![\d%]|,\d|\.\d|-year|st\b|nd\b|rd\b|th\b)\b",
        r"\b(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.)",
        rf"\b(?!March|May)(?P<month>{_LONG}|(?:Sept|Oct|Nov|Dec|Jan|Feb|Aug)\.)",
        rf"\b(?:{_BEFORE_MONTH}) (?P<month>March|May)\b",
    )
)
_RELATIVE = re.compile(
    r"\b(?P<relative>(?:the day before )?yesterday|tomorrow|tonight|today|"
    r"(?:last|next|this|previous|following|coming) "
    r"(?:night|week(?:end)?|month|year|summer|winter|spring|autumn|fall|decade|century)|"
    r"(?P<ago>[a-z]+|\d+) (?P<unit>day|week|month|year)s? ago)\b",
    re.IGNORECASE,
)
_COUNTS = {
    word: number
    for number, word in enumerate(
        listed("""zero a two three four five six seven eight nine ten eleven twelve""")
    )
} | {"an": 1, "one": 1}
_MONTH_NUMBERS = frozenset({None, *range(1, 13)})
_DAY_NUMBERS = frozenset({None, *range(1, 32)})
_LONGEST_AGO = 1000
"""Days, weeks or years; what is longer ago is no date of a report."""
_LOOK_BACK = 50
"""Characters before a weekday in which "last" or "next" may stand."""
_LAST = re.compile(r"\b(last|past|previous)\s+$", re.IGNORECASE)
_NEXT = re.compile(r"\b(next|this|coming)\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class When:
    """A date as far as a text gives it. `days` are those that it may mean, where they can be worked out.

    `half_unknown`: it gives a time, not which half of the day it means.
    """

    text: str
    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    decade: int | None = None
    minutes: int | None = None
    half_unknown: bool = False
    phrase: str | None = None
    days: frozenset[date] = frozenset()

    @property
    def fields(self) -> tuple[int | None, int | None, int | None]:
        """Year, month and day, None where the text doesn't give them."""
        return self.year, self.month, self.day


@lru_cache(maxsize=2_000)
def dates(text: str, published: date | None = None) -> tuple[When, ...]:
    """Return the dates and times of day of a text in order, never two for the same words."""
    found: list[When] = []
    taken: set[int] = set()
    for shape in (CLOCK, *_SHAPES, _RELATIVE):
        for match in shape.finditer(text):
            places = range(*match.span())
            if not taken.isdisjoint(places):
                continue
            when = _when(text, match, published)
            if when is not None:
                found.append(when)
                taken.update(places)
    return tuple(sorted(found, key=lambda when: when.start))


def _when(text: str, match: re.Match[str], published: date | None) -> When | None:
    parts = match.groupdict()
    place = When(match.group(), match.start(), match.end())
    if "hour" in parts:
        return replace(place, minutes=minutes(parts), half_unknown=half_unknown(parts))
    if parts.get("relative"):
        return _relative(place, parts, published)
    if weekday := parts.get("weekday"):
        number = _DAY_OF[weekday.lower().rstrip(".")]
        before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
        return replace(place, weekday=number, days=_weekday_days(before, number, published))
    month = _month(parts)
    year = int(parts["year"]) if parts.get("year") else None
    day = int(parts["day"]) if parts.get("day") else None
    decade = int(parts["decade"]) if parts.get("decade") else None
    if month not in _MONTH_NUMBERS or day not in _DAY_NUMBERS:
        return None
    days = _exact_days(year, month, day, published)
    return replace(place, year=year, month=month, day=day, decade=decade, days=days)


def _month(parts: dict[str, str | None]) -> int | None:
    if parts.get("number"):
        return int(str(parts["number"]))
    name = parts.get("month")
    return _MONTH_OF[name.lower().rstrip(".")] if name else None


def _exact_days(
    year: int | None, month: int | None, day: int | None, published: date | None
) -> frozenset[date]:
    """Return the days that a month and a day may mean, in the year nearest to publication."""
    if month is None or day is None:
        return frozenset()
    years = [year] if year else [published.year + step for step in (-1, 0, 1)] if published else []
    found = set()
    for each in years:
        try:
            found.add(date(each, month, day))
        except ValueError:
            continue
    if published and not year and found:
        nearest = min(found, key=lambda when: abs((when - published).days))
        return frozenset({nearest})
    return frozenset(found)


def _weekday_days(before: str, number: int, published: date | None) -> frozenset[date]:
    if published is None:
        return frozenset()
    back = (published.weekday() - number) % 7
    past = published - timedelta(days=back)
    if _LAST.search(before):
        return frozenset({past, past - timedelta(days=7)})
    if _NEXT.search(before):
        return frozenset({past + timedelta(days=7), past})
    return frozenset({past, past + timedelta(days=7)})


def _relative(place: When, parts: dict[str, str | None], published: date | None) -> When:
    phrase = str(parts["relative"]).lower()
    if parts["ago"]:
        count = str(parts["ago"]).lower()
        phrase = f"{_COUNTS.get(count, count)} {str(parts['unit']).lower()} ago"
    year = month = None
    days: frozenset[date] = frozenset()
    if published is not None:
        step = {
            "yesterday": -1,
            "the day before yesterday": -2,
            "today": 0,
            "tonight": 0,
            "tomorrow": 1,
            "last night": -1,
        }
        if phrase in step:
            days = frozenset({published + timedelta(days=step[phrase])})
        elif parts["ago"]:
            days, year = _ago(str(parts["ago"]).lower(), str(parts["unit"]).lower(), published)
        elif phrase.endswith("year"):
            year = published.year + {"last": -1, "previous": -1, "next": 1}.get(phrase.split()[0], 0)
        elif phrase.endswith("month"):
            shift = {"last": -1, "previous": -1, "next": 1}.get(phrase.split()[0], 0)
            year, month = divmod(published.year * 12 + published.month - 1 + shift, 12)
            month += 1
    return replace(place, year=year, month=month, phrase=phrase, days=days)


def _ago(count: str, unit: str, published: date) -> tuple[frozenset[date], int | None]:
    number = int(count) if count.isdigit() else _COUNTS.get(count)
    if number is None or number > _LONGEST_AGO:
        return frozenset(), None
    if unit in {"day", "week"}:
        return frozenset({published - timedelta(days=number * (7 if unit == "week" else 1))}), None
    return frozenset(), published.year - number if unit == "year" else None


def agrees(stated: When, found: When) -> bool:
    """Say whether a date of the source is the one that the statement gives, or a closer one."""
    if stated.minutes is not None or found.minutes is not None:
        return _same_time(stated, found)
    if stated.phrase:
        return stated.phrase == found.phrase or _phrase_agrees(stated, found)
    if stated.decade is not None:
        return stated.decade in {found.decade, found.year // 10 * 10 if found.year else None}
    if stated.weekday is not None:
        if found.weekday is not None:
            return stated.weekday == found.weekday
        return any(day.weekday() == stated.weekday for day in found.days)
    return _covers(stated, found.fields) or any(
        _covers(stated, (day.year, day.month, day.day)) for day in found.days
    )


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


def _phrase_agrees(stated: When, found: When) -> bool:
    if stated.days and found.days:
        return bool(stated.days & found.days)
    if stated.month is not None:
        return (stated.year, stated.month) == (found.year or stated.year, found.month)
    return stated.year is not None and stated.year == found.year
