"""A question that asks for several things, taken apart: "when did it open, and what did it cost?"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.language.lexicon import FUNCTION_WORDS
from assistant.language.words import base_of, frequencies
from assistant.question.context_need import points_back
from ingest import content_stems

MOST_PARTS = 4
"""Parts of a question that are searched for by themselves; each costs a search."""

LIST_WORDS = 4
"""Words of the longest thing named in a list behind what it is about: "the plant: cost, power source"."""

_AUXILIARY = r"(?:is|was|are|were|did|do|does|has|have|had|will|can|could|would)"
_BEFORE = r"(?:(?:in|on|at|to|from|by|for|of|with|since|until) )?"
_WH = r"(?:who|whom|whose|what|which|when|where|why|how)"
_ASKING = re.compile(rf"{_BEFORE}{_WH}\b", re.IGNORECASE)
_BARE = re.compile(rf"{_BEFORE}{_WH}(?: (?:many|much|long|far|old))?$", re.IGNORECASE)
_YES_NO = re.compile(rf"{_AUXILIARY}\b", re.IGNORECASE)
_REQUEST = re.compile(
    r"^(?:(?:please|also|and|so|then|ok|hi|hello)[, ]+)*"
    r"(?:(?:(?:can|could|would|will) (?:you|anyone) (?:please )?)?(?:tell|show|give|remind) (?:me|us)|"
    r"(?:i|we)(?: would|['’]d)? (?:like|want|need) to know|do (?:you|we) know|any idea|"
    r"(?:i|we)(?: am|['’]m| are|['’]re) (?:wondering|asking))(?: please)?[,:]? (?=\w)",
    re.IGNORECASE,
)
"""What asks to be told, before what is asked: behind it "when the bridge closed" is a question."""
_RELATIVE = re.compile(r"(?:who|whom|whose|which)\b", re.IGNORECASE)
_WORD = re.compile(r"\w")
_INDIRECT = re.compile(rf"\b(?:between|about) {_WH}\b", re.IGNORECASE)
_CIRCUMSTANCE = re.compile(
    r"(?:according to|as per|in|on|at|by|from|after|before|during|since|until|under|with|despite)\b",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(rf"(?:when|where)\b(?! (?:and )?{_AUXILIARY}\b)(?!$)|in what may\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(,\s*and\s+|[,;?]\s+|\band\b)\s*", re.IGNORECASE)
_OPENING = re.compile(
    rf"{_BEFORE}{_WH}\b(?:(?:[^,]*? (?={_AUXILIARY}\b))|\s+)?(?:{_AUXILIARY}\b)?", re.IGNORECASE
)
_ADVERBIAL = re.compile(
    rf"(?:in|on|at|to|from|by|for|with|since|until|under|after|against) {_WH}"
    rf"(?: (?!{_AUXILIARY}\b)[\w-]+){{0,2}}$|"
    r"(?:why|when|where|how)(?: (?:not|exactly|much|many|long|often|far|soon))?$",
    re.IGNORECASE,
)
"""What asks for more of the same event: "why", "by how much", "on what terms"."""
_QUESTION_WORD = re.compile(rf"{_BEFORE}{_WH}\b(?:(?:[^,]*? (?={_AUXILIARY}\b))|\s+)?", re.IGNORECASE)
_WHAT_IS = re.compile(r"(?:what|which) (?:is|was|are|were)\b", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][\w’'-]*")
_NAMED = re.compile(r"\b(?:the|an?|this|these|his|her|its|their)\b|\b[^\W\d_a-zß-öø-ÿ]")
"""Where that begins which a question is about: a word like "the", or a name."""
_TOPIC = re.compile(r"^(?P<topic>[^,;?]{3,}?)(?P<sign>:\s|\s[-–—]\s|,\s)(?P<rest>.+)$")


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a question asks for: as it was worded, and as a question of its own.

    `alone` is the question without what was repeated, where it names something itself: "how old is the mayor,
    and what will the parking cost" need not be about the mayor. Which is meant only the articles can tell.
    """

    worded: str
    question: str
    alone: str = ""


def parts_of(question: str) -> tuple[Part, ...]:
    """Return each thing that a question asks for; none where it is one thing, or about nothing named.

    What they are about, which is said before them or in the first, is repeated in the others.
    """
    told = _REQUEST.sub("", question)
    topic, asked = _split(told.strip(" ,;").rstrip("?. "), requested=told != question)
    if len(asked) <= 1:
        return ()
    whole = _completed(asked)
    if _CIRCUMSTANCE.match(topic):  # it says when or where, not what is asked about
        about = f"{topic} {_about(whole[0])}"
        whole[0] = f"{topic}, {whole[0]}"
    else:
        about = topic or _about(whole[0])
    known = frozenset(content_stems(about))
    if not known:
        return ()
    return tuple(
        Part(worded, part)
        if _stands(part, known, first=not place)
        else Part(worded, f"{about} {part}", alone=part if place and not topic and _names(part) else "")
        for place, (worded, part) in enumerate(zip(asked, whole, strict=True))
    )


