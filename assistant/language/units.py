"""Units that numbers carry: percent, currencies, and measures brought to one base unit."""

from __future__ import annotations

import re

from assistant.language.lexicon import listed

_CURRENCY_BEFORE = re.compile(
    r"((?:US|A|AU|C|CA|NZ|HK|S|NT|R)?\$|€|£|¥|₹|\b(?:EUR|USD|GBP|CHF|AUD|CAD|JPY|INR|CNY|NOK|SEK|DKK|Rs\.?))\s?$"
)
_SIGNS = {
    "US$": "$",
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "AUD": "A$",
    "AU$": "A$",
    "CAD": "C$",
    "CA$": "C$",
    "JPY": "¥",
    "INR": "₹",
    "Rs": "₹",
    "Rs.": "₹",
    "CHF": "franc",
    "CNY": "yuan",
    "NOK": "krone",
    "SEK": "krona",
    "DKK": "krone",
}
_WORDS = {"dollar": "$", "buck": "$", "euro": "€", "pound": "£", "yen": "¥", "rupee": "₹"} | {
    word: word
    for word in listed(
        """crown krone krona kroner peso real rand yuan renminbi ruble rouble franc lira shekel dirham riyal
    zloty won cent penny pence baht ringgit hryvnia naira"""
    )
}
_DOLLARS_OF = {
    "us": "$",
    "american": "$",
    "australian": "A$",
    "canadian": "C$",
    "zealand": "NZ$",
    "singapore": "S$",
    "singaporean": "S$",
    "kong": "HK$",
    "taiwan": "NT$",
}
_OF_COUNTRY = re.compile(r"[\s\u00a0-]*(?:U\.?S\.?|New|Hong)?\s?([A-Za-z]*)\s?dollars?\b", re.IGNORECASE)
_STERLING = re.compile(r"\s*(?:pounds?|quid)[\s-]+sterling\b", re.IGNORECASE)
_POUNDS = re.compile(r"[\s\u00a0-]*pounds?\b", re.IGNORECASE)
_WEIGHS = re.compile(
    r"\b(?:weigh\w*|weight|heavier|lighter|gained|lost|shed|lift\w*|haul\w*|carry\w*|carried)\b[^.;]*$",
    re.IGNORECASE,
)
_OF_GOODS = re.compile(
    r"[\s-]*pounds? (?:of (?!(?:\w+ )?(?:savings?|debts?|fines?|damages?|compensation|money|cash|funding|"
    r"tax\w*|aid|investment|revenue|profits?|losses|sales|costs?|income|public|its|his|her|their|our)\b)|heavier|lighter|"
    r"overweight|in weight)",
    re.IGNORECASE,
)
_OF_BODY = re.compile(
    r"-pounds?,? (?!(?:fine|bill|deal|ticket|prize|loan|cheque|bonus|fee|grant|note|debt|contract|reward|"
    r"cost|price|house|car|budget|investment|project|scheme)\b)[a-z]",
    re.IGNORECASE,
)
"""After a number these make pounds a weight: "400 pounds of copper", "a 400-pound bear"."""
_DEGREES = re.compile(
    r"\s?°\s?(?P<sign>[CF])\b|[\s-]?degrees? (?P<word>Celsius|centigrade|Fahrenheit|C\b|F\b)",
    re.IGNORECASE,
)
_BARE_DEGREES = re.compile(r"\s?°|[\s-]?degrees?\b", re.IGNORECASE)
_PER = re.compile(
    r"[\s\u00a0]*(?P<what>km|kilomet(?:re|er)s?|miles?|m|met(?:re|er)s?|feet|foot|ft)"
    r"(?:\s?/\s?|\s(?:per|an?)\s)(?P<time>h|hr|hour|s|sec|second)\b",
    re.IGNORECASE,
)
_AREA = re.compile(
    r"[\s\u00a0-]*(?P<how>square|cubic|sq\.?)[\s-]+(?P<what>[a-z]+)|[\s\u00a0]*(?P<short>[kcm]?m)(?P<power>[²³])",
    re.IGNORECASE,
)
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
        ("length", 1.0, "metre metres meter meters m"),
        ("length", 0.001, "millimetre millimetres millimeter millimeters mm"),
        ("length", 0.01, "centimetre centimetres centimeter centimeters cm"),
        ("length", 0.3048, "foot feet ft"),
        ("length", 0.0254, "inch inches"),
        ("length", 0.9144, "yard yards"),
        ("mass", 1.0, "kg kilo kilos kilogram kilograms"),
        ("mass", 0.4536, "lb lbs"),
        ("mass", 0.001, "g gram grams gramme grammes"),
        ("mass", 1e-6, "mg milligram milligrams"),
        ("mass", 0.02835, "oz ounce ounces"),
        ("mass", 6.35, "stone"),
        ("mass", 1000.0, "ton tons tonne tonnes"),
        ("speed", 1.609, "mph"),
        ("speed", 1.0, "kph kmh"),
        ("speed", 1.852, "knot knots"),
        ("area", 10_000.0, "hectare hectares ha"),
        ("area", 4046.9, "acre acres"),
        ("volume", 1.0, "litre litres liter liters"),
        ("volume", 0.001, "ml millilitre millilitres milliliter milliliters"),
        ("volume", 3.785, "gallon gallons"),
        ("volume", 0.568, "pint pints"),
        ("volume", 158.99, "barrel barrels"),
        ("power", 1.0, "watt watts w"),
        ("power", 1e3, "kw kilowatt kilowatts"),
        ("power", 1e6, "mw megawatt megawatts"),
        ("power", 1e9, "gw gigawatt gigawatts"),
        ("energy", 1e3, "kwh"),
        ("energy", 1e6, "mwh"),
        ("energy", 1e9, "gwh"),
        ("energy", 1e12, "twh"),
        ("bytes", 1e6, "mb megabyte megabytes"),
        ("bytes", 1e9, "gb gigabyte gigabytes"),
        ("bytes", 1e12, "tb terabyte terabytes"),
    )
    for form in forms.split()
}


