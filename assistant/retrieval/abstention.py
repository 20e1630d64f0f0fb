"""Runs retrieval for a question and decides whether to abstain."""

from __future__ import annotations

from dataclasses import dataclass, replace
from textwrap import shorten
from typing import TYPE_CHECKING

from assistant.language.english import is_foreign
from assistant.question.context_need import Need, need_of
from assistant.question.named_papers import scope_of
from assistant.question.parts import MOST_PARTS, parts_of
from assistant.question.premise import premise_of
from assistant.question.query import by_then, understand, without_month
from assistant.question.remarks import NOTICES, remark_in
from assistant.question.subjects import telling_words
from assistant.question.typing_errors import put_right, told
from assistant.retrieval.binding import bound
from assistant.retrieval.confidence import CALIBRATED, best_relevance, confidence_of
from assistant.retrieval.context_choice import Tries, goes_on
from assistant.retrieval.found import Seen
from assistant.retrieval.open_libraries import read_library
from assistant.retrieval.other_languages import CALIBRATED as ACROSS_LANGUAGES
from assistant.retrieval.other_languages import across_languages
from assistant.retrieval.premises import borne_out
from assistant.retrieval.reranker import load_reranker
from assistant.retrieval.retrieve import look
from assistant.retrieval.subject_present import Presence, presence
from ingest import Filters

if TYPE_CHECKING:
    from assistant.answers import QuestionFilter
    from assistant.question.named_papers import Scope
    from assistant.question.parts import Part
    from assistant.question.query import Query
    from assistant.retrieval.open_libraries import OpenLibrary
    from assistant.retrieval.reranker import Reranker
    from assistant.retrieval.retrieve import Look
    from assistant.settings import AnswerSettings
    from ingest import LibraryLocation

NOT_FOUND = "Not found in your articles: “{}”."
"""What is said of things asked for beside others that are found."""

NOTHING_ABOUT = "Nothing in your articles is about what was asked before: “{}”."
"""What is said where a question goes on with one that is about nothing in the articles."""

LONGEST_NAMED = 120
"""Characters of an earlier question that are said in a notice."""

ASKED_ALONE = "If it is about something else, name that: asked alone, this question is answered."
"""What is said there where other articles answer it."""

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
    found = read_library(library, lambda opened: across_languages(seen, query, opened, filters, least))
    if found.answerable and not seen.answerable:  # what was missing in English is told in another language
        return replace(found, notices=tuple(each for each in found.notices if each not in seen.missing))
    return found


def _by_itself(query: Query, settings: AnswerSettings) -> Query:
    """Return a question without its conversation."""
    return understand(query.text, asked_on=query.asked_on, limit=settings.max_question_characters)


def _look_in_english(
    query: Query, *, library: LibraryLocation | str | None, filters: Filters | None, settings: AnswerSettings
) -> Seen:
    """Search the library and decide whether what was found answers the question.

    Everything that is asked goes this way, so that an answer and its evidence come from one search. What is
    no question is not searched; what may stand by itself is searched without its conversation too, and both
    searches tell whether it goes on. What goes on with a subject that no article tells of is not answered.
    """
    remark = remark_in(query.text)
    if remark:
        notices = read_library(library, lambda opened: tuple(opened.library.notices))
        return Seen(query, (), 0.0, answerable=False, notices=(NOTICES[remark], *notices))
    least = CALIBRATED if settings.min_confidence is None else settings.min_confidence
    search = _Search(library, filters, load_reranker(settings.reranker), least)
    seen, found = search(query)
    if not query.context:
        return _with_parts(seen, search)
    about = search.told_of(query) if least and telling_words(query.unanswered) else Presence(1.0)
    otherwise = False
    if need_of(query.text) is not Need.CONTEXT:
        alone, found_alone = search(_by_itself(query, settings))
        tries = Tries(found, found_alone, (seen.confidence, alone.confidence), about.is_there, least)
        if not goes_on(seen.query, tries):
            return _with_parts(alone, search)
        otherwise = alone.answerable
    if about.is_there:
        return _with_parts(seen, search)
    return _subject_missing(seen, about, otherwise=otherwise)


def _subject_missing(seen: Seen, about: Presence, *, otherwise: bool) -> Seen:
    """Take back that a question is answerable whose conversation is about what the articles don't tell of.

    `otherwise` says whether it would be answered alone.
    """
    why = about.why or NOTHING_ABOUT.format(shorten(seen.query.unanswered, LONGEST_NAMED, placeholder=" …"))
    missing = (why, *([ASKED_ALONE] if otherwise else []))
    return replace(
        seen,
        answerable=False,
        confidence=min(seen.confidence, about.probability),
        notices=(*(each for each in seen.notices if each not in missing), *missing),
        missing=missing,
    )


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

    def told_of(self, query: Query) -> Presence:
        """Say whether the articles tell of what began the conversation's subject."""
        question = query.unanswered
        begun = understand(question, asked_on=query.asked_on, limit=len(question))

        def look_it_up(opened: OpenLibrary) -> Presence:
            scope = self._scope(begun, opened)
            return presence(scope.query, opened, scope.filters)

        return read_library(self.library, look_it_up)

    def _scope(self, query: Query, opened: OpenLibrary) -> Scope:
        """Read the typing errors, the month and the papers of a question as the library knows them."""
        query = by_then(put_right(query, self.filters, opened.library), lambda: opened.library.span()[1])
        return scope_of(query, self.filters, opened.library.sources)

    def _seen(self, query: Query, opened: OpenLibrary) -> tuple[Seen, Look]:
        scope = self._scope(query, opened)
        found = look(scope.query, opened, scope.filters, reranker=self.reranker)
        held = bound(found.query, found.ranked, opened.library.frequencies)
        confidence = confidence_of(held.ranked, total=found.total)
        seen = Seen(
            found.query,
            held.ranked or found.ranked,
            confidence,
            answerable=bool(held.ranked or not self.least) and confidence >= self.least,
            notices=(*told(scope.query), *scope.notices, *opened.library.notices, *held.notices),
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
