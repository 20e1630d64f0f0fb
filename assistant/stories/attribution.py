"""Who speaks in a sentence, as the article names them: in full where only their surname stands there."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.language.genders import pronoun_of_first_name
from assistant.language.lexicon import FUNCTION_WORDS, PERSON_TITLES, listed
from assistant.language.names import find_names
from assistant.language.patterns import QUOTATION
from assistant.language.pronouns import referent
from assistant.language.speech import speakers
from assistant.language.words import frequencies, read_words
from assistant.stories.speaking_phrase import cut, described_before, is_complement, joined_with
from assistant.stories.telling import tells_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
    r"\b(?:who|which|that|it|they|we|i|you|he|she|one|some|many|others?|there|report|reports)\b",
    re.IGNORECASE,
)
_OPENS = re.compile(r"^(?:[A-Z]|(?:the|an?|his|her|their|its|one|two|three|several|a spokes\w+)\b)|^[a-z]+s$")
_CLAUSE = re.compile(
    r"\w (?:who|which|that|it|they|we|i|you|he|she|is|are|was|were|has|had)\b", re.IGNORECASE
)
_NOT_SAID = re.compile(r"\b(?:not|never)\b|n['’]t\b")
_PREPOSITION = re.compile(r"\b(?:in|of|at|from|for|near|with|by)(?: the)?\s*$")
_DESCRIBES = re.compile(
    r"-[a-z]|(?:['’]s?)?\s+(?!(?:and|who|of|in|at|on|for|also|later|has|had|have|first)\b)[a-z]"
)
_POINTS = re.compile(
    r"\b(?:U\.S\.|U\.K\.|U\.N\.|E\.U\.|D\.C\.)"
    r"(?! (?:More|The|In|It|He|She|They|But|And|A|At|On|As|This|That)\b)"
)
_WITHOUT_POINTS = re.compile(r"\b(?:US|UK|UN|EU|DC)\b")
_PARTY_OF = re.compile(
    r"(?:, [RDI]-[A-Z][\w.]*(?:[ -][A-Z]\w+\.?)?,| \([RDI]-[A-Z][\w. ]*\),?) "
    rf"(?=(?P<verb>(?:{'|'.join(VERBS)})\b)?)"
)
_APPENDED = re.compile(r"(?:an?|the|one|who) ", re.IGNORECASE)
_AGE = re.compile(r"^\d+,?\s+")
_NO_ROLE_AT_ALL = re.compile(
    r"^(?:who|whose|which|when|while|during|upon|after|something)\b|\b(?:though|although)$", re.IGNORECASE
)
_CONJUNCTION = re.compile(r"^(?:though|although|while|but|because|since)\s+", re.IGNORECASE)
_NO_ONE = re.compile(r"(?:no|none|nobody) ", re.IGNORECASE)
_NO_NOUN = re.compile(
    r"(?:\w+ing|already|also|not|then|just|so|here|there|where|because|if|though|although)\b", re.IGNORECASE
)
_PLACED = re.compile(r"\s+(?:in|at|from|near)\s")
_BY = re.compile(r"(?: \w+)? by (?!\w+ing\b)")  # "sanctions announced by …"
_POSSESSED = re.compile(r"['’]s?\s")
_THE = re.compile(r"\b[Tt]he\s+$")
_JOINED = re.compile(r"(?<!,)\s(?:and|or)\s*$")
_AND_ANOTHER = re.compile(r"\s+and\s+((?:[A-Z][\w.’'-]*\s*){2,3})$")
_PARTICLE = re.compile(r"(?:[A-Z][\w.’'-]*\s+)+(?:al|el|bin|ben|ibn|van|von|de|da|di)[-\s]$")
_AFTER = re.compile(r"\s+after\s+(?!the (?:meeting|game|match|vote|ruling|verdict|hearing)\b)(\S.*?)\s+$")
_CAPITALS = re.compile(r"(?:(?:[A-Z][\w.&’'-]*)\s+)+$")
_ON_A_DAY = re.compile(r" on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$")
_COURT = re.compile(r"\b(?:judge|court|justice)s?\b", re.IGNORECASE)
_PARTY = frozenset(("republican", "democrat", "republicans", "democrats", "native", "lawmaker"))
"""What ends a description that stands for somebody named before: "the Long Island Republican"."""
_OFFICES = frozenset(
    ("counsel", "manager", "secretary", "director", "officer", "attorney", "chairman", "minister")
)
"""What may follow "general", "chief" or "vice" in the name of an office: "General Counsel Ann Lee"."""
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
    bare = _plain(QUOTATION.sub(_blanked, text))
    words = tuple((match.start(1), match.end(1)) for match in _OWN_WORDS.finditer(text))
    for found in speakers(bare):
        if found.verb not in VERBS or not _tells(bare, found):
            continue
        if found.pronoun:
            who = referent(text, before)
            return Spoken(who, None, words) if who else None
        if named := _named(found, bare, before):
            speaker, role = (each and _WITHOUT_POINTS.sub(_as_written(text), each) for each in named)
            return Spoken(speaker or "", role, words)
        if not _is_clause(found):
            return None
    return None


def _is_clause(speaker: Speaker) -> bool:
    """Say whether what stands by a verb is a clause, not who speaks: "an invitation he said he refused"."""
    return bool(_CLAUSE.search(speaker.text))


def _plain(text: str) -> str:
    """Leave out what cuts a speaker in two: the points of "U.S.", the party in "Ann Lee, R-Ohio, said"."""
    pointless = _POINTS.sub(lambda found: found[0].replace(".", ""), text)
    return _PARTY_OF.sub(lambda found: " " if found["verb"] else ", ", pointless)


def _as_written(text: str) -> Callable[[re.Match[str]], str]:
    """Return what puts the points into "US" again, if the sentence has them."""
    return lambda found: next(
        (each[0] for each in _POINTS.finditer(text) if each[0].replace(".", "") == found[0]), found[0]
    )


def _blanked(found: re.Match[str]) -> str:
    """Leave the marks of a quotation with their commas, so that the verb behind is seen as one of saying."""
    inside = found[0]
    end = inside[-2:] if len(inside) > FULL and inside[-2] in ",.?!" else inside[-1]
    return inside[0] + " " * (len(inside) - 1 - len(end)) + end


def _tells(text: str, speaker: Speaker) -> bool:
    """Say whether the verb beside a speaker tells words; it stands behind them, or before."""
    if _behind_verb(text, speaker):
        return True
    _, end = _verb(text, speaker)
    return not _BY.match(text, end) and tells_words(speaker.verb, text[end:])


def _verb(text: str, speaker: Speaker) -> tuple[int, int]:
    """Return where the verb of saying stands."""
    if _behind_verb(text, speaker):
        end = len(text[: speaker.start].rstrip())
        return end - len(speaker.verb), end
    since = speaker.start + len(speaker.text)
    found = re.compile(rf"\b{re.escape(speaker.verb)}\b", re.IGNORECASE).search(text, since)
    return found.span() if found else (since, since)


def _behind_verb(text: str, speaker: Speaker) -> bool:
    return text[: speaker.start].rstrip().lower().endswith(speaker.verb)


def _named(  # noqa: PLR0911  # each is a kind of phrase
    speaker: Speaker, text: str, before: Sequence[str]
) -> tuple[str, str | None] | None:
    """Return name and role, or the words for who has no name."""
    speaker = _after(speaker, text)
    whole = _CONJUNCTION.sub("", _ON_A_DAY.sub("", " ".join(speaker.text.split()).strip(" ,")))
    said = _CONJUNCTION.sub("", cut(whole, behind_verb=_behind_verb(text, speaker)))
    if _is_no_saying(speaker, said) or not 0 < len(said.split()) <= LONGEST_SPEAKER:
        return None
    if opening := _opens_clause(speaker, text, said):
        opener = _untitled(_person(opening[0]) or opening[0])
        return _in_full(opener, before), _role(opening[0].partition(opener)[0]) or _role(opening[1])
    names = [name for name in find_names(text) if _within(name, speaker, said)]
    person = next((known for at in range(len(names)) if (known := _person(_hyphened(names, text, at)))), None)
    from_document = speaker.verb == "according to" and names and not said.startswith(names[0].text)
    if not names or (from_document and not person):  # "according to a report of the bank"
        nobody = not names and (
            _NOBODY.search(said) or _NO_NOUN.match(said) or _JOINED.search(text[: speaker.start])
        )
        return (said, None) if _OPENS.match(said) and not nobody else None
    name = person or _untitled(_whole(said, _hyphened(names, text, len(names) - 1)))
    before_name, _, behind = said.partition(name)
    appended = _APPENDED.match(said) and is_complement(before_name)
    if appended or (_DESCRIBES.match(behind) and (not person or _POSSESSED.match(behind))):
        return said, None  # "a critic of former President Trump", "the Turkish state broadcaster"
    placed = not person and _PREPOSITION.search(before_name)
    if (
        _is_no_speaker(name)
        or said.startswith("including")
        or (placed and _JOINED.search(text[: speaker.start]))
    ):
        return None
    if placed:
        return _with_a_place(said, names)
    role = _role_beside(speaker, text, whole.partition(name))
    return _with_others(
        _POSSESSIVE.sub("", name), (before_name, behind), role, (text[: speaker.start], before)
    )


def _after(speaker: Speaker, text: str) -> Speaker:
    """Return the subject of the clause that "after" opens: FTX in "it came a day after FTX said"."""
    end = speaker.start + len(speaker.text)
    between = _AFTER.match(text[: _verb(text, speaker)[0]], end)
    return replace(speaker, text=between[1], start=between.start(1)) if between else speaker


def _opens_clause(speaker: Speaker, text: str, said: str) -> tuple[str, str] | None:
    """Return who opens the clause, where nothing but descriptions stands between them and the verb."""
    if speaker.verb == "according to":
        return None
    appended = bool(_APPENDED.match(said))
    found = described_before(text, _verb(text, speaker)[0], appended=False)
    if found is None and appended and not _behind_verb(text, speaker):
        found = described_before(text, speaker.start, appended=True)
    return found


def _with_others(
    name: str, around: tuple[str, str], role: str | None, before: tuple[str, Sequence[str]]
) -> tuple[str, str | None] | None:
    """Return a name in full, with who is joined to it: "Tom Brady and Gisele Bundchen"."""
    before_name, behind = around
    clause, sentences = before
    if joined := _AND_ANOTHER.match(behind):
        return f"{name} and {joined[1]}", None
    alone = not before_name.strip(" the")
    full = name if _THE.search(before_name) and not _person(name) else _in_full(name, sentences)
    if _JOINED.search(clause):
        first = joined_with(clause, len(clause))
        first = first and (_person(first) or (first if alone else None))
        if first or alone:
            return (f"{_in_full(first, sentences)} and {full}", None) if first else None
    return full, role


def _with_a_place(said: str, names: Sequence[Name]) -> tuple[str, None] | None:
    """Return who is told with a place: "Shifa Hospital" in Gaza City, "officials" in Ohio."""
    first = names[0]
    if _person(first.text) == first.text and said.startswith(f"{first.text} of "):
        return first.text, None
    front = _PLACED.split(said)[0]
    return (front, None) if _OPENS.match(front) and not _NOBODY.search(front) else None


def _role_beside(speaker: Speaker, text: str, around: tuple[str, str, str]) -> str | None:
    """Return the role before a name, or the one behind it if all of it stands there."""
    in_front, _, behind = around
    ends = text[speaker.start + len(speaker.text) :].startswith(",")
    return _role(in_front) or (_role(behind) if ends and behind.startswith(",") else None)


def _is_no_speaker(name: str) -> bool:
    return (
        not name or name.rstrip(".").lower() in PERSON_TITLES or name.rsplit(maxsplit=1)[-1].lower() in _PARTY
    )


def _is_no_saying(speaker: Speaker, said: str) -> bool:
    """Say whether nothing is said: "has not said", "a judge denied the motion"."""
    return bool(
        _NOT_SAID.search(said) or _NO_ONE.match(said) or (speaker.verb == "denied" and _COURT.search(said))
    )


def _hyphened(names: Sequence[Name], text: str, at: int) -> str:
    """Return a name, with those that are joined to it by hyphens."""
    first = last = at
    while first and text[names[first - 1].end : names[first].start] == "-":
        first -= 1
    while last + 1 < len(names) and text[names[last].end : names[last + 1].start] == "-":
        last += 1
    return text[names[first].start : names[last].end]


def _whole(said: str, name: str) -> str:
    """Return a name with capitals before it that a point cuts off: "U.S. State Department"."""
    front = said.partition(name)[0]
    if particle := _PARTICLE.search(front):
        return particle[0] + name  # "Hussein al-Sheikh"
    capitals = _CAPITALS.search(front)
    return capitals[0] + name if capitals and "." in capitals[0] and not _is_titled(capitals[0]) else name


def _is_titled(words: str) -> bool:
    return any(word.rstrip(".").lower() in PERSON_TITLES for word in words.split())


def _person(name: str) -> str | None:
    """Return a name from its first name on: "Speaker Kevin McCarthy" is Kevin McCarthy."""
    words = name.split()
    possessors = [at for at, word in enumerate(words[:-1]) if _POSSESSIVE.search(word)]
    words = words[possessors[-1] + 1 :] if possessors else words  # "Tony’s Pizza" is nobody
    firsts = (at for at, word in enumerate(words[:-1]) if pronoun_of_first_name(word))
    titled = [at + 1 for at, word in enumerate(words[:-FULL]) if word.rstrip(".").lower() in PERSON_TITLES]
    titled = [at + 1 if words[at].lower() in _OFFICES else at for at in titled]
    at = titled[-1] if titled else next(firsts, None)  # "Georgia Rep. Ann Lee" is Ann Lee
    return None if at is None else " ".join(words[at:])


def _untitled(name: str) -> str:
    """Return a name without "Mr", "Though" and the like before it."""
    words = name.split()
    while len(words) > 1 and words[0].rstrip(".").lower() in PERSON_TITLES | FUNCTION_WORDS:
        del words[0]
    return " ".join(words)


def _role(words: str) -> str | None:
    """Return what somebody is, by the words beside the name, if these say it."""
    role = _AGE.sub("", " ".join(words.strip(" ,").split()))
    if _NO_ROLE_AT_ALL.search(role):
        return None
    role = role[0].lower() + role[1:] if role.startswith(_ARTICLES) else role  # it began a sentence
    plain = [word for word in role.lower().split() if word not in FUNCTION_WORDS | _NO_ROLE]
    return (
        role
        if plain and role.split()[0] not in {"of", "in", "at", "from", "for"} and re.search(r"[a-z]{3}", role)
        else None
    )


def _within(name: Name, speaker: Speaker, said: str) -> bool:
    """Say whether a name stands in a speaker's part of the phrase; "Rep." stands for the name behind it."""
    end = speaker.start + len(speaker.text)
    if not name.words or name.start >= end or name.end <= speaker.start:
        return False
    return name.text in said or said in name.text or name.words[0].text in said.split()


def _in_full(name: str, before: Sequence[str]) -> str:
    """Return the full name of who is called by a surname, from further up; the surname if two have it."""
    if " " in name:
        return name
    longer = Counter(
        _POSSESSIVE.sub("", _person(other.text) or " ".join(word.text for word in other.words[-FULL:]))
        for sentence in before[-READ_BACK:]
        for other in find_names(sentence)
        if len(other.words) >= FULL
        and _POSSESSIVE.sub("", other.words[-1].text) == name
        and (other.words[-FULL].start or pronoun_of_first_name(other.words[-FULL].text))
    )
    people = {each: often for each, often in longer.items() if not _is_word(each.split()[0])}
    known = [each for each in people if pronoun_of_first_name(each.split()[0])]
    if len(known) == 1 and all(people[known[0]] >= often for often in people.values()):
        return known[0]  # the others are hardly names: "Images Brady"
    return next(iter(people)) if len(people) == 1 else name


def _is_word(first: str) -> bool:
    """Say whether the first of two words is no first name: "Embattled Santos", "CIA Brennan"."""
    if first.isupper() and len(first.replace(".", "")) > FULL:
        return True
    return read_words(first)[0].base in frequencies() and pronoun_of_first_name(first) is None
