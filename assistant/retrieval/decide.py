"""Runs retrieval for a question and decides whether to abstain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.question.follow_up import asks_nothing, changes_subject
from assistant.question.query import understand
from assistant.question.scope import scope_of
from assistant.retrieval.confidence import CALIBRATED, confidence_of
from assistant.retrieval.found import Seen
from assistant.retrieval.open_libraries import read_library
from assistant.retrieval.reranker import load_reranker
from assistant.retrieval.retrieve import look

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.question.query import Query
    from assistant.question.scope import Scope
    from assistant.retrieval.open_libraries import OpenLibrary
    from assistant.retrieval.reranker import Reranker
    from assistant.retrieval.retrieve import Look
    from assistant.settings import AnswerSettings
    from ingest import Filters


NO_QUESTION = "That asks nothing. Ask something about your articles."
FIRST = 5
"""Sentences that have to speak of what a follow-up asks: as many as an answer quotes."""


def look_for(
    query: Query, *, library: Path | str | None, filters: Filters | None, settings: AnswerSettings
) -> Seen:
    """Search the library and decide whether what was found answers the question.

    Everything that is asked goes this way, so that an answer and its evidence come from one search.
    """
    if asks_nothing(query.text):
        notices = read_library(library, lambda opened: tuple(opened.library.notices))
        return Seen(query, (), 0.0, answerable=False, notices=(NO_QUESTION, *notices))
    scope, seen, library_notices = read_library(
        library, lambda opened: _searched(query, opened, filters, load_reranker(settings.reranker))
    )
    query = scope.query
    if changes_subject(query.words, query.context, [item.sentence.text for item in seen.ranked[:FIRST]]):
        alone = understand(query.text, asked_on=query.asked_on, limit=settings.max_question_characters)
        return look_for(alone, library=library, filters=filters, settings=settings)
    confidence = confidence_of(seen.rows, seen.order, total=seen.total)
    least = CALIBRATED if settings.min_confidence is None else settings.min_confidence
    return Seen(
        query,
        seen.ranked,
        confidence,
        answerable=confidence >= least,
        notices=(*scope.notices, *library_notices),
        question_filter=scope.said,
    )


def _searched(
    query: Query, opened: OpenLibrary, filters: Filters | None, reranker: Reranker | None
) -> tuple[Scope, Look, tuple[str, ...]]:
    scope = scope_of(query, filters, opened.library.sources)
    found = look(scope.query, opened, scope.filters, reranker=reranker)
    return scope, found, tuple(opened.library.notices)
