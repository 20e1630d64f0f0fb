"""Arithmetic: numbers that follow from those of the source: differences, earlier values, durations."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import islice, permutations, takewhile
from math import isclose, isfinite
from typing import TYPE_CHECKING

from assistant.language.dates import dates
from assistant.language.words import FAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.language.quantities import Quantity

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
    return {float((there[1] - there[0]) % _WEEK + 1) for there in days if len(there) == 2}  # noqa: PLR2004
