"""Numbers of a statement that the source does not support, or that count something else there."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from assistant.checking.rules.derived_numbers import derived
from assistant.checking.rules.number_fit import fits
from assistant.language.dates import dates
from assistant.language.quantities import NumberBound, Quantity, quantities
from assistant.language.speech import speakers
from assistant.language.thesaurus import synonyms
from assistant.language.words import Word, all_bases, base_forms, read_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

_ALL = re.compile(r"\b(?:all|every|everyone|everybody|everything)\b(?! but| except)", re.IGNORECASE)
_ANYONE = "people person other man woman thing case place time"
"""What may be counted under many another word."""
ELSEWHERE = 0.65
"""Share of the words around a number that another sentence has to have for the number to be its business."""
HERE = 0.35
"""Most that the sentence with the number may have of them then."""
_LEAST = 2


def undated_quantities(text: str, published: date | None) -> list[Quantity]:
    """Return the quantities of a text that are no part of a date."""
    taken = {place for when in dates(text, published) for place in range(when.start, when.end)}
    return [each for each in quantities(text) if each.numeral.start not in taken]


def number_differs(statement: str, sources: Sequence[str], published: date | None) -> list[tuple[str, bool]]:
    """Return a reason for each unsupported number, and whether the source contradicts it."""
    by_sentence = [undated_quantities(sentence, published) for sentence in sources]
    theirs = [each for found in by_sentence for each in found]
    mine = undated_quantities(statement, None)
    years = {when.year for text in sources for when in dates(text, published)}
    found = []
    left = next((each for each in theirs if each.bound is NumberBound.ALL_BUT), None)
    excepts = any(each.bound is NumberBound.ALL_BUT for each in quantities(statement))
    if left and not excepts and _ALL.search(statement):
        found.append((f"the source says all but {left.text}, the answer says all", False))
    for stated in mine:
        same = [other for other in theirs if fits(stated, other)]
        if same or stated.value in years:
            if clash := _other_count(stated, theirs, same) or _elsewhere(
                statement, stated, sources, by_sentence
            ):
                found.append((_says(clash, stated), False))
            elif noun := _other_noun(stated, same, sources):
                found.append((f"the source counts something else than {noun} with {same[0].text}", False))
        elif not derived(statement, stated, theirs, sources):
            nearest = _nearest(stated, theirs)
            reverse = bool(nearest and nearest.nouns & stated.nouns)
            found.append((_says(nearest, stated), reverse))
    return found


def _says(clash: Quantity | None, stated: Quantity) -> str:
    if clash is None:
        return f"{stated.text} is not in the cited sentences"
    noun = " ".join(sorted(clash.nouns & stated.nouns)) if clash.text == stated.text else ""
    return f"the source says {clash.text}{' ' if noun else ''}{noun}, the answer {stated.text}"


def _other_count(stated: Quantity, theirs: Sequence[Quantity], same: Sequence[Quantity]) -> Quantity | None:
    """Return another number of what the statement counts, where the number stated counts something else."""
    if not stated.nouns or any(not other.nouns or other.nouns & stated.nouns for other in same):
        return None
    return next((other for other in theirs if other not in same and other.nouns & stated.nouns), None)


def _other_noun(stated: Quantity, same: Sequence[Quantity], sources: Sequence[str]) -> str | None:
    """Return what the statement counts, where the source has it but counts something else with the number.

    "400 police" for "400 people …, the police said".
    """
    if not stated.nouns or not same or stated.kind or any(not other.nouns for other in same):
        return None
    theirs = {noun for other in same for noun in other.nouns}
    alike = {form for noun in stated.nouns for form in synonyms().get(noun, frozenset())} | stated.nouns
    if alike & theirs:
        return None
    there = _speaking if theirs & base_forms(_ANYONE) else _things
    known = all(any(noun in there(source) for source in sources) for noun in stated.nouns)
    return min(stated.nouns) if known else None


@lru_cache(maxsize=1_000)
def _speaking(text: str) -> frozenset[str]:
    return frozenset(base for speaker in speakers(text) for base in speaker.bases)


@lru_cache(maxsize=1_000)
def _things(text: str) -> frozenset[str]:
    return frozenset(
        word.base for word in read_words(text) if word.is_word and not word.lower.endswith(("ed", "ing"))
    )


def _elsewhere(
    statement: str, stated: Quantity, sources: Sequence[str], by_sentence: Sequence[Sequence[Quantity]]
) -> Quantity | None:
    """Return the number of another sentence that the words around a number of the statement belong to."""
    if len(sources) < _LEAST or len(around := _around(statement, stated)) < _LEAST:
        return None
    covers = [len(around & all_bases(source)) / len(around) for source in sources]
    having = [any(fits(stated, other) for other in found) for found in by_sentence]
    if max((cover for cover, has in zip(covers, having, strict=True) if has), default=1.0) > HERE:
        return None
    return next(
        (
            other
            for cover, has, found in zip(covers, having, by_sentence, strict=True)
            for other in found
            if not has and cover >= ELSEWHERE and other.numeral.ordinal == stated.numeral.ordinal
        ),
        None,
    )


def _around(statement: str, stated: Quantity) -> frozenset[str]:
    """Return the base forms of the content words in the clause of a number, but for its unit."""
    clauses = _clauses(statement)
    clause = next((words for words in clauses if words[-1].start >= stated.numeral.start), ())
    return frozenset(word.base for word in clause if _tells(word, stated))


@lru_cache(maxsize=1_000)
def _clauses(text: str) -> tuple[tuple[Word, ...], ...]:
    return tuple(tuple(words) for _, words in groupby(read_words(text), key=lambda word: word.clause))


def _tells(word: Word, stated: Quantity) -> bool:
    inside = stated.numeral.start <= word.start < stated.numeral.end
    return word.content and not inside and word.base != stated.kind and not word.text[0].isdigit()


def _nearest(stated: Quantity, theirs: Sequence[Quantity]) -> Quantity | None:
    alike = [
        other
        for other in theirs
        if other.kind == stated.kind and other.numeral.ordinal == stated.numeral.ordinal
    ]
    return min(
        alike, key=lambda other: (not other.nouns & stated.nouns, abs(other.size - stated.size)), default=None
    )
