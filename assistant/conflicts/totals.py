"""Totals in a sentence, with what they count and what happened to it; parts, rates and changes are none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from math import isclose
from typing import TYPE_CHECKING

from assistant.conflicts.same_event import topic_words
from assistant.language.quantities import NumberBound, Quantity, quantities
from assistant.language.words import base_of, read_words

if TYPE_CHECKING:
    from assistant.language.words import Word

AFTER_WORDS = 5
BEFORE_WORDS = 3
"""Words beside a number that say what it counts and what happened to it."""
ROUNDED = 1_000
"""Smaller whole numbers are counted and not rounded: 20 and 23 differ."""

FAR_APART = 1.5
"""Two estimates contradict each other from this ratio on; "about 400" and "some 450" don't."""
_MEANINGS = (
    ("hurt", "hurt injure injured injury wound wounded casualty"),
    ("dead", "die dead death kill killed fatality perish slay"),
    ("people", "people person individual"),
    ("arrest", "arrest detain detained custody"),
    ("missing", "miss missing unaccounted"),
    ("cost", "cost price worth pay paid"),
    ("rescue", "rescue save evacuate"),
)
_MEANING = {base_of(word): name for name, words in _MEANINGS for word in words.split()}
_OUTCOMES = frozenset({"hurt", "dead", "arrest", "missing", "rescue"})
_PEOPLE = "people"
# A number after one of these is a part, a difference, a rate or an addition, not the whole.
_PART = re.compile(
    r"\b(?:of the|of them|of those|of whom|of its|of their|another|other|additional|further|extra|up|down|by|"
    r"rose|fell|increase of|decrease of|between|from|to|or|age|aged|nearly|top|no\.?|number|least|most|than|"
    r"including|included|include|among|all|both|at|article|section|chapter|route|flight|covid)\s*(?:[$€£]\s?)?$",
    re.IGNORECASE,
)
_NO_WHOLE = re.compile(
    r"^[-–—:/]|^\s*(?:a\.?m|p\.?m|more|fewer|less|additional|other|others|percentage|to\b|or\b|and a half|"
    r"times|of (?:the|them|those|its|whom)|out of|years?[- ]old|-year|-day|points?\b|(?:each|every|an?) \w+|"
    r"(?:\w+ )?(?:per\b|an hour|a (?:day|night|week|month|year)|each\b|every\b)|"
    r"(?:hours?|days?|weeks?|months?|years?|minutes?|miles?|km) "
    r"(?:ago|later|before|after|earlier|away|from|old))",
    re.IGNORECASE,
)
# A share that has risen or fallen is a change, and every month has its own.
_CHANGE = re.compile(
    r"\b(?:increas|decreas|jump|climb|rise|rose|risen|fall|fell|drop|grew|grow|gain|lost|surg|slump|declin|"
    r"up|down|higher|lower|inflation|averag)",
    re.IGNORECASE,
)
_VALUE_WORD = re.compile(r"[\s-]+([^\W\d_][\w-]*)")
_NOT_A_VALUE_WORD = frozenset(
    "were was are is have had has and in on at after when people's the a an by for of that who as".split()  # noqa: SIM905
)
_HAPPENED = {
    "hurt": "hurt",
    "dead": "killed",
    "arrest": "arrested",
    "missing": "missing",
    "rescue": "rescued",
}
_LABELS = {"percent": "share", "time": "time", "length": "length", "mass": "weight", "speed": "speed"}
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Counted:
    """A total. `role`: meanings of the words around it, `head`: that of its noun, `value`: its wording."""

    quantity: Quantity
    role: frozenset[str]
    head: str
    value: str


@lru_cache(maxsize=500)
def totals(text: str) -> tuple[Counted, ...]:
    """Return the totals of a sentence in order: its numbers that are no part, rate, change or bound."""
    found = []
    words = topic_words(text)
    clauses = {word.start: word.clause for word in read_words(text)}
    for quantity in quantities(text):
        start, end = quantity.numeral.start, quantity.numeral.end
        if quantity.numeral.ordinal or _PART.search(text[:start]) or _NO_WHOLE.match(text[end:]):
            continue
        if quantity.bound in {NumberBound.OVER, NumberBound.UNDER} or _is_year(quantity, text):
            continue
        if quantity.kind == "percent" and _CHANGE.search(text):
            continue
        clause = clauses.get(start, -1)
        after = [word for word in words if word.start >= end and word.clause == clause][:AFTER_WORDS]
        before = [word for word in words if word.end <= start and word.clause == clause][-BEFORE_WORDS:]
        role = frozenset(meaning(word) for word in (*before, *after))
        head = meaning(after[0]) if after and after[0].start - end <= 1 else ""
        found.append(Counted(quantity, role, head, _value(text, quantity)))
    return tuple(found)


