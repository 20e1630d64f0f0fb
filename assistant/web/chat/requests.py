"""What the browser sends, read with suspicion: anything may arrive here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeGuard

from assistant.web.html.filters import AskedLimits
from assistant.web.html.source_panel import Opening, SentenceMark
from ingest import Failure, Filters, QuestionError, is_language_code

MAX_MARKS = 100  # an answer has at most five footnotes and a few dozen consulted sentences
MAX_FILES = 1_000
MAX_TOKEN = 40
MAX_SOURCES = 500
MAX_TEXT = 4_000  # characters of a search, a name, a reason or a selection
MAX_UPLOAD_NAME = 200
UPLOAD_REFUSALS = {
    "size": "larger than the limit; FOOTNOTE_MAX_FILE_MB raises it",
    "lost": "did not arrive; try it again",
}
BIGGEST_OFFSET = 2**53  # whole numbers in a browser end here

_KEY = re.compile(r"[0-9a-f]{16}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file that the browser sent: where the server put it, and how it was called."""

    path: str
    name: str


def read_token(data: Any) -> str:  # noqa: ANN401  # the browser may send anything
    """Return the name of the turn that the browser waits for, at most 40 characters."""
    token = data.get("token", "") if isinstance(data, dict) else ""
    return str(token)[:MAX_TOKEN]


def read_text(data: Any, name: str) -> str:  # noqa: ANN401
    """Return a text of the message without outer spaces, cut to 4,000 characters; empty if there is none."""
    value = data.get(name) if isinstance(data, dict) else None
    return value.strip()[:MAX_TEXT] if isinstance(value, str) else ""


def read_long_text(data: Any, name: str, limit: int) -> str:  # noqa: ANN401
    """Return a text of the message without outer spaces; one beyond the limit is refused, not cut.

    Raises:
        QuestionError: it is longer than `limit` characters.
    """
    value = data.get(name) if isinstance(data, dict) else None
    text = value.strip() if isinstance(value, str) else ""
    if len(text) > limit:
        raise QuestionError(f"The text has {len(text):,} characters; {limit:,} is the limit. Shorten it.")
    return text


def read_key(data: Any, name: str) -> str | None:  # noqa: ANN401
    """Return the id of a conversation, turn or article, or None when it is none."""
    value = read_text(data, name)
    return value if _KEY.fullmatch(value) else None


def read_texts(data: Any, name: str) -> list[str]:  # noqa: ANN401
    """Return a list of texts, leaving out what is none."""
    rows = data.get(name) if isinstance(data, dict) else None
    if not isinstance(rows, list):
        return []
    return [row.strip() for row in rows[:MAX_SOURCES] if isinstance(row, str) and row.strip()]


def read_number(data: Any, name: str) -> int:  # noqa: ANN401
    """Return a whole number from 0, 0 when there is none."""
    value = data.get(name) if isinstance(data, dict) else None
    return value if _whole(value) else 0


def read_limits(data: Any) -> AskedLimits:  # noqa: ANN401
    """Return what a question is limited to; a date that is none limits nothing.

    With `exact` beside the limits nothing that the question's own words name limits it further.
    """
    given = data.get("limits") if isinstance(data, dict) else None
    first, last = _day(given, "from"), _day(given, "to")
    if first and last and first > last:
        first, last = last, first  # the days between, whichever was chosen first; the page shows them
    sources = frozenset(read_texts(given, "sources"))
    undated = not (isinstance(given, dict) and given.get("undated") is False)
    exact = isinstance(data, dict) and data.get("exact") is True
    languages = frozenset(filter(is_language_code, read_texts(given, "languages")))
    filters = Filters(first, last, sources, undated=undated, exact=exact, languages=languages)
    is_open = not (first or last or sources or exact or languages)
    authors = frozenset(read_texts(given, "authors"))
    return AskedLimits(None if is_open else filters, _day(given, "on"), authors)


def read_question(data: Any, *, limit: int) -> str:  # noqa: ANN401
    """Return the question, or raise `QuestionError` when it is empty or too long."""
    question = data.get("question") if isinstance(data, dict) else None
    if not isinstance(question, str) or not question.strip():
        raise QuestionError("There is no question. Type one and send it again.")
    if len(question) > limit:
        size = f"{len(question):,} characters; {limit:,} is the limit"
        raise QuestionError(f"The question has {size}. Shorten it and ask again.")
    return question.strip()


def read_draft(data: Any, *, limit: int) -> str:  # noqa: ANN401
    """Return a draft as it was typed, or raise `QuestionError` when it is empty or too long."""
    draft = data.get("text") if isinstance(data, dict) else None
    if not isinstance(draft, str) or not draft.strip():
        raise QuestionError("There is no draft. Paste one and check it again.")
    if len(draft) > limit:
        size = f"{len(draft):,} characters; {limit:,} is the limit"
        raise QuestionError(f"The draft has {size}. Check it in parts.")
    return draft


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
        Failure(
            str(row.get("name", ""))[:MAX_UPLOAD_NAME],
            UPLOAD_REFUSALS.get(str(row.get("why")), UPLOAD_REFUSALS["lost"]),
        )
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


def _day(data: Any, name: str) -> date | None:  # noqa: ANN401
    value = read_text(data, name)
    try:
        return date.fromisoformat(value) if _DAY.fullmatch(value) else None
    except ValueError:
        return None


def _mark(row: Any) -> SentenceMark | None:  # noqa: ANN401
    if not isinstance(row, dict):
        return None
    article, version = row.get("article"), row.get("version")
    start, end, number = row.get("start"), row.get("end"), row.get("number")
    quote = row.get("quote")
    if not (isinstance(article, str) and isinstance(version, str) and isinstance(quote, str)):
        return None
    if not (_whole(start) and _whole(end) and _whole(number)) or start >= end:
        return None
    return SentenceMark(article, version, start, end, number, quote)


def _whole(value: Any) -> TypeGuard[int]:  # noqa: ANN401
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= BIGGEST_OFFSET
