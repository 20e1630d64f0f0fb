"""An OpenAI-compatible server on this machine that answers as it is told, faults included.

A script is a list of replies, one for each request in order; the last one goes on for ever. `Says` answers
in OpenAI's form, streamed or whole as the request wants it; `Raw` sends bytes; both can go wrong on the way.
"""

from __future__ import annotations

import asyncio
import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import uvicorn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

KEY = "sk-test-0123456789abcdefghij-1234"


@dataclass(frozen=True)
class Says:
    """A completion. `pieces` are streamed one by one, `pause` seconds apart, for ever with `endless`.

    `after` comes behind the pieces instead of a proper end: "cut" drops the connection, "hang" keeps it open
    and sends nothing, "close" ends the stream without a finish_reason, anything else is sent as it is.
    """

    pieces: Sequence[str | None] = ()
    finish: str | None = "stop"
    after: str = ""
    pause: float = 0.0
    endless: bool = False
    refusal: str | None = None

    @property
    def text(self) -> str | None:
        """The whole text, or None where the content is null."""
        known = [piece for piece in self.pieces if piece is not None]
        return "".join(known) if known or not self.pieces else None


@dataclass(frozen=True)
class Raw:
    """A reply as it is: status, body, headers; with `hang` nothing is sent at all."""

    status: int = 200
    body: bytes | dict[str, Any] = b""
    headers: dict[str, str] = field(default_factory=dict)
    hang: bool = False


def error(status: int, message: str, code: str | None = None, **headers: str) -> Raw:
    """Return an error in OpenAI's form; in header names _ stands for -."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Raw(status, {"error": {"message": message, "type": "error", "code": code}}, named)


@dataclass
class FaultServer:
    """What the server is to answer and what it was asked."""

    script: list[Says | Raw] = field(default_factory=lambda: [Says(["Hello."])])
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    left: threading.Event = field(default_factory=threading.Event)
    address: str = ""
    models: list[str] | Raw = field(default_factory=list)

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Answer one request by the script."""
        body = b""
        while (message := await receive())["type"] == "http.request":
            body += message["body"]
            if not message.get("more_body"):
                break
        if scope["path"].endswith("/models"):
            await _send_raw(send, self.models if isinstance(self.models, Raw) else _listed(self.models))
            return
        request = json.loads(body)
        self.asked.append(request)
        self.keys.append(dict(scope["headers"]).get(b"authorization", b"").decode())
        reply = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        gone = asyncio.create_task(self._watch(receive))
        try:
            if isinstance(reply, Raw):
                await _send_raw(send, reply, gone)
            elif request.get("stream"):
                await _send_stream(send, reply, gone)
            else:
                await _send_whole(send, reply, gone)
        finally:
            gone.cancel()

    async def _watch(self, receive: Any) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self.left.set()


def _listed(models: Sequence[str]) -> Raw:
    return Raw(body={"object": "list", "data": [{"id": name, "object": "model"} for name in models]})


class CutError(Exception):
    """Ends a reply in the middle, as a server does that dies."""


async def _send_raw(send: Any, reply: Raw, gone: asyncio.Task[None] | None = None) -> None:
    if reply.hang and gone:
        await gone
        return
    body = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
    headers = {"content-type": "application/json", **reply.headers}
    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": reply.status, "headers": pairs})
    await send({"type": "http.response.body", "body": body})


async def _send_whole(send: Any, reply: Says, gone: asyncio.Task[None]) -> None:
    message = {"role": "assistant", "content": reply.text, "refusal": reply.refusal}
    choice = {"index": 0, "message": message, "finish_reason": reply.finish}
    usage = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
    body = {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
    await _send_raw(send, Raw(body={**body, "usage": usage}, hang=reply.after == "hang"), gone)


async def _send_stream(send: Any, reply: Says, gone: asyncio.Task[None]) -> None:
    headers = [(b"content-type", b"text/event-stream")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})

    async def write(data: str) -> None:
        await send({"type": "http.response.body", "body": f"data: {data}\n\n".encode(), "more_body": True})

    first = True
    while (first or reply.endless) and not gone.done():
        first = False
        for piece in reply.pieces:
            delta = {"content": piece} if reply.refusal is None else {"refusal": reply.refusal}
            await write(_event(delta))
            await asyncio.sleep(reply.pause)
    if reply.after == "cut":
        raise CutError
    if reply.after == "hang":
        await gone
        return
    if reply.after and reply.after != "close":
        await write(reply.after)
    if not reply.after:
        await write(_event({}, reply.finish))
        usage = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
        await write(_event(None, usage=usage))
        await write("[DONE]")
    await send({"type": "http.response.body", "body": b""})


def _event(delta: dict[str, Any] | None, finish: str | None = None, **more: Any) -> str:
    choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": finish}]
    chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": choices}
    return json.dumps({**chunk, **more})


@contextmanager
def serving(server: FaultServer) -> Iterator[FaultServer]:
    """Run the server on a free port of this machine while the block lasts."""
    config = uvicorn.Config(
        server, host="127.0.0.1", port=0, log_level="critical", lifespan="off", loop="asyncio"
    )
    running = uvicorn.Server(config)
    started = threading.Event()

    class Watched(uvicorn.Server):
        async def startup(self, sockets: Any = None) -> None:
            await super().startup(sockets)
            started.set()

    running = Watched(config)
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    assert started.wait(120)
    port = running.servers[0].sockets[0].getsockname()[1]
    server.address = f"http://127.0.0.1:{port}/v1"
    try:
        yield server
    finally:
        running.force_exit = running.should_exit = True
        thread.join(120)
