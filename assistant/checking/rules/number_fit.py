"""When two numbers agree: after unit conversion and rounding, within bounds, or as a difference."""

from __future__ import annotations

from math import floor, inf, isclose, log10

from assistant.language.quantities import NumberBound, Quantity

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


_SIDES = {NumberBound.OVER: 1, NumberBound.UNDER: -1, NumberBound.NEARLY: -1}


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
