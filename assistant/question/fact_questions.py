"""Questions made from statements: what a sentence tells is taken out of it and asked for.

"Six people were hurt in the ferry fire" becomes "How many people were hurt in the ferry fire?". Only plain
shapes of sentence are read, and only those in which no word has to be guessed: where the subject ends is told
by an auxiliary, or by what stands right behind the verb. Whether a question is a good one is not known here;
whoever offers it asks it first.
"""

from __future__ import annotations

import re

from assistant.language.calendar_words import MONTHS, WEEKDAYS
from assistant.language.genders import pronoun_of_first_name
from assistant.language.lexicon import PERSON_TITLES, listed
from assistant.language.numbers import NUMBER_WORDS
from assistant.language.speech import SAYING
from assistant.language.verbs import forms_of, infinitive_of, is_participle, verb

SHORTEST, LONGEST = 5, 18
"""Words of a question: below it is about anything, above it nobody reads it."""
LONGEST_SENTENCE = 320  # characters

_SCALE = r"(?: (?:hundred|thousand|million|billion))?"
_COUNT_WORDS = "|".join(sorted(NUMBER_WORDS - {"one"}))  # "One question hunters have asked" counts no hunters
_NUMBER = rf"(?:(?:{_COUNT_WORDS}){_SCALE}|\d+(?:[.,]\d+)*{_SCALE})"
_ABOUT = r"(?:(?:at least|more than|about|around|some|nearly|almost|over|up to|an estimated) )?"
_THINGS = r"(?:[a-z][\w-]+ ){0,2}(?:[a-z][\w-]+s|people|men|women|children|police)"
_MONTH = f"(?:{'|'.join(month.title() for month in MONTHS)})"
_DATE = (
    rf"(?:\d{{1,2}} {_MONTH}(?: \d{{4}})?|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:, \d{{4}})?|"
    rf"{_MONTH} \d{{4}}|(?:1[5-9]|20)\d\d)\b"
)
_TITLED = "|".join(title.title() for title in sorted(PERSON_TITLES))
_NAME = (
    rf"(?:(?:{_TITLED})\.? )?[A-Z][\w’'-]+(?: [A-Z]\.)?(?: (?:de|van|von|bin|al|la))?"
    r"(?: [A-Z][\w’'-]+){1,3}"
)
_HEAD = r"(?:(?:The|A|An) (?:[\w’'-]+ ){1,6}?|[A-Z][\w’'-]+ (?:[A-Z][\w’'-]+ ){0,4})"
_MONEY = r"[$£€]\d[\d,.]*(?: (?:thousand|million|billion|trillion))?"
_PLACE = r"(?:the )?[A-Z][\w’'-]+(?:,? (?:of |the )?[A-Z][\w’'-]+)*"

_COUNTED = re.compile(
    rf"^{_ABOUT}{_NUMBER} (?P<things>{_THINGS}) (?P<verb>[a-z]+) (?P<rest>.+)$", re.IGNORECASE
)
_SHARED = re.compile(
    rf"^{_ABOUT}\d[\d.]*(?:%| percent| per cent) of (?P<things>{_THINGS}|[A-Z][a-z]+s) "
    r"(?P<verb>[a-z]+) (?P<rest>.+)$",
    re.IGNORECASE,
)
_OWNED = re.compile(
    rf"^(?P<head>{_HEAD})(?P<verb>[a-z]+) {_ABOUT}{_NUMBER} (?P<things>{_THINGS})\b(?P<rest>.*)$"
)
_PAID = re.compile(rf"^(?P<head>{_HEAD})(?P<verb>[a-z]+) {_ABOUT}{_MONEY}(?P<rest>.*)$")
_DONE = re.compile(rf"^(?P<head>{_HEAD})(?P<be>was|were|will be) (?P<rest>.+)$")
_BY = re.compile(rf"^(?P<head>{_HEAD})(?:was|were) (?P<done>[a-z]+) by {_NAME}(?P<rest>.*)$")
_HAPPENED = re.compile(rf"^(?P<head>{_HEAD})(?P<verb>[a-z]+) (?:on|in) {_DATE}(?P<rest>.*)$")
_DID = re.compile(rf"^(?P<name>{_NAME})(?:, [^,]{{2,60}},)? (?P<verb>[a-z]+) (?P<rest>.+)$")

