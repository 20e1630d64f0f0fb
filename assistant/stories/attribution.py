"""Who speaks in a sentence, as the article names them: in full where only their surname stands there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.language.genders import pronoun_of_first_name
from assistant.language.lexicon import FUNCTION_WORDS, PERSON_TITLES, listed
from assistant.language.names import find_names
from assistant.language.patterns import QUOTATION
from assistant.language.pronouns import referent
from assistant.language.speech import speakers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.language.names import Name
    from assistant.language.speech import Speaker

VERBS = frozenset(
    listed(
        """said says told tells announced added noted tweeted posted wrote testified argued insisted warned
    denied claimed acknowledged admitted replied responded explained stressed confirmed stated recalled
    reported declared"""
    )
) | {"according to"}
"""Verbs with which somebody's words are told, not what they believe."""
LONGEST_SPEAKER = 9  # words; more are a clause that was taken for a speaker
READ_BACK = 40  # sentences before it in which a full name is looked for

_OWN_WORDS = re.compile(r"[“\"]([^”\"“]{2,})[”\"]")
_NOBODY = re.compile(
    r"\b(?:who|which|that|it|they|we|i|you|one|some|many|others?|there|report|reports)\b", re.IGNORECASE
)
_OPENS = re.compile(r"^(?:[A-Z]|(?:the|an?|his|her|their|its|one|two|three|several|a spokes\w+)\b)|^[a-z]+s$")
_NOT_SAID = re.compile(r"\b(?:not|never)\b|n['’]t\b")
_PREPOSITION = re.compile(r"\b(?:in|of|at|from|for|near|with|by)(?: the)?\s*$")
_DESCRIBES = re.compile(r"\s+(?!(?:and|who|of|in|at|on|for|also|later|has|had|have|first)\b)[a-z]")
_JOINED = re.compile(r"\b(?:and|or)\s*$")
_ON_A_DAY = re.compile(r" on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$")
_COURT = re.compile(r"\b(?:judge|court|justice)s?\b", re.IGNORECASE)
_PARTY = frozenset(("republican", "democrat", "republicans", "democrats", "native", "lawmaker"))
"""What ends a description that stands for somebody named before: "the Long Island Republican"."""
_NO_ROLE = frozenset(("first", "also", "later", "monday", "tuesday", "wednesday", "thursday", "friday"))
_ARTICLES = ("The ", "A ", "An ")
_POSSESSIVE = re.compile(r"['’]s?$")
FULL = 2


@dataclass(frozen=True, slots=True)
class Spoken:
    """Who speaks, what the sentence calls them besides, and where their own words stand in it."""

    speaker: str
    role: str | None
    words: tuple[tuple[int, int], ...]


def spoken_in(text: str, before: Sequence[str]) -> Spoken | None:
    """Return who speaks in a sentence; None where nobody does, or it can't be told who.

    `before` are the sentences of the article in front of it, in reading order.
    """
    bare = QUOTATION.sub(_blanked, text)
    found = next((each for each in speakers(bare) if each.verb in VERBS), None)
    if found is None:
        return None
    words = tuple((match.start(1), match.end(1)) for match in _OWN_WORDS.finditer(text))
    if found.pronoun:
        who = referent(text, before)
        return Spoken(who, None, words) if who else None
    named = _named(found, bare, before)
    return Spoken(*named, words) if named else None


def _blanked(found: re.Match[str]) -> str:
    """Leave the marks of a quotation with their commas, so that the verb behind is seen as one of saying."""
    inside = found[0]
    end = inside[-2:] if len(inside) > FULL and inside[-2] in ",.?!" else inside[-1]
    return inside[0] + " " * (len(inside) - 1 - len(end)) + end


