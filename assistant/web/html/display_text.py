"""How the chat writes dates, numbers and names of sources."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from assistant.language import calendar_words
from assistant.language.calendar_words import written_date

if TYPE_CHECKING:
    from datetime import date

UNKNOWN_DATE = "date unknown"
MONTH_NAMES = tuple(name.title() for name in calendar_words.MONTHS)


def long_date(day: date | None) -> str:
    """Write a date out with its year, independent of the machine's language: 4 May 2026."""
    return UNKNOWN_DATE if day is None else written_date(day)


def short_date(day: date) -> str:
    """Write a date with its month shortened: 21 Mar 2023."""
    return f"{day.day} {MONTH_NAMES[day.month - 1][:3]} {day.year}"


def number_with_noun(number: int, noun: str) -> str:
    """Write a number with its noun: 1 article, 2,006 articles."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def day_span(first: date | None, last: date | None) -> str | None:
    """Write a span of days, or None when no date is known."""
    if first is None or last is None:
        return None
    return short_date(first) if first == last else f"{short_date(first)} – {short_date(last)}"


def duration(seconds: float) -> str:
    """Write a time as people read it: 0.1 s, 45 s, 3 min."""
    if seconds < 10:  # noqa: PLR2004  # below ten seconds a tenth still tells something
        return f"{max(seconds, 0.1):.1f} s"
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"  # noqa: PLR2004  # then minutes read better


def shown_source(*, source: str | None, url: str | None, title: str) -> str:
    """Name where an article is from: its source, else the site of its address, else its title."""
    if source and source.strip():
        return source.strip()
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        host = None
    return host.removeprefix("www.") if host else title
