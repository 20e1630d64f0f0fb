"""Runs retrieval for a question and decides whether to abstain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.question.query import understand
from assistant.question.remarks import NOTICES, remark_in
from assistant.question.scope import scope_of
from assistant.question.standing import Need, need_of
from assistant.question.typing_errors import put_right, told
from assistant.retrieval.binding import bound
from assistant.retrieval.confidence import CALIBRATED, confidence_of
from assistant.retrieval.context_choice import finds_more
from assistant.retrieval.found import Seen
from assistant.retrieval.open_libraries import read_library
from assistant.retrieval.reranker import load_reranker
from assistant.retrieval.retrieve import look

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
    )
    return seen, found
