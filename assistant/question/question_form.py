"""The shape of a question where it changes what is looked for: a list, a count, a comparison, the latest."""

from __future__ import annotations

import re
from enum import StrEnum

from assistant.language.patterns import names
from ingest import content_stems


class Shape(StrEnum):
    """What a question wants besides one fact."""

    PLAIN = "plain"
    LIST = "list"
    COUNT = "count"
    COMPARE = "compare"
    LATEST = "latest"


_PLURAL = r"(?!(?:was|is|has|does|this|news|always|ages|yes)\b)[a-z’'-]{3,}s"
_WORDINGS = {
    Shape.COMPARE: (
        r"\bcompar(?:e|ed|es|ing|ison)\b",
        r"\bdifferen(?:ce|ces|t) (?:between|from)\b",
        r"\bversus\b|\bvs\b",
        r"\bhow (?:do|does|did) .+ differ\b",
        r"\b(?:more|less|better|worse|bigger|older|higher|lower) than\b.*\?",
        r"\bwhich (?:of the two|one) (?:is|was|has|had)\b",
        r"^(?:who|which) .+,.+ or .+\?",
    ),
    Shape.LATEST: (
        r"\blatest\b|\bnewest\b|\bmost recent(?:ly)?\b|\bup to date\b",
        r"\bcurrent(?:ly)?\b|\bso far\b|\bas of (?:now|today)\b|\bright now\b|\bat the moment\b",
        r"\bwhat(?:'s|’s| is) new\b|\bany (?:news|update)",
    ),
    Shape.COUNT: (r"\bhow many\b|\bnumber of\b|^count\b",),
    Shape.LIST: (
        r"^(?:list|name|give)\b",
        r"\bwhat are (?:all |some )?(?:of )?the\b|\bwho are\b|\ball (?:the|of)\b|\bwho (?:all|else)\b",
        rf"\b(?:which|what) (?:[a-z-]+ )?{_PLURAL} (?:are|were|have|did|do|will|can)\b",
        r"\b(?:steps|reasons|examples|names) (?:of|for|to)\b",
    ),
}
_PATTERNS = {shape: re.compile("|".join(each), re.IGNORECASE) for shape, each in _WORDINGS.items()}
_SIDES = re.compile(r"\b(?:and|or|versus|vs\.?|than|from|to|with)\b", re.IGNORECASE)


def shape_of(question: str) -> Shape:
    """Return the shape of a question; `PLAIN` where the wording asks for one fact."""
    return next((shape for shape, pattern in _PATTERNS.items() if pattern.search(question)), Shape.PLAIN)


def sides_of(question: str) -> tuple[frozenset[str], ...]:
    """Return the stems of the names that a comparison sets side by side; empty unless there are two."""
    parts = [part for part in _SIDES.split(question) if part.strip()]
    named = [frozenset(s for name in names(f"x {part}") for s in content_stems(name)) for part in parts]
    sides = [side for side in named if side]
    return tuple(sides[-2:]) if len(sides) > 1 and not sides[-1] & sides[-2] else ()
