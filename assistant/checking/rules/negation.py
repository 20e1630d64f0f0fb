"""Negation: a statement denies what the source asserts, or asserts what the source denies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.checking.rules.directions import reverses, undoes
from assistant.checking.rules.phrases import undoing
from assistant.checking.rules.polarity import stance
from assistant.checking.rules.reach import weighs
from assistant.language.lexicon import IRREGULAR
from assistant.language.words import all_bases, base_forms

if TYPE_CHECKING:
    from collections.abc import Collection

    from assistant.checking.rules.polarity import Stance
    from assistant.language.words import Word

_IMPLIED = """abstain reject block cancel stop halt prevent ban prohibit lose empty instead shut dark
    without quit exclude outage unlike except miss nonsense untrue false hoax baseless unfounded undisputed
    overturn annul void quash revoke rescind repeal scrap shelve abandon drop withdraw suspend disallow veto
    oppose resist boycott skip clear exonerate acquit spare dispute contradict doubt insufficient short
    close end cease break collapse fall dead vacant idle against free scarce spurn ignore neglect forget
    disagree distrust unaware unable unwilling undo lift remove"""
"""Words that deny without saying not: an answer that says "not" of them may be right."""
_AGAINST_RULES = "illegal unlawful crime offence offense bar forbid unlikely impossible"
"""What an answer may say instead of "must not" or "will not"."""
_HIGHER = re.compile(r"\b(?:no|never|nothing|none|nobody)\b.*\b(?:[a-z]+er|more|less)\b", re.IGNORECASE)
_HIGHEST = re.compile(r"\b(?:the|its|his|her|their)\b (?:[\w-]+ )?(?:[a-z]+(?<!t)est|most|least|record)\b")
_WITHOUT = re.compile(r"\bwithout\b", re.IGNORECASE)
_UNLESS = re.compile(r"\bunless\b", re.IGNORECASE)
_YES, _MAYBE, _NO = 1, 0, -1


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A word that only one of statement and source denies or doubts."""

    word: str
    source_denies: bool


def turns_unless(statement: str, sources: tuple[str, ...]) -> bool:
    """Say whether "without …, no …" may say what "not … unless …" says."""
    return bool(_WITHOUT.search(statement)) and any(_UNLESS.search(source) for source in sources)


def denial_differs(statement: str, sources: tuple[str, ...]) -> Mismatch | None:
    """Return a word that is denied on one side only, None where both say the same."""
    if turns_unless(statement, sources):
        return None
    mine, theirs = stance(statement), [stance(source) for source in sources]
    if word := _denied_here(statement, mine, sources, theirs) or _undone_here(mine, theirs):
        return Mismatch(word, source_denies=False)
    if word := _denied_there(mine, sources, theirs):
        return Mismatch(word, source_denies=True)
    if mine.denies and not any(other.denies or other.undone or _implies(other) for other in theirs):
        denied_words = [mine.words[place] for place in sorted(mine.denied)]
        if not _any_reversed(mine, mine.perhaps_denied, sources) and not _compares(statement, sources):
            return Mismatch(denied_words[0].text if denied_words else "not", source_denies=False)
    return None


def _denied_here(statement: str, mine: Stance, sources: tuple[str, ...], theirs: list[Stance]) -> str | None:
    """Return a word that the statement denies where the sources say it plainly."""
    seen: set[tuple[str, ...]] = set()
    for group in mine.denials:
        reached = tuple(mine.words[place].text for place in group)
        if reached in seen:
            continue
        seen.add(reached)
        words = [mine.words[place] for place in group if place in mine.denied]
        signs = [sign for place in group for sign in _signs(mine.words[place], theirs, beside_undone=_MAYBE)]
        if words and signs and min(signs) == _YES:
            if _excluded(statement, sources) or _any_reversed(mine, group, sources):
                continue
            return words[0].text
    return None


def _undone_here(mine: Stance, theirs: list[Stance]) -> str | None:
    """Return a word like "unsafe" where the sources say of the same that it is safe."""
    for root, places in mine.undone.items():
        said = [sign for other in theirs for sign in _root_signs(root, other)]
        if said and min(said) == _YES and mine.denied.isdisjoint(places) and not mine.at.get(root):
            return mine.words[places[0]].text
    return None


