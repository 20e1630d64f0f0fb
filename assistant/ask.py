"""The doors to an answer: whole or as a stream of events, for threads and for asyncio."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import TYPE_CHECKING

from assistant.answers import Mode
from assistant.events import Finished, Started, quoted_events
from assistant.providers.chat_model import model_name
from assistant.question.query import understand
from assistant.question.scope import scope_of
from assistant.quoting.quote_answer import as_evidence, quoted
from assistant.retrieval.decide import look_for
from assistant.retrieval.open_libraries import read_library
from assistant.retrieval.reranker import load_reranker
from assistant.retrieval.retrieve import look
from assistant.settings import answer_settings
from assistant.threads import in_thread

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from assistant.answers import Answer, Evidence
    from assistant.events import Event
    from assistant.question.query import Query
    from assistant.retrieval.open_libraries import OpenLibrary
    from assistant.retrieval.retrieve import Look
    from ingest import Filters


def answer(
    question: str,
    *,
    library: Path | str | None = None,
    history: Sequence[tuple[str, str]] = (),
    asked_on: date | None = None,
    filters: Filters | None = None,
) -> Answer:
    """Answer a question from the articles of a library: in quoted sentences, or written where a model is set.

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
    events = stream_answer(question, library=library, history=history, asked_on=asked_on, filters=filters)
    return next(event.answer for event in events if isinstance(event, Finished))


async def aanswer(
    question: str,
    *,
    library: Path | str | None = None,
    history: Sequence[tuple[str, str]] = (),
    asked_on: date | None = None,
    filters: Filters | None = None,
) -> Answer:
    """Do as `answer` does without holding up the event loop; cancelling it ends the model's request."""
    events = astream_answer(question, library=library, history=history, asked_on=asked_on, filters=filters)
    found = [event.answer async for event in events if isinstance(event, Finished)]
    return found[0]


def stream_answer(
    question: str,
    *,
    library: Path | str | None = None,
    history: Sequence[tuple[str, str]] = (),
    asked_on: date | None = None,
    filters: Filters | None = None,
) -> Iterator[Event]:
    """Answer a question in events (assistant/events.py), the last of which has the whole answer.

    Arguments and errors are those of `answer`. Closing the generator ends the model's request.
    """
    return in_thread(
        lambda: astream_answer(question, library=library, history=history, asked_on=asked_on, filters=filters)
    )


async def astream_answer(
    question: str,
    *,
    library: Path | str | None = None,
    history: Sequence[tuple[str, str]] = (),
    asked_on: date | None = None,
    filters: Filters | None = None,
) -> AsyncGenerator[Event]:
    """Do as `stream_answer` does without holding up the event loop."""
    settings = answer_settings()
    query = understand(question, history, asked_on=asked_on, limit=settings.max_question_characters)
    model = model_name(settings)
    yield Started(query.text, Mode.WRITTEN if model else Mode.QUOTES)
    seen = await asyncio.to_thread(look_for, query, library=library, filters=filters, settings=settings)
    if model is None or not seen.answerable:
        for event in quoted_events(quoted(seen)):
            yield event
        return
    from assistant.writing.write import written_events

    async with aclosing(written_events(seen, model, history=history, settings=settings)) as events:
        async for event in events:
            yield event


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
    settings = answer_settings()
    query = understand(question, history, asked_on=asked_on, limit=settings.max_question_characters)
    found = read_library(library, lambda opened: _found(query, opened, filters, settings.reranker))
    return as_evidence(found.ranked[:limit])


def _found(query: Query, opened: OpenLibrary, filters: Filters | None, reranker: str) -> Look:
    scope = scope_of(query, filters, opened.library.sources)
    return look(scope.query, opened, scope.filters, reranker=load_reranker(reranker))
