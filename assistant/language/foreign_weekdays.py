"""Weekdays in questions of other languages: "am Montag", "lundi dernier", "с понедельника".

Names come from CLDR. As in English a weekday is the last one, today among them; "last Monday" is one before
today. What recurs ("le lundi", "los lunes", "jeden Montag") or is to come is no day that articles tell of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from assistant.language.locales import weekday_numbers
from assistant.language.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_DAY = timedelta(days=1)
_WEEK = 7


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around a weekday, as regular expressions; an empty one stands nowhere.

    `on` before it makes it a day, `article` may follow that or a bound. `past` says that it was before
    today, `coming` that it is to come, both before or behind it; `every` before it says that it recurs.
    `alone`: one without any such word is a day too, written in lower case.
    """

    on: str
    article: str
    past: str
    coming: str
    every: str
    alone: bool = False


_AROUND = {
    "de": _Around(
        on="am|diesen",
        article="den|dem|zum",
        past="(?:letzte|vergangene|vorige)[nm]",
        coming="(?:nächste|kommende)[nm]",
        every="jede[nm]",
    ),
    "es": _Around(
        on="el|este",
        article="el",
        past="pasado|último",
        coming="próximo|que viene",
        every="los|cada|todos los",
    ),
    "fr": _Around(
        on="ce",
        article="ce",
        past="dernier|passé",
        coming="prochain",
        every="les?|chaque|tous les",
        alone=True,
    ),
    "it": _Around(
        on="quest[oa]",
        article="il|lo|la|allo?|alla|dello?|della",
        past="scors[oa]|passat[oa]",
        coming="prossim[oa]",
        every="il|la|di|ogni|tutti i|tutte le",
        alone=True,
    ),
    "nl": _Around(
        on="op|deze",
        article="de",
        past="afgelopen|vorige|voorbije",
        coming="aanstaande|komende|volgende",
        every="elke|iedere",
        alone=True,
    ),
    "pl": _Around(
        on="we?",
        article="ten|tę|tego|tej",
        past=r"zesz\w+|ubieg\w+|minion\w+|ostatni\w*",
        coming=r"przyszł\w+|następn\w+|najbliższ\w+",
        every=r"każd\w+|co",
    ),
    "pt": _Around(
        on="n[ao]|nest[ae]",
        article="[ao]",
        past="últim[ao]|passad[ao]",
        coming="próxim[ao]|que vem",
        every="toda(?: a)?|todo(?: o)?|cada|às|aos",
    ),
    "ru": _Around(
        on="во?",
        article="этот|эту|это|этого|этой",
        past=r"прошл\w+|минувш\w+",
        coming=r"следующ\w+|будущ\w+",
        every=r"кажд\w+",
    ),
}


def foreign_weekdays(text: str, language: str, asked_on: date, bounds: str) -> Iterator[Period]:
    """Yield the days that weekdays of a question mean.

    `bounds` is the language's pattern for "since", "until" and "before", with groups of these names.
    """
    around = _AROUND[language]
    for match in _pattern(language, bounds).finditer(text):
        past = match["past"] or match["past_behind"]
        bound = match["since"] or match["until"] or match["before"]
        if match["coming"] or match["coming_behind"] or match["dated"] or (match["every"] and not past):
            continue
        is_alone = around.alone and match["day"].islower()
        if past or bound or match["on"] or is_alone:
            number = weekday_numbers(language)[match["day"].lower()]
            yield _period(match, _latest(asked_on - _DAY if past else asked_on, number), asked_on)


def _latest(day: date, number: int) -> date:
    return day - (day.weekday() - number) % _WEEK * _DAY


def _period(match: re.Match[str], day: date, asked_on: date) -> Period:
    said = match[0].strip()
    if match["since"]:
        return Period(day, asked_on, text=said)
    if match["until"]:
        return Period(None, day, text=said)
    if match["before"]:
        return Period(None, day - _DAY, text=said)
    return Period(day, day, text=said)


@cache
def _pattern(language: str, bounds: str) -> re.Pattern[str]:
    around = _AROUND[language]
    days = "|".join(sorted(weekday_numbers(language), key=len, reverse=True))
    return re.compile(
        rf"(?:\b(?:{bounds}|(?P<on>{around.on})|(?P<every>{around.every}))\s+)?"
        rf"(?:(?:{around.article})\s+)?"
        rf"(?:\b(?:(?P<past>{around.past})|(?P<coming>{around.coming}))\s+)?"
        rf"\b(?P<day>{days})\b"
        rf"(?:\s+(?:(?P<past_behind>{around.past})|(?P<coming_behind>{around.coming}))\b)?"
        r"(?P<dated>,?\s+(?:(?:den|dem|le|el|il|o|de)\s+)?\d)?",
        re.IGNORECASE,
    )
