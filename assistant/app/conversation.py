"""What happens on each event of the page: a message in, a message out. Knows no web framework."""

from __future__ import annotations

import json
import logging
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assistant.app.events import read_files, read_opening, read_question, read_refused, read_token
from assistant.app.excerpts import excerpts
from assistant.app.following import follow
from assistant.app.libraryview import library_line, reading_html, report_html, welcome_html
from assistant.app.sourcepanel import source_html
from assistant.app.turns import answer_html, failure_html
from assistant.app.uploads import clear, settle, take
from ingest import FootnoteError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from assistant.answers import Answer
    from assistant.app.elements import Html
    from assistant.app.service import ChatService, Exchange
    from ingest import IngestReport, Progress

logger = logging.getLogger(__name__)

REMEMBERED = 8  # earlier exchanges kept to understand a follow-up question
WENT_WRONG = (
    "Something went wrong inside Footnote. Your library is unharmed. "
    "Try again; if it happens again, the log of the program says more."
)


class Conversation:
    """Answers the events of every browser; keeps nothing between them, so that sessions can't mix."""

    def __init__(self, service: ChatService, *, inbox: Path, question_limit: int) -> None:
        self.service = service
        self.inbox = inbox
        self.question_limit = question_limit

    def home(self) -> Iterator[str]:
        """Describe the library for the header and the welcome: at once, then with questions to ask."""
        try:
            overview = self.service.overview()
            line, ready = library_line(overview), bool(overview.articles)
            yield _message(line=line, welcome=welcome_html(overview), ready=ready)
            if suggestions := self.service.suggestions() if ready else ():
                yield _message(line=line, welcome=welcome_html(overview, suggestions), ready=ready)
        except Exception as error:  # noqa: BLE001  # every failure is shown calmly
            message = calm(error)
            yield _message(line="", welcome=failure_html(message), ready=False, say=message)

    def ask(self, data: Any, history: tuple[Exchange, ...]) -> tuple[str, tuple[Exchange, ...]]:  # noqa: ANN401
        """Answer a question; return the turn and the conversation with it."""
        token = read_token(data)
        try:
            question = read_question(data, limit=self.question_limit)
            html, answer = self._answer(question, history)
        except Exception as error:  # noqa: BLE001  # as in the first: shown calmly, logged
            return _failed(token, error), history
        exchange = (question, answer.text)
        message = _message(token=token, html=html, say=_spoken(answer), done=True)
        return message, (*history, exchange)[-REMEMBERED:]

    def open(self, data: Any) -> str:  # noqa: ANN401  # the browser may send anything
        """Show the article of a footnote."""
        token, opening = read_token(data), read_opening(data)
        if opening is None:
            return _message(token=token, html=failure_html(WENT_WRONG))
        mark = opening.marks[opening.current]
        try:
            article = self.service.article(mark.article, mark.version)
            live = self.service.article(mark.article, None)
        except Exception as error:  # noqa: BLE001  # as in the first: shown calmly, logged
            return _message(token=token, html=failure_html(calm(error)))
        newest = live.version if live else None
        return _message(token=token, html=source_html(opening, article, newest=newest))

    def add(self, data: Any) -> Iterator[str]:  # noqa: ANN401
        """Put dropped files into the library; yield how far it is, then the report."""
        token, refused = read_token(data), read_refused(data)
        yield _message(token=token, html=reading_html(None), done=False)
        names: dict[str, str] = {}

        def work(progress: Callable[[Progress], None]) -> IngestReport:
            taken, lost = take(read_files(data), inbox=self.inbox, folder=self.service.uploads)
            try:
                taken = settle(taken, self.service.place)
                names.update({str(path): name for path, name in taken.items()})
                report = self.service.add(list(taken), progress)
            finally:
                clear(taken)
            return replace(report, failed=(*report.failed, *lost, *refused))

        yield from _followed(token, work, names)

    def add_examples(self, data: Any) -> Iterator[str]:  # noqa: ANN401
        """Put the example articles into the library; yield how far it is, then the report."""
        token = read_token(data)
        yield _message(token=token, html=reading_html(None), done=False)
        yield from _followed(token, self.service.add_examples, {})

    def _answer(self, question: str, history: tuple[Exchange, ...]) -> tuple[Html, Answer]:
        started = time.perf_counter()
        answer = self.service.ask(question, history)
        seconds = time.perf_counter() - started
        cited = excerpts(answer.citations, self.service.article)
        consulted = excerpts(answer.consulted, self.service.article)
        return answer_html(answer, cited, consulted, seconds=seconds), answer


def calm(error: Exception) -> str:
    """Return what a user is told of an error: our own errors say it themselves, the rest goes to the log."""
    if isinstance(error, FootnoteError):
        return str(error)
    logger.error("An event of the chat failed", exc_info=error)
    return WENT_WRONG


def _followed(
    token: str, work: Callable[[Callable[[Progress], None]], IngestReport], names: dict[str, str]
) -> Iterator[str]:
    steps = follow(work)
    try:
        while True:
            yield _message(token=token, html=reading_html(next(steps)), done=False)
    except StopIteration as end:
        report: IngestReport = end.value
        yield _message(token=token, html=report_html(report, names=names), done=True, say=_tally(report))
    except Exception as error:  # noqa: BLE001  # as in the first: shown calmly, logged
        yield _failed(token, error)


def _failed(token: str, error: Exception) -> str:
    message = calm(error)
    return _message(token=token, html=failure_html(message), say=message, done=True)


def _tally(report: IngestReport) -> str:
    return f"{report.added} added, {report.updated} updated, {len(report.failed)} failed."


def _spoken(answer: Answer) -> str:
    sources = len(answer.citations)
    return f"{answer.text} {sources} footnotes." if sources else answer.text


def _message(**parts: str | bool) -> str:
    return json.dumps(parts)
