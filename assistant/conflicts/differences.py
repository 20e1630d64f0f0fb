"""What two sentences on one event say differently: a number, a day, or how it ended."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from math import isclose
from typing import TYPE_CHECKING

from assistant.conflicts.same_event import topic_words
from assistant.conflicts.totals import Counted, about, may_agree, meaning, same_thing, totals
from assistant.language.dates import agrees, dates
from assistant.language.names import find_names
from assistant.language.quantities import quantities
from assistant.language.words import bases

if TYPE_CHECKING:
    from assistant.conflicts.same_event import Telling
    from assistant.language.dates import When

ALIKE_WORDS = 4
SAME_EVENT_SIMILARITY = 0.5
"""Content words, and their share of the shorter sentence, that two sentences need in common before their
days and outcomes are compared."""

# Base forms that say the opposite of each other about how something ended.
_OPPOSED = tuple(
    (left, right)
    for left, rights in {
        "accept": ("reject", "refus"),
        "allow": ("ban",),
        "approv": ("reject",),
        "confirm": ("deni",),
        "convict": ("acquit",),
        "guilti": ("acquit",),
        "keep": ("close",),
        "open": ("close",),
        "pass": ("reject",),
        "recov": ("dead",),
        "reopen": ("close",),
        "stay": ("close",),
        "surviv": ("dead",),
        "win": ("lose",),
    }.items()
    for right in rights
)
# Sentences with one of each pair speak of two things, however alike they are otherwise.
_APART = (
    ("arriv", "leav"),
    ("begin", "end"),
    ("buy", "sell"),
    ("first", "second"),
    ("hire", "dismiss"),
    ("minimum", "maximum"),
    ("start", "end"),
    ("start", "finish"),
    ("win", "lose"),
)
_VOTED = re.compile(r"\bvot\w*\b[^.]{0,20}?\b(for|against)\b")
_SAID_ON = re.compile(
    r"\b(?:said|says|announced|reported|told|confirmed|corrected|according to)\b[^,.;]{0,25}?\bon \w+day\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\b(mon|tues|wednes|thurs|fri|satur|sun)day\b")
_DENIAL = re.compile(
    r"\b(?:not|no|never|nor|neither|without|yet to|failed|would|could|may|might|if)\b|n['’]t\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """What two sentences differ about, and the wording of each, as it stands in its text."""

    about: str
    values: tuple[str, str]


def differing(one: Telling, other: Telling) -> Discrepancy | None:
    """Return what two sentences on one event differ about (number, date or outcome), None without it."""
    if _apart(one.text, other.text):
        return None
    if not _other_times(one, other):
        found = _numbers(one, other)
        if found:
            return found
    if not _alike(one.text, other.text) or _numbers_apart(one, other):
        return None
    return _days(one, other) or _outcomes(one, other)


def _numbers(one: Telling, other: Telling) -> Discrepancy | None:
    for first in totals(one.text):
        for second in totals(other.text):
            if not same_thing(first, second) or may_agree(first, second):
                continue
            if _says(one, second) or _says(other, first):
                continue
            if first.quantity.kind and not (_has_subject(one, other) and _has_subject(other, one)):
                continue
            return Discrepancy(about(first, second, one.text), (first.value, second.value))
    return None


def _has_subject(one: Telling, other: Telling) -> bool:
    """Say whether the other sentence or its title knows the first word: a train is no bus."""
    words = topic_words(one.text)
    known = {word.base for word in (*topic_words(other.text), *topic_words(other.title))}
    return not words or words[0].base in known or words[0].capital


def _says(teller: Telling, other: Counted) -> bool:
    """Say whether a sentence has the other's number too: then both mean different things by them."""
    return any(
        quantity.kind == other.quantity.kind and isclose(quantity.size, other.quantity.size)
        for quantity in quantities(teller.text)
    )


def _apart(one: str, other: str) -> bool:
    """Say whether two sentences hold opposite words that make them two matters."""
    votes, votes_there = (set(_VOTED.findall(text.lower())) for text in (one, other))
    if votes and votes_there and votes != votes_there:
        return True
    first, second = bases(one), bases(other)
    return any(
        (left in first and right in second and left not in second)
        or (right in first and left in second and left not in first)
        for left, right in _APART
    )


def _days(one: Telling, other: Telling) -> Discrepancy | None:
    """Compare the one day that each of two sentences of nearly the same words gives."""
    first, second = _stated(one), _stated(other)
    if first is None or second is None or agrees(first, second) or agrees(second, first):
        return None
    return Discrepancy("the day", (first.text, second.text))


def _stated(told: Telling) -> When | None:
    """Return the only date of a sentence, if it has a day and a month."""
    found = dates(told.text, told.published)
    return found[0] if len(found) == 1 and found[0].day and found[0].month else None


def _outcomes(one: Telling, other: Telling) -> Discrepancy | None:
    """Compare how it ended, in two sentences of nearly the same words: approved here, rejected there."""
    if _DENIAL.search(one.text) or _DENIAL.search(other.text):
        return None
    mine = {meaning(word): word.text for word in topic_words(one.text)}
    theirs = {meaning(word): word.text for word in topic_words(other.text)}
    for left, right in (*_OPPOSED, *((right, left) for left, right in _OPPOSED)):
        if left in mine and right in theirs and left not in theirs and right not in mine:
            return Discrepancy("the outcome", (mine[left], theirs[right]))
    return None


def _alike(one: str, other: str) -> bool:
    """Say whether two sentences have most of their words, and no different names."""
    first, second = _meanings(one), _meanings(other)
    shared = len(first & second)
    if shared < ALIKE_WORDS or shared < SAME_EVENT_SIMILARITY * min(len(first), len(second)):
        return False
    named, named_there = ({w.lower for name in find_names(text) for w in name.words} for text in (one, other))
    return bool(named & named_there) and (named <= named_there or named_there <= named)


@lru_cache(maxsize=1_000)
def _meanings(text: str) -> frozenset[str]:
    return frozenset(meaning(word) for word in topic_words(text))


def _numbers_apart(one: Telling, other: Telling) -> bool:
    """Say whether the sentences have different numbers: then each has a matter of its own."""
    first, second = (_figures(told) for told in (one, other))
    return bool(first and second) and first != second


def _figures(told: Telling) -> set[float]:
    """Return the numbers of a sentence that belong to no date."""
    spans = [(when.start, when.end) for when in dates(told.text, told.published)]
    return {
        quantity.value
        for quantity in quantities(told.text)
        if not any(start <= quantity.numeral.start < end for start, end in spans)
    }


def _other_times(one: Telling, other: Telling) -> bool:
    """Say whether the sentences speak of different days, months or years: figures of other times differ."""
    days, days_there = (set(_WEEKDAY.findall(_SAID_ON.sub("", told.text.lower()))) for told in (one, other))
    if days and days_there and not days & days_there:
        return True
    first, second = dates(one.text, one.published), dates(other.text, other.published)
    return any(
        bool(mine and theirs) and not mine & theirs
        for mine, theirs in (
            ({when.year for when in first if when.year}, {when.year for when in second if when.year}),
            ({when.month for when in first if when.month}, {when.month for when in second if when.month}),
            (
                {(when.month, when.day) for when in first if when.month and when.day},
                {(when.month, when.day) for when in second if when.month and when.day},
            ),
        )
    )
