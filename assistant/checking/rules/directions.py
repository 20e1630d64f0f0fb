"""Reverses: what the source says is done, and the statement its antonym: "upheld" for "overturned"."""

from __future__ import annotations

from functools import cache, lru_cache

from assistant.checking.rules.denials import stance
from assistant.checking.rules.phrases import phrases
from assistant.language.lexicon import REVERSE_ACTS
from assistant.language.thesaurus import antonyms, related, synonyms
from assistant.language.words import base_of, read_words


def direction_differs(statement: str, sources: tuple[str, ...]) -> tuple[str, str] | None:
    """Return a word of the statement and its antonym in the source, or None.

    None counts that a denial may reach, as in "did not overturn", or beside which the other side has a
    synonym of it too.
    """
    mine, theirs = _said(statement), [(source, _said(source)) for source in sources]
    there = frozenset[str]().union(*(said.keys() for _, said in theirs))
    for key, places in mine.items():
        opposites = _acts().get(key, frozenset()) & there
        alike = (synonyms().get(key, frozenset()) | related(key)) & there
        if not opposites or key in there or opposites & mine.keys() or alike - opposites - mine.keys():
            continue
        if _reached(statement, places):
            continue
        for source, said in theirs:
            for opposite in sorted(opposites & said.keys()):
                if not _reached(source, said[opposite]):
                    return _shown(statement, places[0], key), _shown(source, said[opposite][0], opposite)
    return None


def _shown(text: str, place: int, key: str) -> str:
    """Return a word as it stands in a text, with the particle that belongs to it."""
    return " ".join(part for part in (read_words(text)[place].text, key.partition("_")[2]) if part)


@cache
def _acts() -> dict[str, frozenset[str]]:
    """Return base forms, or verb and particle, with what says the reverse where it is said of the same."""
    found: dict[str, set[str]] = {word: set(others) for word, others in antonyms().items()}
    for word, others in REVERSE_ACTS.items():
        found.setdefault(_key(word), set()).update(_key(other) for other in others)
    return {word: frozenset(others) for word, others in found.items()}


def _key(word: str) -> str:
    verb, _, particle = word.partition("_")
    return f"{base_of(verb)}_{particle}" if particle else base_of(verb)


@lru_cache(maxsize=1_000)
def _said(text: str) -> dict[str, list[int]]:
    """Return where each base form, or phrase of a verb and a particle, stands; not to be changed."""
    joined = phrases(text)
    found: dict[str, list[int]] = {}
    for place, word in enumerate(read_words(text)):
        if word.content and not (word.capital and place):
            found.setdefault(joined.get(place, (word.base, 0))[0], []).append(place)
    return found


def _reached(text: str, places: list[int]) -> bool:
    """Say whether a denial may reach one of the places, or stands within three words before it."""
    read = stance(text)
    near = {at for place in read.denying for at in range(place - 1, place + 4)}
    return not (read.perhaps_denied | near).isdisjoint(places)
