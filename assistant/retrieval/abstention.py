"""Runs retrieval for a question and decides whether to abstain."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.language.english import is_foreign
from assistant.question.context_need import Need, need_of
from assistant.question.named_papers import scope_of
from assistant.question.parts import MOST_PARTS, parts_of
from assistant.question.premise import premise_of
from assistant.question.query import by_then, understand, without_month
from assistant.question.remarks import NOTICES, remark_in
from assistant.question.typing_errors import put_right, told
from assistant.retrieval.binding import bound
from assistant.retrieval.confidence import CALIBRATED, best_relevance, confidence_of
from assistant.retrieval.context_choice import finds_more
from assistant.retrieval.found import Seen
from assistant.retrieval.open_libraries import read_library
from assistant.retrieval.other_languages import CALIBRATED as ACROSS_LANGUAGES
from assistant.retrieval.other_languages import across_languages
from assistant.retrieval.premises import borne_out
from assistant.retrieval.reranker import load_reranker
from assistant.retrieval.retrieve import look
from ingest import Filters

if TYPE_CHECKING:
    from assistant.answers import QuestionFilter
    from assistant.question.parts import Part
    from assistant.question.query import Query
    from assistant.retrieval.open_libraries import OpenLibrary
    from assistant.retrieval.reranker import Reranker
    from assistant.retrieval.retrieve import Look
    from assistant.settings import AnswerSettings
    from ingest import LibraryLocation

NOT_FOUND = "Not found in your articles: “{}”."
"""What is said of things asked for beside others that are found."""

NOT_SEARCHED = "Not searched for, since one question asks for so much: “{}”."
"""What is said of the things beyond those that are searched for."""


def look_for(
    query: Query, *, library: LibraryLocation | str | None, filters: Filters | None, settings: AnswerSettings
) -> Seen:
    """Search the library and decide whether what was found answers the question, whatever its language."""
    seen = _look_in_english(query, library=library, filters=filters, settings=settings)
    if remark_in(query.text):
        return seen
    least = ACROSS_LANGUAGES if settings.min_confidence is None else settings.min_confidence
    if query.context and not seen.query.context and not is_foreign(query.text):
        query = _by_itself(query, settings)  # as it was taken in English
    return read_library(library, lambda opened: across_languages(seen, query, opened, filters, least))


def _by_itself(query: Query, settings: AnswerSettings) -> Query:
    """Return a question without its conversation."""
    return understand(query.text, asked_on=query.asked_on, limit=settings.max_question_characters)


def _look_in_english(
    query: Query, *, library: LibraryLocation | str | None, filters: Filters | None, settings: AnswerSettings
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
    least = CALIBRATED if settings.min_confidence is None else settings.min_confidence
    search = _Search(library, filters, load_reranker(settings.reranker), least)
    seen, found = search(query)
    if not query.context or need_of(query.text) is not Need.PERHAPS:
        return _with_parts(seen, search)
    alone, found_alone = search(_by_itself(query, settings))
    confidences = seen.confidence, alone.confidence
    more = finds_more(seen.query, found, found_alone, confidences=confidences, least=least)
    return _with_parts(seen if more else alone, search)


@dataclass(frozen=True, slots=True)
class _Search:
    """What is the same for every search of a question: where is searched, and how sure it must be."""

    library: LibraryLocation | str | None
    filters: Filters | None
    reranker: Reranker | None
    least: float

    def __call__(self, query: Query) -> tuple[Seen, Look]:
        """Search and decide, and return with the decision what it rests on."""
        return read_library(self.library, lambda opened: self._seen(query, opened))

    def _seen(self, query: Query, opened: OpenLibrary) -> tuple[Seen, Look]:
        query = by_then(put_right(query, self.filters, opened.library), lambda: opened.library.span()[1])
        scope = scope_of(query, self.filters, opened.library.sources)
        found = look(scope.query, opened, scope.filters, reranker=self.reranker)
        held = bound(found.query, found.ranked, opened.library.frequencies)
        confidence = confidence_of(held.ranked, total=found.total)
        seen = Seen(
            found.query,
            held.ranked or found.ranked,
            confidence,
            answerable=bool(held.ranked or not self.least) and confidence >= self.least,
            notices=(*told(query), *scope.notices, *opened.library.notices, *held.notices),
            question_filter=scope.said,
        )
        return (_held_to_premise(seen) if held.ranked and self.least else seen), found


def _with_parts(seen: Seen, search: _Search) -> Seen:
    """Ask for each of several things by itself, and say which of them is not found.

    Where none of them is, the question is answered as one; where one is, that is the answer.
    """
    query = seen.query
    asks = query.text
    for words in seen.question_filter.words if seen.question_filter else ():
        asks = asks.replace(words, " ")  # what limits all parts is said once, and holds as a filter
    parts = () if query.context else parts_of(asks.strip())  # an earlier question is none of its parts
    if not parts:
        return seen
    within = replace(search, filters=_narrowed(search.filters, seen.question_filter))
    taken, left = parts[:MOST_PARTS], parts[MOST_PARTS:]
    found = [_for_part(each, query, within) for each in taken]
    answered = [each for each in found if each.answerable and each.ranked]
    if not answered:
        return seen
    missing = [part.worded for part, each in zip(taken, found, strict=True) if each not in answered]
    untold = (NOT_FOUND, missing), (NOT_SEARCHED, [part.worded for part in left])
    notices = tuple(notice.format("”, “".join(which)) for notice, which in untold if which)
    return replace(
        seen,
        answerable=True,
        premise=None,
        confidence=min(each.confidence for each in answered),
        ranked=answered[0].ranked if len(answered) == 1 else seen.ranked,
        parts=tuple(each.ranked for each in answered) if len(answered) > 1 else (),
        notices=(*seen.notices, *notices),
    )


def _for_part(part: Part, query: Query, search: _Search) -> Seen:
    """Ask for one of several things, alone where the articles answer that with more certainty."""
    ways = [part.question, *([part.alone] if part.alone else [])]
    found = (search(understand(each, asked_on=query.asked_on, limit=len(each)))[0] for each in ways)
    return max(found, key=lambda seen: (seen.answerable, seen.confidence))


def _narrowed(filters: Filters | None, said: QuestionFilter | None) -> Filters | None:
    """Return the filters with what the words of a question limit all of its parts to."""
    if said is None:
        return filters
    given = filters or Filters()
    return replace(
        given,
        sources=given.sources or frozenset(said.sources),
        published_from=given.published_from or said.published_from,
        published_to=given.published_to or said.published_to,
        undated=given.undated and not (said.published_from or said.published_to),
    )


def _held_to_premise(seen: Seen) -> Seen:
    """Take back that a question is answerable which takes for granted what the sentences found don't say."""
    premise = premise_of(without_month(seen.query))
    borne = borne_out(premise, seen.ranked, best_relevance(seen.ranked)) if premise else None
    if premise is None or borne is None or not borne.unmet:
        return seen
    nearest = {item.place for item in borne.nearest}
    ranked = (*borne.nearest, *(item for item in seen.ranked if item.place not in nearest))
    return replace(seen, ranked=ranked, answerable=False, premise=borne.told(premise))
