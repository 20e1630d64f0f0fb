"""Questions in sources: what is only asked, in a headline or a sentence, is not said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.language.lexicon import listed
from assistant.language.words import read_words

if TYPE_CHECKING:
    from collections.abc import Sequence

_ASKED = re.compile(r"[^.!?]*\?[”\"’')\]]*")
_OPENERS = frozenset(
    listed("is are was were am do does did has have had can could will would shall should may might must")
)
_ASKING = frozenset(listed("who whom whose what which when where why how"))
_OF_ASKING = re.compile(r"\b(?:ask|question|wonder|whether|if|debat|discuss|doubt|unclear)", re.IGNORECASE)
_FIRST = 3
"""Words among which a question begins that is answered by yes or no: "But, then, is it safe?"."""


def without_questions(title: str) -> str:
    """Return what a title says besides what it asks: of "Is it safe? What we know" the last three words."""
    return _ASKED.sub("", title).strip()


def only_asked(statement: str, sources: Sequence[str]) -> bool:
    """Say whether a statement rests on questions alone that are answered by yes or no."""
    if "?" in statement or _OF_ASKING.search(statement):
        return False
    return bool(sources) and all(_is_yes_or_no(text) for text in sources)


def _is_yes_or_no(text: str) -> bool:
    if not _ASKED.fullmatch(text.strip()):
        return False
    first = [word.lower.replace("’", "'") for word in read_words(text) if word.is_word][:_FIRST]
    begins = (word.removesuffix("n't") in _OPENERS for word in first)
    return any(begins) and _ASKING.isdisjoint(first)
