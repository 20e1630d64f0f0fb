"""A noun exchanged for another in the same context: "a leaking pipe" for "a leaking valve".

The words around have to be the same. Verbs are left alone: too many of them say the same without being
relatives in the thesaurus.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.language.lexicon import FUNCTION_WORDS, UMBRELLA
from assistant.language.speech import SAYING
from assistant.language.synonyms import synonyms
from assistant.language.thesaurus import common_noun, related
from assistant.language.words import base_forms, bases, read_words

if TYPE_CHECKING:
    from assistant.language.words import Word

NEIGHBOURS = 2
"""Words on either side that are compared."""
ENOUGH = 2
"""Words around that carry content and have to be the same."""
_ARTICLES = frozenset({"a", "an", "the"})
_STEM = 4
"""Letters that words of one family share."""


@lru_cache(maxsize=2_000)
def _plain(text: str) -> tuple[Word, ...]:
    return tuple(word for word in read_words(text) if word.is_word and word.lower not in _ARTICLES)


def noun_differs(statement: str, sources: tuple[str, ...]) -> tuple[str, str] | None:
    """Return a noun of the statement and the source's in its place, where they certainly mean two things."""
    theirs = frozenset[str]().union(*map(bases, sources))
    wider = frozenset[str]().union(*map(_wider, sources))
    begun = {base[:_STEM] for base in theirs if len(base) >= _STEM}
    mine, words = bases(statement), _plain(statement)
    for place, word in enumerate(words[1:-1], start=1):
        if not _tells(word) or word.base in theirs or word.base in base_forms(UMBRELLA):
            continue
        alike = synonyms().get(word.base, frozenset()) | related(word.base)
        if word.base[:_STEM] in begun or word.base in wider or not theirs.isdisjoint(alike):
            continue
        between = words[place - 1].base, words[place + 1].base
        for source in sources:
            others = _plain(source)
            for at in _between(source).get(between, ()):
                new = _tells(others[at]) and others[at].base not in mine
                if new and _same_around(words, place, others, at):
                    return word.text, others[at].text
    return None


@lru_cache(maxsize=1_000)
def _between(text: str) -> dict[tuple[str, str], list[int]]:
    """Return where a word stands between two base forms, for each two; not to be changed."""
    words = _plain(text)
    found: dict[tuple[str, str], list[int]] = {}
    for place in range(1, len(words) - 1):
        found.setdefault((words[place - 1].base, words[place + 1].base), []).append(place)
    return found


def _tells(word: Word) -> bool:
    return (
        word.content
        and word.text.isalpha()
        and not word.capital
        and word.lower not in SAYING
        and not word.lower.endswith("ly")
        and common_noun(word.base)
    )


@lru_cache(maxsize=1_000)
def _wider(text: str) -> frozenset[str]:
    """Return what may stand for a word of a text."""
    return frozenset(other for base in bases(text) for other in related(base))


def _same_around(words: tuple[Word, ...], place: int, others: tuple[Word, ...], at: int) -> bool:
    """Say whether the words on both sides are the same, enough of them with content."""
    before = _run(words[max(0, place - NEIGHBOURS) : place][::-1], others[max(0, at - NEIGHBOURS) : at][::-1])
    after = _run(words[place + 1 : place + 1 + NEIGHBOURS], others[at + 1 : at + 1 + NEIGHBOURS])
    if not before or not after:
        return False
    return sum(word.lower not in FUNCTION_WORDS for word in (*before, *after)) >= ENOUGH


def _run(mine: tuple[Word, ...], theirs: tuple[Word, ...]) -> list[Word]:
    found = []
    for word, other in zip(mine, theirs, strict=False):
        if word.base != other.base:
            break
        found.append(word)
    return found
