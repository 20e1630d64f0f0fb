"""An asynchronous stream for code that blocks: it runs on an event loop in a thread of its own."""

from __future__ import annotations

import asyncio
from concurrent.futures import wait
from contextlib import aclosing, suppress
from queue import SimpleQueue
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Iterator

T = TypeVar("T")

LEAVING = 2.0
"""Seconds in which a cancelled stream may end in order; after them every wait of it is cancelled."""


def in_thread(make: Callable[[], AsyncGenerator[T]]) -> Iterator[T]:
    """Yield what an asynchronous generator yields; its errors are raised here.

    The generator runs in one task in a thread of its own, so the caller may run an event loop itself. When
    this generator is closed or interrupted, whatever the other one awaits is cancelled, so that a connection
    which it holds is closed even while nothing arrives on it.

    Raises:
        concurrent.futures.CancelledError: the stream was cancelled from within.
    """
    from anyio.from_thread import start_blocking_portal  # takes longer than the rest of this package

    arrived: SimpleQueue[tuple[T] | None] = SimpleQueue()
    tasks: list[asyncio.Task[None]] = []

    async def pump() -> None:
        tasks.append(cast("asyncio.Task[None]", asyncio.current_task()))
        async with aclosing(make()) as stream:
            async for item in stream:
                arrived.put((item,))

    def cancel() -> None:
        for task in tasks:
            task.cancel()

    with start_blocking_portal(name="footnote-answer") as portal:
        pumped = portal.start_task_soon(pump)
        pumped.add_done_callback(lambda _: arrived.put(None))
        try:
            while (item := arrived.get()) is not None:
                yield item[0]
            pumped.result()
        finally:
            if not pumped.done():
                # Once, as asyncio does it: the portal's own way cancels each wait of the tidying up too.
                with suppress(RuntimeError):  # the loop has just ended, and the task with it
                    portal.start_task_soon(cancel)
                wait([pumped], timeout=LEAVING)
