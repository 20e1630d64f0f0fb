"""What a question takes for granted, as a statement: "When did Ada win?" that Ada won.

Read are questions that ask for more about something that is told in them: why, when, where, how it happened,
whom or what it was done to. "Who won?" takes only for granted that somebody did, and tells nothing. Where
the rules are not sure which word is the verb, or of whom the question speaks, there is no premise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.language.lexicon import listed
from assistant.language.verbs import is_participle, third_person, verb
from ingest import split_sentences

_ASKING = re.compile(
    r"^(?P<lead>.*?)\b(?P<word>why|when|where|whom|who|whose|what|which|how)\b(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_AUXILIARY = re.compile(r"\b(did|does|do|is|are|was|were|has|have|had|will)\b", re.IGNORECASE)
_DO, _HAVE, _WILL = frozenset(("did", "does", "do")), frozenset(("has", "have", "had")), "will"
_OPENERS = re.compile(r"^(?:(?:and|but|so|then|also|please|tell me|say)[, ]+)+", re.IGNORECASE)
_DEGREE = re.compile(
    r"^\s*(?:long|often|far|soon|quickly|fast|well|badly|high|deep|exactly|else|come)?\s*$", re.IGNORECASE
)
_COUNTED = re.compile(r"^\s*(?:many|much)\s*(?P<noun>.*)$", re.IGNORECASE)
_ADVERBIAL = re.compile(
    r"\b(?:years?|dates?|days?|months?|times?|century|centuries|decades?|seasons?|weeks?|hours?|ways?|"
    r"reasons?|extent|ages?|manner|purposes?|percentage|percent|degree|exactly|else|kind|sort|type)$",
    re.IGNORECASE,
)
_DETERMINERS = frozenset(
    listed("""a an the this that these those my your his her its our their no any some each every both all""")
)
_PREPOSITIONS = frozenset(
    listed(
        """in on at by from during since until for to between around about near with as through into onto
        after before against without under over among across within towards toward upon per via like than"""
    )
)
_STRANDED = _PREPOSITIONS | {"of"}
_LINKS = frozenset(
    listed(
        """and or but if because that which who whose when while where whether is are was were has have had do
        does did can could will would shall should may might must"""
    )
)
"""What begins another clause."""
_ASKED_TOO = re.compile(
    r",?\s+(?:(?:and|or)?\s*\b(?:why|when|where|how|who|whom|what)\b(?:\s+(?:did|does|do|was|is)\b.*)?"
    r"|(?:and|or)\s+(?:who|what)\b.*)$"
)
"""A second question behind the first: "built and why", "and what did it cost", "and who paid"."""
_NOBODY_KNOWN = frozenset(
    listed(
        """i you he she it we they one this that these those there people everyone everybody someone somebody
        anyone anybody who what such some many most""",
    )
)
"""Of whom the question speaks is not in it, or it speaks of people in general."""
_POINTING = frozenset(listed("""it them him this these those there he she they we you i me us"""))
_DENYING = frozenset(listed("""not n't never no nobody nothing none neither nor"""))
_CONTRACTED = re.compile(r"n['’]t\b", re.IGNORECASE)
_PLAIN = {"have": ("had", "has"), "do": ("did", "does"), "be": ("was", "is"), "need": ("needed", "needs")}
_EMPTY = frozenset(
    listed(
        """mean represent symbolize symbolise signify denote consist belong originate differ look located
        situated called named known based said considered"""
    )
)
_EMPTY_WITH = {
    "come": frozenset(("from",)),
    "stand": frozenset(("for",)),
    "get": frozenset(("name",)),
    "take": frozenset(("name",)),
    "made": frozenset(("of", "from")),
    "start": frozenset(("end", "ends")),
    "begin": frozenset(("end", "ends")),
}
"""Verbs that tell next to nothing, alone or together with one of these words."""
_MOST_WORDS = 40
_MOST_LEAD, _MOST_OF_NOUN = 8, 6
_PAIR = 2
_SURE = 2
"""Grade of a word that is mostly a verb."""
_OF_SUBJECT = frozenset(("who", "whom", "what", "which", "whose", "how"))
_NOW = frozenset(("do", "does", "is", "are"))
_OPENING_VERB = frozenset(
    listed("""being been to not so also still now currently recently expected set due home""")
)
_NO_SUBJECT = (
    _PREPOSITIONS | _DETERMINERS | _LINKS | frozenset(("of", ",", "first", "last", "only", "most", "very"))
)
_BEING = frozenset(("being", "been"))
_FILLERS = {"what": "something", "which": "something", "who": "somebody", "whom": "somebody"}
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Premise:
    """What a question takes for granted; `told` goes on "Your articles say that …".

    `verb` is the word that says what happened, as the question has it: "win", "closed".
    """

    told: str
    verb: str

    @property
    def statement(self) -> str:
        """The premise as a sentence."""
        return f"{self.told[0].upper()}{self.told[1:]}."


