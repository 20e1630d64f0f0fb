"""How many answers, searches and checks are made at once, how many may wait, and the end of it all."""

from __future__ import annotations

import asyncio
import time
from contextlib import aclosing, asynccontextmanager, contextmanager
from threading import Lock, Semaphore
from typing import TYPE_CHECKING, cast

from assistant.events import Finished
from ingest import FootnoteError

if TYPE_CHECKING:
    from collections.abc import (
        AsyncGenerator,
        AsyncIterator,
        Callable,
        Collection,
        Iterator,
        Mapping,
        Sequence,
    )
    from datetime import datetime
    from pathlib import Path

    from assistant.answers import Answer, Evidence
    from assistant.events import Event
    from assistant.vocabulary.drafts import DraftEvent
    from assistant.vocabulary.story_reports import HadThis, Timeline, WhoSaidWhat
    from assistant.web.chat.service import ChatService, Draft, PastTurn, Question, Topic
    from assistant.web.html.library_view import Overview
    from ingest import Article, ArticleSummary, IngestReport, LibraryLocation, Progress

AT_ONCE = 8  # a question in quotations takes a fraction of a second, mostly outside of Python
MOST_WAITING_ANSWERS = 200  # at a tenth of a second each, the last of them waits for less than a minute
CHECKS = 2  # drafts at once: each takes seconds to minutes, and answers must not wait for it
CHECKS_WAITING = 20
SEARCHES = 4  # at once, besides the answers: a model may take a minute, and no search waits for it
SEARCHES_WAITING = 16  # each holds one of the 40 threads that serve everything but answers
BUSY = "Footnote is busy: many questions are waiting already. Ask again in a moment."
SHUTTING_DOWN = "Footnote is being shut down. Ask again when it is back."
LOOK = 0.05  # seconds between two looks at what is still under way


class BusyError(FootnoteError):
    """No more questions are taken just now."""


