"""The vocabulary of answers that change: kept questions, what became of an answer, footnotes out of date."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.answers import Answer, Citation


class Change(StrEnum):
    """What has become of an answer; the values are codes that stay as they are."""

    ANSWERED = "answered"
    CHANGED = "changed"
    GONE = "gone"


class Outdating(StrEnum):
    """What has become of a cited article; the values are codes that stay as they are."""

    REMOVED = "removed"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Outdated:
    """A footnote whose article was removed, or no longer says so; `now` is the sentence that says it now."""

    number: int
    what: Outdating
    before: str
    now: str | None = None


@dataclass(frozen=True, slots=True)
class KeptQuestion:
    """A question that is asked again, with the answer that stands and when it was asked last."""

    id: str
    question: str
    kept: datetime
    asked: datetime
    answer: Answer


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """What changed: the sentence that the answer rested on before, and the one that it rests on now.

    `before` is None where the articles didn't say, `after` where they don't any more.
    """

    id: str
    question: str
    found: datetime
    kind: Change
    before: Citation | None
    after: Citation | None
