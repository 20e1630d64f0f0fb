"""Whether a page was written on after its day of publication, so that "on Tuesday" is another week's."""

from __future__ import annotations

import re
from datetime import timedelta
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.language.calendar_words import MONTH_PATTERN
from assistant.language.dates import dates
from assistant.stories.named_days import names_event
from assistant.stories.tense import Tense, tense_at
from ingest import split_sentences

if TYPE_CHECKING:
    from datetime import date

    from assistant.language.dates import When
    from ingest import Article

SOON = timedelta(days=45)
"""How far behind the day of publication a day without a year may lie that the page tells as past."""
SLACK = timedelta(days=1)
"""A page may be dated by the clock of another place."""
ENOUGH = 2
"""Sentences that tell of a later day; a single one was put in, or has a year that is wrong."""

_LIVE = re.compile(r"\b(?:live|updates?|updated|latest|recap|rolling)\b", re.IGNORECASE)
_SAYS_SO = re.compile(
    r"\b(?:story|article|page|post|report|list|file|timeline|tracker|version)\b[^.\n]{0,60}"
    r"\b(?:was|has been|is being|will be) (?:last )?updated\b|\blast updated\b|"
    r"\boriginally published (?:in|on)\b|^updated\b",
    re.IGNORECASE | re.MULTILINE,
)
_A_DATE = re.compile(rf"\b{MONTH_PATTERN}\b", re.IGNORECASE)
_LIMITS = frozenset(("until", "till", "by", "through", "before", "up to", "to", "for"))
_HEADING = 6  # words of a date that stands alone


class Updates(IntEnum):
    """How sure it is that a page was written on after its day of publication."""

    NO_SIGN = 0
    MAYBE = 1
    """It says that it is a live page, or was updated; mostly that was on the same day."""
    LATER = 2
    """It tells of a later day what happened then."""


@lru_cache(maxsize=500)
def updates_of(article: Article) -> Updates:
    """Return the signs in title, address and text of an article that it was written on later."""
    published = article.published
    if published is None:
        return Updates.NO_SIGN
    later = sum(_is_later(sentence.text, published) for sentence in split_sentences(article.text))
    if later >= ENOUGH:
        return Updates.LATER
    address = re.sub(r"[-_/]", " ", article.url or "")
    live = later or _LIVE.search(article.title) or _LIVE.search(address) or _SAYS_SO.search(article.text)
    return Updates.MAYBE if live else Updates.NO_SIGN


def _is_later(text: str, published: date) -> bool:
    """Say whether a sentence tells as past what was on a day after that of publication."""
    if not _A_DATE.search(text):
        return False
    return any(
        when.month
        and when.bound not in _LIMITS
        and not names_event(text, when)
        and _lies_behind(when, published)
        and (len(text.split()) <= _HEADING or _is_told(text, when))
        for when in dates(text, published)
    )


def _lies_behind(when: When, published: date) -> bool:
    first = min((each.first for each in when.spans), default=published)
    if when.year:
        return first > published + SLACK
    return bool(when.day) and any(SLACK < each.first - published <= SOON for each in when.spans)


def _is_told(text: str, when: When) -> bool:
    """Say whether the verb before a date, or behind one that opens the sentence, tells what is past."""
    until = len(text) if when.opens == 0 else when.end
    return tense_at(text[:until], when.start, when.end) is Tense.PAST
