"""Numbers of a statement that the source does not support, or that count something else there.

A number agrees with one of the source after conversion and rounding, within bounds, or where it follows
from those of the source: a difference, an earlier value, a duration.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import groupby, islice, permutations, takewhile
from math import floor, inf, isclose, isfinite, log10
from typing import TYPE_CHECKING

from assistant.language.dates import dates
from assistant.language.quantities import NumberBound, Quantity, quantities
from assistant.language.speech import speakers
from assistant.language.thesaurus import synonyms
from assistant.language.words import FAR, Word, all_bases, base_forms, read_words

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
ROUNDING_REACH = 0.10
"""How far a hedged round number may be from the exact one, as a share: "about 30" for 28."""
BOUND_REACH = 0.35
"""How far a bound may be from the number it bounds: "more than 20" for 26, not for 260."""
CONVERSION_REACH = 0.03
"""How far a measure may be off after conversion: "5 miles" for 8 kilometres."""
NEWS_REACH = 0.02
"""How far a number scaled by a word may be rounded without saying so: "$1.5 billion" for $1,523 million."""
NEWS_DIGITS = 2
"""Digits such a number has at least."""
MEASURES = frozenset(
    {"°", "°C", "°F", "length", "mass", "speed", "time", "area", "volume", "power", "energy", "bytes"}
)
"""Kinds of numbers that are told in several units."""
_DEGREE = 0.6
"""Degrees Fahrenheit that a temperature may be off after conversion."""
_SIDES = {NumberBound.OVER: 1, NumberBound.UNDER: -1, NumberBound.NEARLY: -1}
_BEFORE = re.compile(
    r"\b(?:from|than|instead of|rather than|against|planned|previous(?:ly)?|compared (?:with|to)|"
    r"original(?:ly)?|earlier|expected|budgeted|had been)\b[^,;.]{0,20}$",
    re.IGNORECASE,
)
"""What stands before a number that something had, or should have had, before."""
HALF_PERCENT = 0.5
EQUAL = 1e-6
"""How far apart two numbers may be, as a share, that are equal but for rounding."""
_DAY = 86_400.0
_WEEK = 7


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
            if clash := _elsewhere(statement, stated, sources, by_sentence):
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
    if clash.text == stated.text:  # "from 12 to 15" for "more than 15", or of something else
        return f"the source has {clash.text}, but not in the sense of the answer"
    return f"the source says {clash.text}, the answer {stated.text}"


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


def fits(stated: Quantity, found: Quantity) -> bool:
    """Say whether a quantity of the source supports the one stated: value, unit, rounding and bounds."""
    if {stated.kind, found.kind} == {"°C", "°F"}:
        return abs(_fahrenheit(stated) - _fahrenheit(found)) <= _DEGREE
    return _alike(stated, found) and _near(stated, found)


def _near(stated: Quantity, found: Quantity) -> bool:
    """Say whether a number that may be compared is the same, or may be said for it."""
    same_unit = stated.kind != found.kind or stated.unit == found.unit
    one, other = (stated.value, found.value) if same_unit else (stated.size, found.size)
    if isclose(one, other, rel_tol=1e-9):
        return _same_side(stated, found)
    if other == 0:
        return False
    share = abs(one - other) / abs(other)
    if share > BOUND_REACH:
        return False  # too far for whatever is said of it
    if stated.kind in MEASURES and not same_unit:
        return share <= CONVERSION_REACH
    return _rounded(stated, found, one, other)


def _fahrenheit(quantity: Quantity) -> float:
    return quantity.value if quantity.kind == "°F" else quantity.value * 9 / 5 + 32


def _same_side(stated: Quantity, found: Quantity) -> bool:
    """Say whether a number that stands in the source may be stated with this bound."""
    mine, theirs = _SIDES.get(stated.bound, 0), _SIDES.get(found.bound, 0)
    if mine * theirs < 0:
        return False
    if found.end_of and not stated.end_of:
        return stated.bound is NumberBound.ABOUT or mine == -found.end_of
    strict = stated.bound in {NumberBound.OVER, NumberBound.UNDER} and not stated.inclusive
    return not (strict and found.bound is NumberBound.EXACT)


def _rounded(stated: Quantity, found: Quantity, one: float, other: float) -> bool:
    """Say whether `one` may be said for `other` with the words that stand before it."""
    share = abs(one - other) / abs(other)
    if stated.bound in {NumberBound.OVER, NumberBound.UNDER}:
        # A bound is rounder than what it bounds: "more than 26,000" for 26,600, "at least 62" not for 66.
        rounder = digits(one) < digits(other) and share <= BOUND_REACH
        over = stated.bound is NumberBound.OVER
        other_way = found.bound is (NumberBound.UNDER if over else NumberBound.OVER)
        return rounder and not other_way and (one < other if over else one > other)
    if stated.bound is NumberBound.NEARLY:
        return one > other and digits(one) <= digits(other) and share <= ROUNDING_REACH
    if not rounds_to(one, other):
        return False
    if stated.bound is NumberBound.ABOUT:
        return share <= ROUNDING_REACH
    return stated.numeral.scaled and share <= NEWS_REACH and digits(stated.value) >= NEWS_DIGITS


def _alike(stated: Quantity, found: Quantity) -> bool:
    """Say whether two numbers may be compared: both ordinals or neither, one kind, one direction."""
    bare = found if stated.kind else stated
    return (
        stated.numeral.unclear == found.numeral.unclear  # "12.500" is held against nothing but itself
        and stated.numeral.ordinal == found.numeral.ordinal
        and (stated.step == found.step or not (stated.step and found.step))
        and (stated.bound is NumberBound.ALL_BUT) is (found.bound is NumberBound.ALL_BUT)
        and (stated.kind == found.kind or not (bare.kind or bare.nouns) or _degrees(stated, found))
        and stated.numeral.clock is found.numeral.clock
        and (stated.delta == found.delta if stated.delta and found.delta else not found.delta or stated.added)
    )


def _degrees(stated: Quantity, found: Quantity) -> bool:
    """Say whether "20 degrees" may be said for 20 °C; what the source leaves open is not filled in."""
    return stated.kind == "°" and found.kind in {"°C", "°F"}


def digits(value: float) -> int:
    """Return the number of significant digits, trailing zeros not counted."""
    return len(f"{value:.10g}".replace(".", "").strip("0"))


def rounds_to(stated: float, exact: float) -> bool:
    """Say whether `stated` is `exact` rounded to the digits that `stated` has."""
    if not (0 < stated < inf and 0 < exact < inf):
        return False  # hundreds of digits are no number that could be rounded
    step = 10.0 ** (floor(log10(stated)) - digits(stated) + 1)
    return isclose(round(exact / step) * step, stated, rel_tol=1e-9)


def derived(statement: str, stated: Quantity, theirs: Sequence[Quantity], sources: Sequence[str]) -> bool:
    """Say whether a number of a statement can be computed from the numbers and dates of the source."""
    start = stated.numeral.start
    plain = sorted(
        (each for each in theirs if not each.delta and _comparable(stated, each)),
        key=lambda each: each.value,
    )
    if (stated.delta or stated.added or stated.kind == "points") and any(
        _has(plain, stated.value, one.value, but=one) for one in plain
    ):
        return True
    if _BEFORE.search(statement, max(0, start - FAR), start) and any(
        _has(plain, stated.value, way * change.value, but=change)
        for change in theirs
        for way in ((change.delta,) if change.delta else (1, -1) if change.kind == "points" else ())
        if _comparable(stated, change)
    ):
        return True
    if stated.kind == "percent" and (stated.delta or stated.added) and _changed_by(stated, theirs):
        return True
    return stated.kind == "time" and stated.unit == _DAY and stated.value in _lasted(sources)


def _has(plain: Sequence[Quantity], value: float, more: float, *, but: Quantity) -> bool:
    """Say whether a number other than `but` is so much more than a value; numbers come in order."""
    if not (isfinite(value) and isfinite(more)):
        return False  # hundreds of digits are no number to reckon with
    slack = EQUAL * (2 * abs(value) + abs(more))
    first = bisect_left(plain, value + more - slack, key=lambda each: each.value)
    near = takewhile(lambda each: each.value <= value + more + slack, islice(plain, first, None))
    return any(each is not but and isclose(each.value - more, value, rel_tol=EQUAL) for each in near)


def _comparable(one: Quantity, other: Quantity) -> bool:
    kinds = {one.kind, other.kind}
    if one.numeral.unclear or other.numeral.unclear or one.numeral.clock or other.numeral.clock:
        return False
    return (
        (len(kinds) == 1 and one.unit == other.unit) or "" in kinds or kinds == {"percent", "points"}
    ) and one.numeral.ordinal == other.numeral.ordinal


def _changed_by(stated: Quantity, theirs: Sequence[Quantity]) -> bool:
    """Say whether a number of the source is so many percent more or less than another of them."""
    stepped = [each for each in theirs if each.step in {"from", "to"}]
    return any(
        abs(abs(one.value / other.value - 1) * 100 - stated.value) <= HALF_PERCENT
        for one, other in permutations(stepped, 2)
        if other.value and one.kind == other.kind != "percent" and {one.step, other.step} == {"from", "to"}
    )


def _lasted(sources: Sequence[str]) -> set[float]:
    """Return how many days lie between two weekdays of one sentence, both counted."""
    days = [[when.weekday for when in dates(source) if when.weekday is not None] for source in sources]
    return {float((there[1] - there[0]) % _WEEK + 1) for there in days if len(there) == 2}  # noqa: PLR2004  # from one day to another
