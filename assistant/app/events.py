"""What the browser sends, read with suspicion: anything may arrive here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeGuard

from ingest import Failure, QuestionError

MAX_MARKS = 100  # an answer has at most five footnotes and a few dozen consulted sentences
MAX_FILES = 1_000
MAX_TOKEN = 40
MAX_NAME = 200
REFUSALS = {
    "size": "larger than the limit; FOOTNOTE_MAX_FILE_MB raises it",
    "lost": "did not arrive; try it again",
}
BIGGEST_OFFSET = 2**53  # whole numbers in a browser end here


@dataclass(frozen=True, slots=True)
class Mark:
    """A sentence to mark in an article. `number` is its footnote, 0 where it was only consulted."""

    article: str
    version: str
    start: int
    end: int
    number: int


@dataclass(frozen=True, slots=True)
class Opening:
    """A click on a footnote: all sentences of its answer, and which of them to show."""

    marks: tuple[Mark, ...]
    current: int


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file that the browser sent: where the server put it, and how it was called."""

    path: str
    name: str


def read_token(data: Any) -> str:  # noqa: ANN401  # the browser may send anything
    """Return the name of the turn that the browser waits for, at most 40 characters."""
    token = data.get("token", "") if isinstance(data, dict) else ""
    return str(token)[:MAX_TOKEN]


def read_question(data: Any, *, limit: int) -> str:  # noqa: ANN401
    """Return the question, or raise `QuestionError` when it is empty or too long."""
    question = data.get("question") if isinstance(data, dict) else None
    if not isinstance(question, str) or not question.strip():
        raise QuestionError("There is no question. Type one and send it again.")
    if len(question) > limit:
        size = f"{len(question):,} characters; {limit:,} is the limit"
        raise QuestionError(f"The question has {size}. Shorten it and ask again.")
    return question.strip()


def read_opening(data: Any) -> Opening | None:  # noqa: ANN401
    """Return what to open, or None when the message makes no sense."""
    if not isinstance(data, dict) or not isinstance(data.get("marks"), list):
        return None
    marks = [_mark(row) for row in data["marks"][:MAX_MARKS]]
    current = data.get("current")
    known = tuple(mark for mark in marks if mark is not None)
    if len(known) != len(marks) or not _whole(current) or not 0 <= current < len(known):
        return None
    return Opening(known, current)


def read_refused(data: Any) -> list[Failure]:  # noqa: ANN401
    """Return the files that the browser kept back, with the reason in our words."""
    rows = data.get("refused") if isinstance(data, dict) else None
    return [
        Failure(str(row.get("name", ""))[:MAX_NAME], REFUSALS.get(str(row.get("why")), REFUSALS["lost"]))
        for row in (rows[:MAX_FILES] if isinstance(rows, list) else [])
        if isinstance(row, dict)
    ]


def read_files(data: Any) -> list[Dropped]:  # noqa: ANN401
    """Return the files that were sent, leaving out what is not a pair of path and name."""
    rows = data.get("files") if isinstance(data, dict) else None
    if not isinstance(rows, list):
        return []
    return [
        Dropped(row["place"], row["name"])
        for row in rows[:MAX_FILES]
        if isinstance(row, dict) and isinstance(row.get("place"), str) and isinstance(row.get("name"), str)
    ]


def _mark(row: Any) -> Mark | None:  # noqa: ANN401
    if not isinstance(row, dict):
        return None
    article, version = row.get("article"), row.get("version")
    start, end, number = row.get("start"), row.get("end"), row.get("number")
    if not (isinstance(article, str) and isinstance(version, str)):
        return None
    if not (_whole(start) and _whole(end) and _whole(number)) or start >= end:
        return None
    return Mark(article, version, start, end, number)


def _whole(value: Any) -> TypeGuard[int]:  # noqa: ANN401
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= BIGGEST_OFFSET
