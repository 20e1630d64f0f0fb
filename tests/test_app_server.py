"""Serving the chat: where, and what is set before."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from base64 import b64encode
from hashlib import sha256
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from argon2 import PasswordHasher
from starlette.responses import PlainTextResponse

from assistant.settings import AnswerSettings
from assistant.web.access.layers import hosts_of
from assistant.web.access.people import People
from assistant.web.chat.gate import Gate
from assistant.web.chat.uploads import make_inbox
from assistant.web.server.error_replies import Caught
from assistant.web.server.metrics import Metrics, Watched
from assistant.web.server.security_headers import HEADERS, SecurityHeaders, middleware, policy
from assistant.web.server.server import QUIET, Served, free_port, launch, prepare
from assistant.web.server.shutdown import end_quietly
from ingest import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send


def test_only_this_machine_is_served_until_people_are_added(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An address that others can reach needs people who sign in, and names for it (case 68)."""
    everywhere = "0.0.0.0"  # noqa: S104  # the point of the test
    with pytest.raises(SettingsError, match=r"people have to sign in, .*or use 127\.0\.0\.1"):
        launch(tmp_path, host=everywhere, open_browser=False)
    People(tmp_path, hasher=PasswordHasher(1, 8, 1)).add("ines", "a long password", admin=True)
    with pytest.raises(SettingsError, match="FOOTNOTE_HOSTS"):
        launch(tmp_path, host=everywhere, open_browser=False)
    assert AnswerSettings().host == "127.0.0.1"
    monkeypatch.setenv("FOOTNOTE_HOSTS", "articles.example, 10.0.0.5")
    assert hosts_of(everywhere, AnswerSettings()) == ["articles.example", "10.0.0.5"]


def test_a_port_in_use_is_an_error() -> None:
    """Where a port is in use that is said, with what to do; no other one is taken. 0 asks for any."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=f"Port {port} .* name another port with --port"):
            free_port("127.0.0.1", port)
    assert free_port("127.0.0.1", 0) > 0
    with pytest.raises(SettingsError, match="FOOTNOTE_PORT"):
        free_port("127.0.0.1", 65_536)


def test_framework_is_told_to_be_quiet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Statistics, update checks and histories are off before the framework comes; uploads are private."""
    for name in (*QUIET, "GRADIO_TEMP_DIR"):
        monkeypatch.setenv(name, "something else")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    inbox = prepare()
    assert {name: os.environ[name] for name in QUIET} == QUIET
    assert (os.environ["GRADIO_TEMP_DIR"], inbox.parent) == (str(inbox), tmp_path)
    assert inbox.stat().st_mode & 0o777 == 0o700