@dataclass(frozen=True, slots=True)
class _Clause:
    """A question's clause in parts: who, the words of the verb as a statement has them, what comes after."""

    subject: str
    verb: str
    rest: tuple[str, ...]
    asked: str


@lru_cache(maxsize=500)
def premise_of(question: str) -> Premise | None:
    """Return what a question takes for granted, None where nothing, or nothing sure."""
    asked = _asking(question)
    found = _ASKING.match(asked)
    if not found or len(asked.split()) > _MOST_WORDS or _CONTRACTED.search(asked):
        return None
    word, lead, rest = found["word"].lower(), found["lead"].strip(), found["rest"]
    split = _AUXILIARY.search(rest)
    if not split or not _leads(lead):
        return None
    if word in _OF_SUBJECT - {"how"} and split[1].lower() in _NOW:
        return None  # "What does the board do?" asks about what is always so
    filler = _filler(word, rest[: split.start()].strip(), stranded=_preposition(lead))
    words = _WORD.findall(re.sub(r",(?=\s|$)", " , ", _ASKED_TOO.sub("", rest[split.end() :])))
    clause = _clause(split[1].lower(), words, of_subject=word in _OF_SUBJECT)
    if filler is None or clause is None or _unknown(clause) or _asks_for_the_verb(clause):
        return None
    opening = "" if _preposition(lead) else lead
    if opening and opening.split()[0].lower() in _PREPOSITIONS:  # "In May", which no longer begins a sentence
        opening = f"{opening[0].lower()}{opening[1:]}"
    told = " ".join([opening, clause.subject, clause.verb, *_with(filler, clause.rest)])
    return Premise(re.sub(r"\s+([,.;:])", r"\1", " ".join(told.split())).rstrip(" ,.;:"), clause.asked)


def _asking(question: str) -> str:
    """Return the sentence that asks, without its question mark."""
    asking = [each.text for each in split_sentences(question) if each.text.rstrip().endswith("?")]
    return _OPENERS.sub("", (asking[-1] if asking else question).strip()).rstrip(" ?!.")


def _leads(lead: str) -> bool:
    """Say whether what stands before the asking word belongs there: "In 1758,", "In", "After the fire"."""
    words = lead.lower().split()
    fits = lead.endswith(",") or not words or words[0] in _STRANDED
    return fits and len(words) <= _MOST_LEAD


def _preposition(lead: str) -> bool:
    return len(lead.split()) == 1 and not lead.endswith(",")


def _filler(word: str, noun: str, *, stranded: bool) -> str | None:
    """Return what stands for what is asked for, empty where nothing has to, None where it can't be told.

    `stranded` says that its preposition stands before the asking word ("in which city").
    """
    if word in {"why", "when", "where", "how"}:
        return _of_manner(noun)
    if len(noun.split()) > _MOST_OF_NOUN or noun.endswith("ly") or (noun and word in {"who", "whom"}):
        return None
    if stranded or _ADVERBIAL.search(noun):
        return ""
    if not noun:
        return _FILLERS.get(word)
    return f"somebody’s {noun}" if word == "whose" else f"some {noun}"


def _of_manner(told: str) -> str | None:
    """Return what stands for "how many seats", "seats"; nothing for "how long"."""
    counted = _COUNTED.match(told)
    if not counted:
        return "" if _DEGREE.match(told) else None
    noun: str = counted["noun"]
    if _ADVERBIAL.search(noun):
        return ""
    return noun if len(noun.split()) <= _MOST_OF_NOUN else None


