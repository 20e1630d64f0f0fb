"""Runs all rules over a statement and gathers the mistakes that they find, each with its reason in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.checking.rules.absent_names import absent_names
from assistant.checking.rules.denials import denial_differs
from assistant.checking.rules.directions import direction_differs
from assistant.checking.rules.numbers import number_differs
from assistant.checking.rules.questions import only_asked
from assistant.checking.rules.quotations import quotation_differs
from assistant.checking.rules.unrealised import reported_as_done
from assistant.checking.rules.word_order import words_change_places
from assistant.language.calendar_words import SEASONS
from assistant.language.date_steps import stepped_dates
from assistant.language.dates import agrees, dates
from assistant.language.quantities import quantities
from assistant.language.words import FAR

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from assistant.language.dates import When

ONLY_ASKED = "the source only asks whether it is so"
_SEASON = re.compile(rf"this ({'|'.join(SEASONS)})", re.IGNORECASE)
_OF_THE_REPORT = re.compile(
    r"\b(?:as of|published|reported|dated|(?:report|article|story) (?:of|from|on))\s+(?:on\s+)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake: `kind` is what differs, `reason` tells a reader what is wrong.

    `contradicts`: the source says the opposite, not merely something else.
    """

    kind: str
    reason: str
    contradicts: bool = False


@dataclass(frozen=True, slots=True)
class Sources:
    """The cited sentences, their publication date, and context that may name whom a pronoun stands for."""

    sentences: tuple[str, ...]
    published: date | None = None
    context: tuple[str, ...] = ()


if TYPE_CHECKING:
    Rule = Callable[[str, Sources], list[Mistake]]


def find_mistakes(statement: str, sources: Sources, rules: Mapping[str, Rule] | None = None) -> list[Mistake]:
    """Return every mistake in a statement; the rules that are right most often come first."""
    chosen = RULES if rules is None else rules
    return [mistake for rule in chosen.values() for mistake in rule(statement, sources)]


def _numbers(statement: str, sources: Sources) -> list[Mistake]:
    return [
        Mistake("number_differs", reason, contradicts=reverse)
        for reason, reverse in number_differs(statement, sources.sentences, sources.published)
    ]


def _dates(statement: str, sources: Sources) -> list[Mistake]:
    texts = (*sources.sentences, *sources.context)
    theirs = [when for text in texts for when in dates(text, sources.published)]
    theirs += [when for text in texts for when in stepped_dates(text, sources.published)]
    numbers = {each.value for text in sources.sentences for each in quantities(text)}
    found = []
    for stated in _stated(statement, sources.published):
        if any(agrees(stated, other) for other in theirs) or _is_number(stated, numbers):
            continue
        season = _SEASON.fullmatch(stated.text)
        if season and any(re.search(rf"(?<!last )(?<!next )\b{season[1]}\b", text) for text in texts):
            continue
        if _of_the_report(statement, stated, sources.published):
            continue
        near = next((other for other in theirs if (other.minutes is None) is (stated.minutes is None)), None)
        reason = (
            f"the source says {near.text}, the answer {stated.text}"
            if near
            else f"{stated.text} is not in the cited sentences"
        )
        found.append(Mistake("date_differs", reason))
    return found


def _stated(statement: str, published: date | None) -> list[When]:
    """Return the dates of a statement, also "the following year" where it says after which.

    In "two days later" it is the number that is compared.
    """
    stepped = (when for when in stepped_dates(statement, published) if when.spans and not when.counted)
    return sorted((*dates(statement, published), *stepped), key=lambda when: when.start)


def _is_number(stated: When, numbers: set[float]) -> bool:
    return stated.text.isdigit() and float(stated.text) in numbers


def _of_the_report(statement: str, stated: When, published: date | None) -> bool:
    if published is None or not _OF_THE_REPORT.search(statement, max(0, stated.start - FAR), stated.start):
        return False
    fields = (published.year, published.month, published.day)
    given = [(mine, theirs) for mine, theirs in zip(stated.fields, fields, strict=True) if mine is not None]
    return bool(given) and all(mine == theirs for mine, theirs in given)


def _names(statement: str, sources: Sources) -> list[Mistake]:
    texts = (*sources.sentences, *sources.context)
    return [
        Mistake(
            "name_missing",
            f"{name.text} is not in the cited sentences"
            if len(words) == len(name.words)
            else f"the cited sentences do not say {' '.join(words)}",
        )
        for name, words in absent_names(statement, texts, sources.published)
    ]


def _quotation(statement: str, sources: Sources) -> list[Mistake]:
    quoted = quotation_differs(statement, sources.sentences)
    return [Mistake("quotation_differs", f"“{quoted}” does not stand so in the source")] if quoted else []


def _direction(statement: str, sources: Sources) -> list[Mistake]:
    pair = direction_differs(statement, sources.sentences)
    if not pair:
        return []
    reason = f"the source says “{pair[1]}”, the answer “{pair[0]}”"
    return [Mistake("direction_differs", reason, contradicts=True)]


def _denial(statement: str, sources: Sources) -> list[Mistake]:
    mismatch = denial_differs(statement, sources.sentences)
    if not mismatch:
        return []
    side, other = ("source", "answer") if mismatch.source_denies else ("answer", "source")
    reason = f"the {side} denies “{mismatch.word}”, the {other} does not"
    return [Mistake("denial_differs", reason, contradicts=True)]


def _words_swapped(statement: str, sources: Sources) -> list[Mistake]:
    changed = words_change_places(statement, sources.sentences)
    return (
        [Mistake("relation_differs", f"“{changed[0]}” and “{changed[1]}” have changed places")]
        if changed
        else []
    )


def _unrealised(statement: str, sources: Sources) -> list[Mistake]:
    done = reported_as_done(statement, sources.sentences, sources.context)
    reason = f"the source does not say that “{done}” came about"
    return [Mistake("unrealised_differs", reason)] if done else []


def _asked(statement: str, sources: Sources) -> list[Mistake]:
    return [Mistake("only_asked", ONLY_ASKED)] if only_asked(statement, sources.sentences) else []


RULES: dict[str, Rule] = {
    "numbers": _numbers,
    "dates": _dates,
    "names": _names,
    "quotation": _quotation,
    "direction": _direction,
    "denial": _denial,
    "words_swapped": _words_swapped,
    "unrealised": _unrealised,
    "asked": _asked,
}
"""Each rule by its name. bench/ablation.py shows what each is worth on texts that it wasn't written on."""