class Gate:
    """Lets questions and searches through, a few at a time.

    Places for questions belong to one event loop; those for searches are taken in threads.
    """

    def __init__(
        self,
        *,
        at_once: int = AT_ONCE,
        waiting: int = MOST_WAITING_ANSWERS,
        searches: int = SEARCHES,
        searches_waiting: int = SEARCHES_WAITING,
        checks: int = CHECKS,
    ) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._search_places = Semaphore(searches)
        self._check_places = asyncio.Semaphore(checks)
        self._most_checks = checks + CHECKS_WAITING
        self._most = at_once + waiting
        self._most_searches = searches + searches_waiting
        self._questions = self._searches = self._checks = 0
        self._lock = Lock()
        self.asked = 0
        self.closed = False

    @property
    def inside(self) -> int:
        """How many questions, searches and checks are under way or wait for their turn."""
        return self._questions + self._searches + self._checks

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Wait for a place and hold it; raise `BusyError` where too many wait, or none is taken any more."""
        with self._lock:
            self._admit(self._questions, self._most)
            self._questions += 1
        try:
            async with self._places:
                yield
        finally:
            with self._lock:
                self._questions -= 1

    @asynccontextmanager
    async def check_place(self) -> AsyncIterator[None]:
        """Do as `place` does for the check of a draft."""
        with self._lock:
            self._admit(self._checks, self._most_checks)
            self._checks += 1
        try:
            async with self._check_places:
                yield
        finally:
            with self._lock:
                self._checks -= 1

    @contextmanager
    def search(self) -> Iterator[None]:
        """Do as `place` does for a search, in the thread that searches."""
        with self._lock:
            self._admit(self._searches, self._most_searches)
            self._searches += 1
        try:
            with self._search_places:
                yield
        finally:
            with self._lock:
                self._searches -= 1

    def _admit(self, inside: int, most: int) -> None:
        if self.closed:
            raise BusyError(SHUTTING_DOWN)
        if inside >= most:
            raise BusyError(BUSY)
        self.asked += 1

    async def drain(self, seconds: float) -> int:
        """Take no more questions and searches; wait for those under way, and return how many were left."""
        with self._lock:
            self.closed = True
        for _ in range(round(seconds / LOOK)):
            if not self.inside:
                break
            await asyncio.sleep(LOOK)
        return self.inside


class Gated:
    """A `ChatService` whose answers and searches pass the gate, whoever asks: the page or a program.

    What reads a list or an article, and what adds or removes, takes its own care and goes on to the service.
    """

    def __init__(
        self, service: ChatService, gate: Gate, told: Callable[[str, float], None] = lambda *_: None
    ) -> None:
        self._service = service
        self._gate = gate
        self._told = told

    def seen_by(self, groups: frozenset[str] | None) -> Gated:
        """Return it for whoever is in some groups; all of them wait at the same gate."""
        return self if groups is None else Gated(self._service.seen_by(groups), self._gate, self._told)

    def hidden(self) -> frozenset[str]:
        """Return the ids of the articles that are for others alone."""
        return self._service.hidden()

    @property
    def library(self) -> LibraryLocation:
        """Where the library is."""
        return self._service.library

    @property
    def uploads(self) -> Path:
        """The folder that dropped files are read from."""
        return self._service.uploads

    def find(self, question: Question, *, limit: int) -> list[Evidence]:
        """Return the sentences that an answer would rest on, once there is a place for the search."""
        with self._gate.search():
            return self._service.find(question, limit=limit)

    def quoted(self, question: str, history: Sequence[PastTurn] = ()) -> Answer:
        """Answer in quotations, once there is a place for the search."""
        with self._gate.search():
            return self._service.quoted(question, history)

    def timeline(self, topic: Topic) -> Timeline:
        """Return what happened in a story, once there is a place for the search."""
        with self._gate.search():
            return self._service.timeline(topic)

    def who_said_what(self, topic: Topic) -> WhoSaidWhat:
        """Return who said what about a story, once there is a place for the search."""
        with self._gate.search():
            return self._service.who_said_what(topic)

    def had_this(self, topic: Topic) -> HadThis:
        """Say whether a text was reported already, once there is a place for the search."""
        with self._gate.search():
            return self._service.had_this(topic)

    def suggestions(self) -> tuple[str, ...]:
        """Return questions to begin with; none while it is busy, for nobody has asked for them."""
        try:
            with self._gate.search():
                return self._service.suggestions()
        except BusyError:
            return ()

    def next_questions(self, answer: Answer) -> tuple[str, ...]:
        """Return questions that an answer leads to; none while it is busy."""
        try:
            with self._gate.search():
                return self._service.next_questions(answer)
        except BusyError:
            return ()

    def overview(self) -> Overview:
        """Return the library at a glance."""
        return self._service.overview()

    def notices(self) -> list[str]:
        """Return what keeps articles from being found just now."""
        return self._service.notices()

    def unreachable(self) -> list[str]:
        """Say which servers of the library are away."""
        return self._service.unreachable()

    def article(self, article_id: str, version: str | None) -> Article | None:
        """Return a version of an article, the live one for None."""
        return self._service.article(article_id, version)

    def articles(self) -> Sequence[ArticleSummary]:
        """List the articles."""
        return self._service.articles()

    def last_read(self) -> Mapping[str, datetime]:
        """Return when each paper was last read."""
        return self._service.last_read()

    def printings(self, article_id: str) -> Sequence[Article]:
        """Return the near-duplicates of an article."""
        return self._service.printings(article_id)

    def place(self, file: Path) -> Path:
        """Return where a dropped file is to be read from."""
        return self._service.place(file)

    def add(self, sources: Sequence[Path | str], progress: Callable[[Progress], None]) -> IngestReport:
        """Put files, folders and addresses into the library."""
        return self._service.add(sources, progress)

    def add_examples(self, progress: Callable[[Progress], None]) -> IngestReport:
        """Put the example articles into the library."""
        return self._service.add_examples(progress)

    def remove(self, article_ids: Collection[str]) -> int:
        """Remove articles for good."""
        return self._service.remove(article_ids)

    async def check(self, draft: Draft) -> AsyncGenerator[DraftEvent]:
        """Hold a draft against the library in events, once there is a place for it."""
        async with self._gate.check_place():
            events = cast("AsyncGenerator[DraftEvent]", self._service.check(draft))
            async with aclosing(events):
                async for event in events:
                    yield event

    async def stream(self, question: Question) -> AsyncGenerator[Event]:
        """Answer a question in events, once there is a place for it."""
        begun, outcome = time.perf_counter(), "left"
        try:
            async with self._gate.place():
                events = cast("AsyncGenerator[Event]", self._service.stream(question))
                async with aclosing(events):
                    async for event in events:
                        if isinstance(event, Finished):
                            outcome = "answered" if event.answer.answered else "not_answered"
                        yield event
        except BusyError:
            outcome = "busy"
            raise
        except Exception:
            outcome = "failed"
            raise
        finally:
            self._told(outcome, time.perf_counter() - begun)
