"""Runs retrieval for a question and decides whether to abstain."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.question.context_need import Need, need_of
from assistant.question.named_papers import scope_of
from assistant.question.premise import premise_of
from assistant.question.query import understand
from assistant.question.remarks import NOTICES, remark_in
from assistant.question.typing_errors import put_right, told
from assistant.retrieval.binding import bound
from assistant.retrieval.confidence import CALIBRATED, confidence_of
from assistant.retrieval.context_choice import finds_more
from assistant.retrieval.found import Seen
from assistant.retrieval.open_libraries import read_library
from assistant.retrieval.other_languages import across_languages
from assistant.retrieval.premises import borne_out
from assistant.retrieval.relevance import passage
from assistant.retrieval.reranker import load_reranker
from assistant.retrieval.retrieve import look
from ingest import relevance

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.question.query import Query
    from assistant.retrieval.open_libraries import OpenLibrary
    from assistant.retrieval.reranker import Reranker
    from assistant.retrieval.retrieve import Look
    from assistant.settings import AnswerSettings
    from ingest import Filters


def look_for(
    query: Query, *, library: Path | str | None, filters: Filters | None, settings: AnswerSettings
) -> Seen:
    """Search the library and decide whether what was found answers the question, whatever its language."""
    seen = _look_in_english(query, library=library, filters=filters, settings=settings)
    if remark_in(query.text):
        return seen
    least = CALIBRATED if settings.min_confidence is None else settings.min_confidence
    return read_library(library, lambda opened: across_languages(seen, query, opened, filters, least))


def _look_in_english(
    query: Query, *, library: Path | str | None, filters: Filters | None, settings: AnswerSettings
) -> Seen:
    """Search the library and decide whether what was found answers the question.

    Everything that is asked goes this way, so that an answer and its evidence come from one search. What is
    no question is not searched; what may stand by itself is searched without its conversation too, and is
    taken with it only where that finds more.
    """
    remark = remark_in(query.text)
    if remark:
        notices = read_library(library, lambda opened: tuple(opened.library.notices))
        return Seen(query, (), 0.0, answerable=False, notices=(NOTICES[remark], *notices))
    reranker = load_reranker(settings.reranker)
    least = CALIBRATED if settings.min_confidence is None else settings.min_confidence
    seen, found = read_library(library, lambda opened: _seen(query, opened, filters, reranker, least))
    if not query.context or need_of(query.text) is not Need.PERHAPS:
        return seen
    own = understand(query.text, asked_on=query.asked_on, limit=settings.max_question_characters)
    alone, found_alone = read_library(library, lambda opened: _seen(own, opened, filters, reranker, least))
    confidences = seen.confidence, alone.confidence
    more = finds_more(seen.query, found, found_alone, confidences=confidences, least=least)
    return seen if more else alone


def _seen(
    query: Query, opened: OpenLibrary, filters: Filters | None, reranker: Reranker | None, least: float
) -> tuple[Seen, Look]:
    """Search and decide, and return with the decision what it rests on."""
    query = put_right(query, filters, opened.library)
    scope = scope_of(query, filters, opened.library.sources)
    found = look(scope.query, opened, scope.filters, reranker=reranker)
    held = bound(scope.query, found.ranked, opened.library.frequencies)
    confidence = confidence_of(*found.of_places(held.places), total=found.total)
    seen = Seen(
        scope.query,
        held.ranked or found.ranked,
        confidence,
        answerable=bool(held.ranked or not least) and confidence >= least,
        notices=(*told(query), *scope.notices, *opened.library.notices, *held.notices),
        question_filter=scope.said,
        relevance=_relevance(found, scope.query),
    )
    return (_held_to_premise(seen) if held.ranked and least else seen), found


def _relevance(found: Look, query: Query) -> float:
    """Return the logit of the best sentence; it is read now where another reranker has read."""
    if found.relevance is not None or not found.ranked:
        return found.relevance or 0.0
    best = found.ranked[0]
    return float(relevance(query.full_text, [passage(best.article.title, best.sentence.text)])[0])


def _held_to_premise(seen: Seen) -> Seen:
    """Take back that a question is answerable which takes for granted what the sentences found don't say."""
    premise = premise_of(seen.query.full_text or seen.query.text)
    borne = borne_out(premise, seen.ranked, seen.relevance) if premise else None
    if premise is None or borne is None or not borne.unmet:
        return seen
    nearest = {item.place for item in borne.nearest}
    ranked = (*borne.nearest, *(item for item in seen.ranked if item.place not in nearest))
    return replace(seen, ranked=ranked, answerable=False, premise=borne.told(premise))
