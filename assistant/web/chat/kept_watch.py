"""Everybody's kept questions asked again once articles came or went, beside whatever else goes on."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING

from assistant.store.conversations import Conversations
from assistant.web.chat.gate import BusyError
from assistant.web.chat.withholding import SeenQuestions, conversations_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from assistant.watching.kept_questions import KeptQuestions
    from assistant.web.access.people import Person
    from assistant.web.chat.service import ChatService

logger = logging.getLogger(__name__)

TRIES = 5
PAUSE = 5.0  # seconds between two tries while many search: nobody waits for these questions


class KeptWatch:
    """Asks kept questions again, one run at a time; what comes during a run starts another one after it."""

    def __init__(
        self,
        service: ChatService,
        *,
        pause: float = PAUSE,
        people: Callable[[], Iterable[Person]] = lambda: (),
    ) -> None:
        self._service = service
        self._people = people
        self._pause = pause
        self._lock = threading.Lock()
        self._wanted = False
        self._running = False
        self._about_to_change: Callable[[], bool] = lambda: False

    @property
    def busy(self) -> bool:
        """Whether questions are being asked just now, or will be in a moment."""
        with self._lock:
            return self._running or self._about_to_change()

    def expect(self, about_to_change: Callable[[], bool]) -> None:
        """Take from now on what this says for whether articles are about to come or go."""
        self._about_to_change = about_to_change

    def articles_changed(self) -> None:
        """Ask everybody's questions again, in a thread of its own."""
        with self._lock:
            self._wanted = True
            if self._running:
                return
            self._running = True
        threading.Thread(target=self._run, name="footnote-kept-questions", daemon=True).start()

    def of(self, conversations: Conversations, service: ChatService | None = None) -> KeptQuestions:
        """Return the kept questions beside some conversations; `service` is what their owner sees."""
        return SeenQuestions(service or self._service, conversations)

    def _run(self) -> None:
        while self._take():
            self._ask(self.of(Conversations(self._service.library), self._service))
            for person in self._people():
                service = self._service.seen_by(person.sees)
                self._ask(self.of(conversations_of(person, service), service))

    def _take(self) -> bool:
        """Say whether another run is wanted; if not, this was the last one."""
        with self._lock:
            self._running, self._wanted = self._wanted, False
            return self._running

    def _ask(self, kept: KeptQuestions) -> None:
        for _ in range(TRIES):
            try:
                kept.ask_again()
            except BusyError:
                time.sleep(self._pause)
            except Exception:
                logger.exception("Kept questions could not be asked again")
                return
            else:
                return
