"""How often a host is asked: never faster than is polite, and no more once it has stopped answering."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from ingest.fetch.outcome import FetchError

if TYPE_CHECKING:
    from ingest.fetch.deadline import Clock

MOST_MISSES = 10  # requests in a row without any answer, after which a host is left alone for this run


class Pace:
    """Gives every request to a host its moment; shared by all threads of a run."""

    def __init__(self, pause: float, clock: Clock) -> None:
        self._pause = pause
        self._clock = clock
        self._lock = Lock()
        self._free: dict[str, float] = {}
        self._misses: dict[str, int] = {}

    def turn(self, host: str, delay: float = 0.0) -> None:
        """Wait until the host may be asked again; `delay` is the pause that it asks for itself."""
        with self._lock:
            now = self._clock.now()
            start = max(now, self._free.get(host, now))
            self._free[host] = start + max(self._pause, delay)
        if start > now:
            self._clock.wait(start - now)

    def hold(self, host: str, seconds: float) -> None:
        """Ask the host nothing for that long, as it wished."""
        with self._lock:
            until = self._clock.now() + seconds
            self._free[host] = max(until, self._free.get(host, until))

    def check(self, host: str, source: str) -> None:
        """Refuse, with FetchError, what lies on a host that has stopped answering."""
        if self._misses.get(host, 0) >= MOST_MISSES:
            reason = (
                f"Its server answered none of {MOST_MISSES} requests, so it was not asked. Try again later."
            )
            raise FetchError(source, reason, temporary=True, refused=True)

    def answered(self, host: str) -> None:
        """Note that the host is there."""
        with self._lock:
            self._misses.pop(host, None)

    def missed(self, host: str) -> None:
        """Note that the host did not answer."""
        with self._lock:
            self._misses[host] = self._misses.get(host, 0) + 1