ENDLESS = """
import sys
from types import SimpleNamespace
from pathlib import Path
from assistant.web.server import server

def serve(*_, **__):
    (server.prepare() / "article.txt").write_text("private")
    quiet = {"rest": lambda: None, "close": lambda **_: None}
    return SimpleNamespace(local_url="here", is_running=True, **quiet)

server.serve = serve
server.launch(Path("library"))
"""


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 0)])
def test_uploads_are_gone_however_the_chat_ends(tmp_path: Path, number: signal.Signals, code: int) -> None:
    """Stopped by a service manager or by Ctrl-C, the chat leaves nothing of what was uploaded."""
    command, environment = [sys.executable, "-c", ENDLESS], {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as chat:
        assert chat.stdout is not None
        assert chat.stdout.readline() == "Footnote is open at here – press Ctrl-C to end it.\n"
        assert len(list(tmp_path.glob("footnote-uploads-*/article.txt"))) == 1
        chat.send_signal(number)
        assert chat.wait(120) == code
    assert list(tmp_path.iterdir()) == []


def test_a_signal_that_another_thread_takes_ends_the_chat(tmp_path: Path) -> None:
    """The system may give a signal to any thread; the main one, asleep, ends the chat all the same."""
    strike = "lambda: signal.pthread_kill(threading.get_ident(), signal.SIGTERM)"
    program = ENDLESS.replace("    return", f"    threading.Timer(1.0, {strike}).start()\n    return")
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-c", f"import signal, threading\n{program}"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr, list(tmp_path.iterdir())) == (143, "", [])


def test_what_a_killed_chat_left_is_removed_after_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Old folders of our name go; new ones, links, and folders of others stay."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    two_days_ago = time.time() - 2 * 86_400
    for name in ("footnote-uploads-old", "footnote-uploads-new", "notes-old"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text("x")
        if name.endswith("old"):
            os.utime(tmp_path / name, (two_days_ago, two_days_ago))
    (tmp_path / "footnote-uploads-link").symlink_to(tmp_path / "notes-old")
    os.utime(tmp_path / "footnote-uploads-link", (two_days_ago, two_days_ago), follow_symlinks=False)
    inbox = make_inbox()
    left = {"footnote-uploads-new", "footnote-uploads-link", "notes-old", inbox.name}
    assert {path.name for path in tmp_path.iterdir()} == left
    assert (tmp_path / "notes-old" / "a.txt").exists()


OWN = [(b"host", b"127.0.0.1:7860")]
REQUESTS = [
    ("POST", [], 200),
    ("POST", [(b"origin", b"http://127.0.0.1:7860"), (b"sec-fetch-site", b"same-origin")], 200),
    ("POST", [(b"origin", b"https://evil.example")], 403),
    ("POST", [(b"origin", b"http://127.0.0.1:9999")], 403),
    ("POST", [(b"origin", b"null")], 403),
    ("DELETE", [(b"sec-fetch-site", b"cross-site")], 403),
    ("GET", [(b"sec-fetch-site", b"cross-site")], 200),
]


@pytest.mark.parametrize(("method", "headers", "status"), REQUESTS)
def test_pages_from_elsewhere_change_nothing(
    method: str, headers: list[tuple[bytes, bytes]], status: int
) -> None:
    """A page of another site, or of another port, can't post here; links to us still work."""
    from starlette.applications import Starlette

    app = Starlette(middleware=middleware("127.0.0.1"))
    app.router.add_route("/", lambda _: PlainTextResponse("done"), methods=["GET", "POST", "DELETE"])
    scope = {"type": "http", "method": method, "path": "/", "query_string": b"", "headers": [*OWN, *headers]}
    assert asyncio.run(answered(app, scope))["status"] == status


def test_a_failure_inside_is_an_answer_like_any_other() -> None:
    """It is told calmly, with our headers, and counted as a failure and not as somebody who left."""
    from starlette.applications import Starlette
    from starlette.middleware import Middleware

    def fail(_: Request) -> Response:
        raise RuntimeError("a secret of the inside")

    metrics = Metrics(Gate())
    layers = [Middleware(Watched, metrics=metrics), *middleware(), Middleware(Caught)]
    app = Starlette(middleware=layers)
    app.router.add_route("/", fail)
    start = asyncio.run(
        answered(app, {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": OWN})
    )
    assert start["status"] == 500
    assert set(HEADERS) <= set(start["headers"])
    assert b'footnote_requests_total{kind="page",status="500"} 1.0' in metrics.page()


async def answered(app: ASGIApp, scope: Scope) -> Message:
    """Return how an app begins its answer to a request without a body."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return sent[0]


def test_importing_the_chat_imports_no_framework() -> None:
    """The command line can import the chat without paying for the framework."""
    program = "import sys, assistant.web; print('gradio' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "False"


async def serve_once(scope: Scope) -> list[Message]:
    """Pass one answer through the headers."""
    sent: list[Message] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        del scope, receive
        await send({"type": "http.response.start", "status": 200, "headers": [(b"a", b"b")]})
        await send({"type": "http.response.body", "body": b"x"})

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    await SecurityHeaders(app)(scope, receive, send)
    return sent


def test_only_the_page_s_own_scripts_are_allowed() -> None:
    """A page's inline scripts are named by their hashes; no other inline script may run."""
    page = b'<script>let a;</script><script src="x.js"></script><script type="module">let b;</script>'
    header = policy(page)[1].decode()
    hashes = [b64encode(sha256(script).digest()).decode() for script in (b"let a;", b"let b;")]
    assert f"script-src 'self' 'sha256-{hashes[0]}' 'sha256-{hashes[1]}' 'unsafe-eval';" in header
    assert "'unsafe-inline'" not in header.split("script-src")[1].split(";")[0]


def test_headers_are_added_to_answers_only() -> None:
    """Every answer over HTTP gets the headers and keeps its own; other traffic passes untouched."""
    start, body = asyncio.run(serve_once({"type": "http"}))
    assert start == {
        "type": "http.response.start",
        "status": 200,
        "headers": [(b"a", b"b"), *HEADERS, policy()],
    }
    assert body == {"type": "http.response.body", "body": b"x"}
    assert asyncio.run(serve_once({"type": "lifespan"}))[0]["headers"] == [(b"a", b"b")]


def served_on(port: int) -> Served:
    """Make a server of an empty site, which is not started yet."""

    async def app(_: Scope, receive: Receive, send: Send) -> None:
        while (await receive())["type"] == "http.request":
            await send({"type": "http.response.start", "status": 204, "headers": []})
            await send({"type": "http.response.body", "body": b""})

    adding, removals = SimpleNamespace(end=lambda: None), SimpleNamespace(flush=lambda: None)

    async def finish(_: float) -> None:
        """Nothing is under way."""

    handlers = SimpleNamespace(adding=adding, desk=SimpleNamespace(removals=removals), finish=finish)
    site = SimpleNamespace(app=app, gate=Gate(), handlers=handlers)
    return Served(cast("Any", site), host="127.0.0.1", port=port)


def test_a_server_starts_and_ends_with_its_thread() -> None:
    """Requests are answered from `start` on; after `close` nobody listens and no thread is left."""
    port = free_port("127.0.0.1", 0)
    served = served_on(port).start()
    with socket.create_connection(("127.0.0.1", port), 60) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 204")
    assert served.is_running
    served.close(grace=1)
    assert not served.is_running
    assert "footnote-server" not in {thread.name for thread in threading.enumerate()}
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port), 60)


def test_a_server_whose_address_is_taken_says_so() -> None:
    """The error names the address, and no thread is left."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(SettingsError, match="can't be served at"):
            served_on(taken.getsockname()[1]).start()
    assert "footnote-server" not in {thread.name for thread in threading.enumerate()}


def test_a_chat_that_ends_with_its_page_open_shows_no_traceback(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the server's log says of the page's stream is left out; a real failure is still told."""
    end_quietly()
    end_quietly()
    log = logging.getLogger("uvicorn.error")
    # Servers that ran in this process may have set how far the log goes.
    monkeypatch.setattr(log, "propagate", False)
    monkeypatch.setattr(log, "handlers", [caplog.handler])
    monkeypatch.setattr(log, "disabled", False)
    caplog.set_level(logging.INFO, log.name)
    log.error("Cancel %s running task(s), timeout graceful shutdown exceeded", 1)
    log.error("Exception in ASGI application", exc_info=asyncio.CancelledError("cut off"))
    log.error("Exception in ASGI application", exc_info=ValueError("a fault"))
    assert [record.exc_info and record.exc_info[0] for record in caplog.records] == [ValueError]
