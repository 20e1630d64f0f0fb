"""protego: what a site's robots.txt lets Footnote read, and how long it wants to be left in peace.

As RFC 9309 has it: without a robots.txt (4xx) everything may be read; where it can't be fetched
(5xx, no answer) nothing may.
"""

from __future__ import annotations

from collections import defaultdict
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from ingest.fetch.outcome import FetchError

if TYPE_CHECKING:
    from collections.abc import Callable

    from ingest.fetch.web_address import Address

ROBOTS_AGENT = "Footnote"
MOST_ROBOTS_BYTES = 512_000  # bytes of it that are read; RFC 9309 asks for at least 500 KiB
LARGEST = 5_000_000  # bytes; the largest known are a tenth of it, and what is larger is none
LONGEST_DELAY = 30.0  # seconds; a longer Crawl-delay is cut to this


class RobotsRules(Protocol):
    """What protego makes of a robots.txt."""

    def can_fetch(self, url: str, user_agent: str) -> bool:
        """Say whether an address may be read."""

    def crawl_delay(self, user_agent: str) -> float | None:
        """Return the seconds between requests that are asked for."""


class Robots:
    """The robots.txt of every site that a run meets, each fetched once.

    `read` returns the file's bytes, None where there is none, and raises FetchError where it can't be known.
    """

    def __init__(self, read: Callable[[Address], bytes | None]) -> None:
        self._read = read
        self._known: dict[str, RobotsRules | FetchError | None] = {}
        self._locks: defaultdict[str, Lock] = defaultdict(Lock)
        self._guard = Lock()

    def check(self, address: Address) -> float:
        """Return the delay that the site asks for; raise FetchError if the address is not to be read."""
        rules = self._rules(address)
        if rules is None:
            return 0.0
        if not rules.can_fetch(address.text, ROBOTS_AGENT):
            reason = "Its site's robots.txt asks not to read it. Save the page and ingest the file."
            raise FetchError(address.text, reason, refused=True)
        return min(float(rules.crawl_delay(ROBOTS_AGENT) or 0.0), LONGEST_DELAY)

    def _rules(self, address: Address) -> RobotsRules | None:
        with self._guard:
            lock = self._locks[address.site]
        with lock:
            if address.site not in self._known:
                self._known[address.site] = self._fetched(address)
            known = self._known[address.site]
        if isinstance(known, FetchError):
            raise _unknown(address, known)
        return known

    def _fetched(self, address: Address) -> RobotsRules | FetchError | None:
        try:
            data = self._read(address.join("/robots.txt"))
        except FetchError as error:
            return error
        return parsed(data) if data else None


def parsed(data: bytes) -> RobotsRules:
    """Read a robots.txt; what is wrong in it is passed over."""
    from protego import Protego

    rules: RobotsRules = Protego.parse(data[:MOST_ROBOTS_BYTES].decode("utf-8", "replace"))
    return rules


def _unknown(address: Address, error: FetchError) -> FetchError:
    reason = "Its site's robots.txt can't be read now, so nothing there may be. Try again later."
    if error.refused or error.silent:  # what is said of robots.txt is true of the page too
        reason = error.reason
    return FetchError(address.text, reason, temporary=error.temporary, refused=True)
