"""Modality: a statement says as fact what the source doubts or plans, or as possible what it reports."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assistant.checking.rules.negation import turns_unless
from assistant.checking.rules.polarity import stance
from assistant.checking.rules.reach import weighs
from assistant.language.lexicon import IRREGULAR, listed
from assistant.language.words import read_words

if TYPE_CHECKING:
    from assistant.checking.rules.polarity import Stance
    from assistant.language.words import Word

_MAY = frozenset({"may", "might"})
_OPEN = re.compile(
    r"\bwhether\b.*\b(?:unknown|unclear|uncertain)\b|\b(?:unknown|unclear|uncertain) whether\b", re.IGNORECASE
)
_UNTRUE = frozenset(listed("wrongly falsely incorrectly mistakenly erroneously"))


def doubt_missing(statement: str, sources: tuple[str, ...]) -> str | None:
    """Return a word that the source doubts, plans or alleges and the statement says as fact."""
    mine, theirs = stance(statement), [stance(source) for source in sources]
    if mine.doubts or turns_unless(statement, sources):
        return None

    @cache
    def only(how: str, base: str) -> bool:
        """Say whether a word stands in the sources and is doubted, or what `how` names, at each place."""
        found = [at in getattr(other, how) for other in theirs for at in other.places(base)]
        return bool(found) and all(found)

    weighing = {
        place: word
        for place, word in enumerate(mine.words)
        if weighs(word) and not (place in mine.denied and _denied_too(word.base, theirs))
    }
    alleged = (word.text for word in weighing.values() if only("alleged", word.base))
    doubted = (
        word.text
        for place, word in weighing.items()
        if place not in mine.later
        and (only("doubted", word.base) or (_past(word) and only("later", word.base)))
    )
    return next(alleged, None) or next(doubted, None)


def _denied_too(base: str, theirs: list[Stance]) -> bool:
    """Say whether a word is denied: who could not explain did not. "It would not have held" is left out."""
    return any(
        at in other.denied and other.words[at - 1].lower != "have"
        for other in theirs
        for at in other.places(base)
    )


def dispute_added(statement: str, sources: tuple[str, ...]) -> str | None:
    """Return the words by which a statement calls open or untrue what the sources report plainly."""
    if any(stance(source).doubts or stance(source).denies for source in sources):
        return None
    if left_open := _OPEN.search(statement):
        return left_open[0].split()[-1] if left_open[0].lower().startswith("whether") else left_open[0]
    theirs = {word.lower for source in sources for word in read_words(source)}
    added = (
        word.text for word in read_words(statement) if word.lower in _UNTRUE and word.lower not in theirs
    )
    return next(added, None)


def _past(word: Word) -> bool:
    other_form = IRREGULAR.get(word.lower, word.lower) != word.lower
    return word.lower.endswith("ed") or (other_form and word.lower[-1] not in "sg")


def doubt_added(statement: str, sources: tuple[str, ...]) -> str | None:
    """Return a verb that the statement calls possible and the sources report as done: "may sue" for "sued".

    "May have sued" follows from "sued"; what may come does not.
    """
    theirs = [stance(source) for source in sources]
    words = read_words(statement)
    if any(other.doubts or other.denies for other in theirs):
        return None
    for place, word in enumerate(words[:-1]):
        verb = words[place + 1]
        if word.text not in _MAY or not verb.is_word or verb.capital or not weighs(verb):
            continue
        stands = [other.words[at] for other in theirs for at in other.places(verb.base)]
        if stands and all(_past(found) for found in stands):
            return verb.text
    return None
