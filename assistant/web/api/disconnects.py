"""Work that ends with the connection of whoever asked for it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from starlette.responses import Response, StreamingResponse

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

    from starlette.requests import Request
    from starlette.types import Receive, Scope, Send

T = TypeVar("T")
HUNG_UP = 499  # what logs of web servers have for it; nobody is there to read it


async def while_connected(receive: Receive, work: Coroutine[Any, Any, T]) -> T | None:
    """Return what the work returns; None when the other side hung up, which cancels it, a model's too."""
    working = asyncio.create_task(work)
    gone = asyncio.create_task(_gone(receive))
    try:
        await asyncio.wait({working, gone}, return_when=asyncio.FIRST_COMPLETED)
        return await working if working.done() else None
    finally:
        for task in (gone, working):
            task.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await working


async def answer_or_nobody(request: Request, work: Coroutine[Any, Any, T]) -> T | Response:
    """Return what the work returns, or an empty response that nobody waits for."""
    await request.body()  # what comes after it is the end of the connection
    done = await while_connected(request.receive, work)
    return Response(status_code=HUNG_UP) if done is None else done


class Streamed(StreamingResponse):
    """A stream that ends with its connection. Starlette's own notices only when it has something to send."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the stream."""
        del scope
        await while_connected(receive, self.stream_response(send))


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
