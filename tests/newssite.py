"""A news site on this machine: generated articles, feed, sitemaps, and pages that misbehave on purpose.

It counts connections and notes requests, so that tests can say what was asked of it and what was not.
"""

from __future__ import annotations

import gzip
import hashlib
import random
import socket
import threading
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self

import pytest

from ingest.article import Article
from ingest.fetch import Fetcher, FetchError, Manners, parse_address
from ingest.fetch.allowed_hosts import AllowedHosts
from ingest.fetch.connection import HttpLine
from ingest.fetch.deadline import Clock
from ingest.readers import iter_source
from ingest.readers.common.items import ReadOptions

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable
    from types import TracebackType

    from ingest.fetch.outcome import Validators
    from ingest.readers.common.items import Item

PUBLIC = "93.184.215.14"
"""A public address that stands for the site where no setting opens private ones."""
LIMIT = 2_000_000  # bytes
WORDS = (
    "harbour", "bakery", "library", "tram", "museum", "orchard", "bridge", "theatre", "market", "school",
    "hospital", "station", "archive", "stadium", "garden", "chapel", "quarry", "brewery", "pier", "mill",
)  # fmt: skip


@dataclass(frozen=True)
class Reply:
    """What the site says to one path. `act` writes to the connection itself."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    act: Callable[[BaseHTTPRequestHandler], None] | None = None


def html(body: str, head: str = "") -> Reply:
    """Return a page."""
    page = f"<!doctype html><html lang=en><head>{head}</head><body>{body}</body></html>"
    return Reply(page.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def xml(body: str) -> Reply:
    """Return a feed or sitemap."""
    return Reply(f'<?xml version="1.0"?>{body}'.encode(), headers={"Content-Type": "application/xml"})


def redirect(to: str, status: int = 302) -> Reply:
    """Return a redirect."""
    return Reply(status=status, headers={"Location": to})


def story(number: int, edition: int = 0) -> str:
    """Return the text of an article; no two are near-duplicates, and an edition changes one number."""
    chance = random.Random(number)  # noqa: S311  # words, no secret
    word, other, *more = (chance.choice(WORDS) for _ in range(14))
    return (
        f"The council of district {number} voted on Monday to repair the old {word} beside the {other}. "
        f"The work in district {number} will cost {edition + 2} million crowns and take about "
        f"{2000 + number} hours, the mayor said. "
        f"From the {more[0]} to the {more[1]}, neighbours of the {more[2]} and {more[3]} had asked for it. "
        f"Plans for the {more[4]}, the {more[5]} and the {more[6]} have to wait, as has the {more[7]}. "
        f"A second vote on the {more[8]} and the {more[9]} in district {number} is expected before summer."
    )


def story_page(number: int, edition: int = 0) -> Reply:
    """Return the page of an article, with its title and date in the head and an ETag of its content."""
    day = f"2026-{number % 9 + 1:02}-{number % 27 + 1:02}"
    head = (
        f"<title>District {number} repairs</title>"
        f"<meta property='og:title' content='District {number} repairs'>"
        f"<meta property='article:published_time' content='{day}T08:00:00Z'>"
    )
    reply = html(
        f"<article><h1>District {number} repairs</h1><p>{story(number, edition)}</p></article>", head
    )
    tag = f'"{hashlib.sha256(reply.body).hexdigest()[:12]}"'
    return Reply(reply.body, headers={**reply.headers, "ETag": tag})


def feed(*links: str, item: str = "") -> Reply:
    """Return an RSS feed of links."""
    items = "".join(f"<item><link>{link}</link>{item}</item>" for link in links)
    return xml(f"<rss version='2.0'><channel><title>Town News</title>{items}</channel></rss>")


def sitemap(*links: str) -> Reply:
    """Return a sitemap of pages."""
    return xml(
        f"<urlset xmlns='{SITEMAPS}'>{''.join(f'<url><loc>{each}</loc></url>' for each in links)}</urlset>"
    )


def sitemap_index(*links: str) -> Reply:
    """Return an index of sitemaps."""
    listed = "".join(f"<sitemap><loc>{each}</loc></sitemap>" for each in links)
    return xml(f"<sitemapindex xmlns='{SITEMAPS}'>{listed}</sitemapindex>")


SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"


def packed(reply: Reply) -> Reply:
    """Return the same as a .gz file."""
    return Reply(gzip.compress(reply.body, mtime=0), headers={"Content-Type": "application/gzip"})


class Site:
    """A server on a port of its own; `pages` may be changed while it runs."""

    def __init__(self) -> None:
        self.pages: dict[str, Reply] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.answers: Counter[int] = Counter()
        self.connections = 0
        self.ended = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self._server.site = self
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.ended.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def secure(self, context: ssl.SSLContext) -> None:
        """Speak TLS from now on."""
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)

    @property
    def url(self) -> str:
        """Return its address without a path."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def allowed(self) -> str:
        """Return what `FOOTNOTE_ALLOW_HOSTS` must say for it."""
        return f"127.0.0.1:{self.port}"

    def fetcher(self, *, seconds: float = 30.0, pause: float = 0.0, clock: Clock | None = None) -> Fetcher:
        """Return a fetcher that may fetch from the site."""
        return Fetcher(Manners(seconds, pause, AllowedHosts.parse(self.allowed)), clock=clock)

    def public(self, *hosts: str, manners: Manners | None = None, clock: Clock | None = None) -> Fetcher:
        """Return a fetcher for which all hosts, or those named, are this site at a public address."""
        manners = manners or Manners(pause=0.0)
        network = Network(self.port, hosts)
        return Fetcher(manners, line=HttpLine(manners.allowed, network.resolve, network.dial), clock=clock)

    def read(self, path: str = "/", options: ReadOptions | None = None) -> list[Item]:
        """Read an address of the site as a source."""
        options = options or ReadOptions(LIMIT, fetcher=self.fetcher())
        return list(iter_source(self.url + path, options))


