"""Cause and effect: "the reservoir is low because farmers pump" for the reverse."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.language.words import FAR, content_words

_BECAUSE = re.compile(
    r"\b(?:because(?: of)?|due to|owing to|thanks to|as a (?:result|consequence) of|(?:was|were|is|are|been) "
    r"caused by|blamed on|put down to|attributed to)\b",
    re.IGNORECASE,
)
_SO = re.compile(
    r"(?:,|\band) so\b|\bso that\b|\b(?:led|leads|leading) to\b|\b(?:resulted|results|resulting) in\b|"
    r"(?<!be )(?<!was )(?<!were )(?<!been )(?<!is )\b(?:caused|causes|causing)\b(?! by)|"
    r"\bwhich is why\b|\btherefore\b|\bmeant that\b|\bforcing\b",
    re.IGNORECASE,
)
_SAID = re.compile(
    r",[^,“”]*\b(?:said|says|announced|reported|told|wrote|added)\b[^,“”]*$|,? according to [^,]*$"
)
_SURE = 3
"""How many times as many words have to fit crosswise as fit straight."""


@dataclass(frozen=True, slots=True)
class Cause:
    """The base forms of the content words of a cause and of its effect, without those that both have."""

    cause: frozenset[str]
    effect: frozenset[str]


@lru_cache(maxsize=1_000)
def causes(text: str) -> tuple[Cause, ...]:
    """Return the pairs of cause and effect that a text states."""
    found = []
    for shape, cause_follows in ((_BECAUSE, True), (_SO, False)):
        for match in shape.finditer(text):
            before = text[max(0, match.start() - FAR) : match.start()]
            after = _SAID.sub("", text[match.end() : match.end() + FAR].rstrip(" ."))
            if cause_follows and not before.strip() and "," in after:
                after, before = after.split(",", 1)  # "Because of the frost, prices rose"
            one, other = content_words(before), content_words(after)
            sides = (other - one, one - other) if cause_follows else (one - other, other - one)
            found.append(Cause(*sides))
    return tuple(found)


def cause_differs(statement: str, sources: tuple[str, ...]) -> bool:
    """Say whether the statement makes the source's cause the effect and its effect the cause."""
    theirs = [cause for source in sources for cause in causes(source)]
    for mine in causes(statement):
        for other in theirs:
            straight = len(mine.cause & other.cause) + len(mine.effect & other.effect)
            there, back = len(mine.cause & other.effect), len(mine.effect & other.cause)
            if there and back and there + back > _SURE * straight:
                return True
    return False
