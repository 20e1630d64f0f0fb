"""The arguments of a question, held against what they have to be before anything else is done with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from assistant.question.query import understand
from assistant.settings import answer_settings
from ingest import Filters, QuestionError, limited_to

if TYPE_CHECKING:
    from datetime import date

    from assistant.question.query import Query
    from assistant.settings import AnswerSettings
    from ingest import LibraryLocation

EARLIER = 2
"""Parts of an earlier exchange: what was asked and what was answered."""

HISTORY = (
    "history can't be used. Write it as pairs of what was asked and what was answered: "
    '[("Who won?", "Ann Lee did."), …].'
)
FILTERS = 'filters can\'t be used. Write ingest.Filters(published_from="2024-03-01", sources=["One"]).'


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A question as it was understood, with where to look and the settings at the time."""

    query: Query
    library: LibraryLocation | None
    history: tuple[tuple[str, str], ...]
    filters: Filters | None
    settings: AnswerSettings

    @classmethod
    def of(
        cls,
        question: str,
        *,
        library: LibraryLocation | str | None,
        history: Iterable[tuple[str, str]],
        asked_on: date | str | None,
        filters: Filters | None,
    ) -> Self:
        """Read the arguments of `assistant.answer`, or raise the errors that it names."""
        settings = answer_settings()
        earlier = pairs(history)
        if filters is not None and not isinstance(filters, Filters):
            raise QuestionError(FILTERS)
        folder = limited_to(filters.groups if filters else None, library)
        query = understand(question, earlier, asked_on=asked_on, limit=settings.max_question_characters)
        return cls(query, folder, earlier, filters, settings)


def pairs(history: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return the earlier exchanges of a conversation; raise `QuestionError` where they are no pairs."""
    if isinstance(history, str | bytes | Mapping) or not isinstance(history, Iterable):
        raise QuestionError(HISTORY)
    rows = tuple(history)
    for row in rows:
        if not isinstance(row, tuple | list) or len(row) != EARLIER:
            raise QuestionError(HISTORY)
        if not all(isinstance(text, str) for text in row):
            raise QuestionError(HISTORY)
    return tuple((question, reply) for question, reply in rows)
