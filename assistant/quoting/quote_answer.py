"""An answer in quotations: the chosen sentences as footnotes, with what they differ about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.answers import Answer, Citation, Evidence, Statement, Support
from assistant.conflicts.disagreements import brought_in
from assistant.question.answer_kind import Kind
from assistant.question.question_form import Shape
from assistant.quoting.highlight import emphasis
from assistant.quoting.select import MOST_QUOTES, choose, in_reading_order, referent_of, repeats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.answers import Conflict
    from assistant.conflicts.disagreements import Disagreement
    from assistant.question.query import Query
    from assistant.retrieval.found import Ranked, Seen

NEAREST = 3
"""Sentences offered as the closest when the articles don't say."""


def quoted(seen: Seen, notices: tuple[str, ...] = ()) -> Answer:
    """Answer in quotations, or say that there is no answer, with the closest sentences as consulted.

    `notices` are said besides those of the library.
    """
    chosen, found = _settled(seen) if seen.answerable else ([], [])
    citations = tuple(
        present(item, number, seen.ranked, seen.query) for number, item in enumerate(chosen, start=1)
    )
    conflicts = tuple(item.numbered([place + 1 for place in item.places]) for item in found)
    return Answer(
        question=seen.query.asked,
        answered=bool(citations),
        confidence=seen.confidence,
        statements=tuple(_statement(citation, conflicts) for citation in citations),
        citations=citations,
        conflicts=conflicts,
        consulted=consulted(seen.ranked, chosen, limit=MOST_QUOTES if citations else NEAREST),
        notices=(*seen.notices, *notices),
        question_filter=seen.question_filter,
        corrections=seen.query.corrections,
        premise=seen.premise,
        language=seen.query.language,
    )


def present(item: Ranked, number: int, ranked: Sequence[Ranked], query: Query | None = None) -> Citation:
    """Cite a sentence with what makes it easy to read: decisive words, who "he" is, who else printed it."""
    others = {
        other.article.source
        for other in ranked
        if item.group and other.group == item.group and other.article.id != item.article.id
    }
    return replace(
        item.cite(number),
        emphasis=emphasis(item.sentence.text, query) if query else (),
        referent=referent_of(item),
        also_in=tuple(sorted(name for name in others if name and name != item.article.source)),
    )


def as_evidence(ranked: Sequence[Ranked]) -> list[Evidence]:
    """Return ranked sentences as public evidence, numbered in order."""
    return [Evidence(item.cite(number), item.score) for number, item in enumerate(ranked, start=1)]


def _settled(seen: Seen) -> tuple[list[Ranked], list[Disagreement]]:
    """Choose what is quoted, and bring in the sentences that say otherwise."""
    query, parts = seen.query, seen.parts
    about = frozenset(query.words).difference(*query.sides)
    why = query.kind is Kind.REASON
    chosen = choose(seen.ranked, why=why, shape=query.shape, sides=query.sides, about=about, parts=parts)
    shown, found = brought_in(chosen, seen.ranked)
    plain = query.shape in (Shape.PLAIN, Shape.COUNT) and not parts
    ordered = _corrected_first(shown, found) if plain else shown
    places = {id(item): place for place, item in enumerate(ordered)}
    moved = (item.moved({at: places[id(shown[at])] for at in item.places}) for item in found)
    return ordered, [item for item in moved if item is not None]


def _corrected_first(shown: list[Ranked], found: Sequence[Disagreement]) -> list[Ranked]:
    """Put the correction first where the decisive sentence has been corrected by its own source."""
    for item in found:
        if item.superseded and 0 in item.places[1:]:
            newest = shown[item.places[0]]
            return in_reading_order([newest, *(other for other in shown if other is not newest)])
    return shown


def _statement(citation: Citation, conflicts: Sequence[Conflict]) -> Statement:
    """Make the statement of a quote: contradicted ones say so, except the report that corrects another."""
    disputed = any(
        citation.number in item.citations and not (item.superseded and item.citations[0] == citation.number)
        for item in conflicts
    )
    support = Support.CONFLICTING if disputed else Support.SUPPORTED
    return Statement(text=citation.quote, citations=(citation.number,), support=support)


def consulted(ranked: Sequence[Ranked], chosen: Sequence[Ranked], *, limit: int) -> tuple[Citation, ...]:
    """Cite the best sentences that were not chosen and repeat nothing, numbered after the chosen ones."""
    rest: list[Ranked] = []
    for item in ranked:
        if not any(repeats(item, other) for other in [*chosen, *rest]):
            rest.append(item)
        if len(rest) == limit:
            break
    return tuple(item.cite(number) for number, item in enumerate(rest, start=len(chosen) + 1))
