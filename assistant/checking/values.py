"""A statement with the values of its sources in the words of these, so that a model need not reckon.

Dates and numbers are compared as values by rules; the model that reads the rest knows neither that Tuesday
was the 7th nor that 1,200 is about 1,196.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.checking.rules.numbers import MEASURES, derived, fits, undated_quantities
from assistant.language.date_steps import stepped_dates
from assistant.language.dates import agrees, dates
from assistant.language.quantities import NumberBound

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from assistant.language.quantities import Quantity

Change = tuple[int, int, str]

SOME = "some"
"""What is read for a number that can be computed from those of the sources."""
_UNIT = re.compile(r"\s?°?[^\W\d_]+")


def in_their_words(statement: str, sources: Sequence[str], published: date | None) -> str:
    """Return the statement with each date and number that the sources have in another form in that form.

    What only bounds a number of theirs ("more than 40" for 43) stays as it is: it can be read.
    """
    changes = [*_dates(statement, sources, published), *_numbers(statement, sources, published)]
    for start, end, text in sorted(changes, reverse=True):
        statement = statement[:start] + text + statement[end:]
    return statement


def _dates(statement: str, sources: Sequence[str], published: date | None) -> Iterator[Change]:
    """Yield the dates with what opens them: "last Monday" is "on 29 April"."""
    theirs = [(when, text[when.opens : when.end]) for text in sources for when in dates(text, published)]
    theirs += [(when, when.text) for text in sources for when in stepped_dates(text, published)]
    for stated in dates(statement, published):
        same = [written for when, written in theirs if agrees(stated, when)]
        if same and statement[stated.opens : stated.end] not in same:
            yield stated.opens, stated.end, same[0]


def _numbers(statement: str, sources: Sequence[str], published: date | None) -> Iterator[Change]:
    theirs = [(each, text) for text in sources for each in undated_quantities(text, published)]
    for stated in undated_quantities(statement, published):
        if stated.bound not in {NumberBound.EXACT, NumberBound.ABOUT}:
            continue
        start, end = _span(stated, statement)
        same = [text[slice(*_span(each, text))] for each, text in theirs if fits(stated, each)]
        if same and statement[start:end] not in same:
            yield start, end, same[0]
        elif not same and derived(statement, stated, [each for each, _ in theirs], sources):
            yield start, end, SOME


def _span(quantity: Quantity, text: str) -> tuple[int, int]:
    """Return where a number stands, with the word of its unit where it measures something."""
    start, end = quantity.numeral.start, quantity.numeral.end
    found = _UNIT.match(text, end) if quantity.kind in MEASURES else None
    return start, found.end() if found else end
