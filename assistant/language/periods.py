"""The days that a question speaks of: "last week", "in March 2023", "between 2019 and 2021".

A period is a prior and no filter: news of a day is printed on it, after it and sometimes before it, and
a question that only mentions a year must still find the article that looks back at it. Only where the
articles themselves are dated ("reports from last week", "published in March") it becomes a filter. What
can't be told from the calendar ("since the election") is left alone.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta

MONTHS = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()  # noqa: SIM905
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_SMALL = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10, "couple of": 2}

AFTERWARDS = timedelta(days=3)
"""An article on what happened is still printed this long after the period."""

DAY = timedelta(days=1)


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
        if self.last and day > self.last + AFTERWARDS:
            return (day - self.last - AFTERWARDS).days
        return 0


_MONTH = rf"(?:{'|'.join(MONTHS)}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?"
_YEAR = r"(?:1[5-9]|20)\d\d"
_COUNT = r"(?P<count>\d{1,3}|a|one|two|three|four|five|six|ten|couple of)"
_UNIT = r"(?P<unit>day|week|month|year)s?"
_A_DATE = (
    rf"(?:(?:{'|'.join(DAYS)}),? )?(?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}(?:,? {_YEAR})?|"
    rf"{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:,? {_YEAR})?|\d{{4}}-\d\d-\d\d)"
)
_PART = "(?:early |mid-?|late )?"
_MONTH_YEAR = rf"{_MONTH}(?:,? (?:of )?{_YEAR})?"
_WEEKDAY = "|".join(DAYS)
_SEASON = "|".join(_SEASONS)
_POINT = rf"(?:{_A_DATE}|{_PART}{_MONTH_YEAR}|{_YEAR}|yesterday|today|{_WEEKDAY})"
_PATTERNS = tuple(
    (name, re.compile(rf"\b(?:{pattern})(?![\w-])", re.IGNORECASE))
    for name, pattern in (
        ("between", rf"(?:between|from) (?P<a>{_POINT}) (?:and|to|until|till|through) (?P<b>{_POINT})"),
        ("since", rf"since (?:last )?(?P<a>{_POINT})"),
        ("after", rf"after (?P<a>{_A_DATE}|{_MONTH} {_YEAR}|{_YEAR})"),
        ("until", rf"(?:before|until|up to|by) (?P<a>{_A_DATE}|{_MONTH} {_YEAR}|{_YEAR})"),
        ("ago", rf"{_COUNT} {_UNIT} ago"),
        ("past", rf"(?:in|over|during|within) the (?:last|past) (?:{_COUNT} )?{_UNIT}"),
        ("relative", r"(?P<which>this|last|past|next) (?P<what>week|weekend|month|year)"),
        ("near", r"(?P<near>yesterday|today|tonight|last night|this morning|this afternoon|this evening)"),
        (
            "season",
            rf"(?:(?P<which>this|last) |in (?:the )?)(?P<season>{_SEASON})(?: of)?(?P<year> {_YEAR})?",
        ),
        ("date", rf"(?:on )?(?P<a>{_A_DATE})"),
        (
            "month",
            (
                rf"(?:(?:in|during|of|for) {_PART}|(?P<which>this|last) )(?P<a>{_MONTH_YEAR})|"
                rf"(?P<b>{_MONTH},? {_YEAR})"
            ),
        ),
        ("weekday", rf"(?:on|last|this) (?P<a>{_WEEKDAY})(?:'s|’s)?|(?P<b>{_WEEKDAY})(?:'s|’s)"),
        ("year", rf"(?:in|during|of) (?P<a>{_YEAR})"),
    )
)
_OF_ARTICLES = re.compile(
    r"\b(?:published|printed|articles?|reports?|reported|reporting|stories|coverage|news|written|wrote|headlines)\b"
    r"[^?.!]{0,20}$",
    re.IGNORECASE,
)
_IN_A_NAME = re.compile(r"\b[A-Z][\w.]* $")  # "USA TODAY" is a paper
# The verb and not the month: "may" and "march" need a preposition, a year or a capital.
_NOT_A_MONTH = re.compile(r"^(?:may|march|mar|dec|sep|jan)$")


def period_of(text: str, asked_on: date) -> Period | None:
    """Return the days that a question speaks of, or None where it names none or none yet to be known."""
    for name, pattern in _PATTERNS:
        for found in pattern.finditer(text):
            if name == "near" and found[0][0].isupper() and _IN_A_NAME.search(text[: found.start()]):
                continue
            try:
                days = _READ[name](found, asked_on)
            except (ValueError, OverflowError):  # the 31st of February, or beyond the calendar
                return None
            if days is None or (days[0] is not None and days[0] > asked_on):
                continue
            dated = bool(_OF_ARTICLES.search(text[: found.start()]))
            return Period(*days, of_articles=dated, text=found[0])
    return None


_Days = tuple[date | None, date | None]


def _between(found: re.Match[str], today: date) -> _Days | None:
    first, last = found["a"], found["b"]
    year = re.search(rf"{_YEAR}$", last)
    if year and not re.search(rf"{_YEAR}", first):
        first = f"{first} {year[0]}"
    one, two = _point(first, today), _point(last, today)
    return (one[0], two[1]) if one and two and one[0] <= two[1] else None


def _since(found: re.Match[str], today: date) -> _Days | None:
    point = _point(found["a"], today)
    return (point[0], today) if point else None


def _after(found: re.Match[str], today: date) -> _Days | None:
    point = _point(found["a"], today)
    return (point[1] + DAY, today) if point else None


def _until(found: re.Match[str], today: date) -> _Days | None:
    point = _point(found["a"], today)
    if point is None or point[0] > today:
        return None
    return None, point[1] if found[0].lower().startswith(("until", "up to")) else point[0] - DAY


def _ago(found: re.Match[str], today: date) -> _Days:
    count, unit = _counted(found["count"]), found["unit"].lower()
    if unit == "day":
        return today - count * DAY, today - count * DAY
    if unit == "week":
        return today - (7 * count + 3) * DAY, today - (7 * count - 3) * DAY
    if unit == "month":
        return _months(*_back(today, count))
    return _months(today.year - count, 1, 12)


def _past(found: re.Match[str], today: date) -> _Days:
    days = {"day": 1, "week": 7, "month": 31, "year": 366}[found["unit"].lower()]
    return today - _counted(found["count"] or "one") * days * DAY, today


def _relative(found: re.Match[str], today: date) -> _Days | None:
    which, what = found["which"].lower(), found["what"].lower()
    monday = today - today.weekday() * DAY
    if which == "next":
        return None
    now = which == "this"
    if what == "week":
        # A question on Monday asks about "this week" with the week before still in mind.
        return (min(monday, today - 6 * DAY), today) if now else (monday - 7 * DAY, monday - DAY)
    if what == "weekend":
        saturday = (
            monday - 2 * DAY if not now or today.weekday() < DAYS.index("saturday") else monday + 5 * DAY
        )
        return saturday, min(saturday + DAY, today)
    if what == "month":
        return _months(today.year, today.month) if now else _months(*_back(today, 1))
    return _months(today.year if now else today.year - 1, 1, 12)


def _near(found: re.Match[str], today: date) -> _Days:
    before = found["near"].lower() in {"yesterday", "last night"}
    return (today - DAY, today - DAY) if before else (today, today)


def _season(found: re.Match[str], today: date) -> _Days:
    month = _SEASONS[found["season"].lower()]
    year = int(found["year"]) if found["year"] else today.year
    if not found["year"] and (date(year, month, 1) > today or (found["which"] or "").lower() == "last"):
        year -= date(year, month, 1) > today or date(year, month, 1) + 90 * DAY > today
    return date(year, month, 1), _months(
        year + (month == MONTHS.index("december") + 1), (month + 2 - 1) % 12 + 1
    )[1]


def _single(found: re.Match[str], today: date) -> _Days | None:
    groups = found.groupdict()
    text = groups["a"] or groups.get("b") or ""
    if (
        _NOT_A_MONTH.match(text)
        and not text.istitle()
        and not re.match(r"(?:in|last|this|during) ", found[0])
    ):
        return None
    point = _point(text, today)
    return point and (point[0], point[1])


_READ = {
    "between": _between,
    "since": _since,
    "after": _after,
    "until": _until,
    "ago": _ago,
    "past": _past,
    "relative": _relative,
    "near": _near,
    "season": _season,
    "date": _single,
    "month": _single,
    "weekday": _single,
    "year": _single,
}


def _point(text: str, today: date) -> tuple[date, date] | None:
    """Return first and last day of a date, a month or a year; one without year is the latest past one."""
    words = text.lower().replace(",", " ").replace(".", " ")
    if iso := re.match(r"\s*(\d{4})-(\d\d)-(\d\d)", words):
        day = date(*map(int, iso.groups()))
        return day, day
    year = re.search(rf"\b({_YEAR})\b", words)
    month = next((i for word in words.split() if (i := _month(word))), None)
    number = re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?\b", words)
    if month:
        return _dated(month, int(number[1]) if number else None, int(year[1]) if year else None, today)
    if year:
        return date(int(year[1]), 1, 1), date(int(year[1]), 12, 31)
    if words.strip() in {"yesterday", "today"}:
        day = today - DAY * (words.strip() == "yesterday")
        return day, day
    weekday = next((DAYS.index(word) for word in words.split() if word in DAYS), None)
    if weekday is None:
        return None
    day = today - (today.weekday() - weekday) % 7 * DAY
    return day, day


def _dated(month: int, day: int | None, year: int | None, today: date) -> tuple[date, date]:
    if year is None:
        year = today.year - (date(today.year, month, min(day or 1, 28)) > today)
    if day:
        return date(year, month, day), date(year, month, day)
    return _months(year, month)


def _month(word: str) -> int | None:
    """Return the number of a month from its name or its first letters."""
    shorter = 3
    return next(
        (i for i, name in enumerate(MONTHS, start=1) if len(word) >= shorter and name.startswith(word)), None
    )


def _months(year: int, first: int, last: int | None = None) -> tuple[date, date]:
    last = last or first
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _back(today: date, months: int) -> tuple[int, int]:
    count = today.year * 12 + today.month - 1 - months
    return count // 12, count % 12 + 1


def _counted(word: str) -> int:
    return int(word) if word.isdigit() else _SMALL[word.lower()]
