"""An asynchronous stream for code that isn't: the stream runs on an event loop in a thread of its own."""

from __future__ import annotations

import asyncio
import threading
from contextlib import aclosing
from queue import SimpleQueue
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Iterator

T = TypeVar("T")


def in_thread(make: Callable[[], AsyncGenerator[T]]) -> Iterator[T]:
    """Yield what an asynchronous generator yields; its errors are raised here.

    When this generator is closed, whatever the other one awaits is cancelled, so that a connection which
    it holds is closed even while nothing arrives on it.
    """
    arrived: SimpleQueue[T | BaseException | None] = SimpleQueue()
    loop = asyncio.new_event_loop()
    task = loop.create_task(_pump(make, arrived))
    thread = threading.Thread(target=_run, args=[loop, task], name="footnote-answer", daemon=True)
    thread.start()
    try:
        while (item := arrived.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        if thread.is_alive():
            _cancel(loop, task)
        thread.join()


async def _pump(
    make: Callable[[], AsyncGenerator[T]], arrived: SimpleQueue[T | BaseException | None]
) -> None:
    try:
        async with aclosing(make()) as stream:
            async for item in stream:
                arrived.put(item)
        arrived.put(None)
    except Exception as error:  # noqa: BLE001  # raised again in the thread that waits
        arrived.put(error)


def _cancel(loop: asyncio.AbstractEventLoop, task: asyncio.Task[None]) -> None:
    try:
        loop.call_soon_threadsafe(task.cancel)
    except RuntimeError:  # the loop has just been closed: there is nothing left to cancel
        return


def _run(loop: asyncio.AbstractEventLoop, task: asyncio.Task[None]) -> None:
    try:
        loop.run_until_complete(asyncio.wait([task]))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.run_until_complete(loop.shutdown_default_executor())
    finally:
        loop.close()
