"""Where an answer is limited by when papers were last read: questions about days that came after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from assistant.language.calendar_words import written_date
from assistant.question.question_form import Shape
from assistant.retrieval.open_libraries import read_library

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from assistant.question.asked import Asked
    from assistant.question.query import Query
    from assistant.retrieval.found import Seen

RECENT = timedelta(days=1)
"""A library that was read yesterday has the latest that anybody can expect."""
NOT_AMONG = "what was printed after that is not among your articles."


def with_freshness(seen: Seen, asked: Asked) -> Seen:
    """Return what a question has found, with a notice where it asks for days after the papers were read."""
    day = wanted_day(seen.query)
    if day is None:
        return seen
    read = read_library(asked.library, lambda opened: opened.library.last_read())
    of_question = seen.question_filter.sources if seen.question_filter else ()
    papers = of_question or tuple(sorted(asked.filters.sources if asked.filters else ()))
    return replace(seen, notices=(*seen.notices, *stale_notices(day, read, papers)))


def wanted_day(query: Query) -> date | None:
    """Return the last day that a question asks about, up to that of asking; None where it asks about none."""
    today = query.asked_on
    if query.period is not None:
        if query.period.first and query.period.first > today:
            return None
        return min(query.period.last or today, today)
    return today - RECENT if query.shape is Shape.LATEST else None


def stale_notices(day: date, read: Mapping[str, datetime], papers: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Say which of some papers, by default the library as a whole, was last read before a day."""
    if papers:
        days = [(name, read[name].astimezone().date()) for name in papers if name in read]
        return tuple(
            f"{name} was last read on {written_date(last)}; {NOT_AMONG}" for name, last in days if last < day
        )
    latest = max((moment.astimezone().date() for moment in read.values()), default=day)
    return (f"Papers were last read on {written_date(latest)}; {NOT_AMONG}",) if latest < day else ()
