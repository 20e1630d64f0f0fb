"""Answers across languages: sentences that the multilingual embedder puts near a question.

The ranking knows English: its words, its names, its cross-encoder. A question or an article in another
language is beyond it, so these sentences are ranked by their likeness to the question alone, each read under
its title. An English question to English articles never comes here.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from math import exp
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from assistant.language.english import is_foreign
from assistant.retrieval.found import Ranked, Seen
from assistant.retrieval.preparation import prepare
from assistant.retrieval.relevance import passage
from ingest import Languages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.question.query import Query
    from assistant.retrieval.open_libraries import OpenLibrary
    from ingest import Filters, Hit, Library

SEARCHED, READ, PER_ARTICLE = 60, 6, 3
"""Chunks that are searched for, those whose sentences are read, and how many of one article."""

SEARCHED_TO_FILTER = 2000
"""The same where a filter may let few of them through."""

LIKENESS_WEIGHT, LIKENESS_MIDDLE = 100.0, 0.83
"""What likeness is worth on the scale of the other scores: .04 are then the margin of what is shown."""

CONFIDENCE_WEIGHT, CONFIDENCE_MIDDLE = 60.0, 0.845
"""Logistic model of whether the likest sentence answers: docs/evaluation.md."""

_lock = Lock()
_languages: WeakKeyDictionary[Library, Languages] = WeakKeyDictionary()


def across(seen: Seen, query: Query, opened: OpenLibrary, filters: Filters | None, least: float) -> Seen:
    """Return what a question finds, with what it finds in articles of other languages.

    `seen` is what the search in English found. A question in another language is answered by likeness alone;
    an English one by English articles first, and by others where these don't answer.
    """
    foreign = is_foreign(query.text)
    languages = languages_of(opened.library)
    notices = prepare(languages) if foreign else ()
    if not foreign and not languages.has_foreign():
        return seen
    question = query.full_text or query.text
    wanted = SEARCHED if filters is None else SEARCHED_TO_FILTER
    near = dict(languages.nearest(question, wanted, foreign=not foreign))
    hits = _spread(opened.library.hits(near, filters))
    if not hits:
        return replace(seen, notices=(*seen.notices, *notices))
    ranked, likest = _ranked(question, hits, languages)
    confidence = 1.0 / (1.0 + exp(-CONFIDENCE_WEIGHT * (likest - CONFIDENCE_MIDDLE)))
    if foreign:
        if seen.confidence > confidence and languages.share() < 1.0:
            return replace(seen, notices=(*seen.notices, *notices))
        return Seen(
            query,
            ranked,
            confidence,
            answerable=confidence >= least,
            notices=(*opened.library.notices, *notices),
            question_filter=seen.question_filter,
        )
    if seen.answerable or confidence < least:
        return seen
    return replace(seen, ranked=(*ranked, *seen.ranked), confidence=confidence, answerable=True, premise=None)


def languages_of(library: Library) -> Languages:
    """Return the second vectors of a library, held in memory while it is open."""
    with _lock:
        return _languages.setdefault(library, Languages(library))


def _spread(hits: Sequence[Hit]) -> list[Hit]:
    """Take the best, few of one article and its copies."""
    taken: Counter[str] = Counter()
    best = []
    for hit in hits:
        if len(best) == READ:
            break
        if taken[hit.group] < PER_ARTICLE:
            taken[hit.group] += 1
            best.append(hit)
    return best


def _ranked(question: str, hits: Sequence[Hit], languages: Languages) -> tuple[tuple[Ranked, ...], float]:
    """Return the sentences of some chunks, the likest first, and the likeness of the first."""
    sentences = [(hit, sentence) for hit in hits for sentence in hit.chunk.sentences]
    texts = [passage(hit.article.title, sentence.text) for hit, sentence in sentences]
    likeness = languages.likeness(question, texts)
    ranked = tuple(
        Ranked(
            hit.article,
            sentence,
            LIKENESS_WEIGHT * (float(likeness[place]) - LIKENESS_MIDDLE),
            hit.group,
        )
        for place in np.argsort(-likeness, kind="stable")
        for hit, sentence in (sentences[place],)
    )
    return ranked, float(likeness.max())
