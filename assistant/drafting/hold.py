"""Holds one statement of a draft against the library: who says so, who says otherwise, or nobody."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.answers import Support
from assistant.checking.check import check_statement
from assistant.conflicts.same_event import same_event, telling_of
from assistant.drafting.candidates import checked_sentences, is_sure, means_another_day
from assistant.drafting.differing import (
    SAME_MATTER,
    matter_shared,
    of_draft,
    other_values,
    otherwise,
    saying_otherwise,
)
from assistant.drafting.no_claim import OPINION, TALK, claims_none, is_opinion
from assistant.language.english import is_foreign
from assistant.question.query import understand
from assistant.retrieval.open_libraries import read_library
from assistant.retrieval.reranker import load_reranker
from assistant.retrieval.retrieve import look
from assistant.vocabulary.drafts import Difference, DraftState
from ingest import Filters, QuestionError, stems

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from assistant.drafting.candidates import CheckedSentence
    from assistant.drafting.differing import FoundDifference
    from assistant.drafting.draft_statements import Drafted
    from assistant.retrieval.found import Ranked
    from assistant.settings import AnswerSettings
    from ingest import LibraryLocation

_MOST_CITED = 3
"""Sentences that are cited for a statement: one is enough, others show that it is no single voice."""
MOST_CLOSEST = 2
"""Sentences that are shown where nothing says so."""
_TOGETHER = 4
"""Sentences of one article that may carry a statement together."""
ALL_WORDS = 0.9
"""Share of the statement's words that they must have: together, sentences seem to say more than they do."""
NEAR = 0.35
"""Share of the statement's words that the nearest sentence must have to be worth showing."""

SAYS_SO = "the source says so"
SAY_SO = "the sources say so together"
NOWHERE = "no sentence of the articles says so"
PERHAPS = "the nearest sentence may mean the same, but does not say it clearly"
CORRECTED = "it was corrected later: {reason}"
DISPUTED = "one source says so, another does not: {reason}"
_FOREIGN = "it is in another language, and not in the words of an article"


@dataclass(frozen=True, slots=True)
class DraftScope:
    """Where statements are looked up: a library, which of its articles, and the day the draft was written.

    Without `written_on`, words like "last year" are read as of the article's own day.
    """

    library: LibraryLocation | None
    filters: Filters | None
    settings: AnswerSettings
    written_on: date | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """What the library says to a statement; sentences are still without numbers."""

    state: DraftState
    reason: str
    score: float | None = None
    cited: tuple[Ranked, ...] = ()
    against: tuple[Ranked, ...] = ()
    closest: tuple[Ranked, ...] = ()
    differences: tuple[Difference, ...] = ()


def hold(drafted: Drafted, place: DraftScope) -> Held:
    """Find out what the library says to a statement. Takes a fraction of a second."""
    if reason := claims_none(drafted):
        return Held(DraftState.OPINION, reason)
    ranked = _search(drafted.says, place)
    if ranked is None:
        return Held(DraftState.OPINION, TALK)
    found = checked_sentences(drafted.says, ranked)
    if any(each.verdict.support is Support.NO_CLAIM for each in found):
        return Held(DraftState.OPINION, TALK)
    carrying = [
        each for each in found if each.carries and not means_another_day(drafted.says, each, place.written_on)
    ]
    if carrying:
        return _agreed(drafted.says, carrying, found)
    if is_foreign(drafted.says, []):
        return Held(DraftState.UNCHECKED_LANGUAGE, _FOREIGN)
    # Values first: together, sentences lend each other names that belong elsewhere.
    return (
        _differing(other_values(drafted.says, found))
        or _together(drafted.says, found)
        or _differing(otherwise(drafted.says, found))
        or _not_found(drafted.says, found)
    )


def _search(words: str, place: DraftScope) -> tuple[Ranked, ...] | None:
    """Return the sentences nearest to a statement, best first; None where it has no word to look for."""
    if not stems(words):
        return None
    try:
        query = understand(words, asked_on=place.written_on, limit=len(words))
    except QuestionError:
        return None
    # A statement names a paper to say who reports, not to be looked up there only.
    filters = _exact(place.filters)
    reranker = load_reranker(place.settings.reranker)
    return read_library(place.library, lambda opened: look(query, opened, filters, reranker=reranker).ranked)


