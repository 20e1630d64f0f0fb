"""Semantic roles: the verbs of a sentence with their agents and objects."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from assistant.language.demonyms import HOMES
from assistant.language.lexicon import FUNCTION_WORDS, IRREGULAR, PERSON_TITLES, UMBRELLA, listed
from assistant.language.numbers import MAGNITUDES, NUMBER_WORDS
from assistant.language.synonyms import synonyms
from assistant.language.words import Word, base_forms, base_of, read_words

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
_PREPOSITIONS = frozenset(
    listed("in on at by for with from beside near to under over after before during since until")
)
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


@dataclass(frozen=True, slots=True)
class Action:
    """A verb with the base forms of its agents and of its objects.

    `unsure`: the doer is a pronoun or not named. `either`: the form may be active or passive, as in
    "a ladder built in May".
    """

    verb: str
    text: str
    doers: frozenset[str]
    done_to: frozenset[str]
    unsure: bool
    doer_text: str
    either: bool
    named: frozenset[str]


@lru_cache(maxsize=2_000)
def actions(text: str) -> tuple[Action, ...]:
    """Return the verbs of a text with their agents and objects, in reading order."""
    words = read_words(text)
    return tuple(_event(text, words, place) for place in range(len(words)) if _is_verb(words, place))


@lru_cache(maxsize=2_000)
def actions_by_verb(text: str) -> dict[str, list[Action]]:
    """Return the events of a text by the base form of the verb; not to be changed."""
    found: dict[str, list[Action]] = {}
    for event in actions(text):
        found.setdefault(event.verb, []).append(event)
    return found


def same_verb(sources: tuple[str, ...], verb: str) -> list[Action]:
    """Return the events of all sources that have a verb."""
    return [event for source in sources for event in actions_by_verb(source).get(verb, ())]


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


def _event(text: str, words: tuple[Word, ...], place: int) -> Action:
    lower, previous = words[place].lower, words[place - 1].lower
    due = previous == "to" and place > 1 and words[place - 2].lower in _BE  # "the county is to build"
    passive = any(word.lower in _BE for word in words[max(0, place - 2) : place]) and not (
        previous == "to" or lower.endswith("ing")
    )
    before, after = _back(words, place), _forth(words, place)
    following = words[place + 1].lower if place + 1 < len(words) else "."
    passive = passive or following == "by"
    if passive:
        agent = next(
            (at for at in range(place + 1, min(len(words), place + _REACH)) if words[at].lower == "by"), None
        )
        doers, done_to = (
            (
                _forth(words, agent)
                if agent is not None and words[agent].clause <= words[place].clause + 1
                else []
            ),
            before,
        )
    else:
        doers, done_to = before, after
    unsure = all(word.lower in _PRONOUNS for word in doers) or (previous == "to" and not due)
    third_person = lower.endswith("s") and not lower.endswith("ss")
    either = not (passive or third_person) and (following in _PREPOSITIONS or not following[0].isalnum())
    shown = text[doers[0].start : doers[-1].end] if doers else ""
    return Action(
        words[place].base,
        words[place].text,
        _strong(doers),
        _strong(done_to),
        unsure,
        shown,
        either,
        _named(doers),
    )


def _strong(words: list[Word]) -> frozenset[str]:
    """Return the base forms that carry content; numbers tell nobody who is meant."""
    return frozenset(
        word.base
        for word in words
        if not (word.lower in FUNCTION_WORDS or word.text[0].isdigit() or word.lower in MAGNITUDES)
    )


def _named(words: list[Word]) -> frozenset[str]:
    return frozenset(
        word.lower.replace(".", "")
        for word in words
        if word.capital and word.start and word.lower.rstrip(".") not in PERSON_TITLES
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


@lru_cache(maxsize=2_000)
def _forms(text: str) -> frozenset[str]:
    return frozenset(form for word in read_words(text) for form in (word.base, word.lower.replace(".", "")))


def _replaced(mine: Action, other: Action, present: frozenset[str]) -> bool:
    """Say whether the doer is a thing of which the source says nothing: "the tunnel" for "the bridge"."""
    if mine.either or other.either or other.unsure or mine.named or other.named or not other.doers:
        return False
    if mine.doers & present or mine.doers & base_forms(UMBRELLA):
        return False
    alike = {form for word in mine.doers for form in synonyms().get(word, frozenset())}
    return not alike & present and bool(mine.done_to & other.done_to)


def _takes_object(words: tuple[Word, ...], place: int) -> bool:
    """Say whether what follows may be what is done to: a name, a number or an article."""
    following = words[place + 1] if place + 1 < len(words) else None
    return following is not None and (
        following.capital or following.text[0].isdigit() or following.lower in _AFTER_VERB
    )


def _apart(mine: Action, other: Action, present: frozenset[str]) -> bool:
    """Say whether two events of one verb have certainly different doers."""
    theirs = other.doers | other.done_to if mine.either or other.either else other.doers
    if mine.named and other.named and not (mine.either or other.either) and _strangers(mine, other):
        return mine.named <= present
    if mine.doers & theirs or any(synonyms().get(word, frozenset()) & theirs for word in mine.doers):
        return False
    if mine.doers <= other.done_to:
        return True
    if other.doers and not (other.unsure or mine.either or other.either) and _suffers(mine, other):
        return True
    return not other.unsure and bool(other.doers) and mine.doers <= present


def _suffers(mine: Action, other: Action) -> bool:
    """Say whether a name that does it here is one that it is done to there: "City beat" for "beat City".

    Only where a name does it there: "the niece sued Donald Trump" may be said of Mary Trump.
    """
    named = other.doer_text[:1].isupper()
    return named and any(base_of(name) in other.done_to for name in mine.named)


def _strangers(mine: Action, other: Action) -> bool:
    """Say whether no name of one event is one of the other's, in any form."""
    alike = {form for name in mine.named for form in HOMES.get(name, frozenset())} | mine.named
    return not alike & other.named


def doers_of(text: str, base: str) -> frozenset[str]:
    """Return all who do what a verb says in a text."""
    return frozenset(doer for event in same_verb((text,), base) for doer in event.doers)
