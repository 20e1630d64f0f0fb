"""How much may be sent: a bound for every request, and for uploads one for each person and hour."""

from __future__ import annotations

import time
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect

from assistant.access.guard import LOCAL

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from assistant.access.people import Person

UPLOAD = "/gradio_api/upload"
MOST_BODY = 2**20  # bytes; the longest question with its conversation is a tenth of it
HOUR = 3_600.0
TOO_MUCH = b"This is more than may be sent. Send less, or wait an hour with further files."


class Limits:
    """Cuts off what is too long. Plain ASGI; who sits at the machine may upload as much as he likes."""

    def __init__(self, app: ASGIApp, *, quota: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.app = app
        self._quota = quota
        self._clock = clock
        self._sent: dict[str, deque[tuple[float, int]]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        person = scope.get("state", {}).get("person")
        uploading = scope["type"] == "http" and scope["path"].rstrip("/") == UPLOAD
        if scope["type"] != "http" or (uploading and person == LOCAL):
            return await self.app(scope, receive, send)
        left = self._left(person) if uploading else MOST_BODY
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if not announced.isdigit() or int(announced) > left:
            return await _refuse(send)
        taken, begun = 0, False

        async def counting() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > left:  # it announced less, or nothing
                return {"type": "http.disconnect"}
            return message

        async def noting(message: Message) -> None:
            nonlocal begun
            if taken <= left or begun:
                begun = True
                await send(message)

        try:
            with suppress(ClientDisconnect):
                await self.app(scope, counting, noting)
        finally:
            if uploading and person:
                self._sent.setdefault(person.name, deque()).append((self._clock(), taken))
        if taken > left and not begun:
            await _refuse(send)
        return None

    def _left(self, person: Person | None) -> int:
        if person is None:
            return 0
        sent, now = self._sent.get(person.name, deque()), self._clock()
        while sent and now - sent[0][0] > HOUR:
            sent.popleft()
        return self._quota - sum(size for _, size in sent)


async def _refuse(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": TOO_MUCH})
