"""Reranking of chunks: BM25 and cosine ranks fused (RRF), with term coverage, position and date."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING

from assistant.retrieval.sentence_features import coverage
from ingest import stems

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from assistant.language.periods import Period
    from assistant.question.query import Query
    from ingest import Article, Hit

WEIGHTS = {
    "fused": 1.5,  # both rankings, by reciprocal rank fusion
    "similarity": 5.0,  # chunk vector against question vector
    "cover": 5.0,  # share of the question's word weight that the chunk has
    "top": 0.8,  # how near the chunk is to the top of its article
    "recency": 3.0,  # prior of the article's date
}
"""SQuAD questions teach that meaning and words count alike and agreement adds little (fused 2.4, similarity
11.2, cover 10.5: tools/fit_models.py prints it). SQuAD has neither dates nor articles with a top, so that the
scale and the last two were chosen on news questions. There the answer is in the first chunk for .486 and in
the first ten for .716; half or one and a half times any of the five gives .464 to .500 and .703 to .716."""

RRF_K = 60
"""Reciprocal rank fusion's constant (Cormack, Clarke and Büttcher 2009)."""

RECENCY_DAYS = (7.0, 30.0)
"""The prior fades at two speeds, news of the week and background of the month, half of it each."""

LATEST_FACTOR = 2.0
"""How much more the date counts where the question asks for the latest: between equals it decides."""

TOP_CHUNKS = 2.0
"""Over this many chunks the advantage of standing at the top of an article fades."""

PER_ARTICLE = 8
"""Chunks of one article among those that are read, so that one long article can't fill them all. With 3 the
chunk that answers was left out for .20 and .11 of two strangers' questions, with 5 of 26 chunks for .07 and
.06, with 8 for .06 and .03 (docs/evaluation.md)."""

COPY = 0.8
"""Share of words in common from which a chunk of a near-duplicate says the same as one already taken."""


@dataclass(frozen=True, slots=True)
class Found:
    """A hit with its score; `match` is what of it the date has no part in, `recency` is 0 to 1."""

    hit: Hit
    score: float
    recency: float
    match: float


def rank_chunks(
    hits: Sequence[Hit], query: Query, *, rarity: Mapping[str, float], limit: int, latest: bool = False
) -> list[Found]:
    """Return the best `limit` hits, best first, at most `PER_ARTICLE` of one article and its copies.

    `rarity` weighs the question's words; `latest` says that it asks for the newest.
    """
    words = {hit.chunk.id: frozenset(stems(hit.chunk.text)) for hit in hits}
    dated = WEIGHTS["recency"] * (LATEST_FACTOR if latest else 1.0)
    found = []
    for hit in hits:
        near = recency(hit.article, query.asked_on, query.period)
        seen = signs(hit, coverage(query.words, words[hit.chunk.id], rarity))
        match = sum(WEIGHTS[name] * value for name, value in seen.items())
        found.append(Found(hit, match + dated * near, near, match))
    found.sort(key=lambda item: (-item.score, item.hit.chunk.id))
    return _spread(found, words, limit)


def _spread(found: Sequence[Found], words: Mapping[str, frozenset[str]], limit: int) -> list[Found]:
    """Take the best, few of one article, and none that repeats what a copy of its article said."""
    taken: Counter[str] = Counter()
    said: dict[str, list[Found]] = defaultdict(list)
    best: list[Found] = []
    for item in found:
        group = item.hit.group
        if len(best) == limit:
            break
        if taken[group] < PER_ARTICLE and not any(_copies(item, other, words) for other in said[group]):
            taken[group] += 1
            said[group].append(item)
            best.append(item)
    return best


def _copies(one: Found, other: Found, words: Mapping[str, frozenset[str]]) -> bool:
    if one.hit.article.id == other.hit.article.id:
        return False
    mine, theirs = words[one.hit.chunk.id], words[other.hit.chunk.id]
    return len(mine & theirs) >= COPY * max(1, min(len(mine), len(theirs)))


def recency(article: Article, asked_on: date, period: Period | None = None) -> float:
    """Return how near in time an article is to what is asked, 0 to 1; 0 where its date is unknown.

    That is the day of the question, or the period that the question speaks of where that is over by then;
    then the day counts half, for a question may only mention the past ("voted out last year, she now …").
    """
    if article.published is None:
        return 0.0
    days = abs((asked_on - article.published).days)
    if period is None:
        return _fading(days)
    away = period.days_away(article.published)
    if not period.days_away(asked_on):
        return _fading(max(days, away))
    return max(_fading(away), _fading(days) / 2)


def _fading(days: int) -> float:
    return sum(exp(-days / scale) for scale in RECENCY_DAYS) / len(RECENCY_DAYS)


def signs(hit: Hit, cover: float) -> dict[str, float]:
    """Return what is known of a hit apart from its date, as named in `WEIGHTS`."""
    ranks = [rank for rank in (hit.keyword_rank, hit.vector_rank) if rank is not None]
    return {
        "fused": sum(1.0 / (RRF_K + 1 + rank) for rank in ranks) * (RRF_K + 1) / 2,
        "similarity": hit.similarity,
        "cover": cover,
        "top": exp(-hit.chunk.position / TOP_CHUNKS),
    }
