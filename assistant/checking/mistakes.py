"""Runs all rules over a statement and gathers the mistakes that they find, each with its reason in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.checking.rules.causes import cause_differs
from assistant.checking.rules.comparisons import comparison_differs
from assistant.checking.rules.conditions import condition_missing
from assistant.checking.rules.directions import direction_differs
from assistant.checking.rules.doubts import dispute_added, doubt_added, doubt_missing
from assistant.checking.rules.negation import absence_missing, denial_differs
from assistant.checking.rules.parts import number_belongs_elsewhere, subject_differs, verb_differs
from assistant.checking.rules.quotations import quotation_differs
from assistant.checking.rules.ranks import first_differs, holder_differs, superlative_differs
from assistant.checking.rules.relations import names_change_places, words_change_places
from assistant.checking.rules.roles import doer_differs
from assistant.checking.rules.shares import others_missing, share_differs
from assistant.checking.rules.substitutions import noun_differs
from assistant.checking.rules.wrong_numbers import number_differs
from assistant.language.calendar_words import SEASONS
from assistant.language.date_steps import stepped_dates
from assistant.language.dates import agrees, dates
from assistant.language.names import SourceWords, find_names, missing
from assistant.language.quantities import quantities
from assistant.language.speech import speaker_differs
from assistant.language.words import FAR, read_words

if TYPE_CHECKING:
    from datetime import date

    from assistant.language.dates import When

SWAP_GAIN = 0.75
"""Least gain, in links of adjacent words, from exchanging two names for it to be a mistake."""
_SEASON = re.compile(rf"this ({'|'.join(SEASONS)})", re.IGNORECASE)
_OF_THE_REPORT = re.compile(
    r"\b(?:as of|published|reported|dated|(?:report|article|story) (?:of|from|on))\s+(?:on\s+)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake: `kind` is one of `score.MISTAKE_KINDS`, `reason` tells a reader what is wrong.

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


def find_mistakes(statement: str, sources: Sources) -> list[Mistake]:
    """Return every mistake in a statement; the rules that are right most often come first."""
    found = [
        *_numbers(statement, sources),
        *_dates(statement, sources),
        *_names(statement, sources),
    ]
    if quoted := quotation_differs(statement, sources.sentences):
        found.append(Mistake("quotation_differs", f"“{quoted}” does not stand so in the source"))
    if mismatch := denial_differs(statement, sources.sentences):
        side, other = ("source", "answer") if mismatch.source_denies else ("answer", "source")
        found.append(
            Mistake(
                "denial_differs",
                f"the {side} denies “{mismatch.word}”, the {other} does not",
                contradicts=True,
            )
        )
    if none := absence_missing(statement, sources.sentences):
        found.append(Mistake("denial_differs", f"the source says “{none}”"))
    found += _doubts(statement, sources.sentences)
    if share := share_differs(statement, sources.sentences):
        found.append(Mistake("number_differs", f"the source says “{share[1]}”, the answer “{share[0]}”"))
    if others := others_missing(statement, sources.sentences):
        found.append(Mistake("number_differs", f"the source does not say “{others}”"))
    if pair := direction_differs(statement, sources.sentences):
        found.append(
            Mistake(
                "direction_differs", f"the source says “{pair[1]}”, the answer “{pair[0]}”", contradicts=True
            )
        )
    if speakers := speaker_differs(statement, sources.sentences, sources.context):
        found.append(
            Mistake("speaker_differs", f"the source has {speakers[1]} saying it, the answer {speakers[0]}")
        )
    found += _orders(statement, sources.sentences)
    found += _parts_mixed(statement, sources.sentences)
    found += _relations(statement, sources)
    return found


def _doubts(statement: str, sentences: tuple[str, ...]) -> list[Mistake]:
    found = []
    if word := doubt_missing(statement, sentences):
        found.append(
            Mistake("certainty_differs", f"the source does not say “{word}” as a fact, the answer does")
        )
    if word := doubt_added(statement, sentences):
        found.append(
            Mistake("certainty_differs", f"the source says “{word}” as a fact, the answer only as possible")
        )
    if word := dispute_added(statement, sentences):
        found.append(
            Mistake("certainty_differs", f"the source says it as a fact, the answer calls it “{word}”")
        )
    return found


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
    known = SourceWords.of(*sources.sentences, *sources.context)
    days = [range(when.start, when.end) for when in dates(statement, sources.published)]  # Christmas Day
    called = (name for name in find_names(statement) if not any(name.start in day for day in days))
    lost = ((name, missing(name, known)) for name in called)
    return [
        Mistake(
            "name_missing",
            f"{name.text} is not in the cited sentences"
            if len(words) == len(name.words)
            else f"the cited sentences do not say {' '.join(words)}",
        )
        for name, words in lost
        if words
    ]


def _orders(statement: str, sentences: tuple[str, ...]) -> list[Mistake]:
    """What comes first, what is greater, what brings what about, and on what condition."""
    ranks = (first_differs(statement, sentences), superlative_differs(statement, sentences))
    found = [
        Mistake("number_differs", f"the source says “{pair[1]}”, the answer “{pair[0]}”")
        for pair in ranks
        if pair
    ]
    if whose := holder_differs(statement, sentences):
        found.append(
            Mistake("relation_differs", f"the source says it of {whose[0]}, the answer of {whose[1]}")
        )
    if verb := condition_missing(statement, sentences):
        found.append(Mistake("certainty_differs", f"the source says “{verb}” only on a condition"))
    if cause_differs(statement, sentences):
        found.append(Mistake("relation_differs", "cause and effect have changed places"))
    if comparison_differs(statement, sentences):
        found.append(Mistake("relation_differs", "the two sides of a comparison have changed places"))
    return found


def _parts_mixed(statement: str, sentences: tuple[str, ...]) -> list[Mistake]:
    """What a sentence says of one, said of another that the sentence names too."""
    found = []
    if pair := subject_differs(statement, sentences):
        found.append(Mistake("relation_differs", f"the source says it of {pair[1]}, the answer of {pair[0]}"))
    if pair := number_belongs_elsewhere(statement, sentences):
        found.append(Mistake("number_differs", f"the source says {pair[0]}, the answer {pair[1]}"))
    if pair := noun_differs(statement, sentences):
        found.append(Mistake("relation_differs", f"the source says “{pair[1]}”, the answer “{pair[0]}”"))
    if pair := verb_differs(statement, sentences):
        found.append(
            Mistake("relation_differs", f"the source says “{pair[1]}” of it, the answer “{pair[0]}”")
        )
    return found


def _relations(statement: str, sources: Sources) -> list[Mistake]:
    if doers := doer_differs(statement, sources.sentences):
        return [
            Mistake(
                "relation_differs",
                f"in the source “{doers[0]}” is said of {doers[1]}, in the answer of {doers[2]}",
            )
        ]
    plain = {word.text for sentence in sources.sentences for word in read_words(sentence)}
    shown = {
        name.words[-1].base: name.text
        for name in find_names(statement)
        if name.words[-1].lower
        not in plain  # "Drivers" at the beginning is no name where the source has "drivers"
    }
    counted = {f"#{each.value:g}": each.text for each in quantities(statement)}
    groups = [[*shown], [*counted]]
    found = [
        best for sentence in sources.sentences if (best := names_change_places(statement, sentence, groups))
    ]
    if not found and (changed := words_change_places(statement, sources.sentences)):
        return [Mistake("relation_differs", f"“{changed[0]}” and “{changed[1]}” have changed places")]
    best = max(found, key=lambda each: each.gain, default=None)
    if best is None or best.gain < SWAP_GAIN:
        return []
    shown |= counted
    return [Mistake("relation_differs", f"{shown[best.one]} and {shown[best.other]} have changed places")]
