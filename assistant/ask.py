"""The sequence from a question to an answer: understand, search, rank, quote."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.confidence import CALIBRATED, confidence_of
from assistant.features import Candidate
from assistant.kinds import Kind
from assistant.libraries import open_library
from assistant.quotes import Ranked, as_evidence, quote_answer
from assistant.ranking import rarities, see, weights
from assistant.retrieval import rank_chunks
from assistant.settings import answer_settings
from assistant.understand import understand

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from numpy.typing import NDArray

    from assistant.answers import Answer, Evidence
    from assistant.libraries import OpenLibrary
    from assistant.retrieval import Found
    from assistant.understand import Query
    from ingest import Filters

SEARCHED = 50
"""Chunks that each index returns."""

READ = 8
"""Chunks whose sentences are ranked; with more the first sentence gets worse, not better."""


def answer(
    question: str,
    *,
    library: Path | str | None = None,
    history: Sequence[tuple[str, str]] = (),
    asked_on: date | None = None,
    filters: Filters | None = None,
) -> Answer:
    """Answer a question from the articles of a library, in quoted sentences.

    Args:
        question: What is asked, up to `FOOTNOTE_MAX_QUESTION_CHARACTERS`.
        library: The library's folder; by default the one that the settings name.
        history: Earlier questions and answers of the conversation, oldest first.
        asked_on: The day of the question, by default today; articles published near it come first.
        filters: Which articles may be used.

    Raises:
        QuestionError: the question is empty or too long.
        LibraryError: there is no library in the folder, or it can't be used.
        SettingsError: a setting is wrong, or the library was made with another embedder.
    """
    settings = answer_settings()
    query = understand(question, history, asked_on=asked_on, limit=settings.max_question_characters)
    opened = open_library(library)
    seen = look(query, opened, filters)
    confidence = confidence_of(seen.rows, seen.order)
    least = CALIBRATED if settings.min_confidence is None else settings.min_confidence
    return quote_answer(
        query.text,
        seen.ranked,
        confidence=confidence,
        answered=confidence >= least,
        why=query.kind is Kind.REASON,
        notices=tuple(opened.library.notices),
    )


async def aanswer(
    question: str,
    *,
    library: Path | str | None = None,
    history: Sequence[tuple[str, str]] = (),
    asked_on: date | None = None,
    filters: Filters | None = None,
) -> Answer:
    """Do as `answer` does without holding up the event loop."""
    return await asyncio.to_thread(
        answer, question, library=library, history=history, asked_on=asked_on, filters=filters
    )


def find_evidence(
    question: str,
    *,
    library: Path | str | None = None,
    history: Sequence[tuple[str, str]] = (),
    asked_on: date | None = None,
    filters: Filters | None = None,
    limit: int = 10,
) -> list[Evidence]:
    """Return the sentences that may answer a question, best first, whether or not they do.

    Arguments and errors are those of `answer`; `limit` is the most sentences returned.
    """
    query = understand(question, history, asked_on=asked_on, limit=answer_settings().max_question_characters)
    return as_evidence(look(query, open_library(library), filters).ranked[:limit])


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
    vector = opened.embedder.embed([query.search_text])[0]
    hits = library.search(query.search_text, vector, filters=filters, limit=SEARCHED)
    found = rank_chunks(hits, asked_on=query.asked_on, limit=READ)
    return found, see(query, _candidates(found), rarity=rarities(*library.frequencies(query.words)))


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