_THEN = re.compile(rf"\s*\b(?:on|in|since|by) {_DATE}")
_THERE = re.compile(rf"\s*\b(?:in|at) (?!{_MONTH}){_PLACE}$")
_OPENING = re.compile(r"^(?P<when>(?:In|On|By|Since|During|At) [^,]{3,40}(?:, \d{4})?), (?P<rest>.+)$")
_STOP = re.compile(
    r"[,;:(]| [–—-] | (?:who|which|whose|because|although|though|while|but|according|after|before|as|if|so|"
    r"with \w+ing|in what|and (?:is|was|has|had|will|then|he|she|they|it))\b"
)
"""Where what is asked about ends: another clause says something else."""
_LISTED = re.compile(r", (?:[\w’'-]+ ){0,3}[\w’'-]+,? (?:and|or) ")
"""A list that a cut would leave half of."""
_SOMEWHERE = re.compile(r"\b(?:in|at) (?:the )?[A-Z]")
_HEADLINE = ("from ", "by ", "amid ", "with ")
"""Behind a past without an auxiliary it is a passive: "18 people rescued from the river"."""
_DULL = ("a ", "an ", "not ")
_DAY = re.compile(
    r"(?:\b(?:on|last|next|this|early|late|earlier)\s+)*"
    rf"\b(?:{'|'.join(day.title() for day in WEEKDAYS)})s?\b"
    r"(?:\s+(?:morning|afternoon|evening|night))?"
)
"""A day of the week is another one when it is asked about."""
_RELATIVE = re.compile(
    r"\b(?:today|yesterday|tomorrow|tonight|now|ago|last|next|this|these|that|those|here|there|it|its|he|she|they|"
    r"them|him|we|us|our|i|my|me|you|your|such|same|also|another|other|later|earlier|former|latter|too)\b",
    re.IGNORECASE,
)
"""What means something in its place only."""
_OWN = re.compile(r"\b(?:his|her|their)\b", re.IGNORECASE)
_BROKEN = re.compile(
    r"(?: |^)['’]|%\w\w|\b[A-Z][a-z]{2}\. \d+\?$| [a-z]+[A-Z]| (?:in|of|to|for|from|at|by|and|or|with)\?$"
    rf"| on {_MONTH}\?$"
)
"""What is left of a text that lost letters, spaces or an end."""
_QUOTED = re.compile(r"[“”\"‘«»?!…|\[\]]")
_AUXILIARIES = frozenset(listed("was were is are will has have had"))
_SAID = SAYING | frozenset(
    listed(
        "asked pictured seen shown added wrote tweeted posted thinks thought believes believed hopes hoped"
    )
)
_NO_SUBJECT = _AUXILIARIES | _SAID
"""Words that end a subject: "The attorney said Dukes fired" is what was said of Dukes."""
_UNSURE = re.compile(r", or (?:he|she|it|they|not)\b|\b(?:may|might|could)\b")
"""A sentence that leaves open whether it is so answers no question for it."""


def fact_question(sentence: str) -> str | None:
    """Return a question that a sentence answers, None where none can be made of it without guessing."""
    text = " ".join(sentence.split()).rstrip(". ")
    if len(text) > LONGEST_SENTENCE or _QUOTED.search(text) or _UNSURE.search(text):
        return None
    if opening := _OPENING.match(text):
        rest = opening["rest"]
        text = f"{rest[0].upper()}{rest[1:]} {opening['when'][0].lower()}{opening['when'][1:]}"
    for make in (
        _how_many,
        _what_share,
        _how_many_of,
        _how_much,
        _who_by,
        _when_or_where,
        _when_happened,
        _who,
    ):
        if asked := make(text):
            return asked if _stands_alone(asked) else None
    return None


def _how_many(text: str) -> str | None:
    found = _COUNTED.match(text)
    if not found or not _is_past(found["verb"]) or found["rest"].startswith(_HEADLINE):
        return None
    return _asked("How many", found["things"], found["verb"], _core(found["rest"]))


def _what_share(text: str) -> str | None:
    found = _SHARED.match(text)
    if not found or not _is_past(found["verb"]):
        return None
    return _asked("What percentage of", found["things"], found["verb"], _core(found["rest"]))


def _how_many_of(text: str) -> str | None:
    found = _OWNED.match(text)
    did = _did(found)
    if not found or not did or not _ends_things(found["rest"].strip()):
        return None
    return _asked("How many", found["things"], "did", did, _core(found["rest"]).split(" and ")[0])


