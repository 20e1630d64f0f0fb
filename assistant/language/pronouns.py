"""Coreference: whom "he" or "she" in a quotation means, by the sentences before it; nobody if ambiguous."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.language.genders import OTHER_PEOPLE, pronoun_of_first_name, pronouns_told
from assistant.language.lexicon import HOMES
from assistant.language.names import find_names
from ingest import split_sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.language.names import Name

LOOKED_BACK = 2
"""Sentences before the quotation in which the person is looked for."""

READ_BACK = 2_500
"""Characters before the quotation in which a surname's full name is looked for."""

_PRONOUN = re.compile(r"\b(he|she)\b", re.IGNORECASE)
_AHEAD = re.compile(
    r"^\W*(?:(?:But|And|So|Then|Later|When|While|After|Before|As|If|Because|Although|At|In|On|During) )?"
    r"(?:[a-z0-9]+ ){0,3}\W*$"
)
_INSIDE = re.compile(r"[“«„][^”»]*$")
_QUOTED = re.compile(r"[“\"„«][^”\"»]*(?:[”\"»]|$)")
_MALE = re.compile(r"\b(?:Mr|Sir|Lord|King|Prince|Pope|Father|Brother)\.? $")
_FEMALE = re.compile(r"\b(?:Mrs|Ms|Miss|Lady|Queen|Princess|Sister|Dame)\.? $")
_NOT_BEFORE = re.compile(
    r"\b(?:in|at|near|from|outside|across|around|the|of|on|to|for|by the)\s$", re.IGNORECASE
)
_ROLE = (
    r"[Mm]ayor|[Cc]aptain|[Mm]inister|[Pp]resident|[Dd]irector|[Ss]enator|[Jj]udge|[Cc]hief|[Dd]octor|[Dd]r\.?|"
    r"[Pp]rofessor|[Ss]pokes\w+|[Oo]fficer|[Tt]eacher|[Ll]awyer|[Cc]oach|[Ss]inger|[Aa]ctor|[Aa]ctress|[Ww]riter|"
    r"[Mm]aster|[Mm]aker|[Ll]eader|[Oo]wner|[Ff]ounder|[Mm]r\.?|[Mm]rs\.?|[Mm]s\.?|[Pp]ope|[Kk]ing|"
    r"[Qq]ueen|[Cc]ouncillor|"
    r"Prince|Princess|Sir|Dame|Rep\.|Sen\.|Gov\.|[Gg]overnor|[Ss]heriff|[Dd]eputy|[Ff]armer|[Nn]urse|[Dd]river"
)
_ROLE_BEFORE = re.compile(rf"\b\w*(?:{_ROLE}),? $")
_ROLE_WORD = re.compile(rf"^\w*(?:{_ROLE})$")
_SAYS = "said|says|told|added|wrote|explained|argued|warned|replied|announced|tweeted"
_SAYS_BEFORE = re.compile(rf"\b(?:{_SAYS}) $")
_PERSON_AFTER = re.compile(rf"^(?:, \d{{1,3}}\b|, (?:who|whose)\b| (?:{_SAYS}|who)\b)")
_NOT_PEOPLE = re.compile(
    r"\b(?:Street|Road|School|Town|City|County|Line|Company|Council|House|University|Hospital|Party|Court|Bank|"
    r"Club|United|Rovers|Group|Institute|Ministry|Department|Agency|Authority|Union|League|Post|Gazette|Times|"
    r"News|Daily|River|Bay|Point|Island|Bridge|Church|Museum|Park|Inc|Corp|Ltd|Association|Committee|Office|"
    r"States|Kingdom|Army|Police|Airlines|Center|Centre|College|Festival|Cup|Award|Awards|Act|War|Day)\b"
)
_APPOSED = re.compile(
    r"^(?:,? (?:who )?(?:is|was|became) (?:an?|the) [^,;.]*|"
    r",(?: (?:aged )?\d{1,3},)? (?:(?:an?|the|his|her|their|its) |"
    r"[\w-]+['’]s |(?=mother|father|head|chief|leader))(?:(?! and |[,;.]).)*)"
)
_FIRST_NAME = re.compile(r"\b([A-Z][\w'’-]+) $")
_JOINED = re.compile(r"\b[A-Z][\w'’-]*,? (?:and|&) $")
_JOINED_AFTER = re.compile(r"^,? (?:and|&) [A-Z]")
_TOLD_BEFORE = re.compile(
    r"(?:^|[^\w])(?:an?|the|his|her|their|its|[\w-]+['’]s) (?:(?!and\b)[^,.;:]){0,70},? $", re.IGNORECASE
)
_GIVEN = frozenset(
    {"jordan", "christian", "georgia", "dane", "holland", "ireland", "israel"}
)  # names as well
_FULL = 2
"""Words of a full name."""


def referent(quote: str, before: Sequence[str]) -> str | None:
    """Return the full name of the person that the quote's first pronoun stands for, if only one can be meant.

    `before` are the sentences in front of the quote in its article, in reading order.
    """
    pronoun = pronoun_of(quote)
    if pronoun is None or not _opens(quote):
        return None
    if _INSIDE.search(" ".join(before[-LOOKED_BACK:])):
        return None  # Somebody else is speaking, and may mean anybody.
    for index, sentence in enumerate(reversed(before[-LOOKED_BACK:])):
        named = named_people(sentence)
        if len(named) > 1 or (_others_meant(sentence, named) and (named or not index)):
            return None
        if named:
            name = None if _others_named(sentence, named[0]) else _full(named[0], before)
            fits = name and name not in quote and _fits(name, [*before, sentence], pronoun)
            return name if fits and not _several(sentence, named[0]) else None
        if _others_named(sentence, None):
            return None  # Somebody or something is named there, and it can't be told which.
    return None