def _denied_there(mine: Stance, sources: tuple[str, ...], theirs: list[Stance]) -> str | None:
    """Return a word that the sources deny wherever they have it and the statement says plainly."""
    if _implies_otherwise(mine, sources):
        return None
    denying = {mine.words[place].clause for place in mine.denying}
    denying |= {word.clause for word in mine.words if word.lower == "that" and word.clause - 1 in denying}
    shared = _shared(mine, theirs)
    begun = mine.words[0].lower if mine.words else ""
    seen: set[str] = set()  # a word that comes again stands to the sources as it did
    for place, word in enumerate(mine.words):
        if word.text in seen or place in mine.perhaps_denied or word.base in shared:
            continue
        if word.clause in denying and place not in mine.denying:
            continue
        first = place == 0 and any(each.text == begun for other in theirs for each in other.words)
        if not (weighs(word) or first):
            continue
        seen.add(word.text)
        signs = _signs(word, theirs)
        if signs and max(signs) == _NO:
            return word.text
    return None


def _shared(mine: Stance, theirs: list[Stance]) -> frozenset[str]:
    """Return the words that one denial of the sources reaches together with one that the statement denies."""
    denied = {mine.words[place].base for place in mine.perhaps_denied}
    groups = [{other.words[place].base for place in group} for other in theirs for group in other.denials]
    return frozenset().union(*(group for group in groups if not group.isdisjoint(denied)))


def _signs(word: Word, theirs: list[Stance], *, beside_undone: int = _YES) -> list[int]:
    """Return how the sources stand to a word at each place: in its own form if it stands so, else in any.

    `beside_undone` is what counts for one beside a word like "insufficient".
    """
    any_form = [(other, at) for other in theirs for at in other.places(word.base)]
    same_form = [(other, at) for other, at in any_form if other.words[at].lower == word.lower]
    found = [
        min(_sign(other, at, word), beside_undone if other.words[at].clause in _undone_in(other) else _YES)
        for other, at in same_form or any_form
    ]
    return found + [-_sign(other, at, word) for other in theirs for at in other.undone.get(word.base, ())]


def _undone_in(other: Stance) -> set[int]:
    """Return the clauses with a word like "insufficient"."""
    return {other.words[place].clause for places in other.undone.values() for place in places}


def _root_signs(root: str, other: Stance) -> list[int]:
    found = [_sign(other, at, other.words[at]) for at in other.places(root)]
    return found + [-_sign(other, at, other.words[at]) for at in other.undone.get(root, ())]


def _sign(other: Stance, at: int, word: Word) -> int:
    if at in other.ended and _is_past(word) and not _is_past(other.words[at]):
        return _MAYBE  # where a ferry no longer calls it once called
    if at in other.denied:
        return _NO
    return _MAYBE if at in other.perhaps_denied else _YES


def _is_past(word: Word) -> bool:
    lower = word.lower
    return lower.endswith("ed") or (IRREGULAR.get(lower, lower) != lower and lower[-1] not in "sg")


def _implies(stance_: Stance) -> bool:
    return not base_forms(_IMPLIED).isdisjoint(stance_.at) or _excludes(stance_)


def _implies_otherwise(mine: Stance, sources: tuple[str, ...]) -> bool:
    """Say whether the statement denies by a word that the sources don't have."""
    theirs = frozenset[str]().union(*map(all_bases, sources))
    theirs |= {root for source in sources for root in stance(source).undone}
    added = (base_forms(_IMPLIED) | base_forms(_AGAINST_RULES)) & mine.at.keys() - theirs
    return bool(added) or (_excludes(mine) and not any(_excludes(stance(source)) for source in sources))


def _excludes(stance_: Stance) -> bool:
    """Say whether a verb and its particle deny: "ruled out", "turned the offer down"."""
    return not undoing().isdisjoint(stance_.at)


@lru_cache(maxsize=64)
def _excluded(statement: str, sources: tuple[str, ...]) -> bool:
    """Say whether the sources may deny in other words than "not"."""
    return any(_excludes(stance(source)) for source in sources) or _compares(statement, sources)


def _compares(statement: str, sources: tuple[str, ...]) -> bool:
    """Say whether "no … stronger" may say what "the strongest" says."""
    return bool(_HIGHER.search(statement)) and any(_HIGHEST.search(source) for source in sources)


def _any_reversed(mine: Stance, places: Collection[int], sources: tuple[str, ...]) -> bool:
    """Say whether the sources have what says the reverse of a word, or of a phrase that begins at a place."""
    keys = {mine.words[place].base for place in places}
    keys |= {key for key, at in mine.at.items() if "_" in key and not set(at).isdisjoint(places)}
    said = frozenset[str]().union(*(stance(source).at.keys() for source in sources))
    return any(_reversed(key, sources) or not undoes(key).isdisjoint(said) for key in keys)


def _reversed(base: str, sources: tuple[str, ...]) -> bool:
    return any(not reverses(base).isdisjoint(all_bases(source)) for source in sources)
