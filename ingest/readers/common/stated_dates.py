"""Publication dates as people and feeds write them. What is not certain stays unknown."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from ingest.readers.common.calendar_names import FOREIGN_MONTHS, FOREIGN_WEEKDAYS

EARLIEST = date(1600, 1, 1)  # before the first newspapers: a parsing accident, not a publication date
MOST_AHEAD = timedelta(days=366)  # cover dates run months ahead; a year from now is a mistake
EPOCH_FROM = datetime(1990, 1, 1, tzinfo=UTC).timestamp()  # smaller numbers are counts or identifiers
EPOCH_TO = datetime(2100, 1, 1, tzinfo=UTC).timestamp()
LONGEST_DATE = 100  # characters; the longest form, weekday to time zone name, needs about 60

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+)?"
_TIME = r"(?:(?:[T,]|\s)\s*(?:at\s+|[-–|]\s+)?\d{1,2}[:.]?\d{2}.{0,40}|\s+Z)?"
_FLAGS = re.IGNORECASE | re.ASCII

ISO = r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
DAY_FIRST = rf"{_DAY}\s+{MONTH},?\s+{_YEAR}"
MONTH_FIRST = rf"{MONTH}\s+{_DAY},?\s+{_YEAR}"

_CERTAIN = tuple(
    re.compile(form, _FLAGS)
    for form in (
        ISO + _TIME,
        r"(?P<year>\d{4})(?P<sep>[/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})" + _TIME,
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:T\d{4,6}.{0,12})?",
        _WEEKDAY + DAY_FIRST + _TIME,
        r"(?P<day>\d{1,2})-" + MONTH + r"-(?P<year>\d{4})" + _TIME,
        _WEEKDAY + MONTH_FIRST + _TIME,
        rf"{_YEAR},?\s+{MONTH}\s+{_DAY}" + _TIME,
        # as East Asia writes it: 2024年5月6日, 2024년 5월 6일, 2024. 5. 6.
        rf"{_YEAR}\s?[年년]\s?(?P<month>\d{{1,2}})\s?[月월]\s?(?P<day>\d{{1,2}})\s?[日일号](?:[\s(（].{{0,40}})?",
        rf"{_YEAR}\.\s(?P<month>\d{{1,2}})\.\s(?P<day>\d{{1,2}})\.?" + _TIME,
        # asctime, and the form of older feeds with a zone before the year
        rf"[a-z]{{3}}\s+{MONTH}\s+{_DAY}\s+\d\d:\d\d:\d\d\s+(?:[+-]\d{{4}}\s+|[A-Z]{{3,4}}\s+)?{_YEAR}",
    )
)
_FOREIGN = re.compile(
    r"(?:(?!(?:den|dem|le|el|il)\s)(?P<weekday>[^\W\d_]{2,13})(?:-feira)?\.?,?\s+)?(?:(?:den|dem|le|el|il)\s+)?"
    r"(?P<day>\d{1,2})(?:\.|er|º|°|ª)?\s+(?:de\s+)?(?P<month>[^\W\d_]{3,10})\.?,?\s+(?:del?\s+)?(?P<year>\d{4})"
    r"(?:\s*г(?:ода|\.)?)?(?:,?\s*(?:um|à|às|a las|alle|om|kl\.|klo|в|[|–-])?\s*\d{1,2}[:.h]\d{2}.{0,40})?",
    re.IGNORECASE,
)
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NUMBERS_ONLY = re.compile(
    r"(?:(?P<weekday>mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+)?"
    r"(?P<first>\d{1,2})(?P<sep>[/.-])(?P<second>\d{1,2})(?P=sep)(?P<year>\d{4})" + _TIME,
    _FLAGS,
)
# RFC 822, which has two digits for the year; without a time of day it may be anything.
_SHORT_YEAR = re.compile(
    rf"(?:(?P<weekday>mon|tue|wed|thu|fri|sat|sun)[a-z]{{0,6}}\.?,?\s+)?{_DAY}[\s-]{MONTH}[\s-](?P<year>\d{{2}})"
    r"\s+\d{1,2}:\d{2}.{0,40}",
    _FLAGS,
)
_CENTURY_TURNS = 50  # RFC 2822, 4.3: 00 to 49 are of this century, 50 to 99 of the last
_EPOCH = re.compile(r"\d{9,13}(?:\.\d{1,9})?", re.ASCII)


def parse_published(value: object) -> date | None:
    """Return the day that a value surely names, in the time zone it is written in, else None.

    Reads ISO 8601, RFC 2822, dates in words of English and of eleven other languages, and seconds or
    milliseconds since 1970. 03/04/2024 is the third of April or the fourth of March: it stays None, while
    30/01/2024 has one meaning, and so has one whose weekday is stated with it.
    """
    if isinstance(value, datetime):
        return _plausible(value.date())
    if isinstance(value, date):
        return _plausible(value)
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _from_number(value)
    if isinstance(value, str) and len(value) <= LONGEST_DATE:
        return _from_text(value.strip())
    return None


def _from_text(text: str) -> date | None:
    for form in _CERTAIN:
        if found := form.fullmatch(text):
            return _day(found["year"], found["month"], found["day"])
    if found := _FOREIGN.fullmatch(text):
        return _foreign_day(found)
    if found := _SHORT_YEAR.fullmatch(text):
        return _of_short_year(found)
    if found := _NUMBERS_ONLY.fullmatch(text):
        return _one_meaning(found["first"], found["second"], found["year"], found["weekday"])
    return _from_epoch(float(text)) if _EPOCH.fullmatch(text) else None


def _foreign_day(found: re.Match[str]) -> date | None:
    month = FOREIGN_MONTHS.get(found["month"].casefold())
    is_weekday = found["weekday"] is None or found["weekday"].casefold() in FOREIGN_WEEKDAYS
    return _day(found["year"], str(month), found["day"]) if month and is_weekday else None


def _of_short_year(found: re.Match[str]) -> date | None:
    """Return the day of a date with two digits for its year, unless its weekday says that it isn't that."""
    year = int(found["year"])
    day = _day(str(year + (2000 if year < _CENTURY_TURNS else 1900)), found["month"], found["day"])
    weekday = found["weekday"]
    agrees = weekday is None or (day is not None and _DAYS[day.weekday()] == weekday.lower())
    return day if agrees else None


def _from_number(number: float) -> date | None:
    if isinstance(number, int) and 16000101 <= number <= 99991231:  # noqa: PLR2004  # 20240130
        return _from_text(str(number))
    return _from_epoch(number)


def _from_epoch(number: float) -> date | None:
    """Read seconds or milliseconds; the two ranges do not overlap. Not-a-number compares as False."""
    if EPOCH_FROM <= number < EPOCH_TO:
        return _plausible(datetime.fromtimestamp(float(number), UTC).date())
    if EPOCH_FROM * 1000 <= number < EPOCH_TO * 1000:
        return _plausible(datetime.fromtimestamp(number / 1000, UTC).date())
    return None


def _one_meaning(first: str, second: str, year: str, weekday: str | None) -> date | None:
    readings = {day for day in (_day(year, first, second), _day(year, second, first)) if day}
    if weekday:
        readings = {day for day in readings if _DAYS[day.weekday()] == weekday.lower()}
    return readings.pop() if len(readings) == 1 else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return _plausible(date(int(year), _MONTHS.get(month.lower()) or int(month), int(day)))
    except ValueError:
        return None


def _plausible(day: date) -> date | None:
    latest = datetime.now(tz=UTC).date() + MOST_AHEAD
    return day if EARLIEST <= day <= latest else None
