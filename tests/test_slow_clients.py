"""Headers that drip or never end hold no connection; whoever sends a request as usual notices nothing."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import uvicorn

from assistant.web.server.slow_clients import limited

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS = 0.5
MOST = 4096
PATIENCE = 60.0
REQUEST = b"GET / HTTP/1.1\r\nhost: here\r\n\r\n"


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Answer, after twice the time that a header has where the path asks for it."""
    del receive
    assert scope["type"] == "http"
    if scope["path"] == "/slow":
        await asyncio.sleep(2 * SECONDS)
    status = 413 if scope["path"] == "/early" else 200
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


@pytest.fixture(name="port", params=["h11", "httptools"])
def _port(request: pytest.FixtureRequest) -> Iterator[int]:
    kind: str = request.param
    pytest.importorskip(kind)
    config = uvicorn.Config(app, port=0, http=kind, lifespan="off", log_config=None, ws="none")
    config.load()
    config.http_protocol_class = limited(config.http_protocol_class, seconds=SECONDS, most=MOST)
    server = uvicorn.Server(config)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listening])), daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield listening.getsockname()[1]
        server.should_exit = True
        thread.join(PATIENCE)


def ended(connection: socket.socket, *, drip: bytes = b"") -> bool:
    """Say whether the other side ends the connection while we go on sending, a piece at a time."""
    end = time.monotonic() + PATIENCE
    connection.settimeout(0.05)
    while time.monotonic() < end:
        try:
            if drip:
                connection.send(drip)
            if not connection.recv(1000):
                return True
        except TimeoutError:
            continue
        except OSError:
            return True
    return False


def test_a_header_that_drips_is_cut_off(port: int) -> None:
    """A byte now and then, or none at all, ends with the connection."""
    for first, drip in ((b"", b""), (b"GET / HTTP/1.1\r\nx: ", b"y"), (b"G", b"")):
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(first)
            assert ended(connection, drip=drip)


def test_a_second_header_that_drips_is_cut_off(port: int) -> None:
    """A whole request first buys no time for the next one."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(REQUEST)
        with connection.makefile("rb") as answer:
            while answer.readline().strip():
                pass
            assert answer.read(2) == b"ok"
        connection.sendall(b"GET / HTTP/1.1\r\nx: ")
        assert ended(connection, drip=b"y")


def test_a_header_without_end_is_cut_off(port: int) -> None:
    """However fast it comes, it ends at its most bytes and not with the memory."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\n")
        assert ended(connection, drip=b"x: " + b"y" * 500 + b"\r\n")


def test_others_notice_nothing(port: int) -> None:
    """An answer may take its time, and several requests may come over one connection."""
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
        assert [client.get(path).text for path in ("/", "/slow", "/")] == ["ok", "ok", "ok"]
        time.sleep(2 * SECONDS)
        assert client.post("/slow", content=b"x" * 100_000).text == "ok"


def test_the_chat_has_the_limits(served_chat: str) -> None:
    """What serves the chat cuts off a header that doesn't end."""
    url = httpx.URL(served_chat)
    with socket.create_connection((url.host, url.port)) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\n")
        assert ended(connection, drip=(b"x: " + b"y" * 500 + b"\r\n") * 10)


def test_an_answer_before_the_body_is_read_arrives(port: int) -> None:
    """Who sends more than is wanted is told so, instead of being cut off: a body is no header."""
    head = b"POST /early HTTP/1.1\r\nhost: here\r\ncontent-length: 1000000\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.settimeout(PATIENCE)
        connection.sendall(head)
        for _ in range(20):  # long after the answer and the limits of a header
            time.sleep(SECONDS / 10)
            connection.sendall(b"x" * 50_000)
        assert connection.recv(100).startswith(b"HTTP/1.1 413")


def test_a_body_that_nobody_reads_does_not_drip_for_ever(port: int) -> None:
    """After the answer what is left of the body has a limit of time too."""
    head = b"POST /early HTTP/1.1\r\nhost: here\r\ncontent-length: 1000000\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(head)
        assert ended(connection, drip=b"x")


@pytest.mark.parametrize("port", ["httptools"], indirect=True)  # h11 reads nothing more until it has answered
def test_a_header_behind_a_running_answer_has_the_limits_too(port: int) -> None:
    """While one request is answered, the header of the next can't grow without end on its connection."""
    endless = b"GET / HTTP/1.1\r\nhost: here\r\nx: " + b"a" * 3 * MOST
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.settimeout(PATIENCE)
        connection.sendall(b"GET /slow HTTP/1.1\r\nhost: here\r\n\r\n" + endless)
        received = b""
        with suppress(ConnectionResetError):
            received = connection.recv(100)
        assert received == b""  # cut at once, not after the answer