_AS_WRITTEN = {"w": "W", "g": "g", "ha": "ha", "mb": "MB", "gb": "GB", "tb": "TB", "mw": "MW", "m": "m"}
"""Units that are read only where they are written so: 4G is no weight."""
_BELOW_ZERO = re.compile(r"(?:(?:^|[\s(])[-−–]|\b(?:minus|negative) )$")
_BELOW_ZERO_AFTER = re.compile(r"[^.;,]{0,20}\bbelow (?:zero|freezing)\b(?! (?:\w+ )?Fahrenheit)")


def below_zero(kind: str, before: str, after: str) -> bool:
    """Say whether a temperature is below zero."""
    return kind.startswith("°") and bool(_BELOW_ZERO.search(before) or _BELOW_ZERO_AFTER.match(after))


def unit(before: str, after: str, *, fraction: bool) -> tuple[str, float]:
    """Return the kind of a number and what to multiply it by, from the words on both sides of it.

    The kind is "percent", a currency, a dimension such as "time", "length", "mass", "area" or "speed", "°C",
    "°F" or "°", or empty where none is named.
    """
    if currency := _CURRENCY_BEFORE.search(before):
        return _SIGNS.get(currency.group(1), currency.group(1)), 1.0
    if POINTS.match(after):
        return "points", 1.0
    if PERCENT.match(after) or (fraction and _A_PERCENT.match(after)):
        return "percent", 1.0
    if fraction:
        return _part(after)
    return _temperature(after) or _compound(after) or _money(before, after) or _simple(after)


def _temperature(after: str) -> tuple[str, float] | None:
    if degrees := _DEGREES.match(after):
        sign = degrees["sign"] or degrees["word"]
        return f"°{sign[0].upper()}", 1.0
    return ("°", 1.0) if _BARE_DEGREES.match(after) else None


def _money(before: str, after: str) -> tuple[str, float] | None:
    """Return which dollars or pounds a number counts; pounds may be a weight."""
    if dollars := _OF_COUNTRY.match(after):
        return _DOLLARS_OF.get(dollars[1].lower(), "$"), 1.0
    if _POUNDS.match(after) and not _STERLING.match(after):
        weighed = _OF_GOODS.match(after) or _OF_BODY.match(after) or _WEIGHS.search(before)
        return _MEASURES["lb"] if weighed else ("£", 1.0)
    return None


def _compound(after: str) -> tuple[str, float] | None:
    """Return the unit of "km/h", "square miles" and "m³"."""
    if per := _PER.match(after):
        size = _MEASURES[per["what"].lower()][1]
        return "speed", size / 1000 * (3600 if per["time"].lower().startswith("s") else 1)
    area = _AREA.match(after)
    if area is None:
        return None
    kind, size = _MEASURES.get((area["what"] or area["short"]).lower(), ("", 1.0))
    if kind != "length":
        return None
    cubic = (area["how"] or "").lower() == "cubic" or area["power"] == "³"
    return ("volume", size**3 * 1000) if cubic else ("area", size**2)


def _simple(after: str) -> tuple[str, float]:
    following = _AFTER.match(after)
    written = following.group(1) if following else ""
    word = written.lower()
    measure = _MEASURES.get(word)
    if measure and written == _AS_WRITTEN.get(word, written):
        return measure
    return _WORDS.get(word.removesuffix("s"), _WORDS.get(word, "")), 1.0


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
