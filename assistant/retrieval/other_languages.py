"""Answers across languages: sentences that the multilingual embedder puts near a question.

The ranking knows English: its words, its names, its cross-encoder. A question or an article in another
language is beyond it, so these sentences are ranked by their likeness to the question alone, each read under
its title. An English question to English articles never comes here.
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

LIKENESS_WEIGHT = 100.0
"""What likeness is worth on the scale of the other scores: .04 are then the margin of what is shown."""

CONFIDENCE_WEIGHT, ANSWERS_FROM = 76.0, 0.065
"""Logistic model of whether the likest sentence answers, by how far it is above what the question is not
about: learned on half of the texts of bench/data/other_languages, with and without the one that answers."""

CALIBRATED = 0.4
"""Probability below which articles in other languages are said not to answer: docs/evaluation.md."""

PERIOD_COST, WHOLE_COST_FROM = 0.02, 20
"""What an article loses of its likeness where it was published outside the days that a question speaks of:
all of it before them, since it can't report on them, and this many days after. Reports that come every month
are less unlike one another than that."""

WORTH_READING = 0.03
"""The same of a chunk, below which none of its sentences answers an English question."""


def across_languages(
    seen: Seen, query: Query, opened: OpenLibrary, filters: Filters | None, least: float
) -> Seen:
    """Return what a question finds, with what it finds in articles of other languages.

    `seen` is what the search in English found. A question in another language is answered by likeness alone,
    from articles in any; an English one by articles in other languages where they are likelier to answer.
    A library that can't be written beside is searched in English only.
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
    hits, middle = _hits(query, opened, languages, filters, foreign=False)
    ranked, confidence = _ranked(query, hits, languages, middle)
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
    hits, middle = _hits(query, opened, languages, filters, foreign=True)
    if not hits or hits[0].similarity - middle < WORTH_READING:
        return seen
    ranked, confidence = _ranked(query, hits, languages, middle)
    if confidence < max(least, seen.confidence):
        return seen
    every = (*ranked, *seen.ranked)
    return replace(seen, ranked=every, confidence=confidence, answerable=True, premise=None, parts=())


def _hits(
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


def _ranked(
    query: Query, hits: Sequence[Hit], languages: Languages, middle: float
) -> tuple[tuple[Ranked, ...], float]:
    """Return the sentences of some chunks, best first, and the probability that the likest answers.

    A sentence counts half, the chunk that it stands in half: what a sentence leaves out its chunk says.
    """
    sentences = [(hit, sentence) for hit in hits for sentence in hit.chunk.sentences]
    if not sentences:
        return (), 0.0
    texts = [passage(hit.article.title, sentence.text) for hit, sentence in sentences]
    own = languages.likeness(query.full_text or query.text, texts)
    both = (own + np.array([hit.similarity for hit, _ in sentences])) / 2 - middle - ANSWERS_FROM
    both -= np.array([_outside(query, hit) for hit, _ in sentences])
    ranked = tuple(
        Ranked(hit.article, sentence, LIKENESS_WEIGHT * float(both[place]), hit.group)
        for place in np.argsort(-both, kind="stable")
        for hit, sentence in (sentences[place],)
    )
    above = float(own.max()) - middle - ANSWERS_FROM
    return ranked, 1.0 / (1.0 + exp(-CONFIDENCE_WEIGHT * above))


def _outside(query: Query, hit: Hit) -> float:
    """Return what a chunk loses for its article's date; an unknown date loses nothing."""
    published, period = hit.article.published, query.period
    if period is None or published is None:
        return 0.0
    if period.first and published < period.first:
        return PERIOD_COST
    return PERIOD_COST * min(1.0, period.days_away(published) / WHOLE_COST_FROM)
