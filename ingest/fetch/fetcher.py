"""The one fetcher: every HTTP request for articles goes through it, politely, each redirect checked again."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import TYPE_CHECKING, Self, TypeVar

from ingest.fetch.allowed_hosts import AllowedHosts
from ingest.fetch.deadline import Clock, Watch
from ingest.fetch.outcome import Fetched, FetchError
from ingest.fetch.pace import Pace
from ingest.fetch.robots import LARGEST, ROBOTS_AGENT, Robots
from ingest.version import __version__

T = TypeVar("T")

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType

    from ingest.fetch.connection import HttpLine
    from ingest.fetch.outcome import HttpReply, Validators
    from ingest.fetch.web_address import Address

MOST_REDIRECTS = 5  # RFC 9309 asks for five with robots.txt; sites need two or three
FETCH_ATTEMPTS = 3  # of what may succeed the next time
ATTEMPTS_SILENT = 2  # where nothing answered: each attempt may take all the seconds there are
LONGEST_RETRY_AFTER = 60.0  # seconds that a server may ask to wait; for longer the address fails

USER_AGENT = f"{ROBOTS_AGENT}/{__version__} (reads articles for its user; obeys robots.txt)"
_HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en;q=0.5,*;q=0.1",
    "Accept-Encoding": "gzip, deflate",  # what can be unpacked within a limit
}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_OK, _UNCHANGED, _GONE, _TOO_MANY, _SERVER_FAULT = 200, 304, 410, 429, 500
_REASONS = {
    401: "It asks for a log-in (HTTP 401). Footnote signs in nowhere: save the page and ingest the file.",
    402: "It asks for payment (HTTP 402). Save the page and ingest the file.",
    403: "Its server refuses it (HTTP 403). Save the page and ingest the file.",
    404: "There is no such page (HTTP 404). Check the address.",
    407: "A proxy asks for a log-in (HTTP 407). Footnote uses no proxy.",
    451: "It is withheld for legal reasons (HTTP 451).",
}
_CHARSET = re.compile(r"[\w.:-]{2,40}")


@dataclass(frozen=True, slots=True)
class Manners:
    """What the settings say about fetching."""

    seconds: float = 30.0
    pause: float = 1.0
    allowed: AllowedHosts = field(default_factory=AllowedHosts)


class Fetcher:
    """Fetches for one run: what it learns of hosts (robots.txt, pace, silence) is kept until its end.

    May be used by several threads. `stop` ends waits and requests within a second.
    """

    def __init__(self, manners: Manners, *, line: HttpLine | None = None, clock: Clock | None = None) -> None:
        self._manners = manners
        self._clock = clock or Clock()
        self._given_line = line
        self._pace = Pace(manners.pause, self._clock)
        self._robots = Robots(self._robots_file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @cached_property
    def _line(self) -> HttpLine:
        """Return what makes the requests; its engine is loaded with the first of them."""
        from ingest.fetch.connection import HttpLine

        return self._given_line or HttpLine(self._manners.allowed)

    def stop(self) -> None:
        """End all that is going on; every further request fails."""
        self._clock.stopped.set()

    def fetch(
        self, address: Address, *, max_bytes: int, known: Validators | None = None, asked: bool = False
    ) -> Fetched:
        """Return what an address holds; raise FetchError, naming the address, for everything else.

        `known` is what its server said when it was stored: then it may answer that nothing has changed.
        It is sent with the first request only, as it says nothing about where a redirect leads.
        `asked` says that the user named this very address: robots.txt speaks to those who collect
        addresses by themselves, and is not consulted.
        """
        return self._tried(address, lambda: self._visit(address, known, asked, max_bytes))

    def _tried(self, address: Address, visit: Callable[[], T]) -> T:
        """Try again what may succeed, after the wait that the server asks for; raise the last FetchError."""
        attempt = 0
        while True:
            attempt += 1
            try:
                return visit()
            except FetchError as error:
                if (
                    not error.temporary
                    or error.refused
                    or attempt == (ATTEMPTS_SILENT if error.silent else FETCH_ATTEMPTS)
                ):
                    raise error.named(address.text) from None
                wait = error.retry_after
            if wait is None:
                wait = self._manners.pause * 2 ** (attempt - 1)
            if wait > LONGEST_RETRY_AFTER:
                reason = f"Its server asks to wait {wait:,.0f} seconds. Try again later."
                raise FetchError(address.text, reason, temporary=True)
            self._pace.hold(address.host, wait)

    def _visit(self, start: Address, known: Validators | None, asked: bool, max_bytes: int) -> Fetched:
        address, visited = start, {start.text}
        headers = {**_HEADERS, **_conditions(known)}
        for hop in range(MOST_REDIRECTS + 1):
            try:
                answer = self._ask(address, headers, asked=asked, max_bytes=max_bytes)
            except FetchError as error:
                raise error if hop == 0 or not error.refused else _elsewhere(start, error) from None
            if not (location := _location(answer)):
                return _fetched(start, address, answer, conditional=headers != _HEADERS)
            headers = _HEADERS
            address = _redirected(address, location)
            if address.text in visited:
                raise FetchError(start.text, "It redirects in a circle. Check the address.")
            visited.add(address.text)
        raise FetchError(start.text, f"It redirects more than {MOST_REDIRECTS} times. Check the address.")

    def _ask(self, address: Address, headers: Mapping[str, str], *, asked: bool, max_bytes: int) -> HttpReply:
        """Ask one address once: allowed, answering, not against robots.txt, and at its turn."""
        self._manners.allowed.check(address)
        self._pace.check(address.host, address.text)
        delay = 0.0 if asked else self._robots.check(address)
        self._pace.turn(address.host, delay)
        watch = Watch(address.text, self._manners.seconds, self._clock)
        try:
            answer = self._line.get(address, headers, watch=watch, max_bytes=max_bytes)
        except FetchError as error:
            if error.silent:
                self._pace.missed(address.host)
            raise
        self._pace.answered(address.host)
        return answer

    def _robots_file(self, address: Address) -> bytes | None:
        return self._tried(address, lambda: self._read_robots(address))

    def _read_robots(self, address: Address) -> bytes | None:
        """Return a robots.txt, or None where there is none; it is itself not subject to robots.txt."""
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._ask(address, _HEADERS, asked=True, max_bytes=LARGEST)
            if not (location := _location(answer)):
                break
            address = _redirected(address, location)
        if answer.status == _TOO_MANY or answer.status >= _SERVER_FAULT:
            reason = f"HTTP {answer.status}"
            raise FetchError(address.text, reason, temporary=True, retry_after=_retry_after(answer))
        return answer.body if answer.status == _OK else None


def _conditions(known: Validators | None) -> dict[str, str]:
    """Return the headers that ask for a newer version only; what could break a header is left out."""
    told = {
        "If-None-Match": known.etag if known else None,
        "If-Modified-Since": known.last_modified if known else None,
    }
    return {name: value for name, value in told.items() if value and value.isprintable() and value.isascii()}


def _location(answer: HttpReply) -> str | None:
    return answer.headers.get("location") if answer.status in _REDIRECTS else None


def _redirected(address: Address, location: str) -> Address:
    try:
        return address.join(location)
    except FetchError as error:
        raise _elsewhere(address, error) from None


def _elsewhere(address: Address, error: FetchError) -> FetchError:
    """Say why a redirect is not followed, without saying where it leads."""
    return FetchError(
        address.text,
        f"It redirects, and that is refused: {error.reason}",
        temporary=error.temporary,
        refused=True,
    )


def _fetched(start: Address, final: Address, answer: HttpReply, *, conditional: bool) -> Fetched:
    status = answer.status
    if status in {_OK, _GONE} or (status == _UNCHANGED and conditional):
        message = Message()
        message["Content-Type"] = answer.headers.get("content-type", "")
        charset = message.get_param("charset")
        return Fetched(
            requested=start.text,
            url=final.text,
            status=status,
            data=answer.body,
            media_type=message.get_content_type() if answer.headers.get("content-type") else "",
            charset=charset if isinstance(charset, str) and _CHARSET.fullmatch(charset) else None,
            etag=answer.headers.get("etag"),
            last_modified=answer.headers.get("last-modified"),
        )
    if status in _BUSY:
        reason = f"Its server can't give it now (HTTP {status}). Try again later."
        raise FetchError(start.text, reason, temporary=True, retry_after=_retry_after(answer))
    raise FetchError(
        start.text, _REASONS.get(status, f"Its server answered HTTP {status}, which is no page.")
    )


def _retry_after(answer: HttpReply) -> float | None:
    """Return the seconds that the server asks to wait: as a number or a date, None for anything else."""
    told = answer.headers.get("retry-after", "").strip()
    if told.isdecimal() and told.isascii():
        return float(told[:9])
    try:
        moment = parsedate_to_datetime(told)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(tz=UTC)).total_seconds())
