"""The doors to a checked draft: whole or statement by statement, for threads and for asyncio."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assistant.drafting.draft_statements import draft_statements
from assistant.drafting.hold import DraftScope, Held, hold
from assistant.question.asked import FILTERS
from assistant.quoting.quote_answer import present
from assistant.retrieval.open_libraries import read_library
from assistant.settings import answer_settings
from assistant.threads import in_thread
from assistant.vocabulary.drafts import DraftCheck, DraftChecked, DraftSplit, DraftStatement, StatementHeld
from ingest import Filters, QuestionError, as_day, limited_to

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
    from datetime import date

    from assistant.answers import Citation
    from assistant.drafting.draft_statements import Drafted
    from assistant.retrieval.found import Ranked
    from assistant.vocabulary.drafts import DraftEvent
    from ingest import LibraryLocation

_AT_ONCE = 2
"""Statements that are held at once: the models use several cores for each, more gain nothing."""


def check_draft(
    text: str,
    *,
    library: LibraryLocation | str | None = None,
    filters: Filters | None = None,
    written_on: date | str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> DraftCheck:
    """Hold every statement of a draft against the articles of a library.

    Args:
        text: The draft, plain or Markdown, up to `FOOTNOTE_MAX_DRAFT_CHARACTERS`.
        library: The library's folder; by default the one that the settings name.
        filters: Which articles may be used.
        written_on: The day of the draft, a date or text like "2024-03-01": "last year" is then the one before
            that day. Without it such words mean what they mean in the article.
        progress: Called after each statement with how many are done and how many there are.

    Raises:
        DraftTooLongError: the draft is longer than the limit.
        QuestionError: the draft is empty, or another argument is not as described here.
        LibraryError: there is no library in the folder, or it can't be used.
        SettingsError: a setting is wrong, or the library was made with another embedder.
    """
    events = stream_check(text, library=library, filters=filters, written_on=written_on)
    for event in events:
        if isinstance(event, StatementHeld) and progress:
            progress(event.done, event.total)
        if isinstance(event, DraftChecked):
            return event.check
    raise RuntimeError("a check ends with its result")


async def acheck_draft(
    text: str,
    *,
    library: LibraryLocation | str | None = None,
    filters: Filters | None = None,
    written_on: date | str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> DraftCheck:
    """Do as `check_draft` does without holding up the event loop; cancelling it ends the check."""
    async with aclosing(
        astream_check(text, library=library, filters=filters, written_on=written_on)
    ) as events:
        async for event in events:
            if isinstance(event, StatementHeld) and progress:
                progress(event.done, event.total)
            if isinstance(event, DraftChecked):
                return event.check
    raise RuntimeError("a check ends with its result")


def stream_check(
    text: str,
    *,
    library: LibraryLocation | str | None = None,
    filters: Filters | None = None,
    written_on: date | str | None = None,
) -> Iterator[DraftEvent]:
    """Check a draft in events (assistant/drafts.py), one for each statement and the whole check at the end.

    Arguments and errors are those of `check_draft`. Closing the generator ends the check.
    """
    asked = _Asked.of(text, library, filters, written_on)
    return in_thread(lambda: _events(asked))


def astream_check(
    text: str,
    *,
    library: LibraryLocation | str | None = None,
    filters: Filters | None = None,
    written_on: date | str | None = None,
) -> AsyncGenerator[DraftEvent]:
    """Do as `stream_check` does without holding up the event loop."""
    return _events(_Asked.of(text, library, filters, written_on))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A draft as it is to be checked."""

    text: str
    statements: tuple[Drafted, ...]
    place: DraftScope

    @classmethod
    def of(
        cls,
        text: str,
        library: LibraryLocation | str | None,
        filters: Filters | None,
        written_on: date | str | None,
    ) -> _Asked:
        settings = answer_settings()
        if filters is not None and not isinstance(filters, Filters):
            raise QuestionError(FILTERS)
        day = as_day(written_on, "written_on")
        folder = limited_to(filters.groups if filters else None, library)
        statements = draft_statements(text, limit=settings.max_draft_characters)
        return cls(text, statements, DraftScope(folder, filters, settings, day))


async def _events(asked: _Asked) -> AsyncGenerator[DraftEvent]:
    total = len(asked.statements)
    notices = await asyncio.to_thread(
        read_library, asked.place.library, lambda opened: opened.library.notices
    )
    yield DraftSplit(total)
    numbered, done = _Numbered(), list[DraftStatement]()
    async with aclosing(_held(asked)) as answers:
        async for drafted, held in answers:
            statement, new = numbered.take(drafted, held)
            done.append(statement)
            yield StatementHeld(len(done), total, statement, new)
    yield DraftChecked(DraftCheck(asked.text, tuple(done), tuple(numbered.citations), tuple(notices)))


async def _held(asked: _Asked) -> AsyncGenerator[tuple[Drafted, Held]]:
    """Yield what the library says to each statement, in order; a few are worked on at once."""
    waiting: deque[tuple[Drafted, asyncio.Task[Held]]] = deque()
    coming = iter(asked.statements)
    try:
        while True:
            while len(waiting) < _AT_ONCE and (drafted := next(coming, None)) is not None:
                task = asyncio.create_task(asyncio.to_thread(hold, drafted, asked.place))
                waiting.append((drafted, task))
            if not waiting:
                return
            drafted, task = waiting[0]
            held = await task
            waiting.popleft()
            yield drafted, held
    finally:
        for _, task in waiting:
            task.cancel()
        await asyncio.gather(*(task for _, task in waiting), return_exceptions=True)


@dataclass(slots=True)
class _Numbered:
    """Gives the sentences their numbers, each once, in the order in which statements need them."""

    citations: list[Citation] = field(default_factory=list)
    _known: dict[tuple[str, int], int] = field(default_factory=dict)

    def take(self, drafted: Drafted, held: Held) -> tuple[DraftStatement, tuple[Citation, ...]]:
        """Return the statement with its numbers, and the sentences that are new."""
        before = len(self.citations)
        cited, against, closest = (self._numbers(items) for items in (held.cited, held.against, held.closest))
        statement = DraftStatement(
            drafted.text,
            drafted.start,
            drafted.end,
            held.state,
            held.reason,
            held.score,
            cited,
            against,
            closest,
            held.differences,
        )
        return statement, tuple(self.citations[before:])

    def _numbers(self, items: Sequence[Ranked]) -> tuple[int, ...]:
        for item in items:
            if item.place not in self._known:
                number = self._known[item.place] = len(self.citations) + 1
                self.citations.append(replace(present(item, number, ()), emphasis=()))
        return tuple(self._known[item.place] for item in items)
