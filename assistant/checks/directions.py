"""Words that say the reverse of the source: rose for fell, before for after, won for lost."""

from __future__ import annotations

from functools import cache

from assistant.checks.lexicon import REVERSE, SAME
from assistant.checks.wording import base_of, read


@cache
def synonyms() -> dict[str, frozenset[str]]:
    """Return each base form with those that may stand for it."""
    found: dict[str, set[str]] = {}
    for group in SAME:
        stemmed = {base_of(word) for word in group}
        for word in stemmed:
            found.setdefault(word, set()).update(stemmed)
    return {word: frozenset(words) for word, words in found.items()}


@cache
def _reverses() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for word, others in REVERSE.items():
        found.setdefault(base_of(word), set()).update(base_of(other) for other in others)
    return {word: frozenset(words) for word, words in found.items()}


def reverses(base: str) -> frozenset[str]:
    """Return the base forms that say the reverse of one."""
    return _reverses().get(base, frozenset())


def turned(statement: str, sources: tuple[str, ...]) -> tuple[str, str] | None:
    """Return a word of the statement and the word of the source that says the reverse, None where there is none."""
    theirs = {word.base: word.text for source in sources for word in read(source) if word.is_word}
    mine = {word.base for word in read(statement) if word.is_word}
    for word in read(statement):
        opposites = reverses(word.base) & theirs.keys()
        if not opposites or word.base in theirs or opposites & mine:
            continue
        if synonyms().get(word.base, frozenset()) & theirs.keys() - opposites:
            continue
        return word.text, theirs[min(opposites)]
    return None
