"""How much may be sent: a bound for every request, and for uploads one for each person and hour."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect

from assistant.web.access.guard import LOCAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from assistant.web.access.people import Person

UPLOAD = "/gradio_api/upload"
MOST_BODY = 2**20  # bytes; the longest question with its conversation is a tenth of it
HOUR = 3_600.0
UPLOAD_IDLE_SECONDS = 30.0  # seconds without a byte of a body
UPLOAD_SECONDS = 120.0  # seconds that a body may take which is no upload
STATUS_TOO_LARGE, STATUS_TOO_SLOW = 413, 408  # statuses of HTTP
TOLD = {
    STATUS_TOO_LARGE: b"This is more than may be sent. Send less, or wait an hour with further files.",
    STATUS_TOO_SLOW: b"What was sent did not arrive in time. Send it again.",
}


@dataclass(slots=True, eq=False)
class Body:
    """What has arrived of a request, and how much may come; `others` are the uploads that share the limit."""

    most: int
    others: Iterable[Body] = ()
    begun: float = 0.0
    deadline: float = inf
    announced: int = 0
    taken: int = 0
    whole: bool = False
    refused: int = 0

    def left(self) -> int:
        """Return how many bytes may still come."""
        sharing: Iterable[Body] = self.others or (self,)
        return self.most - sum(max(body.taken, body.announced) for body in sharing)

    def take(self, message: Message) -> None:
        """Count what came."""
        self.taken += len(message.get("body", b""))
        self.whole = not message.get("more_body", False)
        if self.left() < 0:  # it announced less, or nothing
            self.refused = STATUS_TOO_LARGE


class UploadLimits:
    """Cuts off what is too long. Plain ASGI; who sits at the machine may upload as much as he likes."""

    def __init__(self, app: ASGIApp, *, quota: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.app = app
        self._quota = quota
        self._clock = clock
        self._sent: dict[str, deque[Body]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        person = scope.get("state", {}).get("person")
        uploading = scope["type"] == "http" and scope["path"].rstrip("/") == UPLOAD
        if scope["type"] != "http" or (uploading and person == LOCAL):
            return await self.app(scope, receive, send)
        body = self._upload(person) if uploading else Body(MOST_BODY, deadline=self._clock() + UPLOAD_SECONDS)
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if not announced.isdigit() or int(announced) > body.left():
            return await _refuse(send, STATUS_TOO_LARGE)
        body.announced = int(announced)
        begun = False

        async def counting() -> Message:
            if body.whole or body.refused:
                return await receive() if body.whole else {"type": "http.disconnect"}
            try:
                async with asyncio.timeout(min(UPLOAD_IDLE_SECONDS, body.deadline - self._clock())):
                    message = await receive()
            except TimeoutError:
                body.refused = STATUS_TOO_SLOW
                return {"type": "http.disconnect"}
            body.take(message)
            return {"type": "http.disconnect"} if body.refused else message

        async def noting(message: Message) -> None:
            nonlocal begun
            if begun or not body.refused:
                begun = True
                await send(message)

        with suppress(ClientDisconnect):
            await self.app(scope, counting, noting)
        if body.refused and not begun:
            await _refuse(send, body.refused)
        return None

    def _upload(self, person: Person | None) -> Body:
        """Return a body that is one of its person's uploads; those under way count as far as they are."""
        if person is None:
            return Body(0)
        sent, now = self._sent.setdefault(person.name, deque()), self._clock()
        while sent and now - sent[0].begun > HOUR:
            sent.popleft()
        body = Body(self._quota, others=sent, begun=now)
        sent.append(body)
        return body


async def _refuse(send: Send, status: int) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": TOLD[status]})