def _others_meant(sentence: str, named: Sequence[Name]) -> bool:
    """Say whether a sentence speaks of a person without a name besides the one whom it names."""
    bare = _unquoted(sentence)
    if named:
        first, end = named[0].words[0].start, named[0].end
        before, after = _TOLD_BEFORE.sub(" ", bare[:first]), _APPOSED.sub(" ", bare[end:])
        return bool(OTHER_PEOPLE.search(before) or OTHER_PEOPLE.search(after))
    return bool(OTHER_PEOPLE.search(bare))


def _others_named(sentence: str, person: Name | None) -> bool:
    """Say whether a sentence names, or means, anybody besides a person."""
    bare = _unquoted(sentence)
    if person and _PRONOUN.search(bare[: person.start]):
        return True
    return any(
        not _NOT_BEFORE.search(bare[: name.start]) and not _NOT_PEOPLE.search(name.text)
        for name in find_names(bare)
        if person is None or not (name.start <= person.start < name.end)
    )


def referent_at(text: str, start: int, end: int) -> str | None:
    """Return the same for the sentence of an article that stands from `start` to `end`."""
    if pronoun_of(text[start:end]) is None:
        return None
    before = split_sentences(text[max(0, start - READ_BACK) : start])
    return referent(text[start:end], [sentence.text for sentence in before])


def named(quote: str, who: str) -> str:
    """Return a quote with the name in the place of its first own pronoun: what it says, not what it is."""
    found = _PRONOUN.search(_unquoted(quote))
    return f"{quote[: found.start()]}{who}{quote[found.end() :]}" if found else quote


def pronoun_of(quote: str) -> str | None:
    """Return the first "he" or "she" of a quote's own words, what others say in it left out."""
    found = _PRONOUN.search(_unquoted(quote))
    return found[1] if found else None


def _opens(quote: str) -> bool:
    """Say whether the pronoun comes before anybody or anything else that it could stand for."""
    bare = _unquoted(quote)
    found = _PRONOUN.search(bare)
    return bool(found) and bool(_AHEAD.match(bare[: found.start() if found else 0]))


def _unquoted(text: str) -> str:
    return _QUOTED.sub(lambda found: " " * len(found[0]), text)


def named_people(sentence: str) -> list[Name]:
    """Return the people that a sentence names outside quotations, each once."""
    bare = _unquoted(sentence)
    found: dict[str, Name] = {}
    for name in find_names(bare):
        if _is_person(bare, name):
            found.setdefault(name.words[-1].lower, name)
    return list(found.values())


def _is_person(sentence: str, name: Name) -> bool:
    """Say whether the words around a name tell that it is a person's."""
    before, after = sentence[: name.words[0].start], sentence[name.end :]
    if _NOT_PEOPLE.search(name.text) or len(name.words) > _FULL + 1:
        return False
    if len(name.words) > _FULL and _is_role(name.words[0].text):
        return True
    if (
        _ROLE_BEFORE.search(before)
        or _MALE.search(before)
        or _FEMALE.search(before)
        or _SAYS_BEFORE.search(before)
    ):
        return True
    if _NOT_BEFORE.search(before):
        return False
    return len(name.words) >= _FULL and bool(_PERSON_AFTER.match(after) or pronouns_told(before, after))


def _is_role(word: str) -> bool:
    return bool(_ROLE_WORD.match(word) or pronouns_told(f"{word} ", ""))


def _is_origin(word: str) -> bool:
    """Say whether a word before a name tells where somebody comes from: "German Jonas Feld"."""
    return word.lower() in HOMES and word.lower() not in _GIVEN


def _full(person: Name, before: Sequence[str]) -> str | None:
    """Return the full name of who is called by the surname, from further up; None if there are two."""
    words = [word.text for word in person.words]
    while len(words) > _FULL and (_is_role(words[0]) or words[0].isupper() or _is_origin(words[0])):
        del words[0]  # "Councillor Ebba Stroyle", "NATO Secretary …"
    if len(words) >= _FULL:
        return " ".join(words).removesuffix("'s").removesuffix("’s")
    surname = person.words[0].lower
    longer = {
        " ".join(word.text for word in other.words)
        for sentence in before
        for other in named_people(sentence)
        if len(other.words) >= _FULL and other.words[-1].lower == surname
    }
    return longer.pop() if len(longer) == 1 else None


def _fits(name: str, sentences: Sequence[str], pronoun: str) -> bool:
    """Say whether nothing that is told of a person, nor the first name, speaks against the pronoun."""
    *firsts, last = name.split(" ")
    told: set[str] = set()
    for sentence in sentences:
        bare = _unquoted(sentence)
        for found in re.finditer(rf"\b{re.escape(last)}\b", bare):
            called = _FIRST_NAME.search(bare[: found.start()])
            if called is None or called[1] in firsts or pronoun_of_first_name(called[1]) is None:
                told |= pronouns_told(bare[: found.start()], bare[found.end() :])
    if not told:
        told |= {usual for first in firsts if (usual := pronoun_of_first_name(first))}
    return not told or told == {pronoun.lower()}


def _several(sentence: str, person: Name) -> bool:
    """Say whether a name is one of several that stand joined: "Tom and Ana Reed"."""
    bare = _unquoted(sentence)
    return bool(_JOINED.search(bare[: person.words[0].start]) or _JOINED_AFTER.search(bare[person.end :]))
