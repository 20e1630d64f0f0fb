"""The doors to an answer: whole or as a stream of events, for threads and for asyncio."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import TYPE_CHECKING

from assistant.answers import Mode
from assistant.events import Finished, QuotationsReady, Started, quoted_events
from assistant.providers.model_choice import model_name
from assistant.question.asked import Asked
from assistant.question.count_question import count_asked
from assistant.quoting.count_answer import counted
from assistant.quoting.quote_answer import as_evidence, quoted
from assistant.retrieval.abstention import look_for
from assistant.threads import in_thread
from assistant.watching.freshness import with_freshness
from ingest import QuestionError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterable, Iterator
    from datetime import date

    from assistant.answers import Answer, Evidence
    from assistant.events import Event
    from ingest import Filters, LibraryLocation


def answer(
    question: str,
    *,
    library: LibraryLocation | str | None = None,
    history: Iterable[tuple[str, str]] = (),
    asked_on: date | str | None = None,
    filters: Filters | None = None,
) -> Answer:
    """Answer a question from the articles of a library: in quoted sentences, or written where a model is set.

    Args:
        question: What is asked, up to `FOOTNOTE_MAX_QUESTION_CHARACTERS`.
        library: The library's folder; by default the one that the settings name.
        history: Earlier questions and answers of the conversation, oldest first.
        asked_on: The day of the question, by default today; articles published near it come first. Like
            every day a date, or text like "2024-03-01".
        filters: Which articles may be used. A question that names a paper, or dates the articles, narrows
            them further unless they are `exact`; `question_filter` of the answer says how.

    Raises:
        QuestionError: the question is empty or too long, or another argument is not as described here.
        LibraryError: there is no library in the folder, or it can't be used.
        SettingsError: a setting is wrong, or the library was made with another embedder.
    """
    events = stream_answer(question, library=library, history=history, asked_on=asked_on, filters=filters)
    return next(event.answer for event in events if isinstance(event, Finished))


async def aanswer(
    question: str,
    *,
    library: LibraryLocation | str | None = None,
    history: Iterable[tuple[str, str]] = (),
    asked_on: date | str | None = None,
    filters: Filters | None = None,
) -> Answer:
    """Do as `answer` does without holding up the event loop; cancelling it ends the model's request."""
    events = astream_answer(question, library=library, history=history, asked_on=asked_on, filters=filters)
    found = [event.answer async for event in events if isinstance(event, Finished)]
    return found[0]


def stream_answer(
    question: str,
    *,
    library: LibraryLocation | str | None = None,
    history: Iterable[tuple[str, str]] = (),
    asked_on: date | str | None = None,
    filters: Filters | None = None,
) -> Iterator[Event]:
    """Answer a question in events (assistant/events.py), the last of which has the whole answer.

    Arguments and errors are those of `answer`. Closing the generator ends the model's request.
    """
    asked = Asked.of(question, library=library, history=history, asked_on=asked_on, filters=filters)
    return in_thread(lambda: _events(asked))


def astream_answer(
    question: str,
    *,
    library: LibraryLocation | str | None = None,
    history: Iterable[tuple[str, str]] = (),
    asked_on: date | str | None = None,
    filters: Filters | None = None,
) -> AsyncGenerator[Event]:
    """Do as `stream_answer` does without holding up the event loop."""
    asked = Asked.of(question, library=library, history=history, asked_on=asked_on, filters=filters)
    return _events(asked)


async def _events(asked: Asked) -> AsyncGenerator[Event]:
    settings, query = asked.settings, asked.query
    wanted = count_asked(query)
    if wanted is not None:
        yield Started(query.asked, Mode.COUNT)
        given = await asyncio.to_thread(counted, wanted, asked)
        for event in quoted_events(given):
            yield event
        return
    model = model_name(settings)
    yield Started(query.text, Mode.WRITTEN if model else Mode.QUOTES)
    seen = await asyncio.to_thread(
        look_for, query, library=asked.library, filters=asked.filters, settings=settings
    )
    seen = await asyncio.to_thread(with_freshness, seen, asked)
    if model is None or not seen.answerable:
        for event in quoted_events(quoted(seen)):
            yield event
        return
    yield QuotationsReady(await asyncio.to_thread(quoted, seen), model)
    from assistant.writing.write import written_events

    said = asked.history if seen.query.context else ()  # what stands by itself is written as if asked alone
    async with aclosing(written_events(seen, model, history=said, settings=settings)) as events:
        async for event in events:
            yield event


def find_evidence(
    question: str,
    *,
    library: LibraryLocation | str | None = None,
    history: Iterable[tuple[str, str]] = (),
    asked_on: date | str | None = None,
    filters: Filters | None = None,
    limit: int = 10,
) -> list[Evidence]:
    """Return the sentences that may answer a question, best first, whether or not they do.

    They are the ones that `answer` would quote from or write from.

    Arguments and errors are those of `answer`; `limit` is the most sentences returned.
    """
    if isinstance(limit, bool) or not isinstance(limit, int) or limit < 1:
        raise QuestionError("limit can't be used. Write a whole number from 1 on.")
    asked = Asked.of(question, library=library, history=history, asked_on=asked_on, filters=filters)
    seen = look_for(asked.query, library=asked.library, filters=asked.filters, settings=asked.settings)
    return as_evidence(seen.ranked[:limit])
