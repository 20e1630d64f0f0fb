"""The day of what a sentence tells, by the words in it that say when."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from assistant.language.dates import dates, is_joint
from assistant.language.day_ranges import DAY, WEEK, DayRange
from assistant.stories.named_days import names_event
from assistant.stories.page_updates import Updates
from assistant.stories.quoted import quoted
from assistant.stories.tense import Tense, tense_at

if TYPE_CHECKING:
    from datetime import date

    from assistant.language.dates import When

LONGEST = 366
"""Days of the longest stretch that dates an event: a year."""
SOON = timedelta(days=60)
"""How far ahead a date without a year may lie where the sentence doesn't say that it is to come."""

LONG_AGO = 6
"""Days since a weekday that was: of the coming one it is more often told, on a page that was updated then."""
NEAR = 120
"""Days from a month that is meant rather than the next of its name: "may suffer from his speech in July"."""
_SUNDAY = 6

_OTHER_EVENT = frozenset(
    ("since", "until", "till", "before", "after", "between", "from", "up to", "through", "by")
)
"""Words that make a date the limit of something, or the date of another event."""
_OF_SAYING = re.compile(
    r"\b(?:said|says|told|tells|tweeted|wrote|added|told \w+|statement|interview)"
    r"(?: (?:reporters|in an?|in the|to|\w+) (?:\w+ )?)?(?: ?(?:on|late|early|in))?[\s,]*$",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"\b(?:(?:compared|similar) (?:with|to)|unlike|versus|(?:the )?same as|"
    r"than (?=(?:in|on|at|it|he|she|they|we|its|his|her|their|last|the|that|those|what|during|any)\b)|"
    r"(?:up|down|higher|lower|rose|fell|dropped|jumped|increased?|decreased?) (?:\w+ )?from "
    r"(?=[$€£]?\d|an? |about |nearly |last |the previous ))"
    r"(?:(?! to\b)[^,;]){0,50}$|\bthan $|(?<!early )(?<!late )(?<!soon )(?<!recently )"
    r"\bas (?:it (?:did|was|had) |they (?:did|were|had) )?(?:back )?$|"
    r"\bsince (?!then\b|the\b.*\bthat\b)(?:(?!\band\b)[^,;]){1,60}$",
    re.IGNORECASE,
)
"""What stands before a day that something is compared with, or from which on it is so."""
_TOOK_PLACE = re.compile(
    r"^since .*\b(?:was|were|took|began|left|won|became|broke|fell|came|[a-z]{3,}ed)\b", re.IGNORECASE
)
"""An event of its own after "since": "since Hamas seized power in 2007"."""
_RANGES = frozenset(("between", "from"))
_OF_A_GAME = re.compile(r"\b(?:quarter|half)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class EventDay:
    """The days on which it was, and where the words that say so stand in the sentence."""

    days: DayRange
    start: int
    end: int


def event_day(
    text: str, published: date | None, *, paragraph: str = "", updates: Updates = Updates.NO_SIGN
) -> EventDay | None:
    """Return the day of what a sentence tells, None where it doesn't say or can't be worked out.

    Of several days the one that is given most exactly counts, and that of an event before that of words.

    Args:
        text: The sentence.
        published: The day of publication, from which "on Tuesday" is counted.
        paragraph: What stands before it in its paragraph, where a quotation may have begun.
        updates: Whether the page was written on later; then that day is not known.
    """
    spoken = quoted(text, paragraph)
    found = [
        (when, days)
        for when, days in _days(text, published, updates)
        # "Tonight" in somebody's words is the day on which they spoke, which nobody tells.
        if when.year or not any(when.start in span for span in spoken)
    ]
    if any(_is_open(text, when, published, updates) for when in dates(text, published)):
        found = [
            each for each in found if each[1].first == each[1].last
        ]  # "fired on Thursday after … in May"
    if not found:
        return None

    def worth(each: tuple[When, DayRange]) -> tuple[bool, int, int]:
        when, days = each
        return of_saying(text, when.opens), (days.last - days.first).days, when.start

    when, days = min(found, key=worth)
    return EventDay(days, when.start, when.end)


def day_of_saying(text: str, published: date | None, updates: Updates = Updates.NO_SIGN) -> date | None:
    """Return the day on which a sentence's speaker spoke, where it tells a single one behind the verb."""
    for when, days in _days(text, published, updates):
        if days.first == days.last and of_saying(text, when.opens):
            return days.first
    return None


def names_a_day(text: str) -> bool:
    """Say whether a sentence names a day of the week, so that it isn't of its day of publication."""
    return any(when.weekday is not None and not names_event(text, when) for when in dates(text, None))


def of_saying(text: str, opens: int) -> bool:
    """Say whether a date stands behind a verb of saying: "said on Monday"."""
    return bool(_OF_SAYING.search(text[:opens]))


def _days(text: str, published: date | None, updates: Updates) -> list[tuple[When, DayRange]]:
    """Return the dates of a sentence that may be the day of what it tells, "from 3 to 5 May" as one."""
    whens = dates(text, published)
    found: list[tuple[When, DayRange]] = []
    joined = False
    for at, when in enumerate(whens):
        other = whens[at + 1] if at + 1 < len(whens) else None
        if joined:
            joined = False
            continue
        joined = other is not None and (
            is_joint(text, when, other) or text[when.end : other.start].strip() == "into"
        )
        first = replace(when, bound="") if joined and when.bound in _RANGES else when
        days = _meant(text, first, published, updates)
        if joined and other and days:
            until = _meant(text, replace(other, bound=""), published, updates)
            days = DayRange(days.first, until.last) if until and until.last >= days.first else None
            when = replace(when, text=text[when.start : other.end], end=other.end)  # noqa: PLW2901
        if days and (days.last - days.first).days < LONGEST:
            found.append((when, days))
    return found


def _meant(text: str, when: When, published: date | None, updates: Updates) -> DayRange | None:
    """Return the days that a date means, if it can be the day of what is told."""
    if when.minutes is not None or not when.spans or when.counted or when.decade:
        return None
    if when.bound in _OTHER_EVENT or names_event(text, when):
        return None
    compared = _COMPARES.search(text[: when.opens])
    if compared and when.bound != "of" and not _TOOK_PLACE.search(compared[0]):  # not "as of Monday"
        return None
    if _OF_A_GAME.search(when.text) and not when.year:
        return None
    if not when.year and not (when.month and when.day) and updates is Updates.LATER:
        return None
    return _by_tense(text, when, published, updates)


def _is_open(text: str, when: When, published: date | None, updates: Updates) -> bool:
    """Say whether a day of the week tells the day of an event, and nobody can say which."""
    if when.weekday is None or when.day or when.bound in _OTHER_EVENT or names_event(text, when):
        return False
    return published is None or _meant(text, when, published, updates) is None


def _by_tense(text: str, when: When, published: date | None, updates: Updates) -> DayRange | None:
    """Choose among what a date may mean: what is to come lies behind the day of publication."""
    if published is None or len(when.spans) == 1:
        return when.spans[0]
    tense = tense_at(text, when.start, when.end)
    if (plain := _without_tense(when, published, tense)) is not None:
        return plain
    if tense is Tense.COMING:
        return next((each for each in when.spans if each.last >= published), when.spans[0])
    latest = published if when.month is None else published + SOON  # "Work begins on 13 April"
    days = next((each for each in when.spans if each.first <= latest), when.spans[0])
    back = (published - days.first).days
    if when.weekday is not None and not when.day and not when.which:
        if back >= (LONG_AGO - 1 if updates else LONG_AGO):
            return None  # as likely the day after, of a page that was updated then
        if tense is Tense.UNTOLD and back > 1:
            return None
    return days


def _without_tense(when: When, published: date, tense: Tense) -> DayRange | None:
    """Return what a date means whatever the verb beside it, None where that tells."""
    if when.phrase == "last week" and published.weekday() == _SUNDAY:
        return DayRange(published - WEEK, published - DAY)  # the week that has just ended
    if tense is Tense.UNTOLD and when.phrase.startswith("this "):
        return when.spans[0]  # "this weekend" is the coming one, which stands first
    if when.month and not when.day and tense is not Tense.PAST:
        nearest = min(when.spans, key=lambda each: abs((each.first - published).days))
        near = abs((nearest.first - published).days) < NEAR
        return nearest if near or tense is Tense.UNTOLD else None  # "turns 89 in June"
    return None