class Network:
    """Names of hosts that all lead to one server, and a note of every address that was dialled."""

    def __init__(self, port: int, hosts: tuple[str, ...] = (), ips: tuple[str, ...] = (PUBLIC,)) -> None:
        self._port = port
        self._hosts = hosts
        self._ips = ips
        self.resolved: list[str] = []
        self.dialled: list[tuple[str, int]] = []

    def resolve(self, host: str, _port: int) -> list[str]:
        """Answer with the public address, or that there is no such host."""
        self.resolved.append(host)
        if self._hosts and host not in self._hosts:
            raise socket.gaierror(socket.EAI_NONAME, "no such host")
        return list(self._ips)

    def dial(self, ip: str, port: int, seconds: float) -> socket.socket:
        """Note the address, and connect to the server."""
        self.dialled.append((ip, port))
        return socket.create_connection(("127.0.0.1", self._port), seconds)


class FakeClock(Clock):
    """Waits take no time and are noted."""

    def __init__(self) -> None:
        super().__init__()
        self.waits: list[float] = []
        self._now = 1000.0

    def now(self) -> float:
        """Return the time that the waits have added up to."""
        return self._now

    def wait(self, seconds: float) -> None:
        """Note the wait."""
        self.waits.append(round(seconds, 3))
        self._now += seconds


class Remembered:
    """A `Memory` that forgets at the end of the test."""

    def __init__(self) -> None:
        self.known: dict[str, Validators] = {}

    def recall(self, url: str) -> Validators | None:
        """Return what was remembered."""
        return self.known.get(url)

    def remember(self, url: str, validators: Validators) -> None:
        """Remember it."""
        self.known[url] = validators


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64
    site: Site

    def get_request(self) -> tuple[socket.socket, tuple[str, int]]:
        """Count connections."""
        connected, address = super().get_request()
        self.site.connections += 1
        return connected, address

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients hang up on bad pages."""


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.headers.append(dict(self.headers.items()))
            reply = site.pages.get(self.path, Reply(b"no such page", 404))
            if reply.act:
                reply.act(self)
                return
            tag = reply.headers.get("ETag")
            if tag and self.headers.get("If-None-Match") == tag:
                reply = Reply(status=304, headers={"ETag": tag})
            site.answers[reply.status] += 1
            self.send_response(reply.status)
            for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the server's own name
            pass

    return Handler


def failure(fetcher: Fetcher, url: str, *, asked: bool = True) -> FetchError:
    """Fetch what can't be fetched, and return why."""
    with pytest.raises(FetchError) as caught:
        fetcher.fetch(parse_address(url), max_bytes=LIMIT, asked=asked)
    return caught.value


def paths(site: Site, items: list[Item]) -> list[object]:
    """Say of each item where it came from, or what it is."""
    return [item.origin.removeprefix(site.url) if isinstance(item, Article) else item for item in items]


def only(items: list[Item]) -> Article:
    """Return the article that is the only item."""
    assert [type(item) for item in items] == [Article]
    assert isinstance(items[0], Article)
    return items[0]
