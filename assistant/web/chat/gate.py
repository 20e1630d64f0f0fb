"""How many answers are made at once, how many may wait for their turn, and the end of it all."""

from __future__ import annotations

import asyncio
import time
from contextlib import aclosing, asynccontextmanager
from typing import TYPE_CHECKING, Any, cast

from assistant.events import Finished
from ingest import FootnoteError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable

    from assistant.events import Event
    from assistant.web.chat.service import ChatService, Question

AT_ONCE = 8  # a question in quotations takes a fraction of a second, mostly outside of Python
WAITING = 200  # at a tenth of a second each, the last of them waits for less than a minute
BUSY = "Footnote is busy: many questions are waiting already. Ask again in a moment."
ENDING = "Footnote is being shut down. Ask again when it is back."
LOOK = 0.05  # seconds between two looks at what is still under way


class BusyError(FootnoteError):
    """No more questions are taken just now."""


class Gate:
    """Lets questions through, a few at a time. Belongs to one event loop."""

    def __init__(self, *, at_once: int = AT_ONCE, waiting: int = WAITING) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._most = at_once + waiting
        self.inside = 0
        self.asked = 0
        self.closed = False

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Wait for a place and hold it; raise `BusyError` where too many wait, or none is taken any more."""
        if self.closed:
            raise BusyError(ENDING)
        if self.inside >= self._most:
            raise BusyError(BUSY)
        self.inside += 1
        self.asked += 1
        try:
            async with self._places:
                yield
        finally:
            self.inside -= 1

    async def drain(self, seconds: float) -> int:
        """Take no more questions; wait for those under way, and return how many were still left."""
        self.closed = True
        for _ in range(round(seconds / LOOK)):
            if not self.inside:
                break
            await asyncio.sleep(LOOK)
        return self.inside


class Gated:
    """A service whose answers pass the gate, whoever asks: the page or a program."""

    def __init__(
        self, service: ChatService, gate: Gate, told: Callable[[str, float], None] = lambda *_: None
    ) -> None:
        self._service = service
        self._gate = gate
        self._told = told

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # everything else is the service's own
        return getattr(self._service, name)

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
