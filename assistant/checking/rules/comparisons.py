"""Comparisons: "the old trams are quieter than the new ones" for the reverse."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from assistant.language.words import FAR, content_words

_MID = 500
"""Characters between a degree and its "than": without an end, what follows each "larger" would be read."""
_DEGREE = re.compile(
    r"\b(?:(?:more|less|fewer|better|worse)\b|(?!(?:other|after|over|under|never|water|number|together|either|"
    r"rather|whether|further|later|former|order|offer|member|power|paper)\b)[a-z]{3,}er\b)"
    rf"(?P<mid>[^.;]{{0,{_MID}}}?)\bthan\b",
    re.IGNORECASE,
)
_TIMES = re.compile(rf"\b(?:twice|half|(?:\w+) times) as (?P<mid>[^.;]{{0,{_MID}}}?)\bas\b", re.IGNORECASE)
_END = re.compile(r"[,;.]|\b(?:and|but|while|because|although|though)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The sides of a comparison: content words before the degree and after "than", without shared ones."""

    degree: str
    more: frozenset[str]
    less: frozenset[str]


@lru_cache(maxsize=1_000)
def comparisons(text: str) -> tuple[Comparison, ...]:
    """Return the comparisons of a text."""
    found = []
    ends = [0, *(end.end() for end in _END.finditer(text))]
    for shape in (_DEGREE, _TIMES):
        for match in shape.finditer(text):
            rest = text[match.end() : match.end() + FAR]
            stop = _END.search(rest)
            begin = max(ends[bisect_right(ends, match.start()) - 1], match.start() - FAR)
            one = content_words(text[begin : match.start()])
            other = content_words(rest[: stop.start()] if stop else rest)
            degree = match.group().split()[0].lower()
            found.append(Comparison(degree, one - other, other - one))
    return tuple(found)


def comparison_differs(statement: str, sources: tuple[str, ...]) -> bool:
    """Say whether a comparison of the source has its two sides exchanged in the statement."""
    theirs = [each for source in sources for each in comparisons(source)]
    for mine in comparisons(statement):
        for other in theirs:
            if mine.degree != other.degree or mine.more & other.more or mine.less & other.less:
                continue
            if mine.more & other.less and mine.less & other.more:
                return True
    return False