def _how_much(text: str) -> str | None:
    found = _PAID.match(text)
    did = _did(found)
    return _asked("How much did", did, _core(found["rest"])) if found and did else None


def _who_by(text: str) -> str | None:
    found = _BY.match(text)
    past = verb(_infinitive(found["done"])) if found else None
    return _asked("Who", past.past, _inner(found["head"]), _core(found["rest"])) if found and past else None


def _when_or_where(text: str) -> str | None:
    found = _DONE.match(text)
    done = found["rest"].split(" ")[0] if found else ""
    if not found or not is_participle(done) or done.endswith("ing") or not _head_is_plain(found["head"]):
        return None
    be, _, more = found["be"].partition(" ")
    told = _cut(found["rest"])
    for word, where in (("When", _THEN), ("Where", _THERE)):
        if where.search(told):
            left = _DAY.sub("", where.sub("", told, count=1))
            if word == "When" or not _SOMEWHERE.search(left):
                return _asked(word, be, _inner(found["head"]), more, left)
    return None


def _when_happened(text: str) -> str | None:
    found = _HAPPENED.match(text)
    did = _did(found)
    return _asked("When did", did) if found and did and not _core(found["rest"]) else None


def _who(text: str) -> str | None:
    found = _DID.match(text)
    if not found or not _is_past(found["verb"]) or found["rest"].startswith((*_HEADLINE, *_DULL)):
        return None
    title, _, rest = found["name"].partition(" ")
    if found["verb"] == "is" and not found["rest"].startswith("the "):
        return None
    has_title = title != "The" and title.rstrip(".").lower() in PERSON_TITLES
    is_person = has_title or pronoun_of_first_name(title) is not None
    return _asked("Who", found["verb"], _core(found["rest"])) if is_person and rest else None


def _did(found: re.Match[str] | None) -> str:
    """Return subject and infinitive of a past for a question with "did", empty where it is no plain past."""
    if not found or found["verb"] in _AUXILIARIES | _SAID or not _head_is_plain(found["head"]):
        return ""
    infinitive = infinitive_of(found["verb"])
    return f"{_inner(found['head'])} {infinitive}" if infinitive else ""


def _infinitive(participle: str) -> str:
    known = [form for form in forms_of(participle) if (of := verb(form)) and of.participle == participle]
    return known[0] if known else ""


def _head_is_plain(head: str) -> bool:
    """Say whether a subject is known by itself and has no verb: "Researchers", "The group" may be any."""
    words = head.split()
    if len(words) == 2 and words[0] in {"The", "A", "An"} and words[1].islower():  # noqa: PLR2004  # with a noun
        return False
    return (len(words) > 1 or not words[0].endswith(("s", "ice"))) and _NO_SUBJECT.isdisjoint(words)


def _ends_things(rest: str) -> bool:
    """Say whether what is counted has ended: not "6,000 gallons of fuel", nor "40 degrees Celsius"."""
    first = rest.split(" ", maxsplit=1)[0]
    return not (is_participle(first) or first in {"of", "and", "or"} or first[:1].isupper())


def _is_past(word: str) -> bool:
    return word in _AUXILIARIES or (bool(infinitive_of(word)) and word not in _SAID)


def _cut(rest: str) -> str:
    stop = _STOP.search(rest)
    if not stop:
        return rest
    return "" if _LISTED.match(rest, stop.start()) else rest[: stop.start()]


def _core(rest: str) -> str:
    """Cut what belongs to the verb off from what follows it."""
    return _DAY.sub("", _cut(rest)).strip()


def _inner(head: str) -> str:
    """Write the beginning of a sentence as it is within one."""
    first = head.split(maxsplit=1)[0]
    return head[0].lower() + head[1:].rstrip() if first in {"The", "A", "An"} else head.rstrip()


def _asked(*parts: str) -> str:
    return f"{' '.join(' '.join(parts).split())}?"


def _stands_alone(question: str) -> bool:
    """Say whether it can be understood without the article: it names something, and points at nothing."""
    words = question.split()
    if not SHORTEST <= len(words) <= LONGEST or _RELATIVE.search(question) or _DAY.search(question):
        return False
    if _OWN.search(question) and words[0] != "Who":
        return False
    return any(word[0].isupper() for word in words[1:]) and not _BROKEN.search(question)
