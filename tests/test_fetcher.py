"""The one fetcher: what it cuts, what it tries again, and what it never sends."""

from __future__ import annotations

import gzip
import threading
from typing import TYPE_CHECKING

import pytest
from newssite import LIMIT, FakeClock, Network, Reply, Site, failure, html, redirect

from ingest.fetch import Fetcher, Manners, parse_address
from ingest.fetch.allowed_hosts import AllowedHosts
from ingest.fetch.connection import HttpLine
from ingest.fetch.fetcher import USER_AGENT
from ingest.fetch.outcome import Validators

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator
    from http.server import BaseHTTPRequestHandler

PAGE = html("<p>Hello</p>")


@pytest.fixture(name="site")
def _site() -> Iterator[Site]:
    with Site() as site:
        site.pages["/"] = PAGE
        yield site


def _write(*parts: bytes, endless: bytes = b"") -> Reply:
    def act(handler: BaseHTTPRequestHandler) -> None:
        for part in parts:
            handler.wfile.write(part)
        while endless:
            handler.wfile.write(endless)

    return Reply(act=act)


def _drip(head: bytes, site: Site) -> Reply:
    """Send a byte now and then, for as long as the site runs."""

    def act(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(head)
        while not site.ended.wait(0.05):
            handler.wfile.write(b"a")

    return Reply(act=act)


BIG = b"HTTP/1.1 200 OK\r\n"
TOO_MUCH = {
    "endless": _write(BIG, b"\r\n", endless=b"a" * 65_536),
    "endless in chunks": _write(
        BIG, b"Transfer-Encoding: chunked\r\n\r\n", endless=b"1000\r\n" + b"a" * 4096 + b"\r\n"
    ),
    "ten gigabytes": _write(BIG, b"Content-Length: 10000000000\r\n\r\n"),
    "bomb": Reply(gzip.compress(b"a" * 20_000_000), headers={"Content-Encoding": "gzip"}),
}


@pytest.mark.parametrize("reply", TOO_MUCH.values(), ids=TOO_MUCH)
def test_a_body_is_cut_at_the_limit(reply: Reply, site: Site) -> None:
    """An endless body, a huge one and one that unpacks to a huge one are refused at the limit (case 25)."""
    site.pages["/big"] = reply
    assert "larger than 2 MB" in failure(site.fetcher(), f"{site.url}/big").reason


BROKEN = {
    "cut off": _write(BIG, b"Content-Length: 100\r\n\r\n<p>Hello"),
    "endless headers": _write(BIG, endless=b"X-Header: " + b"a" * 1000 + b"\r\n"),
    "no HTTP": _write(b"220 mail.example ESMTP\r\n"),
    "nothing": _write(),
}


@pytest.mark.parametrize("reply", BROKEN.values(), ids=BROKEN)
def test_answers_that_are_no_answers_are_told(reply: Reply, site: Site) -> None:
    """A length that lies, endless headers and other protocols end in a reason (case 25)."""
    site.pages["/broken"] = reply
    assert "broke off" in failure(site.fetcher(clock=FakeClock()), f"{site.url}/broken").reason
    assert site.connections == 3


def test_a_length_that_is_too_short_gives_what_it_says(site: Site) -> None:
    """Bytes behind the stated length are not read (case 25)."""
    site.pages["/short"] = _write(BIG, b"Content-Length: 5\r\n\r\nHello, and much more")
    found = site.fetcher().fetch(parse_address(f"{site.url}/short"), max_bytes=LIMIT, asked=True)
    assert found.data == b"Hello"


@pytest.mark.parametrize("head", [b"", BIG, BIG + b"X-A: ", BIG + b"\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"])
def test_an_answer_that_drips_ends_in_time(head: bytes, site: Site) -> None:
    """Single bytes now and then, in the head or in the body, don't stretch the time (case 25)."""
    site.pages["/drip"] = _drip(head, site)
    error = failure(site.fetcher(seconds=0.3), f"{site.url}/drip")
    assert "FOOTNOTE_FETCH_SECONDS" in error.reason


def test_packed_pages_are_unpacked(site: Site) -> None:
    """Gzip and deflate are read; what was not asked for and what is damaged are told."""
    site.pages["/gzip"] = Reply(gzip.compress(b"Hello"), headers={"Content-Encoding": "gzip"})
    site.pages["/br"] = Reply(b"\x0b\x02\x80Hello\x03", headers={"Content-Encoding": "br"})
    site.pages["/bad"] = Reply(b"Hello", headers={"Content-Encoding": "gzip"})
    assert (
        site.fetcher().fetch(parse_address(f"{site.url}/gzip"), max_bytes=LIMIT, asked=True).data == b"Hello"
    )
    assert "not asked for" in failure(site.fetcher(), f"{site.url}/br").reason
    assert "damaged" in failure(site.fetcher(), f"{site.url}/bad").reason
    assert site.headers[0]["Accept-Encoding"] == "gzip, deflate"


def test_the_environment_changes_nothing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Proxies, .netrc and other projects' switches have no effect on what is asked and refused (case 27)."""
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("LANGCHAIN_ENV", "local_test")
    monkeypatch.setenv("NO_PROXY", "*")
    assert site.fetcher().fetch(parse_address(site.url), max_bytes=LIMIT, asked=True).data == PAGE.body
    assert failure(Fetcher(Manners()), site.url).refused
    assert site.connections == 1


def test_no_cookie_and_no_name_is_ever_sent(site: Site) -> None:
    """What a site sets is not sent back, to itself or to others; a redirect brings no user name (case 27)."""
    site.pages["/set"] = Reply(
        status=302, headers={"Location": "http://other.example/", "Set-Cookie": "id=1"}
    )
    site.pages["/named"] = redirect("http://user:secret@other.example/")
    fetcher = site.public()
    known = Validators('"tag"', "Mon, 02 Mar 2026 08:00:00 GMT")
    fetcher.fetch(parse_address("http://news.example/set"), max_bytes=LIMIT, known=known, asked=True)
    fetcher.fetch(parse_address("http://news.example/"), max_bytes=LIMIT, asked=True)
    assert failure(fetcher, "http://news.example/named").refused
    assert [sorted(sent) for sent in site.headers[1:3]] == [
        ["Accept", "Accept-Encoding", "Accept-Language", "Connection", "Host", "User-Agent"]
    ] * 2
    assert {sent["User-Agent"] for sent in site.headers} == {USER_AGENT}
    assert [sent.get("If-None-Match") for sent in site.headers[:2]] == ['"tag"', None]


def test_what_a_server_says_of_its_page_comes_along(site: Site) -> None:
    """Type, encoding and validators are kept; a page that has not changed has no body."""
    site.pages["/a"] = Reply(
        b"Hello", headers={"Content-Type": 'text/HTML; charset="latin-1"', "ETag": '"1"'}
    )
    found = site.fetcher().fetch(parse_address(f"{site.url}/a"), max_bytes=LIMIT, asked=True)
    assert (found.media_type, found.charset, found.etag) == ("text/html", "latin-1", '"1"')
    again = site.fetcher().fetch(
        parse_address(f"{site.url}/a"), max_bytes=LIMIT, known=Validators(found.etag), asked=True
    )
    assert (again.status, again.data) == (304, b"")


def test_a_validator_that_would_break_a_header_is_not_sent(site: Site) -> None:
    """What a server once said may not write headers of its own."""
    known = Validators('"a"\r\nX-Evil: 1', "é")
    site.fetcher().fetch(parse_address(site.url), max_bytes=LIMIT, known=known, asked=True)
    assert {"If-None-Match", "If-Modified-Since", "X-Evil"} & set(site.headers[0]) == set()


STATUS = (
    (401, "log-in"), (402, "payment"), (403, "refuses"), (404, "no such page"), (451, "legal"),
    (204, "HTTP 204"), (206, "HTTP 206"), (304, "HTTP 304"), (400, "HTTP 400"), (505, "HTTP 505"),
)  # fmt: skip


@pytest.mark.parametrize(("status", "words"), STATUS)
def test_what_can_not_succeed_is_asked_once(status: int, words: str, site: Site) -> None:
    """Every status has a reason in words, and no second request."""
    site.pages["/x"] = Reply(status=status)
    error = failure(site.fetcher(), f"{site.url}/x")
    assert (words in error.reason, error.temporary, site.connections) == (True, False, 1)


def test_what_may_succeed_is_asked_three_times(site: Site) -> None:
    """A server in trouble is asked again after one pause and after two; then the reason is told."""
    clock = FakeClock()
    site.pages["/x"] = Reply(status=500)
    fetcher = site.fetcher(pause=1.5, clock=clock)
    error = failure(fetcher, f"{site.url}/x")
    assert (error.temporary, site.connections, clock.waits) == (True, 3, [1.5, 3.0])


WAITS = (
    ("7", 7.0),
    ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
    ("soon", 1.0),
    ("-5", 1.0),
    ("", 1.0),
    ("٣", 1.0),
)


@pytest.mark.parametrize(("told", "seconds"), WAITS)
def test_a_server_may_say_when(told: str, seconds: float, site: Site) -> None:
    """Retry-After counts as a number of seconds or a date; anything else is the usual wait."""
    clock = FakeClock()
    answers = [Reply(status=429, headers={"Retry-After": told}), PAGE]
    site.pages["/x"] = Reply(act=lambda handler: _send(handler, answers.pop(0)))
    found = site.fetcher(pause=1.0, clock=clock).fetch(
        parse_address(f"{site.url}/x"), max_bytes=LIMIT, asked=True
    )
    assert (found.data, sum(clock.waits)) == (PAGE.body, max(seconds, 1.0))


def _send(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    handler.send_response(reply.status)
    for name, value in reply.headers.items():
        handler.send_header(name, value.encode("utf-8").decode("latin-1"))
    handler.end_headers()
    handler.wfile.write(reply.body)


def test_a_wait_that_is_too_long_is_told_instead(site: Site) -> None:
    """A server that asks for an hour gets its wish, and the user the reason."""
    clock = FakeClock()
    site.pages["/x"] = Reply(status=503, headers={"Retry-After": "3600"})
    error = failure(site.fetcher(clock=clock), f"{site.url}/x")
    assert ("3,600 seconds" in error.reason, error.temporary, clock.waits) == (True, True, [])


def test_a_host_is_asked_once_a_pause(site: Site) -> None:
    """Requests to one host are a pause apart, whatever their order; another host does not wait for it."""
    clock = FakeClock()
    fetcher = site.public(manners=Manners(pause=2.0), clock=clock)
    for host in ("a.example", "b.example", "a.example", "a.example"):
        fetcher.fetch(parse_address(f"http://{host}/"), max_bytes=LIMIT, asked=True)
    assert clock.waits == [2.0, 2.0]


def test_a_server_that_does_not_answer_is_left_alone(site: Site) -> None:
    """After ten requests in a row without an answer nothing more is asked of a host in that run."""
    network = Network(site.port)
    line = HttpLine(AllowedHosts(), network.resolve, _refused)
    fetcher = Fetcher(Manners(pause=0.0), line=line)
    errors = [failure(fetcher, f"http://down.example/{number}") for number in range(8)]
    assert ["can't be reached" in error.reason for error in errors] == [True] * 5 + [False] * 3
    assert len(network.resolved) == 10


def _refused(*_: object) -> socket.socket:
    raise ConnectionRefusedError


def test_a_name_that_nobody_knows_is_told() -> None:
    """A host that does not exist is asked for once, and the reason says what to check."""
    network = Network(1, hosts=("other.example",))
    fetcher = Fetcher(Manners(pause=0.0), line=HttpLine(AllowedHosts(), network.resolve, network.dial))
    assert "not known" in failure(fetcher, "http://typo.example/").reason
    assert network.resolved == ["typo.example"]


def test_stopping_ends_a_request_under_way(site: Site) -> None:
    """A request that would take half a minute ends as soon as everything is to stop."""
    begun = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(BIG)
        begun.set()
        site.ended.wait(30)

    def stop() -> None:
        begun.wait(30)
        fetcher.stop()

    fetcher, site.pages["/drip"] = site.fetcher(), Reply(act=drip)
    threading.Thread(target=stop).start()
    assert "stopped" in failure(fetcher, f"{site.url}/drip").reason
    assert "stopped" in failure(fetcher, site.url).reason
