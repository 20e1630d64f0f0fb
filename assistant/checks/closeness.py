"""How closely a sentence says what a statement says: in its words, in their order, of the same days."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.checks.relations import shared_links

if TYPE_CHECKING:
    from datetime import date

CLOSE = 0.3
"""Share of a statement's links (neighbouring words) that a sentence has that says the same in its own words.

Of what a model of 135 million parameters wrote without naming a sentence, and what the score alone took for
certain, nearly all that was wrong lay below: words of the question put around those of a sentence.
"""
STILL_SO = 31
"""Days for which what an article calls new or current may be so called."""

_NOW = re.compile(
    r"^(?:Currently|Now|Today|Recently|Lately|Presently)\b|\b(?:current(?:ly)?|now|today|tonight|present(?:ly)?|recent(?:ly)?|lately|latest|new(?:est|ly)?|upcoming|just|"
    r"soon|th(?:is|ese) (?:morning|evening|week|weekend|month|spring|summer|autumn|fall|winter|year|days)|"
    r"(?:next|last) (?:week|month|year)|yesterday|tomorrow)\b"
)


def close(statement: str, sentence: str) -> bool:
    """Say whether a sentence has the words of a statement in their order, or nearly."""
    return shared_links(statement, [sentence]) >= CLOSE


def outdated(statement: str, published: date | None, asked_on: date | None) -> bool:
    """Say whether a statement tells what is so now, for which an article is too old."""
    if published is None or asked_on is None or not _NOW.search(statement):
        return False
    return (asked_on - published).days > STILL_SO