def _clause(auxiliary: str, words: list[str], *, of_subject: bool) -> _Clause | None:
    """Take the words behind an auxiliary apart, None where the verb can't be told.

    `of_subject`: the question may ask who or what the subject is, and then takes nothing for granted.
    """
    if not words or words[0].lower() == "be":
        return None
    if auxiliary in _DO or auxiliary == _WILL:
        place = _infinitive(words)
        return None if place is None else _told(auxiliary, words, place)
    place = _participle(words)
    if place is None:
        return None
    first, rest = words[0].lower(), tuple(words[place + 1 :])
    if of_subject and (first in _OPENING_VERB or is_participle(first) or first.endswith("ly")):
        return None
    if of_subject and auxiliary not in _HAVE and rest and rest[-1].lower() not in _STRANDED:
        return None
    start = place - 1 if words[place - 1].lower().endswith("ly") and place > 1 else place
    told = " ".join([auxiliary, *words[start : place + 1]])
    asked = rest[0] if words[place] in _BEING and rest else words[place]
    return _Clause(" ".join(words[:start]), told, rest, asked)


def _told(auxiliary: str, words: list[str], place: int) -> _Clause:
    word = words[place].lower()
    known = verb(word)
    if auxiliary == "did":
        told = _PLAIN[word][0] if word in _PLAIN else known.past if known else word
    elif auxiliary == "does":
        told = _PLAIN[word][1] if word in _PLAIN else third_person(word)
    else:
        told = f"will {word}" if auxiliary == _WILL else word
    subject = " ".join(each for each in words[:place] if each.lower() != "ever")
    rest = words[place + 1 :]
    other = verb(rest[1].lower()) if len(rest) > 1 and rest[0] == "and" else None
    if other and (other.grade == _SURE or len(rest) == _PAIR):  # "start and end"
        rest[1] = (
            other.past if auxiliary == "did" else third_person(rest[1]) if auxiliary == "does" else rest[1]
        )
    return _Clause(subject, told, tuple(rest), word)


def _infinitive(words: list[str]) -> int | None:
    """Return the place of the verb: the word before the first object or adverbial that is most surely one."""
    found: list[tuple[int, int]] = []
    for place, word in enumerate(words):
        lower = word.lower()
        if found and (lower in _PREPOSITIONS | _DETERMINERS | _LINKS or lower == ","):
            break
        if lower in _LINKS - {"and", "or"} - _PLAIN.keys():
            return None  # a clause within the subject: which verb is whose?
        if place and word == lower and _may_follow(words[place - 1]):
            known = verb(lower)
            grade = _SURE if lower in _PLAIN else known.grade if known else -1
            if grade >= 0:
                found.append((grade, -place))
    return -max(found)[1] if found else None


def _participle(words: list[str]) -> int | None:
    """Return the place of the participle behind a subject; one in -ing only where there is no other.

    Of several before the next phrase it is the last: "the animated version released".
    """
    found: list[int] = []
    for place, word in enumerate(words):
        lower = word.lower()
        if lower in _LINKS - {"and", "or"} or (found and lower in _PREPOSITIONS | _DETERMINERS):
            break
        if place and word == lower and _may_follow(words[place - 1]) and is_participle(word):
            found.append(place)
    plain = [place for place in found if words[place] in _BEING or not words[place].endswith("ing")]
    being = [place for place in plain if words[place] in _BEING]
    return min(being, default=None) if being else max(plain or found[:1], default=None)


def _may_follow(before: str) -> bool:
    """Say whether a verb may stand behind a word: not behind "the", "in" or "council's"."""
    lower = before.lower()
    return lower not in _NO_SUBJECT and not re.search(r"['’]s?$", lower)


def _unknown(clause: _Clause) -> bool:
    """Say whether of whom or of what the question speaks is not in it, or it denies something."""
    subject = [word.lower() for word in clause.subject.split()]
    every = {*subject, *(word.lower() for word in clause.rest)}
    return subject[0] in _NOBODY_KNOWN or bool(every & (_POINTING | _DENYING))


def _asks_for_the_verb(clause: _Clause) -> bool:
    """Say whether a verb tells nothing without what is asked for: everything lies somewhere."""
    return clause.asked in _EMPTY or (
        clause.asked in _EMPTY_WITH and bool(_EMPTY_WITH[clause.asked] & {*clause.rest})
    )


def _with(filler: str, rest: tuple[str, ...]) -> list[str]:
    """Put what stands for the thing asked for behind the verb, or behind the preposition left at the end."""
    if rest and rest[-1].lower() in _STRANDED:
        return [*rest, filler]
    if len(rest) > 1 and rest[0].lower() == "to" and verb(rest[1].lower()):  # "wanted to buy something"
        return [*rest[:_PAIR], filler, *rest[_PAIR:]]
    return [filler, *rest]
