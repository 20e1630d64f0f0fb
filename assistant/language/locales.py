"""babel: names of months, weekdays and languages, and forms of numbers, as Unicode's CLDR has them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assistant.language.calendar_words import written_date
from ingest import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

READ = ("de", "es", "fr", "it", "nl", "pl", "pt", "ru")
"""Languages whose dates and numbers are read."""

_LOCATIVE = {"ru": {"я": "е", "а": "е"}, "pl": {"a": "u", "lutego": "lutym"}}
"""How the genitive that CLDR has ends after "in": в марте, w marcu; February is an adjective in Polish."""
_WEEKDAY_CASES = {
    "ru": (("а$", "у"), ("а$", "ы"), ("е$", "я"), ("([кгр])$", r"\1а")),
    "pl": (("a$", "ę"), ("la$", "li"), ("([^l])a$", r"\1y"), ("ek$", "ku")),
}
"""How the accusative and the genitive end, which stand behind "on", "since" and "until"."""


@cache
def month_numbers(language: str) -> Mapping[str, int]:
    """Map the names of months, in lower case and every form after a preposition or a day, to 1 to 12."""
    from babel import Locale

    names: dict[str, int] = {}
    months = Locale(language).months
    for form in ("format", "stand-alone"):
        for number, name in months[form]["wide"].items():
            names[name.lower()] = number
    for name, number in list(names.items()):
        for ending, locative in _LOCATIVE.get(language, {}).items():
            if name.endswith(ending):
                names[name.removesuffix(ending) + locative] = number
    return names


@cache
def weekday_names(language: str) -> frozenset[str]:
    """Return the names of weekdays in lower case, in the accusative too, which stands behind "on"."""
    from babel import Locale

    days = Locale(language).days
    names = {name.lower() for form in ("format", "stand-alone") for name in days[form]["wide"].values()}
    return frozenset(
        names | {re.sub(r"[аa]$", {"ru": "у", "pl": "ę"}.get(language, "a"), name) for name in names}
    )


@cache
def weekday_numbers(language: str) -> Mapping[str, int]:
    """Map the names of weekdays, in lower case, to 0 for Monday to 6; also their accusative and genitive."""
    from babel import Locale

    names: dict[str, int] = {}
    for number, name in Locale(language).days["format"]["wide"].items():
        forms = [name.lower()]
        forms += [
            re.sub(ending, other, forms[0])
            for ending, other in _WEEKDAY_CASES.get(language, ())
            if re.search(ending, forms[0])
        ]
        names |= dict.fromkeys(forms, number)
    return names


@cache
def language_names(language: str) -> Mapping[str, str]:
    """Map the English names of the languages that articles are told to be in to their names in a language."""
    from babel import Locale

    names = Locale(language).languages
    return {english: names[code] for code, english in LANGUAGES.items() if code in names}


def day_in_words(day: date, language: str) -> str:
    """Write a day out as a language does: 4. Mai 2026; 4 May 2026 in English and where it isn't known."""
    if language not in READ:
        return written_date(day)
    from babel.dates import format_date

    return format_date(day, "long", locale=language)


@cache
def number_signs(language: str) -> tuple[str, str]:
    """Return the sign before decimals and the sign between thousands; a space stands for any space."""
    from babel import Locale

    symbols = Locale(language).number_symbols["latn"]
    group = symbols["group"]
    return symbols["decimal"], " " if group.isspace() else group
