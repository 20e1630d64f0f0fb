"""Days that a text gives by their distance: "closed on Friday and reopened two days later"."""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import timedelta
from typing import TYPE_CHECKING

from assistant.language.dates import When, dates
from assistant.language.numbers import numerals

if TYPE_CHECKING:
    from datetime import date

_APART = re.compile(
    r"\b(?P<count>a|one|the (?:next|following)|\d{1,3}|[a-z]+(?:-[a-z]+)?) (?P<unit>day|week)s? ?"
    r"(?P<way>later|afterwards?|earlier|before(?:hand)?)?\b",
    re.IGNORECASE,
)
_ONE = frozenset({"a", "one"})
_WEEK = 7


def days_apart(text: str, published: date | None) -> list[When]:
    """Return the days that lie a stated number of days from a day that the text gives before."""
    if published is None:
        return []
    known = [when for when in dates(text, published) if when.days]
    ends = [when.end for when in known]
    found = []
    for match in _APART.finditer(text):
        before = bisect_right(ends, match.start())
        steps = _steps(match)
        if before and steps is not None:
            days = frozenset(day + timedelta(days=steps) for day in known[before - 1].days)
            found.append(When(match.group(), match.start(), match.end(), days=days))
    return found


def _steps(match: re.Match[str]) -> int | None:
    count, way = match["count"].lower(), (match["way"] or "").lower()
    unit = _WEEK if match["unit"].lower() == "week" else 1
    if count.startswith("the "):
        return unit if not way else None
    values = numerals(match["count"])
    number = 1 if count in _ONE else int(values[0].value) if values else None
    if number is None or not way:
        return None
    return -number * unit if way in {"earlier", "before", "beforehand"} else number * unit
