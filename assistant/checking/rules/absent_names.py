"""Names of a statement that its sources don't have, in any form of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.language.dates import dates
from assistant.language.names import SourceWords, find_names, missing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from assistant.language.names import Name


def absent_names(
    statement: str, texts: tuple[str, ...], published: date | None
) -> Iterator[tuple[Name, tuple[str, ...]]]:
    """Yield each name that the texts lack, with those of its words that they lack; a feast is a date."""
    known = SourceWords.of(*texts)
    days = [range(when.start, when.end) for when in dates(statement, published)]
    for name in find_names(statement):
        if not any(name.start in day for day in days) and (lacking := missing(name, known)):
            yield name, tuple(lacking)
