"""A question that asks for several things, taken apart: "when did it open, and what did it cost?"."""

from __future__ import annotations

import re
from dataclasses import dataclass

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
_TOPIC = re.compile(r"^(?P<topic>[^,;?]{3,}?)(?P<sign>:\s|\s[-–—]\s|,\s)(?P<rest>.+)$")


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a question asks for: as it was worded, and as a question of its own."""

    worded: str
    question: str


def parts_of(question: str) -> tuple[Part, ...]:
    """Return each thing that a question asks for; none where it is one thing, or about nothing named.

    What they are about, which is said before them or in the first, is repeated in the others.
    """
    topic, asked = _split(question.strip(" ,;").rstrip("?. "))
    if len(asked) <= 1:
        return ()
    whole = _completed(asked)
    if _CIRCUMSTANCE.match(topic):  # it says when or where, not what is asked about
        about = f"{topic} {_subject(whole[0])}"
        whole[0] = f"{topic}, {whole[0]}"
    else:
        about = topic or _subject(whole[0])
    known = frozenset(content_stems(about))
    if not known:
        return ()
    return tuple(
        Part(worded, part if known & frozenset(content_stems(part)) else f"{about} {part}")
        for worded, part in zip(asked, whole, strict=True)
    )


def _subject(asked: str) -> str:
    """Return what a question is about: what is left of it without its question words."""
    return _OPENING.sub("", asked, count=1).strip()


def _split(question: str) -> tuple[str, list[str]]:
    """Return what is named before the first question word, if anything, and the things asked for."""
    found = _TOPIC.match(question)
    if not found or _ASKING.match(question):
        return "", _asked(question, listed=False)
    return found["topic"].strip(), _asked(found["rest"], listed=found["sign"] != ", ")


def _asked(text: str, *, listed: bool) -> list[str]:
    """Return the things asked for; those `listed` behind a topic may be without question words.

    A comma alone begins a new question only with a word that begins no relative clause.
    """
    first, *others = _BETWEEN.split(text)
    if not (_ASKING.match(first) or listed) or _INDIRECT.search(first):
        return []
    if not listed and _SUBORDINATE.match(first):
        return []
    asked = [first]
    for sign, piece in zip(others[::2], others[1::2], strict=True):
        if not _WORD.search(piece):
            continue
        joined = "and" in sign.lower() or listed
        asks = bool(_ASKING.match(piece)) and (joined or not _RELATIVE.match(piece))
        if asks or (listed and len(piece.split()) <= LIST_WORDS):
            asked.append(piece)
        else:
            asked[-1] = f"{asked[-1]}{', ' if ',' in sign else ' and '}{piece}"
    asked = [piece for piece in asked if _WORD.search(piece)]
    return asked if sum(bool(_ASKING.match(piece)) for piece in asked) else []


def _completed(asked: list[str]) -> list[str]:
    """Give a bare question word what follows the next one: "where and on which day is the final"."""
    whole = list(asked)
    for place in range(len(whole) - 2, -1, -1):
        if _BARE.match(whole[place]):
            rest = re.sub(rf"{_BEFORE}{_WH}\b(?:.*? (?={_AUXILIARY}\b))?", "", whole[place + 1], count=1)
            whole[place] = f"{whole[place]} {rest.strip()}"
    return whole
