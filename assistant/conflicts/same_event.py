"""Same-event heuristics: shared words and names, and the days between two reports."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date  # noqa: TC003  # a field of a dataclass with slots
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.language.names import find_names
from assistant.language.numbers import numerals
from assistant.language.words import Word, read_words

if TYPE_CHECKING:
    from assistant.retrieval.found import Ranked

SHARED_WORDS = 4
"""Content words that two sentences with their titles must have in common to tell of one event."""

SHARED_SHARE = 0.3
"""The same as a share of the smaller set. Both chosen on sentences written for the purpose."""

SHARED_NAMES = 0.5
"""Share of the names in one sentence that the other's article must know too."""

MOST_DAYS = 45
"""Days between two reports of one event; later numbers tell of what has changed or of something else."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence with its article; `group` is the id of the near-duplicate group, empty without one."""

    text: str
    title: str = ""
    article: str = ""
    group: str = ""
    source: str | None = None
    published: date | None = None
    article_text: str = field(default="", repr=False)


def telling_of(item: Ranked) -> Telling:
    """Convert a ranked sentence for the comparison with others."""
    return Telling(
        text=item.sentence.text,
        title=item.article.title,
        article=item.article.id,
        group=item.group,
        source=item.article.source,
        published=item.article.published,
        article_text=item.article.text,
    )


def same_event(one: Telling, other: Telling) -> bool:
    """Say whether two sentences of different reports are about the same event, by words and dates."""
    if one.article == other.article or (one.group and one.group == other.group):
        return False
    if one.published and other.published and abs((one.published - other.published).days) > MOST_DAYS:
        return False
    first, second = _context(one.text, one.title), _context(other.text, other.title)
    shared = first & second
    return len(shared) >= SHARED_WORDS and len(shared) >= SHARED_SHARE * min(len(first), len(second))


def same_names(one: Telling, other: Telling) -> bool:
    """Say whether each article has most names of the other's sentence; the slow part: reads both articles."""
    shares = (_known(one, other), _known(other, one))
    # A name on each side that the other doesn't know: two matches, two towns.
    return min(shares) >= SHARED_NAMES and max(shares) == 1.0


@lru_cache(maxsize=1_000)
def topic_words(text: str) -> tuple[Word, ...]:
    """Return the content words of a text without its numbers."""
    spans = [(numeral.start, numeral.end) for numeral in numerals(text)]
    return tuple(
        word
        for word in read_words(text)
        if word.content and not any(start <= word.start < end for start, end in spans)
    )


@lru_cache(maxsize=500)
def _context(text: str, title: str) -> frozenset[str]:
    return frozenset(word.base for part in (text, title) for word in topic_words(part))


def _known(teller: Telling, other: Telling) -> float:
    """Return the share of the names in the sentence that the other's article has; 1 where it has none."""
    telling = {word.start for word in topic_words(teller.text)}  # "Nine people" names nobody
    named = [word.lower for name in find_names(teller.text) for word in name.words if word.start in telling]
    if not named:
        return 1.0
    there = _words(other.article_text or f"{other.title} {other.text}")
    return sum(word in there or word.removesuffix("'s").removesuffix("’s") in there for word in named) / len(
        named
    )


@lru_cache(maxsize=64)
def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text.lower()))
