"""Parts of a sentence, each about another: "rail fares go up by 3 percent and bus fares by 5"."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import permutations
from typing import TYPE_CHECKING

from assistant.checks.quantities import quantities
from assistant.checks.roles import Event, events
from assistant.checks.speakers import SAYING
from assistant.checks.synonyms import synonyms
from assistant.checks.wording import read

if TYPE_CHECKING:
    from assistant.checks.quantities import Quantity

_SPLIT = re.compile(r"[,;—–]\s*(?:while|whereas|but|and|though|although)\s|;\s|\s(?:while|whereas|but)\s")
_BETWEEN = re.compile(
    r"[,;—–]\s*(?:while|whereas|but|and|though|although)\s|;\s|\s(?:while|whereas|but|and)\s"
)
_HEAD_END = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|may|might|shall|should|must|did|does|do|"
    r"by|at|in|on|for|to|from|with|of|about|around|nearly|almost|over|under)\b|[$€£¥₹]?\d",
    re.IGNORECASE,
)
_MOST = 4


@lru_cache(maxsize=1_000)
def _parts(text: str) -> tuple[str, ...]:
    """Return the parts of a sentence between words that set one against another."""
    found, start = [], 0
    for match in _SPLIT.finditer(text):
        found.append(text[start : match.start()])
        start = match.end()
    return (*found, text[start:])


def _content(text: str) -> frozenset[str]:
    return frozenset(word.base for word in read(text) if word.content)


def _subject(part: str) -> frozenset[str]:
    """Return the content words before the first verb of a part, none where there are many."""
    verbs = [event.text for event in events(part)]
    ends = [part.index(verb) for verb in verbs if verb in part]
    if stop := _HEAD_END.search(part):
        ends.append(stop.start())
    found = _content(part[: min(ends)]) if ends else frozenset()
    return found if len(found) <= _MOST else frozenset()


def crossed(statement: str, sources: tuple[str, ...]) -> tuple[str, str] | None:
    """Return who the statement and who the source says something of, where a sentence has parts for both.

    "The company said the offer was insulting" for "the union said the offer was insulting, while the
    company described it as generous".
    """
    mine, subject = _content(statement), _subject(statement)
    for source in sources:
        parts = _parts(source)
        for one, other in permutations(parts, 2):
            words, others = _content(one), _content(other)
            theirs, wrong = _subject(one) - others, _subject(other) - words
            if not theirs or not subject & wrong or subject & words or mine & theirs:
                continue
            said, unsaid = words - others - theirs, others - words - wrong
            if mine & said and not mine & _alike(unsaid):
                return _shown(statement, subject & wrong), _shown(source, theirs)
    return None


def _alike(bases: frozenset[str]) -> frozenset[str]:
    return bases | {form for base in bases for form in synonyms().get(base, frozenset())}


def _shown(text: str, bases: frozenset[str]) -> str:
    return " ".join(word.text for word in read(text) if word.base in bases)


def number_of_another(statement: str, sources: tuple[str, ...]) -> tuple[str, str] | None:
    """Return the number that the source has for what the statement names, and that of the statement."""
    mine = _content(statement)
    stated = quantities(statement)
    for source in sources:
        numbered = _numbered(source)
        for part, quantity in numbered:
            same = [each for each in stated if each.kind == quantity.kind and not each.numeral.ordinal]
            if len(same) != 1 or same[0].value != quantity.value or quantity.numeral.ordinal:
                continue
            own = _head(part, part.index(quantity.text))
            for other_part, other in numbered:
                head = _head(other_part, other_part.index(other.text))
                if other_part == part or not _parallel(quantity, other):
                    continue
                if own - head and mine & (head - own) and not mine & _alike(own - head):
                    return other.text, same[0].text
    return None


def _parallel(one: Quantity, other: Quantity) -> bool:
    """Say whether two numbers measure or count the same and differ."""
    same = one.kind == other.kind and (one.kind or one.nouns & other.nouns)
    return bool(same) and one.value != other.value


@lru_cache(maxsize=1_000)
def _numbered(text: str) -> tuple[tuple[str, Quantity], ...]:
    """Return each number with the part of the sentence that is about it."""
    found = quantities(text)
    cuts = list(_BETWEEN.finditer(text))
    parts: list[tuple[str, Quantity]] = []
    for place, quantity in enumerate(found):
        before = found[place - 1].numeral.end if place else 0
        after = found[place + 1].numeral.start if place + 1 < len(found) else len(text)
        start = next((cut.end() for cut in cuts if before <= cut.start() < quantity.numeral.start), None)
        end = next((cut.start() for cut in cuts if quantity.numeral.end <= cut.start() < after), after)
        if start is None and place:
            continue  # two numbers in one part
        parts.append((text[start or 0 : end], quantity))
    return tuple(parts)


def _head(part: str, number: int) -> frozenset[str]:
    """Return who or what a part is about: its first content words, without the verb before the number."""
    verbs = [part.index(event.text) for event in events(part)]
    stops = [stop.start() for stop in _HEAD_END.finditer(part)]
    for end in sorted({*verbs, *stops, number}):
        words = [word for word in read(part[:end]) if word.content]
        if words:
            many = len(words) > 1 and end not in verbs and words[-1].lower.endswith(("s", "ed"))
            found = frozenset(word.base for word in (words[:-1] if many else words))
            return found if len(found) <= _MOST else frozenset()
    return frozenset()


def other_object(statement: str, sources: tuple[str, ...]) -> tuple[str, str] | None:
    """Return a verb of the statement and the verb that the source has for the same object.

    "Destroyed the farmhouse" for "destroyed three barns and damaged the farmhouse".
    """
    theirs = [event for source in sources for event in events(source)]
    for mine in events(statement):
        if mine.either or not mine.done_to or mine.text.lower() in SAYING:
            continue
        same = [event for event in theirs if event.verb == mine.verb]
        if not same or any(_vague(event) or event.done_to & mine.done_to for event in same):
            continue
        alike = synonyms().get(mine.verb, frozenset())
        for event in theirs:
            other = event.verb != mine.verb and event.verb not in alike and event.text.lower() not in SAYING
            if other and not _vague(event) and event.done_to & mine.done_to == mine.done_to:
                return mine.text, event.text
    return None


def _vague(event: Event) -> bool:
    return event.either or not event.done_to
