"""The kind of answer that a question asks for, told from its wording."""

from __future__ import annotations

import re
from enum import StrEnum


class Kind(StrEnum):
    """The kind of answer that a question asks for."""

    NUMBER = "number"
    DURATION = "duration"
    MEASURE = "measure"
    MONEY = "money"
    TIME = "time"
    PERSON = "person"
    PLACE = "place"
    NAME = "name"
    QUOTATION = "quotation"
    REASON = "reason"
    OTHER = "other"


_PEOPLE = (
    "person|man|woman|boy|girl|actor|actress|singer|star|player|president|minister|politician|author|writer|"
    "director|leader|senator|judge|rapper|celebrity|mayor|officer|scientist|artist|musician|billionaire|"
    "candidate|royal|pope|king|queen|captain|spokesman|spokeswoman|councillor"
)
_PLACES = (
    "country|state|city|town|nation|place|region|island|continent|county|village|capital|river|venue|street|"
    "province|building|harbour"
)
_TIMES = "year|date|day|month|time|century|decade|season|week|hour"
_SPANS = "years|months|weeks|days|hours|minutes|seconds"
_SIZES = "far|big|large|tall|high|fast|deep|heavy|wide|strong|hot|cold|thick|steep"
_TALLIES = "score|tally|turnout|margin|majority|number|percentage|percent|share|proportion|age|figure"
_PRICED = (
    "cost|pay|paid|worth|spend|spent|earn|earned|raise|raised|price|fee|fined|sold|give|gave|offer|offered|"
    "settle|settled|owe|owed|lose|lost"
)
_SAYING = "say|said|tell|told|claim|claimed|argue|argued|call|called|describe|described"
_REACTING = "describe|described|react|reacted|respond|responded|comment|commented"
_CAUSING = "causes|caused|causing|started|sparked|triggered|prompted|led to"
_VERBS = "did|do|does|is|are|was|were|has|have|had|will|would|can|could|should|the"
_OF_A_KIND = rf"\b(?:what|which|this) (?:(?!(?:{_VERBS})\b)[\w'’]+[- ]){{0,3}}?"

# The first pattern that fits decides, so the more telling ones come first.
_PATTERNS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    (
        Kind.MONEY,
        (
            r"\bhow much (?:money|cash|funding)\b",
            r"\bwhat (?:price|sum|amount)\b",
            rf"\bhow much\b.*\b(?:{_PRICED})\b",
        ),
    ),
    (Kind.DURATION, (r"\bhow (?:long|much (?:more )?time)\b", rf"\bhow many (?:more )?(?:{_SPANS})\b")),
    (Kind.MEASURE, (rf"\bhow (?:{_SIZES})\b",)),
    (
        Kind.NUMBER,
        (
            r"\bhow (?:many|much|old|often)\b",
            rf"\bwhat (?:was |is |were |are )?(?:the )?(?:final )?(?:{_TALLIES})\b",
            r"\b(?:number|percentage) of (?:what|how)\b",
            r"\bhow did\b.*\bvote\b",
        ),
    ),
    (Kind.TIME, (r"\bwhen\b", rf"\b(?:what|which) (?:{_TIMES})\b", r"\bhow (?:soon|recently)\b")),
    (Kind.PERSON, (r"\bwho(?:m|se)?\b", rf"{_OF_A_KIND}(?:{_PEOPLE})\b")),
    (Kind.PLACE, (r"\bwhere\b", rf"{_OF_A_KIND}(?:{_PLACES})\b")),
    (
        Kind.QUOTATION,
        (
            rf"\bwhat (?:did|does|do|has|have)\b.*\b(?:{_SAYING})\b",
            rf"\bhow (?:did|does|has)\b.*\b(?:{_REACTING})\b",
        ),
    ),
    (
        Kind.REASON,
        (
            r"\bwhy\b",
            r"\bwhat (?:is |was |are |were )?(?:the |its |their )?(?:reasons?|causes?)\b",
            r"\bbecause of what\b",
            rf"\bwhat (?:has |have |had )?(?:{_CAUSING})\b",
            r"\bhow (?:did|does|do|was|were) .+ (?:start(?:ed)?|begin|begun|break out|come about|caused)\W*$",
        ),
    ),
    (Kind.NAME, (r"\b(?:which|what)\b", r"\bthis \w+\b")),
)
_COMPILED = tuple((kind, re.compile("|".join(patterns), re.IGNORECASE)) for kind, patterns in _PATTERNS)


# "What did he say when …", "which airline, whose …", "people who …": these tell of something and ask nothing.
_ASKING = re.compile(r"^\W*(?:who|whom|whose|when|where)\b|\b(?:which|what|how|why)\b", re.IGNORECASE)
_TELLING = re.compile(r"(?<=[\w)’'\"”,] )(?:who|whom|whose|when|where|why|how)\b", re.IGNORECASE)
_AFTER_ASKING = re.compile(
    r"\b(?:and|or|but|of|by|to|with|for|from|in|at|on|about|did|does|do|is|was|were|are) $"
)
_AGENCY = re.compile(r"\bWHO\b")

_COUNTED = re.compile(r"\bhow many ((?:[\w'’-]+ ?){1,3})", re.IGNORECASE)


_SAYS = re.compile(
    rf"\b(?:what|how) (?:did|does|do|has|have|had) (?P<who>[^?.,;]{{2,60}}?) (?:{_SAYING}|{_REACTING})\b",
    re.IGNORECASE,
)


def speaker(question: str) -> str:
    """Return the words for who is asked about in "what did … say"; empty for other questions."""
    found = _SAYS.search(question)
    return found["who"] if found else ""


def counted_thing(question: str) -> str:
    """Return the words after "how many": what is counted stands among them; empty for other questions."""
    found = _COUNTED.search(question)
    return found.group(1) if found else ""


def kind_of(question: str) -> Kind:
    """Return the kind of answer asked for; `OTHER` where the wording doesn't tell."""
    asked = _asked(question)
    return next((kind for kind, pattern in _COMPILED if pattern.search(asked)), Kind.OTHER)


def _asked(question: str) -> str:
    """Return a question without the words that ask elsewhere and here begin a clause about something."""
    text = question if question.isupper() else _AGENCY.sub(" ", question)
    first = _ASKING.search(text)
    if first is None:
        return text

    def keep(found: re.Match[str]) -> str:
        own = found.start() == first.start() or _AFTER_ASKING.search(text[: found.start()])
        return found.group() if own else " "

    return _TELLING.sub(keep, text)
