"""How much may be sent, and how long it may take to arrive."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.requests import Request

from assistant.web.access.people import Person
from assistant.web.access.upload_limits import UPLOAD, UploadLimits

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest
    from starlette.types import ASGIApp, Message, Receive, Scope, Send


def test_uploads_at_the_same_time_share_the_quota() -> None:
    """Two uploads side by side may not have the whole quota each."""
    got = list[int]()

    async def app(_: Scope, receive: Receive, send: Send) -> None:
        taken = 0
        while True:
            message = await receive()
            taken += len(message.get("body", b""))
            await asyncio.sleep(0)
            if not message.get("more_body"):
                break
        if not message["type"].endswith("disconnect"):
            got.append(taken)
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def run(*, announced: bool) -> list[int]:
        limits, length = UploadLimits(app, quota=100), 80 if announced else 0
        sending = (sent_to(limits, [b"x" * 10] * 8, path=UPLOAD, length=length) for _ in range(2))
        return await asyncio.gather(*sending)

    assert asyncio.run(run(announced=True)) == [200, 413]
    assert got == [80]
    assert asyncio.run(run(announced=False)) == [413, 413]  # each has had a part of what one may have


def test_a_body_that_drips_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A request whose body doesn't come, or comes a byte at a time, ends; what has come in is not used."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await Request(scope, receive).body()
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def run(pieces: list[bytes | float]) -> int:
        return await sent_to(UploadLimits(app, quota=100), pieces)

    assert asyncio.run(run([b"a", b"b"])) == 200  # before the limits are too short for a busy machine
    monkeypatch.setattr("assistant.web.access.upload_limits.UPLOAD_IDLE_SECONDS", 0.05)
    monkeypatch.setattr("assistant.web.access.upload_limits.UPLOAD_SECONDS", 0.3)
    assert asyncio.run(run([b"a", 5.0])) == 408
    dripping: list[bytes | float] = [0.02, b"a"]
    assert asyncio.run(run(dripping * 100)) == 408


async def sent_to(
    app: ASGIApp, pieces: Sequence[bytes | float], *, path: str = "/api/ask", length: int = 0
) -> int:
    """Send a body in pieces, with pauses; return the status that comes back."""
    coming = list(pieces)
    sent: list[Message] = []

    async def receive() -> Message:
        while coming:
            piece = coming.pop(0)
            if isinstance(piece, bytes):
                return {"type": "http.request", "body": piece, "more_body": bool(coming)}
            await asyncio.sleep(piece)
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"content-length", str(length).encode())] if length else []
    state = {"person": Person("ines", admin=True)}
    scope = {"type": "http", "path": path, "headers": headers, "state": state, "method": "POST"}
    await app(scope, receive, send)
    return int(sent[0]["status"])