def _named(speaker: Speaker, text: str, before: Sequence[str]) -> tuple[str, str | None] | None:
    """Return name and role, or the words for who has no name."""
    said = _ON_A_DAY.sub("", " ".join(speaker.text.split()).strip(" ,"))
    if not said or len(said.split()) > LONGEST_SPEAKER or _is_no_saying(speaker, said):
        return None
    names = [name for name in find_names(text) if _within(name, speaker)]
    if not names:
        is_one = _OPENS.match(said) and not _NOBODY.search(said)
        return (said, None) if is_one and not _JOINED.search(text[: speaker.start]) else None
    person = next((known for at in range(len(names)) if (known := _person(_hyphened(names, text, at)))), None)
    if speaker.verb == "according to" and not person and not said.startswith(names[0].text):
        return (said, None) if _OPENS.match(said) else None  # "according to a report of the bank"
    name = person or _untitled(_hyphened(names, text, len(names) - 1))
    before_name, _, behind = said.partition(name)
    if not person and _DESCRIBES.match(behind):
        return said, None  # "the Turkish state broadcaster"
    if (
        not name
        or name.rstrip(".").lower() in PERSON_TITLES
        or name.split()[-1].lower() in _PARTY
        or (not person and _PREPOSITION.search(before_name))
    ):
        return None  # "Ann Lee, a doctor in Nashville, said": what stands by the verb is no speaker
    return _in_full(_POSSESSIVE.sub("", name), before), _role(before_name) or _role(behind)


def _is_no_saying(speaker: Speaker, said: str) -> bool:
    """Say whether nothing is said: "has not said", "a judge denied the motion"."""
    return bool(_NOT_SAID.search(said) or (speaker.verb == "denied" and _COURT.search(said)))


def _hyphened(names: Sequence[Name], text: str, at: int) -> str:
    """Return a name, with those that are joined to it by hyphens."""
    first = last = at
    while first and text[names[first - 1].end : names[first].start] == "-":
        first -= 1
    while last + 1 < len(names) and text[names[last].end : names[last + 1].start] == "-":
        last += 1
    return text[names[first].start : names[last].end]


def _person(name: str) -> str | None:
    """Return a name from its first name on: "Speaker Kevin McCarthy" is Kevin McCarthy."""
    words = name.split()
    firsts = (at for at, word in enumerate(words[:-1]) if pronoun_of_first_name(word))
    titled = [at + 1 for at, word in enumerate(words[:-FULL]) if word.rstrip(".").lower() in PERSON_TITLES]
    at = next(firsts, titled[-1] if titled else None)
    return None if at is None else " ".join(words[at:])


def _untitled(name: str) -> str:
    """Return a name without "Mr", "Though" and the like before it."""
    words = name.split()
    while len(words) > 1 and words[0].rstrip(".").lower() in PERSON_TITLES | FUNCTION_WORDS:
        del words[0]
    return " ".join(words)


def _role(words: str) -> str | None:
    """Return what somebody is, by the words beside the name, if these say it."""
    role = " ".join(words.strip(" ,").split())
    role = role[0].lower() + role[1:] if role.startswith(_ARTICLES) else role  # it began a sentence
    plain = [word for word in role.lower().split() if word not in FUNCTION_WORDS | _NO_ROLE]
    return (
        role
        if plain and role.split()[0] not in {"of", "in", "at", "from", "for"} and re.search(r"[a-z]{3}", role)
        else None
    )


def _within(name: Name, speaker: Speaker) -> bool:
    return bool(name.words) and speaker.start <= name.words[0].start < speaker.start + len(speaker.text)


def _in_full(name: str, before: Sequence[str]) -> str:
    """Return the full name of who is called by a surname, from further up; the surname if there are two."""
    if " " in name:
        return name
    longer = {
        " ".join(word.text for word in other.words[-FULL:])
        for sentence in before[-READ_BACK:]
        for other in find_names(sentence)
        if len(other.words) >= FULL
        and _POSSESSIVE.sub("", other.words[-1].text) == name
        and (other.words[-FULL].start or pronoun_of_first_name(other.words[-FULL].text))
    }
    people = {_POSSESSIVE.sub("", each) for each in longer}
    known = {each for each in people if _person(each)} or people  # "Embattled Santos" is no name
    return known.pop() if len(known) == 1 else name
