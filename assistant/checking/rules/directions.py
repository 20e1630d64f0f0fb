"""Antonyms: the opposite of the source's word: rose for fell, before for after, won for lost."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from assistant.checking.rules.phrases import phrases
from assistant.checking.rules.polarity import stance
from assistant.language.lexicon import DENIALS, REVERSE, REVERSE_ACTS
from assistant.language.thesaurus import antonyms, related, synonyms
from assistant.language.words import base_of, read_words

_ONLY_AFTER = re.compile(r"\b(?:only (?:after|when|once)|once)\b", re.IGNORECASE)
_NEAR = 6
"""Words on either side of a verb in which it stands what is done to."""
_MOST = 20
"""Places of one verb that are held against those of another."""
_UNTIL = re.compile(r"\b(?:until|till)\b", re.IGNORECASE)


@cache
def _reverses() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for word, others in REVERSE.items():
        found.setdefault(base_of(word), set()).update(base_of(other) for other in others)
    return {word: frozenset(words) for word, words in found.items()}


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


def undoes(key: str) -> frozenset[str]:
    """Return the antonyms of a verb, or of verb and particle, that count where both have the same object."""
    return _acts().get(key, frozenset())


def reverses(base: str) -> frozenset[str]:
    """Return the antonyms of a base form; superlatives and comparatives are looked up by their adjective."""
    for ending in ("", "est", "er"):
        root = base.removesuffix(ending)
        if (ending == "" or root != base) and root in _reverses():
            others = _reverses()[root]
            return others | {other + end for other in others for end in ("er", "est")} if ending else others
    return frozenset()


def direction_differs(statement: str, sources: tuple[str, ...]) -> tuple[str, str] | None:
    """Return a word of the statement and its antonym in the source, or None."""
    theirs = {
        form: word.text
        for source in sources
        for word in read_words(source)
        if word.is_word
        for form in _forms(word.base)
    }
    mine = {word.base for word in read_words(statement) if word.is_word}
    for word in read_words(statement):
        opposites = reverses(word.base) & theirs.keys()
        if not opposites or word.base in theirs or opposites & mine:
            continue
        if (synonyms().get(word.base, frozenset()) & theirs.keys()) - opposites:
            continue
        opposite = min(opposites)
        if _denied(base=opposite, texts=sources) or _denied(base=word.base, texts=(statement,)):
            continue
        if _ONLY_AFTER.search(statement) and any(_UNTIL.search(source) for source in sources):
            continue  # what stays closed until then reopens only after it
        if opposite == "against" and "vote" in theirs:
            continue  # a vote has both sides
        return word.text, theirs[opposite]
    return _undone(statement, sources)


@lru_cache(maxsize=1_000)
def _said(text: str) -> dict[str, list[int]]:
    """Return where each base form, or phrase of a verb and a particle, stands; not to be changed."""
    joined = phrases(text)
    found: dict[str, list[int]] = {}
    for place, word in enumerate(read_words(text)):
        if word.content and not (word.capital and place):
            found.setdefault(joined.get(place, (word.base, 0))[0], []).append(place)
    return found


def _undone(statement: str, sources: tuple[str, ...]) -> tuple[str, str] | None:
    """Return what the statement and what the source says is done to the same: "upheld" and "overturned"."""
    if _ONLY_AFTER.search(statement) and any(_UNTIL.search(source) for source in sources):
        return None
    mine, theirs = _said(statement), [(source, _said(source)) for source in sources]
    there = frozenset[str]().union(*(said.keys() for _, said in theirs))
    for key, places in mine.items():
        opposites = _acts().get(key, frozenset()) & there
        alike = (synonyms().get(key, frozenset()) | related(key)) & there
        if not opposites or key in there or opposites & mine.keys() or alike - opposites - mine.keys():
            continue
        for source, said in theirs:
            for opposite in sorted(opposites & said.keys()):
                if any(
                    _of_the_same(statement, place, source, at)
                    for place in places[:_MOST]
                    for at in said[opposite][:_MOST]
                ) and not (_reached(statement, places) or _reached(source, said[opposite])):
                    return read_words(statement)[places[0]].text, read_words(source)[said[opposite][0]].text
    return None


def _reached(text: str, places: list[int]) -> bool:
    """Say whether a denial may reach one of the places."""
    if not stance(text).perhaps_denied.isdisjoint(places):
        return True
    return any(_denied(base=read_words(text)[place].base, texts=(text,)) for place in places)


def _of_the_same(statement: str, place: int, source: str, at: int) -> bool:
    """Say whether a word with content stands near both places."""
    return not _near(statement, place).isdisjoint(_near(source, at))


@lru_cache(maxsize=1_000)
def _near(text: str, place: int) -> frozenset[str]:
    words = read_words(text)
    near = words[max(0, place - _NEAR) : place] + words[place + 1 : place + 1 + _NEAR]
    return frozenset(word.base for word in near if word.content)


def _forms(base: str) -> tuple[str, ...]:
    """Return a base form and, for "cheaper" and "cheapest", what it is the degree of."""
    roots = (base.removesuffix(ending) for ending in ("est", "er"))
    return (base, *(root for root in roots if root != base and root in _reverses()))


def _denied(*, base: str, texts: tuple[str, ...]) -> bool:
    """Say whether a word stands within three words after a denial: not able says what unable says."""
    return any(base in _denied_in(text) for text in texts)


@lru_cache(maxsize=1_000)
def _denied_in(text: str) -> frozenset[str]:
    words = read_words(text)
    return frozenset(
        word.base
        for place, denial in enumerate(words)
        if denial.lower in DENIALS or denial.lower.endswith(("n't", "n’t"))
        for word in words[max(0, place - 1) : place + 4]  # "probably not" is unlikely
    )
