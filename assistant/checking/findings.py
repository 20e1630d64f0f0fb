"""What the single checks find wrong with a statement, each with its reason in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.checking.rules.causes import turned_round
from assistant.checking.rules.comparisons import compared_wrongly
from assistant.checking.rules.conditions import unconditional
from assistant.checking.rules.directions import turned
from assistant.checking.rules.doubts import disputed, doubt, weakened
from assistant.checking.rules.negation import denial, unproven
from assistant.checking.rules.parts import crossed, number_of_another, other_object
from assistant.checking.rules.quotations import altered
from assistant.checking.rules.ranks import first_of_another, later_than_first, top_of_many
from assistant.checking.rules.relations import exchanged, swapped
from assistant.checking.rules.roles import other_doer
from assistant.checking.rules.shares import others_added, overstated
from assistant.checking.rules.substitutions import substituted
from assistant.checking.rules.wrong_numbers import miscounted
from assistant.language.calendar_words import SEASONS
from assistant.language.date_steps import stepped_dates
from assistant.language.dates import agrees, dates
from assistant.language.names import SourceWords, find_names, missing
from assistant.language.quantities import quantities
from assistant.language.speech import other_speaker
from assistant.language.words import FAR, read_words

if TYPE_CHECKING:
    from datetime import date

    from assistant.language.dates import When

SWAP_GAIN = 0.75
"""How much better the source has to fit once two names have changed places."""
_SEASON = re.compile(rf"this ({'|'.join(SEASONS)})", re.IGNORECASE)
_OF_THE_REPORT = re.compile(
    r"\b(?:as of|published|reported|dated|(?:report|article|story) (?:of|from|on))\s+(?:on\s+)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake: `kind` names the check, `reason` tells a reader what is wrong.

    `contradicts` says that the source says the reverse, not merely something else.
    """

    kind: str
    reason: str
    contradicts: bool = False


@dataclass(frozen=True, slots=True)
class Sources:
    """The cited sentences, the day they were published and text around them that may name who is meant."""

    sentences: tuple[str, ...]
    published: date | None = None
    context: tuple[str, ...] = ()


def findings(statement: str, sources: Sources) -> list[Mistake]:
    """Return all that is wrong with a statement, the most certain first."""
    found = [
        *_numbers(statement, sources),
        *_dates(statement, sources),
        *_names(statement, sources),
    ]
    if quoted := altered(statement, sources.sentences):
        found.append(Mistake("quotation", f"“{quoted}” does not stand so in the source"))
    if mismatch := denial(statement, sources.sentences):
        side, other = ("source", "answer") if mismatch.source_denies else ("answer", "source")
        found.append(
            Mistake(
                "negation", f"the {side} denies “{mismatch.word}”, the {other} does not", contradicts=True
            )
        )
    if none := unproven(statement, sources.sentences):
        found.append(Mistake("negation", f"the source says “{none}”"))
    found += _doubts(statement, sources.sentences)
    if share := overstated(statement, sources.sentences):
        found.append(Mistake("number", f"the source says “{share[1]}”, the answer “{share[0]}”"))
    if others := others_added(statement, sources.sentences):
        found.append(Mistake("number", f"the source does not say “{others}”"))
    if pair := turned(statement, sources.sentences):
        found.append(
            Mistake("direction", f"the source says “{pair[1]}”, the answer “{pair[0]}”", contradicts=True)
        )
    if speakers := other_speaker(statement, sources.sentences, sources.context):
        found.append(Mistake("speaker", f"the source has {speakers[1]} saying it, the answer {speakers[0]}"))
    found += _orders(statement, sources.sentences)
    found += _parts_mixed(statement, sources.sentences)
    found += _relations(statement, sources)
    return found


def _doubts(statement: str, sentences: tuple[str, ...]) -> list[Mistake]:
    found = []
    if word := doubt(statement, sentences):
        found.append(Mistake("doubt", f"the source does not say “{word}” as a fact, the answer does"))
    if word := weakened(statement, sentences):
        found.append(Mistake("doubt", f"the source says “{word}” as a fact, the answer only as possible"))
    if word := disputed(statement, sentences):
        found.append(Mistake("doubt", f"the source says it as a fact, the answer calls it “{word}”"))
    return found


def _numbers(statement: str, sources: Sources) -> list[Mistake]:
    return [
        Mistake("number", reason, contradicts=reverse)
        for reason, reverse in miscounted(statement, sources.sentences, sources.published)
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
        found.append(Mistake("date", reason))
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
            "name",
            f"{name.text} is not in the cited sentences"
            if len(words) == len(name.words)
            else f"the cited sentences do not say {' '.join(words)}",
        )
        for name, words in lost
        if words
    ]


def _orders(statement: str, sentences: tuple[str, ...]) -> list[Mistake]:
    """What comes first, what is greater, what brings what about, and on what condition."""
    ranks = (later_than_first(statement, sentences), top_of_many(statement, sentences))
    found = [
        Mistake("number", f"the source says “{pair[1]}”, the answer “{pair[0]}”") for pair in ranks if pair
    ]
    if whose := first_of_another(statement, sentences):
        found.append(Mistake("relation", f"the source says it of {whose[0]}, the answer of {whose[1]}"))
    if verb := unconditional(statement, sentences):
        found.append(Mistake("doubt", f"the source says “{verb}” only on a condition"))
    if turned_round(statement, sentences):
        found.append(Mistake("relation", "cause and effect have changed places"))
    if compared_wrongly(statement, sentences):
        found.append(Mistake("relation", "the two sides of a comparison have changed places"))
    return found


def _parts_mixed(statement: str, sentences: tuple[str, ...]) -> list[Mistake]:
    """What a sentence says of one, said of another that the sentence names too."""
    found = []
    if pair := crossed(statement, sentences):
        found.append(Mistake("relation", f"the source says it of {pair[1]}, the answer of {pair[0]}"))
    if pair := number_of_another(statement, sentences):
        found.append(Mistake("number", f"the source says {pair[0]}, the answer {pair[1]}"))
    if pair := substituted(statement, sentences):
        found.append(Mistake("relation", f"the source says “{pair[1]}”, the answer “{pair[0]}”"))
    if pair := other_object(statement, sentences):
        found.append(Mistake("relation", f"the source says “{pair[1]}” of it, the answer “{pair[0]}”"))
    return found


def _relations(statement: str, sources: Sources) -> list[Mistake]:
    if doers := other_doer(statement, sources.sentences):
        return [
            Mistake(
                "relation", f"in the source “{doers[0]}” is said of {doers[1]}, in the answer of {doers[2]}"
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
    found = [best for sentence in sources.sentences if (best := swapped(statement, sentence, groups))]
    if not found and (changed := exchanged(statement, sources.sentences)):
        return [Mistake("relation", f"“{changed[0]}” and “{changed[1]}” have changed places")]
    best = max(found, key=lambda each: each.gain, default=None)
    if best is None or best.gain < SWAP_GAIN:
        return []
    shown |= counted
    return [Mistake("relation", f"{shown[best.one]} and {shown[best.other]} have changed places")]
