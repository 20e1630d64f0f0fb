"""Removing articles with time to undo: an article leaves the list at once, the library a little later."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

logger = logging.getLogger(__name__)

DELAY = 8.0  # seconds to undo: long enough to read the message twice


class Removals:
    """Articles that are about to be removed; several of them go in one piece of work, `after` follows it."""

    def __init__(
        self,
        remove: Callable[[Collection[str]], int],
        *,
        delay: float = DELAY,
        after: Callable[[], None] = lambda: None,
    ) -> None:
        self._remove = remove
        self._after = after
        self._delay = delay
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None
        self._waiting: dict[str, None] = {}
        self._going: frozenset[str] = frozenset()

    def plan(self, article_id: str) -> None:
        """Remove an article after the delay, which starts again for those that still wait."""
        with self._lock:
            self._waiting[article_id] = None
            self._start()

    def undo(self, article_id: str) -> bool:
        """Keep an article after all; False if it is too late."""
        with self._lock:
            if article_id not in self._waiting:
                return False
            del self._waiting[article_id]
            return True

    def hidden(self) -> frozenset[str]:
        """Return what waits or is being removed, which lists leave out."""
        with self._lock:
            return self._going | frozenset(self._waiting)

    def flush(self) -> None:
        """Remove at once what still waits: the chat is about to end."""
        with self._lock:
            if self._timer:
                self._timer.cancel()
            going, self._waiting = frozenset(self._waiting), {}
            self._going |= going
        try:
            if going:
                self._remove(going)
                self._after()
        except Exception:
            logger.exception("Articles could not be removed; they stay in the library")
        finally:
            with self._lock:
                self._going -= going

    def _start(self) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = threading.Timer(self._delay, self.flush)
        self._timer.daemon = True
        self._timer.start()
