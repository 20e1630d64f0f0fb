"""The days that a question in another language speaks of: "im März 2024", "le 3 mai", "с марта", "em 2023".

Names of months come from CLDR; the words before a date and for days counted from today are closed classes,
written out. A wording that may mean days past or to come is read as the past ones, as in English. Weekdays
are read where no date stands beside them; holidays and dates in words ("am dritten Mai") are left alone.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from assistant.language.foreign_weekdays import foreign_weekdays
from assistant.language.locales import READ, month_numbers
from assistant.language.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterator

_DAY = timedelta(days=1)
_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class _Words:
    """The closed classes of a language, as regular expressions.

    `during` stands before a month or a year that is a time, `since`, `until` and `before` before one that
    bounds it; `between` stands between a day, a month and a year. The others are whole wordings.
    """

    during: str
    since: str
    until: str
    before: str
    between: str
    today: str
    yesterday: str
    this_month: str
    last_month: str
    this_year: str
    last_year: str


_WORDS = {
    "de": _Words(
        during=r"im|in|vom|von|des|des Jahres|im Jahre?|im Monat|während des",
        since=r"seit|ab",
        until=r"bis|bis zum|bis Ende",
        before=r"vor",
        between=r"[\s.]+",
        today="heute",
        yesterday="gestern",
        this_month=r"diese[nms] Monats?|im laufenden Monat",
        last_month=r"(?:letzte[nms]|vorige[nms]|vergangene[nms]) Monats?",
        this_year=r"diese[sm] Jahre?s?|dieses Jahr|heuer",
        last_year=r"(?:letzte[sn]|vorige[sn]|vergangene[sn]) Jahre?s?",
    ),
    "fr": _Words(
        during=r"en|au mois d[e’']|de|d[’']|durant|pendant|au cours de",
        since=r"depuis|dès|à partir d[e’']",
        until=r"jusqu[’'](?:en|à|au)|d[’']ici(?: à)?",
        before=r"avant",
        between=r"(?:er)?\s+(?:de l[’']année\s+)?",
        today=r"aujourd[’']hui",
        yesterday="hier",
        this_month="ce mois(?:-ci)?",
        last_month="le mois (?:dernier|passé)",
        this_year="cette année",
        last_year=r"l[’'](?:an|année) (?:dernier|dernière|passé|passée)",
    ),
    "es": _Words(
        during=r"en|en el mes de|durante|de|del|en el año",
        since=r"desde|a partir de",
        until=r"hasta",
        before=r"antes de",
        between=r"\s+(?:(?:de|del)(?:\s+año)?\s+)?",
        today="hoy",
        yesterday="ayer",
        this_month="este mes",
        last_month="(?:el )?mes pasado",
        this_year="este año",
        last_year="(?:el )?año pasado",
    ),
    "it": _Words(
        during=r"in|a|ad|nel|nel mese di|di|del|nell[’']anno|durante",
        since=r"da|dal|a partire da",
        until=r"fino a|fino al|entro",
        before=r"prima di|prima del",
        between=r"[°º]?\s+(?:del(?:l[’']anno)?\s+)?",
        today="oggi",
        yesterday="ieri",
        this_month="questo mese",
        last_month="(?:il )?mese scorso|lo scorso mese",
        this_year="quest[’']anno",
        last_year="(?:l[’'])?anno scorso|lo scorso anno",
    ),
    "pt": _Words(
        during=r"em|no mês de|durante|de|no ano de|do ano de",
        since=r"desde|a partir de",
        until=r"até",
        before=r"antes de",
        between=r"[°º]?\s+(?:de\s+)?",
        today="hoje",
        yesterday="ontem",
        this_month="(?:n)?este mês",
        last_month="(?:n?o )?mês passado",
        this_year="(?:n)?este ano",
        last_year="(?:n?o )?ano passado",
    ),
    "nl": _Words(
        during=r"in|van|tijdens|in het jaar|in de maand|gedurende",
        since=r"sinds|vanaf",
        until=r"tot|tot en met",
        before=r"voor|vóór",
        between=r"\s+",
        today="vandaag",
        yesterday="gisteren",
        this_month="deze maand",
        last_month="(?:vorige|afgelopen) maand",
        this_year="dit jaar",
        last_year="(?:vorig|afgelopen) jaar",
    ),
    "ru": _Words(
        during=r"в|во|за|в течение",
        since=r"с|со|начиная с",
        until=r"до|по",
        before=r"перед",
        between=r"\s+",
        today="сегодня",
        yesterday="вчера",
        this_month="в этом месяце",
        last_month="в прошлом месяце",
        this_year="в этом году",
        last_year="в прошлом году",
    ),
    "pl": _Words(
        during=r"w|we|w ciągu|z|za",
        since=r"od",
        until=r"do",
        before=r"przed",
        between=r"\s+",
        today="dzisiaj|dziś",
        yesterday="wczoraj",
        this_month="w tym miesiącu",
        last_month="w (?:zeszłym|ubiegłym|poprzednim) miesiącu",
        this_year="w tym roku",
        last_year="w (?:zeszłym|ubiegłym|poprzednim) roku",
    ),
}
_YEAR = r"(?:19|20)\d\d(?!\d)"
_NUMERIC = re.compile(
    r"(?<![\d.,/])(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>(?:19|20)\d\d)(?!\d)"
)


def foreign_period(text: str, language: str, asked_on: date) -> Period | None:
    """Return the days that a question speaks of, the closest if several; None where it names none.

    `language` is an ISO 639-1 code; in another language than the eight only dates in digits are read.
    """
    found = [*_numeric(text)]
    if language in READ:
        found += [*_named(text, language, asked_on), *_counted(text, language, asked_on)]
    if language in READ and not found:
        found += foreign_weekdays(text, language, asked_on, _bounds(language))
    past = [each for each in found if each.first is None or each.first <= asked_on]
    return min(past, key=lambda each: _length(each, asked_on), default=None)


def _length(period: Period, asked_on: date) -> timedelta:
    return (period.last or asked_on) - (period.first or date.min)


def _numeric(text: str) -> Iterator[Period]:
    for match in _NUMERIC.finditer(text):
        try:
            day = date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:  # the 31st of February, or the version of a program
            continue
        yield Period(day, day, text=match[0])


def _named(text: str, language: str, asked_on: date) -> Iterator[Period]:
    """Yield the days that a month or a year names, bounded by the word before it."""
    for match in _date_pattern(language).finditer(text):
        month = month_numbers(language)[match["month"].lower()] if match["month"] else None
        day, year = (int(match[name]) if match[name] else None for name in ("day", "year"))
        year = year or (int(match["alone"]) if match["alone"] else None)
        if not (match["bound"] or day or (month and year)):
            continue  # "Mai" may be a name, and 2024 a number
        if span := _days(month, day, year, asked_on):
            yield _bounded(match, span, asked_on)


def _bounded(match: re.Match[str], span: tuple[date, date], asked_on: date) -> Period:
    first, last = span
    if match["since"]:
        return Period(first, max(first, asked_on), text=match[0])
    if match["until"]:
        return Period(None, last, text=match[0])
    if match["before"]:
        return Period(None, first - _DAY, text=match[0])
    return Period(first, last, text=match[0])


def _days(month: int | None, day: int | None, year: int | None, asked_on: date) -> tuple[date, date] | None:
    """Return the first and last day of a date; without its year the latest that has begun."""
    if month is None:
        return (date(year, 1, 1), date(year, _DECEMBER, 31)) if year else None
    for known in (year,) if year else (asked_on.year, asked_on.year - 1):
        if day and day > monthrange(known, month)[1]:
            return None
        first = date(known, month, day or 1)
        if year or first <= asked_on:
            return first, first if day else date(known, month, monthrange(known, month)[1])
    return None


def _counted(text: str, language: str, asked_on: date) -> Iterator[Period]:
    """Yield the days that are counted from the day of asking: yesterday, last month."""
    month = asked_on.replace(day=1)
    year = asked_on.replace(month=1, day=1)
    before = month - _DAY
    spans = {
        "today": (asked_on, asked_on),
        "yesterday": (asked_on - _DAY, asked_on - _DAY),
        "this_month": (month, asked_on),
        "last_month": (before.replace(day=1), before),
        "this_year": (year, asked_on),
        "last_year": (year.replace(year=year.year - 1), year - _DAY),
    }
    for name, (first, last) in spans.items():
        if match := re.search(rf"\b(?:{getattr(_WORDS[language], name)})\b", text, re.IGNORECASE):
            yield Period(first, last, text=match[0])


def _bounds(language: str) -> str:
    """Return a pattern for what stands before a date that bounds days: since, until, before."""
    words = _WORDS[language]
    return "|".join(f"(?P<{kind}>{getattr(words, kind)})" for kind in ("since", "until", "before"))


@cache
def _date_pattern(language: str) -> re.Pattern[str]:
    words, kinds = _WORDS[language], _bounds(language)
    bound = rf"(?P<bound>\b(?:{kinds}|(?:{words.during}))(?:\s+|(?<=[’'])))?"
    months = "|".join(sorted(month_numbers(language), key=len, reverse=True))
    day = rf"(?:(?<!\d)(?P<day>\d{{1,2}}){words.between})?"
    year = rf"(?:{words.between}(?P<year>{_YEAR}))?"
    return re.compile(rf"{bound}(?:{day}\b(?P<month>{months})\b{year}|\b(?P<alone>{_YEAR}))", re.IGNORECASE)
