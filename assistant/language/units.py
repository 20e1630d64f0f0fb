"""Units that numbers carry: percent, currencies, and measures brought to one base unit."""

from __future__ import annotations

import re

from assistant.language.lexicon import listed

_CURRENCY_BEFORE = re.compile(r"(US\$|\$|€|£|¥|₹|\bEUR|\bUSD|\bGBP)\s?$")
_SIGNS = {"US$": "$", "USD": "$", "EUR": "€", "GBP": "£"}
_WORDS = {"dollar": "$", "buck": "$", "euro": "€", "pound": "£", "yen": "¥", "rupee": "₹"} | {
    word: word
    for word in listed(
        """crown krone krona kroner peso real rand yuan renminbi ruble rouble franc lira shekel dirham riyal
    zloty won cent penny pence baht ringgit hryvnia naira"""
    )
}
POINTS = re.compile(r"(?: an?|-a)?[\s-]?(?:per ?cent|percentage)[\s-]points?\b", re.IGNORECASE)
"""What two shares differ by: half a percentage point is not half a percent."""
PERCENT = re.compile(r"\s?(?:%|-?per ?cent\b|-?percent(?:age)?\b)", re.IGNORECASE)
_A_PERCENT = re.compile(r" (?:of )?(?:a|one) per ?cent\b", re.IGNORECASE)
_AFTER = re.compile(r"[\s\u00a0-]*([^\W\d_]+)")
_OF_AN = re.compile(
    r"(?: of)? an? (second|minute|hour|day|week|month|year|decade|mile|"
    r"kilomet(?:re|er)|met(?:re|er)|ton(?:ne)?)\b"
)
_HUNDREDS = re.compile(r" an? (hundred|thousand|million|billion|trillion)\b")
_SIZES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_MEASURES: dict[str, tuple[str, float]] = {
    form: (kind, size)
    for kind, size, forms in (
        ("time", 1.0, "second seconds"),
        ("time", 60.0, "minute minutes"),
        ("time", 3600.0, "hour hours"),
        ("time", 86_400.0, "day days"),
        ("time", 604_800.0, "week weeks"),
        ("time", 2_629_800.0, "month months"),
        ("time", 31_557_600.0, "year years"),
        ("time", 315_576_000.0, "decade decades"),
        ("length", 1609.344, "mile miles"),
        ("length", 1000.0, "kilometre kilometres kilometer kilometers km"),
        ("length", 1.0, "metre metres meter meters"),
        ("length", 0.001, "millimetre millimetres millimeter millimeters mm"),
        ("length", 0.01, "centimetre centimetres centimeter centimeters cm"),
        ("length", 0.3048, "foot feet ft"),
        ("length", 0.0254, "inch inches"),
        ("length", 0.9144, "yard yards"),
        ("mass", 1.0, "kg kilo kilos kilogram kilograms"),
        ("mass", 0.4536, "lb lbs"),
        ("mass", 1000.0, "ton tons tonne tonnes"),
        ("speed", 1.609, "mph"),
        ("speed", 1.0, "kph"),
    )
    for form in forms.split()
}


def unit(before: str, after: str, *, fraction: bool) -> tuple[str, float]:
    """Return the kind of a number and what to multiply it by, from the words on both sides of it.

    The kind is "percent", a currency, "time", "length", "mass", "speed", or empty where none is named.
    """
    if currency := _CURRENCY_BEFORE.search(before):
        return _SIGNS.get(currency.group(1), currency.group(1)), 1.0
    if POINTS.match(after):
        return "points", 1.0
    if PERCENT.match(after) or (fraction and _A_PERCENT.match(after)):
        return "percent", 1.0
    if fraction:
        return _part(after)
    following = _AFTER.match(after)
    word = following.group(1).lower() if following else ""
    return _MEASURES.get(word) or (_WORDS.get(word.removesuffix("s"), _WORDS.get(word, "")), 1.0)


def _part(after: str) -> tuple[str, float]:
    """Return what a fraction is of: an hour, a million, or a whole."""
    if part := _OF_AN.match(after):
        return _MEASURES[part.group(1)]
    if part := _HUNDREDS.match(after):
        return "", _SIZES[part.group(1)]
    return "percent", 100.0


def written(before: str) -> int:
    """Return how many characters before a number belong to its currency sign."""
    currency = _CURRENCY_BEFORE.search(before)
    return len(currency.group()) if currency else 0
