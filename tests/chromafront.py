"""What stands before a Chroma server in tests: it answers as it is told, or passes on what a quota allows."""

from __future__ import annotations

import http.client
import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from chromaserver import ChromaServer


@dataclass(frozen=True)
class Asked:
    """One request."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        """The body as an object, empty where it is none."""
        read = json.loads(self.body) if self.body else {}
        return read if isinstance(read, dict) else {}


@dataclass(frozen=True)
class Reply:
    """One answer: whole, or a byte every `pause` seconds, without an end if it is `endless`."""

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=lambda: {"content-type": "application/json"})
    pause: float = 0.0
    endless: bool = False


@contextmanager
def answering(reply: Callable[[Asked], Reply]) -> Iterator[str]:
    """Answer every request by a function while the block lasts; lend the address."""
    ended = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            given = reply(Asked(self.command, self.path, dict(self.headers.items()), body))
            self.send_response(given.status)
            for name, value in given.headers.items():
                self.send_header(name, value)
            if not given.endless:
                self.send_header("content-length", str(len(given.body)))
            self.end_headers()
            try:
                self._send(given)
            except OSError:  # who asked has gone
                self.close_connection = True

        def _send(self, given: Reply) -> None:
            if not given.pause and not given.endless:
                self.wfile.write(given.body)
                return
            while not ended.wait(given.pause):
                self.wfile.write(given.body if not given.pause else b" ")
                if not given.endless:
                    return

        do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815  # names that http.server asks for

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Cloud:
    """Chroma Cloud's rules before a real server: its key, its database's name, and its quotas."""

    server: ChromaServer
    key: str = "ck-0123456789"
    records: int = 300
    at_once: int = 10
    refused: list[str] = field(default_factory=list)
    busy: int = 0
    _inside: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, asked: Asked) -> Reply:
        """Answer one request."""
        if asked.headers.get("x-chroma-token", asked.headers.get("X-Chroma-Token")) != self.key:
            return _error(401, "AuthorizationError", "Unauthorized")
        if asked.path == "/api/v2/auth/identity":
            known = {"user_id": "u", "tenant": "default_tenant", "databases": ["default_database"]}
            return Reply(body=json.dumps(known).encode())
        if self.busy:
            self.busy -= 1
            return _error(429, "RateLimitError", "Too many requests")
        if over := self._over(asked):
            self.refused.append(over)
            return _error(400, "QuotaError", f"Quota exceeded: {over}, limit {self.records}")
        with self._lock:
            self._inside += 1
            crowded = self._inside > self.at_once
        try:
            return (
                _error(429, "RateLimitError", "Too many at once")
                if crowded
                else passed_on(self.server, asked)
            )
        finally:
            with self._lock:
                self._inside -= 1

    def _over(self, asked: Asked) -> str | None:
        body, last = asked.json, asked.path.rpartition("/")[2]
        counted = {
            "upsert": len(body.get("ids") or ()),
            "delete": len(body.get("ids") or ()),
            "query": body.get("n_results") or 0,
            "get": max(len(body.get("ids") or ()), body.get("limit") or 0) or self.records + 1,
        }
        count = counted.get(last, 0)
        return f"{count} records in {last}" if count > self.records else None


def passed_on(server: ChromaServer, asked: Asked) -> Reply:
    """Ask a real server the same."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        connection.request(asked.method, asked.path, asked.body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        return Reply(answer.status, answer.read())
    finally:
        connection.close()


def _error(status: int, kind: str, message: str) -> Reply:
    return Reply(status, json.dumps({"error": kind, "message": message}).encode())
