"""Whether words of another language are a time: "am Montag", "im März 2024", "el 3 de marzo", "um 18 Uhr"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assistant.language.closed_classes import times
from assistant.language.locales import month_numbers

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_BETWEEN = {"de": ".", "es": "de", "pt": "de"}
"""What stands between a day and its month, and in Spanish and Portuguese between month and year."""
_CLOCK = {"de": "uhr", "nl": "uur"}
"""What stands behind an hour."""
_HOUR = re.compile(r"#(?:[01]?\d|2[0-4])(?:\.[0-5]\d?)?")
_DAY = re.compile(r"#(?:0?[1-9]|[12]\d|3[01])")
_YEAR = re.compile(r"#(?:19|20)\d\d")


def is_time(part: Sequence[str], language: str, joints: Collection[str]) -> bool:
    """Say whether words in lower case, numbers as # and their digits, name a time, with its joints before it.

    `language` is one of `locales.READ`.
    """
    at = next((place for place, token in enumerate(part) if token not in joints), len(part))
    rest = tuple(part[at:])
    if len(rest) == 1:
        return rest[0] in times(language)
    return _is_date(rest, language) or _is_hour(rest, language)


def _is_hour(rest: tuple[str, ...], language: str) -> bool:
    return rest[1:] == (_CLOCK.get(language),) and _HOUR.fullmatch(rest[0]) is not None


def _is_date(rest: tuple[str, ...], language: str) -> bool:
    """Say whether words are a month with its day before it, its year behind it, or both."""
    between, behind = _around_month(language)
    place = next((at for at, token in enumerate(rest) if token in month_numbers(language)), None)
    if place is None:
        return False
    before, after = rest[:place], rest[place + 1 :]
    has_day = before[1:] == between and bool(before) and _DAY.fullmatch(before[0]) is not None
    has_year = after[:-1] == behind and bool(after) and _YEAR.fullmatch(after[-1]) is not None
    return (has_day or not before) and (has_year or not after)


@cache
def _around_month(language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    between = _BETWEEN.get(language)
    return (between,) if between else (), (between,) if between and between != "." else ()