def _stands(part: str, known: frozenset[str], *, first: bool) -> bool:
    """Say whether a part names what is asked about, whose stems are `known`: "he" does not.

    Nor does the one thing that it asks for: "who scored at Elmstead and what was the score".
    """
    own = frozenset(content_stems(part))
    only_asked = len(own) == 1 and bool(_WHAT_IS.match(part))
    return bool(known & own) and (first or not (points_back(part) or only_asked))


def _names(part: str) -> bool:
    """Say whether a part names something beside the one thing that it asks for, and points at nothing."""
    return len(content_stems(part)) > 1 and bool(_NAMED.search(part[1:])) and not points_back(part)


def _about(asked: str) -> str:
    """Return what a question is about, from its first name or noun with "the" on.

    Typed without capitals, a name is a word that is none of the common ones.
    """
    opening = _YES_NO if _YES_NO.match(asked) else _OPENING
    left = opening.sub("", asked, count=1)
    named = _NAMED.search(left)
    if asked == asked.lower():
        until = named.start() if named else len(left)
        rare = (word for word in _NAME.finditer(left[:until]) if not _common(word[0]))
        named = next(rare, named)
    return left[named.start() :].strip() if named else left.strip()


def _common(word: str) -> bool:
    return word in FUNCTION_WORDS or base_of(word) in frequencies()


def _split(question: str, *, requested: bool) -> tuple[str, list[str]]:
    """Return what is named before the first question word, if anything, and the things asked for.

    `requested` says that the question stood behind words like "tell me".
    """
    found = _TOPIC.match(question)
    if not found or _ASKING.match(question) or _YES_NO.match(question):
        return "", _asked(question, listed=False, requested=requested)
    return found["topic"].strip(), _asked(found["rest"], listed=found["sign"] != ", ", requested=requested)


def _asked(text: str, *, listed: bool, requested: bool) -> list[str]:
    """Return the things asked for; those `listed` behind a topic may be without question words.

    A comma alone begins a new question with a word that begins no relative clause, or before others in a
    row: "…, who was the captain, and what was the cause?".
    """
    first, *others = _BETWEEN.split(text)
    if not (_ASKING.match(first) or _YES_NO.match(first) or listed) or _INDIRECT.search(first):
        return []
    if not (listed or requested) and _SUBORDINATE.match(first):
        return []
    asked = [first]
    signs, pieces = others[::2], others[1::2]
    in_a_row = (
        bool(pieces) and "," in signs[-1] and "and" in signs[-1].lower() and bool(_ASKING.match(pieces[-1]))
    )
    for sign, piece in zip(signs, pieces, strict=True):
        if not _WORD.search(piece):
            continue
        joined = "and" in sign.lower() or "?" in sign or listed or in_a_row
        asks = bool(_ASKING.match(piece)) and (joined or not _RELATIVE.match(piece))
        if asks or (listed and len(piece.split()) <= LIST_WORDS):
            asked.append(piece)
        else:
            asked[-1] = f"{asked[-1]}{', ' if ',' in sign else ' and '}{piece}"
    asked = [piece for piece in asked if _WORD.search(piece)]
    return asked if any(_ASKING.match(piece) for piece in asked) else []


def _completed(asked: list[str]) -> list[str]:
    """Give a bare question word what it is asked of: "where and on which day is the final", "… and why"."""
    whole = list(asked)
    full = next((place for place, piece in enumerate(whole) if not _BARE.match(piece)), len(whole))
    for place in range(full if full < len(whole) and not _ADVERBIAL.match(whole[full]) else 0):
        rest = re.sub(rf"{_BEFORE}{_WH}\b(?:.*? (?={_AUXILIARY}\b))?", "", whole[full], count=1)
        whole[place] = f"{whole[place]} {rest.strip()}"
    first = whole[0]
    told = (
        f"{first[0].lower()}{first[1:]}" if _YES_NO.match(first) else _QUESTION_WORD.sub("", first, count=1)
    )
    for place in range(full + 1, len(whole)):
        if _ADVERBIAL.match(whole[place]):
            whole[place] = f"{whole[place]} {told}" if _YES_NO.match(told) else f"{told} {whole[place]}"
    return whole
