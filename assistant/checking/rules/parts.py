"""Coordinated clauses with a subject each: "rail fares go up by 3 percent and bus fares by 5"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.checking.rules.roles import Action, actions, same_verb
from assistant.language.quantities import quantities
from assistant.language.speech import SAYING
from assistant.language.synonyms import synonyms
from assistant.language.words import content_words, read_words

if TYPE_CHECKING:
    from assistant.language.quantities import Quantity

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
_APART = 12
"""Parts between two that may still be set against each other: those of one sentence, however long."""


@lru_cache(maxsize=1_000)
def _parts(text: str) -> tuple[str, ...]:
    """Return the parts of a sentence between words that set one against another."""
    found, start = [], 0
    for match in _SPLIT.finditer(text):
        found.append(text[start : match.start()])
        start = match.end()
    return (*found, text[start:])


@lru_cache(maxsize=1_000)
def _sides(text: str) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Return for each part of a text its content words and those of its subject."""
    return tuple((content_words(part), _subject(part)) for part in _parts(text))


def _subject(part: str) -> frozenset[str]:
    """Return the content words before the first verb of a part, none where there are many."""
    stop = _HEAD_END.search(part)
    end = stop.start() if stop else len(part)
    for verb in {event.text for event in actions(part)}:
        if (place := part.find(verb, 0, end + len(verb))) >= 0:
            end = place
    found = content_words(part[:end]) if end < len(part) else frozenset()
    return found if len(found) <= _MOST else frozenset()


def subject_differs(statement: str, sources: tuple[str, ...]) -> tuple[str, str] | None:
    """Return the subject of the statement and that of the source for the same predicate, or None.

    "The company said the offer was insulting" for "the union said the offer was insulting, while the
    company described it as generous".
    """
    mine, subject = content_words(statement), _subject(statement)
    if not subject:
        return None
    for source in sources:
        sides = _sides(source)
        named = [place for place, (_, whose) in enumerate(sides) if subject & whose]
        for place, (words, whose) in enumerate(sides):
            if not whose or subject & words or not mine & words:
                continue
            for at in named[bisect_left(named, place - _APART) : bisect_left(named, place + _APART + 1)]:
                others, wrong = sides[at][0], sides[at][1] - words
                theirs = whose - others
                if at == place or not theirs or not subject & wrong or mine & theirs:
                    continue
                said, unsaid = words - others - theirs, others - words - wrong
                if mine & said and not mine & _alike(unsaid):
                    return _shown(statement, subject & wrong), _shown(source, theirs)
    return None


def _alike(bases: frozenset[str]) -> frozenset[str]:
    return bases | {form for base in bases for form in synonyms().get(base, frozenset())}


def _shown(text: str, bases: frozenset[str]) -> str:
    return " ".join(word.text for word in read_words(text) if word.base in bases)


def number_belongs_elsewhere(statement: str, sources: tuple[str, ...]) -> tuple[str, str] | None:
    """Return the number that the source has for what the statement names, and that of the statement."""
    mine = content_words(statement)
    stated = Counter(each.kind for each in quantities(statement) if not each.numeral.ordinal)
    single = {
        each.kind: each
        for each in quantities(statement)
        if not each.numeral.ordinal and stated[each.kind] == 1
    }
    for source in sources:
        numbered = _numbered(source)
        for part, quantity in numbered:
            same = single.get(quantity.kind)
            if same is None or same.value != quantity.value or quantity.numeral.ordinal:
                continue
            own = _head(part, part.index(quantity.text))
            for other_part, other in numbered:
                if other_part == part or not _parallel(quantity, other):
                    continue
                head = _head(other_part, other_part.index(other.text))
                if own - head and mine & (head - own) and not mine & _alike(own - head):
                    return other.text, same.text
    return None


def _parallel(one: Quantity, other: Quantity) -> bool:
    """Say whether two numbers measure or count the same and differ."""
    same = one.kind == other.kind and (one.kind or one.nouns & other.nouns)
    return bool(same) and one.value != other.value


@lru_cache(maxsize=1_000)
def _numbered(text: str) -> tuple[tuple[str, Quantity], ...]:
    """Return each number with the part of the sentence that is about it."""
    found = quantities(text)
    cuts = [*_BETWEEN.finditer(text)]
    begins = [cut.start() for cut in cuts]
    parts: list[tuple[str, Quantity]] = []
    for place, quantity in enumerate(found):
        before = found[place - 1].numeral.end if place else 0
        after = found[place + 1].numeral.start if place + 1 < len(found) else len(text)
        first, last = bisect_left(begins, before), bisect_left(begins, quantity.numeral.end)
        cut_off = first < len(cuts) and begins[first] < quantity.numeral.start
        start = cuts[first].end() if cut_off else None
        end = min(begins[last], after) if last < len(cuts) else after
        if start is None and place:
            continue  # two numbers in one part
        parts.append((text[start or 0 : end], quantity))
    return tuple(parts)


@lru_cache(maxsize=1_000)
def _head(part: str, number: int) -> frozenset[str]:
    """Return who or what a part is about: its first content words, without the verb before the number."""
    verbs = {part.index(verb) for verb in {event.text for event in actions(part)}}
    stops = [stop.start() for stop in _HEAD_END.finditer(part)]
    for end in sorted({*verbs, *stops, number}):
        words = [word for word in read_words(part[:end]) if word.content]
        if words:
            many = len(words) > 1 and end not in verbs and words[-1].lower.endswith(("s", "ed"))
            found = frozenset(word.base for word in (words[:-1] if many else words))
            return found if len(found) <= _MOST else frozenset()
    return frozenset()


def verb_differs(statement: str, sources: tuple[str, ...]) -> tuple[str, str] | None:
    """Return a verb of the statement and the verb that the source has for the same object.

    "Destroyed the farmhouse" for "destroyed three barns and damaged the farmhouse".
    """
    for mine in actions(statement):
        if mine.either or not mine.done_to or mine.text.lower() in SAYING:
            continue
        same = same_verb(sources, mine.verb)
        if not same or any(_vague(event) or event.done_to & mine.done_to for event in same):
            continue
        alike = synonyms().get(mine.verb, frozenset())
        one = min(mine.done_to)
        for event in (each for source in sources for each in _done_to(source).get(one, ())):
            other = event.verb != mine.verb and event.verb not in alike and event.text.lower() not in SAYING
            if other and not _vague(event) and event.done_to & mine.done_to == mine.done_to:
                return mine.text, event.text
    return None


@lru_cache(maxsize=1_000)
def _done_to(text: str) -> dict[str, list[Action]]:
    """Return the events of a text by each word for what they are done to; not to be changed."""
    found: dict[str, list[Action]] = {}
    for event in actions(text):
        for word in event.done_to:
            found.setdefault(word, []).append(event)
    return found


def _vague(event: Action) -> bool:
    return event.either or not event.done_to
