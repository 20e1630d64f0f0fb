"""Days that only name something: "the Jan. 6 attack", "Sunday's fire", "Black Friday", the “Today” show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.language.dates import When

_DETERMINED = re.compile(r"(?:\b(?:the|an?|this|that|its|his|her|their|our|my)|['’]s)\s+$", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?\b")
_NOUN_BEHIND = re.compile(r"\s+[\w“\"]")
_MODIFIES = re.compile(
    r"[-–]\w|\s*(?:AM|FM)\b|\s+(?:election|season|campaign|attacks?|insurrection|riots?|Super Bowl|World Cup|"
    r"Morning|Night|Football|Live|Times|Mirror|Telegraph|Mail|Express|Post|Show)\b"
)
_NAMED_DAY = re.compile(r"\b(?:Black|Super|Good|Ash|Cyber|Fat|Shrove|Holy|Palm|Giving|Bloody) $")
_PROGRAMME = re.compile(r"[”\"’']|\s+(?:show|host|hosts|anchor|programme|program|co-host)\b", re.IGNORECASE)
_OPENING = re.compile(r"(?:^|[.!?:“\"‘(►•—–-])\s*$")
_OF_ANOTHER_YEAR = re.compile(r",? (?:of )?(?:that|the same|the following|the next) year\b", re.IGNORECASE)
_IN_A_NAME = re.compile(r"\b[A-Z]\w+ $")
_EACH = re.compile(r"\b(?:each|every) $", re.IGNORECASE)
_FOURTH = re.compile(r"\bFourth $")  # of July
_NAMES_OF_EVENTS = frozenset(((1, 6), (9, 11)))
"""Days that stand for what happened on them, except after "on"."""


def names_event(text: str, when: When) -> bool:
    """Say whether a date only names another event: "the Jan. 6 attack", "Sunday's fire", "2020 election"."""
    if _MODIFIES.match(text, when.end) or _is_name(text, when) or _is_part_of_a_name(text, when):
        return True
    if not when.year and (
        _OF_ANOTHER_YEAR.match(text, when.end)
        or ((when.month, when.day) in _NAMES_OF_EVENTS and when.bound != "on")
    ):
        return True
    if _POSSESSIVE.match(text, when.end):
        return when.bound not in {"in", "during"}
    exact = bool(when.month or when.year)
    determined = _DETERMINED.search(text[: when.start]) and not when.which and not when.part
    return bool(exact and determined and _NOUN_BEHIND.match(text, when.end))


def _is_name(text: str, when: When) -> bool:
    """Say whether a day is part of a name: "Black Friday", the “Today” show."""
    before = text[: when.start]
    if when.month or when.year or not when.text[0].isupper():
        return False
    if when.weekday is not None:
        return bool(_NAMED_DAY.search(before))
    return not _OPENING.search(before) or bool(_PROGRAMME.match(text, when.end))


def _is_part_of_a_name(text: str, when: When) -> bool:
    """Say whether a month or year is part of a name: "the Qatar 2022 Technical Group", "Fourth of July"."""
    before, behind = text[: when.opens], text[when.end : when.end + 2]
    if _EACH.search(before):
        return True  # "payable each July 1"
    if when.day or not (when.month or when.year):
        return False
    if when.month and not when.year:
        alone = not (when.bound or when.part or when.which)
        return bool(_FOURTH.search(before)) or (alone and behind[1:].isupper())  # "October JOLTS"
    return not when.month and bool(_IN_A_NAME.search(before)) and behind[1:].isupper()
