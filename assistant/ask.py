"""The sequence from a question to an answer: understand, search, rank, quote."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from assistant.confidence import CALIBRATED, confidence_of
from assistant.evidence import look
from assistant.kinds import Kind
from assistant.libraries import open_library
from assistant.quotes import as_evidence, quote_answer
from assistant.settings import answer_settings
from assistant.understand import understand

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from assistant.answers import Answer, Evidence
    from ingest import Filters


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
