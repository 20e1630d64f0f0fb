"""The time that one request has, and the wish to stop: both are asked between any two bytes."""

from __future__ import annotations

import time
from threading import Event

from ingest.fetch.outcome import FetchError


class Clock:
    """Time and waiting; a wait ends early when everything is to stop. Tests have another."""

    def __init__(self) -> None:
        self.stopped = Event()

    def now(self) -> float:
        """Return seconds that only go forward."""
        return time.monotonic()

    def wait(self, seconds: float) -> None:
        """Wait, or raise FetchError when everything is to stop."""
        if self.stopped.wait(max(seconds, 0.0)):
            raise _stopped("")


class Watch:
    """Counts down the seconds of one request, from its connection to its last byte."""

    def __init__(self, source: str, seconds: float, clock: Clock) -> None:
        self._source = source
        self._seconds = seconds
        self._clock = clock
        self._ends = clock.now() + seconds

    def left(self) -> float:
        """Return the seconds that are left; raise FetchError when there are none, or at a stop."""
        if self._clock.stopped.is_set():
            raise _stopped(self._source)
        left = self._ends - self._clock.now()
        if left <= 0:
            reason = (
                f"It took longer than {self._seconds:g} seconds. Try again, or raise FOOTNOTE_FETCH_SECONDS."
            )
            raise FetchError(self._source, reason, temporary=True, silent=True)
        return left


def _stopped(source: str) -> FetchError:
    return FetchError(source, "Fetching was stopped.", temporary=True, refused=True)
