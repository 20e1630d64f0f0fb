"""Wrong passwords cost time: after a few, each further one locks the name and the address for longer."""

from __future__ import annotations

import time
from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

FREE = 5  # tries before the first lock: typing errors are human
LONGEST_LOCK_SECONDS = 900.0  # seconds: 4 tries an hour, 35,000 a year, against a password of 12 characters
FORGOTTEN = 3_600.0  # seconds without a try after which the count begins anew
MOST_LOCKS = 75_000  # names, addresses and pairs of them that are remembered, the latest

Key = tuple[str, ...]


class Throttle:
    """Counts tries by name and by address. A try counts when it begins, so that many at once gain nothing."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._tries: OrderedDict[Key, tuple[int, float]] = OrderedDict()  # how many, and when the last was

    def begin(self, name: str, address: str) -> float:
        """Return 0 and count the try, or the seconds to wait; a try that has to wait does not count."""
        keys = _keys(name, address)
        with self._lock:
            now = self._clock()
            wait = max(self._wait(key, now) for key in keys)
            if wait <= 0:
                for key in keys:
                    self._tries[key] = (self._count(key, now) + 1, now)
                    self._tries.move_to_end(key)
                while len(self._tries) > MOST_LOCKS:
                    self._tries.popitem(last=False)
            return max(wait, 0.0)

    def succeeded(self, name: str, address: str) -> None:
        """Forget the tries of a name. Other names that were tried from the address still count.

        Else whoever has a password of their own could guess at other people's without end, by signing in
        between the guesses.
        """
        by_name, by_address, by_both = _keys(name, address)
        with self._lock:
            now = self._clock()
            theirs = self._count(by_both, now)
            others = self._count(by_address, now) - theirs
            for key in (by_name, by_both, by_address):
                _, last = self._tries.pop(key, (0, now))
            if others > 0:
                self._tries[by_address] = (others, last)

    def _count(self, key: Key, now: float) -> int:
        count, last = self._tries.get(key, (0, now))
        return 0 if now - last > FORGOTTEN else count

    def _wait(self, key: Key, now: float) -> float:
        count = self._count(key, now)
        if count < FREE:
            return 0.0
        return min(2.0 ** (count - FREE), LONGEST_LOCK_SECONDS) - (now - self._tries[key][1])


def _keys(name: str, address: str) -> tuple[Key, Key, Key]:
    """Return what a try counts for: its name, its address, and the two together."""
    return ("name", name), ("address", address), ("both", name, address)
