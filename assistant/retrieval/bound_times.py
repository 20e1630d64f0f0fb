"""The times that a question binds: a year and a month that it names, held against an article and its day."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from assistant.language.calendar_words import MONTHS, month_number

if TYPE_CHECKING:
    from assistant.language.periods import Period
    from assistant.language.spellings import Spelled
    from assistant.question.demands import Demand
    from assistant.retrieval.found import Ranked

REPORTED_WITHIN = timedelta(days=31)
"""An article may tell of a month or year that ended so long before it, without naming it."""

_YEARS = re.compile(r"(?<![\w.,$€£])(1[0-9]\d\d|20\d\d)(?:s\b|(?:\s?(?:-|to|until|and)\s?(\d{4}|\d\d)\b)?)")
_LAST_YEAR = re.compile(
    r"\b(?:last|previous|past) year\b|\ba year (?:ago|earlier|before)\b|\bthe year before\b", re.IGNORECASE
)
_FULL_YEAR = 4
_DECADE = 10
_MONTH = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b", re.IGNORECASE)


def in_year(asked: Demand, article: Spelled, item: Ranked) -> bool:
    """Say whether an article is of the year that is asked about, or names it, or may be of any year."""
    last = asked.year + (_DECADE - 1 if asked.decade else 0)
    published = item.article.published
    if published and asked.year - 1 <= published.year <= last:
        return True
    if published and published.year == last + 1:
        soon = published - REPORTED_WITHIN <= date(last, 12, 31)
        if soon or _LAST_YEAR.search(article.text) or _month_after(published, article.text):
            return True
    spans = years_named(article.text)
    if not spans and not published:
        return True
    return any(first <= last and asked.year <= end for first, end in spans)


def _month_after(published: date, text: str) -> bool:
    """Say whether a text names a month that comes later in the year than its day: so of the one before."""
    return any(month_number(month) > published.month for month in _MONTH.findall(text))


def looks_ahead(asked: Demand, item: Ranked) -> bool:
    """Say whether a sentence may tell of the year asked about: one printed before it only if it names it."""
    published = item.article.published
    if published is None or published.year >= asked.year:
        return True
    told = f"{item.article.title}\n{item.sentence.text}"
    last = asked.year + (_DECADE - 1 if asked.decade else 0)
    return any(first <= last and asked.year <= end for first, end in years_named(told))


def in_month(period: Period | None, item: Ranked) -> bool:
    """Say whether a sentence may tell of the month that a question names.

    Its article is printed in that time or soon after, or its sentence names the month. A month without a year
    may be that of any: which one is meant only the articles can tell.
    """
    published = item.article.published
    found = _MONTH.findall(period.text) if period else []
    if period is None or published is None or not found:
        return True
    if not _YEARS.search(period.text):
        after = (published.month - 2) % len(MONTHS) + 1
        if {published.month, after} & {month_number(month) for month in found}:
            return True
    too_early = period.first is not None and published < period.first
    too_late = period.last is not None and published > period.last + REPORTED_WITHIN
    if not (too_early or too_late):
        return True
    told = f"{item.article.title} {item.sentence.text}"
    return any(re.search(rf"\b(?:{month}\b|{month[:3]}\.?(?= \d))", told, re.IGNORECASE) for month in found)


def years_named(text: str) -> list[tuple[int, int]]:
    """Return the years that a text names, ranges and decades as a whole."""
    found = []
    for match in _YEARS.finditer(text):
        first = int(match[1])
        if match.group().endswith("s"):
            found.append((first, first + (99 if first % 100 == 0 else _DECADE - 1)))
            continue
        end = match[2]
        last = int(end) if end and len(end) == _FULL_YEAR else int(match[1][:2] + end) if end else first
        found.append((first, max(first, last)))
    return found
