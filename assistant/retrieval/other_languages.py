"""Answers across languages: sentences that the multilingual embedder puts near a question.

The ranking knows English: its words, its names, its cross-encoder. A question or an article in another
language is beyond it, so these sentences are ranked by a model that has learned on news in sixteen languages
which sentence answers, each read under its title, and by the likeness of its chunk. An English question to
English articles never comes here.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from math import exp
from typing import TYPE_CHECKING

import numpy as np

from assistant.language.english import is_foreign
from assistant.retrieval.found import Ranked, Seen
from assistant.retrieval.preparation import make_ready
from assistant.retrieval.relevance import passage
from ingest import LibraryError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.question.query import Query
    from assistant.retrieval.open_libraries import OpenLibrary
    from ingest import Filters, Hit, Languages

SEARCHED, READ, PER_ARTICLE = 60, 6, 3
"""Chunks that are searched for, those whose sentences are read, and how many of one article."""

SEARCHED_TO_FILTER = 2000
"""Chunks that are searched for where a filter, or who asks, may let few of them through."""

CHUNK_LIKENESS = 40.0
"""What the likeness of a sentence's chunk to the question counts beside the logit of its answering: chosen on
half of the texts of bench/data/other_languages (docs/evaluation.md)."""

LOGIT_WEIGHT, CONFIDENCE_BIAS = 0.371, 0.788
"""Logistic model of whether something answers, by the highest logit; the likest chunk adds nothing to it.
Learned by tools/fit_across.py on the same texts and on others that the model hasn't learned from, with and
without the one that answers, and on questions that nobody answers."""

CALIBRATED = 0.4
"""Probability below which articles in other languages are said not to answer: docs/evaluation.md."""

PERIOD_COST, WHOLE_COST_FROM = 0.02, 20
"""What an article loses of its likeness where it was published outside the days that a question speaks of:
all of it before them, since it can't report on them, and this many days after. Reports that come every month
are less unlike one another than that. Its sentences lose as much in their order and in the probability."""

POINTS = 100.0
"""Points of a score that a likeness of 1 is worth where a date takes from it."""

WORTH_READING = 0.03
"""How far the likest chunk must be above the cosine of what a question is not about, for its sentences to be
read for an English question."""


def across_languages(
    seen: Seen, query: Query, opened: OpenLibrary, filters: Filters | None, least: float
) -> Seen:
    """Return what a question finds, with what it finds in articles of other languages.

    `seen` is what the search in English found. A question in another language is answered from articles in
    any, an English one by articles in other languages where they are likelier to answer. A library that can't
    be written beside is searched in English only.
    """
    if opened.languages is None:
        return seen
    try:
        # A few English words without "the" or "is" may look foreign: what is answered in English stays.
        if is_foreign(query.text) and (opened.languages.has_foreign() or not seen.answerable):
            return _asked_in_another(seen, query, opened, filters, least)
        return _asked_in_english(seen, query, opened, filters, least)
    except LibraryError:
        return seen


def _asked_in_another(
    seen: Seen, query: Query, opened: OpenLibrary, filters: Filters | None, least: float
) -> Seen:
    languages = opened.languages
    if languages is None:
        return seen
    told = make_ready(languages, query.language)
    hits, middle = hits_across(query, opened, languages, filters, foreign=False)
    ranked, best = ranked_across(query, hits, languages, middle)
    confidence = chance_of(best)
    if not ranked or (told and seen.confidence > confidence):
        return replace(seen, notices=(*seen.notices, *told))
    return Seen(
        query,
        ranked,
        confidence,
        answerable=confidence >= least,
        notices=(*opened.library.notices, *told),
        question_filter=seen.question_filter,
    )


def _asked_in_english(
    seen: Seen, query: Query, opened: OpenLibrary, filters: Filters | None, least: float
) -> Seen:
    languages = opened.languages
    if languages is None or not languages.has_foreign():
        return seen
    hits, middle = hits_across(query, opened, languages, filters, foreign=True)
    if not hits or hits[0].similarity - middle < WORTH_READING:
        return seen
    ranked, best = ranked_across(query, hits, languages, middle)
    confidence = chance_of(best)
    if confidence < max(least, seen.confidence):
        return seen
    every = (*ranked, *seen.ranked)
    return replace(seen, ranked=every, confidence=confidence, answerable=True, premise=None, parts=())


def hits_across(
    query: Query, opened: OpenLibrary, languages: Languages, filters: Filters | None, *, foreign: bool
) -> tuple[list[Hit], float]:
    """Return the nearest chunks, few of one article and its copies, and the cosine of other things."""
    wanted = SEARCHED if filters is None and opened.library.whole is opened.library else SEARCHED_TO_FILTER
    near = languages.nearest(query.full_text or query.text, wanted, foreign=foreign)
    taken: Counter[str] = Counter()
    best: list[Hit] = []
    found = opened.library.hits(near.chunks, filters=filters, limit=SEARCHED)
    for hit in sorted(found, key=lambda hit: _outside(query, hit) - hit.similarity):
        if len(best) == READ:
            break
        if taken[hit.group] < PER_ARTICLE:
            taken[hit.group] += 1
            best.append(hit)
    return best, near.middle


def ranked_across(
    query: Query, hits: Sequence[Hit], languages: Languages, middle: float
) -> tuple[tuple[Ranked, ...], float | None]:
    """Return the sentences of some chunks, best first, and the highest logit of one's answering.

    The chunk that a sentence stands in counts too: what a sentence leaves out its chunk says.
    """
    sentences = [(hit, sentence) for hit in hits for sentence in hit.chunk.sentences]
    if not sentences:
        return (), None
    texts = [passage(hit.article.title, sentence.text) for hit, sentence in sentences]
    outside = POINTS * np.array([_outside(query, hit) for hit, _ in sentences])
    # Where an article was published on days that the question names, its sentences need not say them.
    readings = [*dict.fromkeys([query.full_text or query.text, query.undated])]
    held = languages.held_against(readings, texts)
    whole, undated = held[0], held[-1]
    within = [_is_within(query, hit) for hit, _ in sentences]
    undated = np.where(within, undated, whole)
    around = np.array([hit.similarity for hit, _ in sentences]) - middle
    scores = (whole + undated) / 2 + CHUNK_LIKENESS * around - outside
    ranked = tuple(
        Ranked(hit.article, sentence, float(scores[place]), hit.group)
        for place in np.argsort(-scores, kind="stable")
        for hit, sentence in (sentences[place],)
    )
    return ranked, float((np.maximum(whole, undated) - outside).max())


def chance_of(best: float | None) -> float:
    """Return the probability that one of the sentences answers, 0 to 1, from the highest logit."""
    return 0.0 if best is None else 1.0 / (1.0 + exp(-LOGIT_WEIGHT * best - CONFIDENCE_BIAS))


def _is_within(query: Query, hit: Hit) -> bool:
    """Say whether an article is known to be of the days that a question speaks of."""
    return hit.article.published is not None and _outside(query, hit) == 0.0


def _outside(query: Query, hit: Hit) -> float:
    """Return what a chunk loses for its article's date; an unknown date loses nothing."""
    published, period = hit.article.published, query.period
    if period is None or published is None:
        return 0.0
    if period.first and published < period.first:
        return PERIOD_COST
    return PERIOD_COST * min(1.0, period.days_away(published) / WHOLE_COST_FROM)