def same_thing(one: Counted, other: Counted) -> bool:
    """Say whether two totals count the same thing: the same noun with the same outcome."""
    if one.quantity.kind != other.quantity.kind:
        return False
    happened, happened_there = one.role & _OUTCOMES, other.role & _OUTCOMES
    if happened != happened_there:
        return False
    shared = one.role & other.role
    if one.quantity.kind:
        return len(shared) >= 2  # noqa: PLR2004  # one word beside a sum says too little
    heads = {one.head, other.head} - {"", _PEOPLE} - _OUTCOMES
    if len(heads) > 1:
        return False
    if happened:
        return True
    return one.head == other.head != "" and len(shared - {_PEOPLE}) >= 1 + (one.head != _PEOPLE)


def may_agree(one: Counted, other: Counted) -> bool:
    """Say whether two totals are compatible: equal, rounded, or estimates within `FAR_APART`."""
    low, high = sorted((abs(one.quantity.size), abs(other.quantity.size)))
    if isclose(low, high) or low == 0:
        return True
    if NumberBound.ABOUT in {one.quantity.bound, other.quantity.bound}:
        return high / low < FAR_APART
    return _rounds(low, high) or _rounds(high, low)


def _rounds(coarse: float, fine: float) -> bool:
    """Say whether one number is the other in round figures: 1.5 million for 1,523,000, 9 for 9.4."""
    if coarse.is_integer() and not fine.is_integer():
        return round(fine) == coarse
    digits = len(f"{coarse:.10g}".replace(".", "").strip("0"))
    return coarse >= ROUNDED and isclose(float(f"{fine:.{max(digits, 1) - 1}e}"), coarse)


def about(one: Counted, other: Counted, text: str) -> str:
    """Name what the numbers count: "the number of people hurt", "the sum (restoration, lighthouse)"."""
    words = topic_words(text)
    if not one.quantity.kind:
        last = one.value.rsplit(" ", 1)[-1].lower()
        heads = [last] if " " in one.value and last.isalpha() else []
        happened = [_HAPPENED[meaning] for meaning in sorted(one.role & _OUTCOMES)]
        return " ".join(["the number of", *(heads[:1] or ["people"]), *happened[:1]])
    shared = one.role & other.role
    named = dict.fromkeys(word.text for word in words if meaning(word) in shared or word.capital)
    units = base_of(one.value.rsplit(" ", 1)[-1])
    telling = [word for word in named if base_of(word) != units][:_MOST_NAMED]
    return f"the {_LABELS.get(one.quantity.kind, 'sum')} ({', '.join(telling)})"


def _is_year(quantity: Quantity, text: str) -> bool:
    return not quantity.kind and bool(
        re.fullmatch(r"(?:1[5-9]|20)\d\d", text[quantity.numeral.start : quantity.numeral.end])
    )


def _value(text: str, quantity: Quantity) -> str:
    """Return the number with what it counts behind it, as it is written: "29 energy suppliers"."""
    start, end = quantity.numeral.start, quantity.numeral.end
    signed = text.rfind(quantity.text, 0, end + len(quantity.text))
    if 0 <= signed <= start:
        start, end = signed, max(end, signed + len(quantity.text))
    place = end
    for _ in range(_MOST_NAMED):
        word = _VALUE_WORD.match(text, place)
        if word is None or word[1].lower() in _NOT_A_VALUE_WORD:
            break
        place = word.end()
        if word[1].lower().endswith(("s", "people", "children", "men", "women")):
            return text[start:place]
    return text[start:end]


def meaning(word: Word) -> str:
    """Return the base form of a word; words for one outcome ("injured", "wounded") have one form."""
    return _MEANING.get(word.base, word.base)
