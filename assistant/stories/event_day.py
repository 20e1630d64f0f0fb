"""The day of what a sentence tells, by the words in it that say when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from assistant.language.dates import dates
from assistant.language.patterns import QUOTATION

if TYPE_CHECKING:
    from datetime import date

    from assistant.language.dates import When
    from assistant.language.day_ranges import DayRange

LONGEST = 366
"""Days of the longest stretch that dates an event: a year."""
SOON = timedelta(days=60)
"""How far ahead a date without a year may lie where the sentence doesn't say that it is to come."""

_OTHER_EVENT = frozenset(
    ("since", "until", "till", "before", "after", "between", "from", "up to", "through", "by")
)
"""Words that make a date the limit of something, or the date of another event."""
_COMING = re.compile(
    r"\b(?:will|shall|would|(?:is|are|was|were) (?:to|due|set|scheduled|expected|slated|planned|going)|"
    r"scheduled|expected|slated|plans?|planned|intends?|hopes?|aims?|vows?|upcoming|next|ahead of|before)\b|"
    r"['’]ll\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:was|were|had|did|\w+ed|began|won|took|made|came|went|said|told|ran|fell|rose|left|gave|lost|held|"
    r"struck|set|hit)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[;:—–]|, (?:and|but|which|who|while|when|where|after|before)\b|[“”\"]")
_OF_SAYING = re.compile(
    r"\b(?:said|says|told|tells|tweeted|wrote|added|told \w+|statement|interview)"
    r"(?: (?:reporters|in an?|in the|to|\w+) (?:\w+ )?)?(?: ?(?:on|late|early|in))?[\s,]*$",
    re.IGNORECASE,
)
_DETERMINED = re.compile(r"(?:\b(?:the|an?|this|that|its|his|her|their|our|my)|['’]s)\s+$", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?\b")
_NOUN_BEHIND = re.compile(r"\s+[\w“\"]")
_MODIFIES = re.compile(
    r"[-–]\w|\s*(?:AM|FM)\b|\s+(?:election|season|campaign|attacks?|insurrection|riots?|Super Bowl|World Cup|"
    r"Night (?:Football|Live))\b"
)
_OF_A_GAME = re.compile(r"\b(?:quarter|half)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class EventDay:
    """The days on which it was, and where the words that say so stand in the sentence."""

    days: DayRange
    start: int
    end: int


def event_day(text: str, published: date | None) -> EventDay | None:
    """Return the day of what a sentence tells, None where it doesn't say or can't be worked out.

    Of several days the one that is given most exactly counts, and that of an event before that of words.
    """
    spoken = [range(*match.span()) for match in QUOTATION.finditer(text)]
    found = [
        (when, days)
        for when in dates(text, published)
        # "Tonight" in somebody's words is the day on which they spoke, which nobody tells.
        if (when.year or not any(when.start in span for span in spoken))
        and (days := _meant(text, when, published))
    ]
    if not found:
        return None

    def worth(each: tuple[When, DayRange]) -> tuple[bool, int, int]:
        when, days = each
        return of_saying(text, when.opens), (days.last - days.first).days, when.start

    when, days = min(found, key=worth)
    return EventDay(days, when.start, when.end)


def day_of_saying(text: str, published: date | None) -> date | None:
    """Return the day on which a sentence's speaker spoke, where it tells a single one behind the verb."""
    for when in dates(text, published):
        days = _meant(text, when, published)
        if days and days.first == days.last and of_saying(text, when.opens):
            return days.first
    return None


def of_saying(text: str, opens: int) -> bool:
    """Say whether a date stands behind a verb of saying: "said on Monday"."""
    return bool(_OF_SAYING.search(text[:opens]))


def _meant(text: str, when: When, published: date | None) -> DayRange | None:
    """Return the days that a date means, if it can be the day of what is told."""
    if when.minutes is not None or not when.spans or when.counted or when.decade:
        return None
    if when.bound in _OTHER_EVENT or _is_reference(text, when):
        return None
    if _OF_A_GAME.search(when.text) and not when.year:
        return None
    days = _by_tense(text, when, published)
    return days if days and (days.last - days.first).days < LONGEST else None


def _is_reference(text: str, when: When) -> bool:
    """Say whether a date only names another event: "the Jan. 6 attack", "Sunday's fire", "2020 election"."""
    if _MODIFIES.match(text, when.end):
        return True
    if _POSSESSIVE.match(text, when.end):
        return when.bound not in {"in", "during"}
    exact = bool(when.month or when.year)
    determined = _DETERMINED.search(text[: when.start]) and not when.which and not when.part
    return bool(exact and determined and _NOUN_BEHIND.match(text, when.end))


def _by_tense(text: str, when: When, published: date | None) -> DayRange | None:
    """Choose among what a date may mean: what is to come lies behind the day of publication."""
    if published is None or len(when.spans) == 1:
        return when.spans[0]
    clause = _CLAUSE.split(text[: when.start])[-1]
    comes = bool(_COMING.search(clause))
    latest = published if when.month is None else published + SOON  # "Work begins on 13 April"
    if when.month and not when.day and not comes and not _PAST.search(clause):
        return min(when.spans, key=lambda each: abs((each.first - published).days))  # "turns 89 in June"
    fitting = [each for each in when.spans if (each.last >= published if comes else each.first <= latest)]
    return fitting[0] if fitting else when.spans[0]