def _exact(filters: Filters | None) -> Filters:
    """Return filters that nothing in the words of a statement narrows."""
    return replace(filters or Filters(), exact=True)


def _agreed(statement: str, carrying: Sequence[CheckedSentence], found: Sequence[CheckedSentence]) -> Held:
    """Cite who says so; where others deny it, them too. What a source has corrected later is no agreement."""
    best = sorted(carrying, key=lambda each: -each.verdict.score)[:_MOST_CITED]
    cited = tuple(each.item for each in best)
    held = Held(DraftState.AGREES, SAYS_SO, best[0].verdict.score, cited)
    rivals = [
        rival
        for rival in saying_otherwise(statement, found)
        if any(same_event(telling_of(item), telling_of(rival.candidate.item)) for item in cited)
    ]
    if not rivals:
        return held
    saying = [each for each in found if each.verdict.support is Support.SUPPORTED]
    for rival in rivals:
        if _corrects(rival.candidate, saying):
            reason = CORRECTED.format(reason=rival.reason)
            shown = (rival.candidate.item, *(each.item for each in saying[:_MOST_CITED]))
            return Held(DraftState.DIFFERS, reason, held.score, shown, differences=rival.differences)
    against = tuple(rival.candidate.item for rival in rivals[:_MOST_CITED])
    return replace(
        held, reason=DISPUTED.format(reason=rivals[0].reason), cited=(*cited, *against), against=against
    )


def _corrects(rival: CheckedSentence, saying: Sequence[CheckedSentence]) -> bool:
    """Say whether a sentence is of a source that had said otherwise before, and nobody says so later."""
    day = rival.published
    if day is None or any(each.published is None or each.published > day for each in saying):
        return False
    source = rival.item.article.source
    return any(source and each.item.article.source == source and each.published != day for each in saying)


def _together(statement: str, found: Sequence[CheckedSentence]) -> Held | None:
    """Return the sentences of one article that carry a statement together, None without them."""
    articles: dict[str, list[CheckedSentence]] = defaultdict(list)
    for each in found:
        articles[each.item.article.id].append(each)
    for group in list(articles.values())[:2]:
        if len(group) == 1:
            continue
        parts = sorted(group[:_TOGETHER], key=lambda part: part.item.sentence.start)
        verdict = check_statement(
            statement,
            [part.told for part in parts],
            published=parts[0].published,
            context=(parts[0].item.article.title,),
        )
        shared = matter_shared(statement, *(text for part in parts for text in part.around))
        mixed = any(_is_mixed(statement, part) for part in parts)
        if is_sure(verdict) and shared >= ALL_WORDS and not mixed:
            cited = tuple(parts[at].item for at in verdict.sentences)
            return Held(DraftState.AGREES, SAY_SO, verdict.score, cited)
    return None


def _is_mixed(statement: str, part: CheckedSentence) -> bool:
    """Say whether one sentence has the statement's words in other roles: others can't mend that."""
    mixed = any(mistake.kind == "relation_differs" for mistake in part.mistakes(statement))
    return mixed and matter_shared(statement, *part.around) >= SAME_MATTER


def _differing(difference: FoundDifference | None) -> Held | None:
    if difference is None:
        return None
    return Held(
        DraftState.DIFFERS,
        difference.reason,
        difference.candidate.verdict.score,
        (difference.candidate.item,),
        differences=difference.differences,
    )


def _not_found(statement: str, found: Sequence[CheckedSentence]) -> Held:
    if is_opinion(statement):
        return Held(DraftState.OPINION, OPINION)
    shares = [(matter_shared(statement, *each.around), each) for each in found]
    near = [each for share, each in shares if share >= NEAR][:MOST_CLOSEST]
    reason = NOWHERE
    if near and near[0].verdict.support in {Support.SUPPORTED, Support.CONFLICTING}:
        reason = PERHAPS
    elif (
        near
        and max(share for share, _ in shares) >= SAME_MATTER
        and "the answer" not in near[0].verdict.reason
    ):
        reason = f"{NOWHERE}; of the nearest one: {of_draft(near[0].verdict.reason)}"
    score = max((each.verdict.score for each in found), default=0.0)
    return Held(DraftState.NOT_FOUND, reason, score, closest=tuple(each.item for each in near))
