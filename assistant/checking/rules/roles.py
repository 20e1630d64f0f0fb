"""Semantic roles: who does what the verbs of a sentence say."""

from __future__ import annotations

from functools import lru_cache

from assistant.language.lexicon import FUNCTION_WORDS, IRREGULAR, listed
from assistant.language.numbers import MAGNITUDES, NUMBER_WORDS
from assistant.language.words import Word, read_words

_BE = frozenset(listed("is are was were be been being get got gets"))
_BEFORE_VERB = frozenset(
    listed(
        "will would can could may might shall should must did does do to not never has have had also then "
        "later now"
    )
) | {"n't"}
_AFTER_VERB = frozenset(listed("to the a an that his her its their in on with for"))
_STEPPED_OVER = frozenset(listed("who which that"))
_RELATIVE = frozenset(listed("who which whose where whom"))
_STOPS = frozenset(
    listed("and but or because while when after before although though if as than by where whose")
)
_PRONOUNS = frozenset(listed("he she it they we i you him her them"))
_NO_VERB = frozenset(
    listed(
        "based alleged united so-called red hundred need indeed towards besides always perhaps sometimes "
        "thus plus news"
    )
)
_UNCHANGED = frozenset(listed("beat hit cut put set cost hurt shut"))
"""Verbs whose past is written as their present."""
_MOST = 8
_REACH = 16


@lru_cache(maxsize=2_000)
def _doers(text: str) -> dict[str, frozenset[str]]:
    """Return by the base form of each verb of a text those of its agents; not to be changed."""
    words = read_words(text)
    found: dict[str, frozenset[str]] = {}
    for place, word in enumerate(words):
        if _is_verb(words, place):
            found[word.base] = found.get(word.base, frozenset()) | _agents(words, place)
    return found


def doers_of(text: str, base: str) -> frozenset[str]:
    """Return all who do what a verb says in a text."""
    return _doers(text).get(base, frozenset())


def _is_verb(words: tuple[Word, ...], place: int) -> bool:
    word = words[place]
    lower = word.lower
    if (
        not word.is_word
        or (word.capital and place > 0)
        or lower in FUNCTION_WORDS
        or lower in _NO_VERB
        or place == 0
        or lower.endswith("ing")
    ):
        return False
    before = words[place - 1].lower
    past = lower.endswith("ed") or (lower in IRREGULAR and IRREGULAR[lower] != lower)
    if lower in _UNCHANGED and before not in FUNCTION_WORDS:
        return _takes_object(words, place)
    if past:
        return before not in {"the", "a", "an", "of", "his", "her", "its", "their", "newly"}
    if before in _BEFORE_VERB or before.endswith(("n't", "n’t")):
        return not lower.endswith("s")
    if words[place - 1].text[0].isdigit() or words[place - 1].lower in NUMBER_WORDS:
        return False  # "five months in"
    following = words[place + 1].lower if place + 1 < len(words) else ""
    return (
        lower.endswith("s")
        and not lower.endswith("ss")
        and words[place - 1].is_word
        and following in _AFTER_VERB
        and before not in FUNCTION_WORDS
    )


def _agents(words: tuple[Word, ...], place: int) -> frozenset[str]:
    """Return the base forms of who does what the verb at a place says; numbers tell nobody who is meant."""
    lower, previous = words[place].lower, words[place - 1].lower
    passive = any(word.lower in _BE for word in words[max(0, place - 2) : place]) and not (
        previous == "to" or lower.endswith("ing")
    )
    following = words[place + 1].lower if place + 1 < len(words) else "."
    if passive or following == "by":
        near = range(place + 1, min(len(words), place + _REACH))
        by = next((at for at in near if words[at].lower == "by"), None)
        near_enough = by is not None and words[by].clause <= words[place].clause + 1
        agents = _forth(words, by) if by is not None and near_enough else []
    else:
        agents = _back(words, place)
    return frozenset(
        word.base
        for word in agents
        if not (word.lower in FUNCTION_WORDS or word.text[0].isdigit() or word.lower in MAGNITUDES)
    )


def _back(words: tuple[Word, ...], place: int) -> list[Word]:
    """Return the words of the subject before a verb; appositions and relative pronouns are stepped over."""
    if words[place - 1].lower in _PRONOUNS:
        return [words[place - 1]]
    found: list[Word] = []
    aside = False
    at = place - 1
    while at >= 0 and place - at < _REACH and len(found) < _MOST:
        word = words[at]
        if word.text == "," and not found and not aside and (before := _before_relative(words, at)):
            at = before
            continue
        if word.text == "," and (not found or aside):
            aside = not aside  # what stands between two commas before a verb tells who the subject is
            at -= 1
            continue
        if word.lower in _STEPPED_OVER and not found:
            at -= 2 if at and words[at - 1].text == "," else 1
            continue
        if (
            (not word.is_word and word.text not in {"-", "’", "'", "."})
            or word.lower in _STOPS
            or word.lower in _STEPPED_OVER
        ):
            break
        if found and _is_verb(words, at):
            break
        if (
            word.is_word
            and (word.lower not in FUNCTION_WORDS or word.lower in _PRONOUNS)
            and not word.lower.endswith("ly")
        ):
            found.insert(0, word)
        at -= 1
    return found


def _before_relative(words: tuple[Word, ...], end: int) -> int | None:
    """Return the place before ", who has sailed for years," that ends here: it says nothing of who acts."""
    for at in range(end - 1, max(0, end - _REACH), -1):
        if words[at].text == ",":
            return at - 1 if words[at + 1].lower in _RELATIVE else None
    return None


def _forth(words: tuple[Word, ...], place: int) -> list[Word]:
    found: list[Word] = []
    for at in range(place + 1, min(len(words), place + _REACH)):
        word = words[at]
        if (
            (not word.is_word and word.text not in {"-", "’", "'", "."})
            or word.lower in _STOPS
            or word.lower in _STEPPED_OVER
            or len(found) >= _MOST
        ):
            break
        if word.is_word and word.lower not in FUNCTION_WORDS:
            found.append(word)
    return found


def _takes_object(words: tuple[Word, ...], place: int) -> bool:
    """Say whether what follows may be what is done to: a name, a number or an article."""
    following = words[place + 1] if place + 1 < len(words) else None
    return following is not None and (
        following.capital or following.text[0].isdigit() or following.lower in _AFTER_VERB
    )
