"""From a query to ranked sentences: search the library, take the best chunks, rank their sentences."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from assistant.question.follow_up import question_vector, weighed
from assistant.question.question_form import Shape
from assistant.retrieval.asked_event import event_costs
from assistant.retrieval.chunk_ranking import rank_chunks
from assistant.retrieval.found import Ranked
from assistant.retrieval.letter_case import with_capitals
from assistant.retrieval.relevance import behind, certainty, passage, reread
from assistant.retrieval.reranker import rerank
from assistant.retrieval.same_subject import subject_costs
from assistant.retrieval.sentence_features import Candidate, features
from assistant.retrieval.sentence_ranking import dated, rarities, weights
from assistant.retrieval.speaking_title import speaking_title
from ingest import Filters, content_stems

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from assistant.question.query import Query
    from assistant.retrieval.chunk_ranking import Found
    from assistant.retrieval.open_libraries import OpenLibrary
    from assistant.retrieval.reranker import Reranker
    from ingest import Hit, Library

SEARCHED = 50
"""Chunks that each index returns."""

CROWD = 10
"""Copies of one text among the hits from which others are looked for without them."""

SEARCHED_AGAIN = 4
"""Times that this is done at most: each leaves another crowd out."""

READ = 24
"""Chunks whose sentences are ranked. What a sentence shares with the question is counted quickly; only the
best sentences of them all are read by a model."""


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """What a search brings: all hits, the chunks that are read, a feature row for each of their sentences.

    `query` is the question with the capitals of its names, `total` counts the chunks of the library.
    """

    query: Query
    hits: tuple[Hit, ...]
    found: tuple[Found, ...]
    rows: NDArray[np.float32]
    rarity: Mapping[str, float]
    total: int


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What a question finds: `ranked` sentences in the order in which they answer, best first.

    `chunks` are those that they stand in, best first now that their sentences are known; `total` counts those
    of the library, `rarity` weighs the question's words. `query` has the capitals that it was typed without.
    """

    query: Query
    ranked: tuple[Ranked, ...]
    chunks: tuple[Found, ...]
    total: int
    rarity: Mapping[str, float]


def look(
    query: Query,
    opened: OpenLibrary,
    filters: Filters | None = None,
    *,
    reranker: Reranker | None = None,
) -> Look:
    """Search a library and rank the sentences of the best chunks.

    The best are read anew by the bundled cross-encoder, and then by a `reranker` where there is one.
    """
    gathered = gather(query, opened, filters)
    query = gathered.query
    own = weights().score(gathered.rows)
    sentences = [(item, each) for item in gathered.found for each in item.hit.chunk.sentences]
    question = query.brief or query.full_text or query.text
    own_words = query.text if query.brief and content_stems(query.text) else ""
    passages = [passage(speaking_title(item.hit.article), sentence.text) for item, sentence in sentences]
    read = reread(question, passages, own, own_words=own_words)
    costs = event_costs(query, [each.text for _, each in sentences], ~np.isnan(read.logits))
    scores = read.scores - costs
    certainties = certainty(read.logits, own - dated(gathered.rows)) - costs
    if reranker:
        scores = rerank(reranker, question, [sentence.text for _, sentence in sentences], scores)
    if query.brief:
        costs = subject_costs(gathered.found, sorted(query.context), gathered.rarity)
        certainties -= costs
        scores -= costs
        if not reranker:
            scores = behind(scores, np.flatnonzero(~np.isnan(read.logits)))
    ranked = tuple(
        Ranked(
            item.hit.article,
            sentence,
            float(scores[place]),
            item.hit.group,
            _known(read.logits[place]),
            _known(certainties[place]),
        )
        for place in np.argsort(-scores, kind="stable")
        for item, sentence in (sentences[place],)
    )
    return Look(query, ranked, _reordered(gathered.found, own), gathered.total, gathered.rarity)


def _known(logit: np.float32) -> float | None:
    return None if np.isnan(logit) else float(logit)


def _reordered(found: Sequence[Found], scores: NDArray[np.float32]) -> tuple[Found, ...]:
    """Put chunks in order by what was known before they were read and by their best sentence, half each.

    `scores` are those of the features: they know what kind of answer is asked for, and how a chunk compares.
    """
    ends = accumulate(len(item.hit.chunk.sentences) for item in found)
    best = [
        item.score + float(scores[end - len(item.hit.chunk.sentences) : end].max())
        for item, end in zip(found, ends, strict=True)
    ]
    return tuple(found[place] for place in sorted(range(len(found)), key=lambda place: -best[place]))


def gather(query: Query, opened: OpenLibrary, filters: Filters | None = None) -> Gathered:
    """Search a library, choose the chunks to read and see what there is to see of their sentences."""
    library = opened.library
    vector = question_vector(query.text, query.full_text, opened.embedder)
    hits = _search(library, query.search_text, vector, filters)
    query = with_capitals(query, hits)
    having, total = library.frequencies(query.words)
    rarity = weighed(rarities(having, total), query.context - query.subject)
    found = rank_chunks(hits, query, rarity=rarity, limit=READ, latest=query.shape is Shape.LATEST)
    rows = features(query, _candidates(found), rarity=rarity)
    return Gathered(query, tuple(hits), tuple(found), rows, rarity, total)


def _search(library: Library, words: str, vector: NDArray[np.float32], filters: Filters | None) -> list[Hit]:
    """Search, and search again without the copies of a text where many of them fill what is found.

    An index returns its best chunks, and ten thousand copies of one text, aimed at a question, would be all
    of them: nothing else would come to be read, and no cap on copies could help.
    """
    hits = library.search(words, vector, filters=filters, limit=SEARCHED)
    left_out: frozenset[str] = frozenset()
    for _ in range(SEARCHED_AGAIN):
        crowds = _crowds(hits, left_out)
        if not crowds:
            break
        left_out |= {member for article_id in crowds for member in library.group_members(article_id)}
        others = replace(filters or Filters(), without=left_out)
        more = library.search(words, vector, filters=others, limit=SEARCHED)
        found = {hit.chunk.id for hit in more}
        hits = [*more, *(hit for hit in hits if hit.chunk.id not in found)]
    return hits


def _crowds(hits: Sequence[Hit], known: frozenset[str]) -> list[str]:
    """Return one article of each text that `CROWD` copies of were found."""
    copies: dict[str, set[str]] = defaultdict(set)
    for hit in hits:
        copies[hit.group].add(hit.article.id)
    return [min(ids) for ids in copies.values() if len(ids) >= CROWD and not known & ids]


def _candidates(found: Sequence[Found]) -> list[Candidate]:
    """Make a candidate of every sentence of the chunks, in their order."""
    return [
        Candidate(
            text=sentence.text,
            before=texts[index - 1] if index else "",
            after=texts[index + 1] if index + 1 < len(texts) else "",
            title=title,
            article=item.hit.article.id,
            position=sentence.start,
            run=place,
            chunk_cosine=item.hit.similarity,
            chunk_match=item.match,
            recency=item.recency,
        )
        for place, item in enumerate(found)
        for title in (speaking_title(item.hit.article),)
        for texts in ([sentence.text for sentence in item.hit.chunk.sentences],)
        for index, sentence in enumerate(item.hit.chunk.sentences)
    ]
