"""From a query to ranked sentences: search the library, take the best chunks, rank their sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.features import Candidate
from assistant.followups import question_vector, weighed
from assistant.quotes import Ranked
from assistant.ranking import rarities, see, weights
from assistant.retrieval import rank_chunks
from assistant.shapes import Shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assistant.libraries import OpenLibrary
    from assistant.retrieval import Found
    from assistant.understand import Query
    from ingest import Filters

SEARCHED = 50
"""Chunks that each index returns."""

READ = 8
"""Chunks whose sentences are ranked; with more the first sentence gets worse, not better."""


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What a question finds: a feature row for each sentence, and the ranking.

    `order` has the places of `rows`, best first; `ranked` the same sentences in that order.
    """

    rows: NDArray[np.float32]
    order: tuple[int, ...]
    ranked: tuple[Ranked, ...]


def look(query: Query, opened: OpenLibrary, filters: Filters | None = None) -> Look:
    """Search a library and rank the sentences of the best chunks."""
    found, rows = seek(query, opened, filters)
    scores = weights().score(rows)
    sentences = [(item.hit.article, sentence) for item in found for sentence in item.hit.chunk.sentences]
    order = tuple(int(place) for place in np.argsort(-scores, kind="stable"))
    ranked = tuple(Ranked(*sentences[place], float(scores[place])) for place in order)
    return Look(rows, order, ranked)


def seek(
    query: Query, opened: OpenLibrary, filters: Filters | None = None
) -> tuple[list[Found], NDArray[np.float32]]:
    """Return the best chunks and the features of their sentences, one row each in reading order."""
    library = opened.library
    vector = question_vector(query.text, query.full_text, opened.embedder)
    hits = library.search(query.search_text, vector, filters=filters, limit=SEARCHED)
    found = rank_chunks(
        hits,
        asked_on=query.asked_on,
        limit=READ,
        period=query.period,
        latest=query.shape is Shape.LATEST,
    )
    rarity = weighed(rarities(*library.frequencies(query.words)), query.context)
    return found, see(query, _candidates(found), rarity=rarity)


def _candidates(found: Sequence[Found]) -> list[Candidate]:
    """Make a candidate of every sentence of the chunks, in their order."""
    return [
        Candidate(
            text=sentence.text,
            before=texts[index - 1] if index else "",
            after=texts[index + 1] if index + 1 < len(texts) else "",
            title=item.hit.article.title,
            article=item.hit.article.id,
            position=sentence.start,
            place=place,
            chunk_cosine=item.hit.similarity,
            recency=item.recency,
        )
        for place, item in enumerate(found)
        for texts in ([sentence.text for sentence in item.hit.chunk.sentences],)
        for index, sentence in enumerate(item.hit.chunk.sentences)
    ]
