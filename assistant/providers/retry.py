"""Asking a model until it answers or time is up: what is tried again, how often, and what stops it.

A second attempt is made only before any text has come, and only for what can succeed: a fault that passes
by itself after a pause, or too much text with less of it. What has come is never asked for again.
"""

from __future__ import annotations

import asyncio
import random
from contextlib import aclosing
from time import monotonic
from typing import TYPE_CHECKING

from assistant.providers.provider_errors import RETRIED, FaultKind, ProviderFault, fault_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Sequence

    from assistant.providers.chat_model import Chat, ChatMessage, Delta

RETRIES = 2
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 10.0
"""Seconds beyond which nobody is kept waiting for what a provider asks for: the reader is told when."""

SHARES = (1.0, 0.5, 0.25, 0.1)
"""Parts of the articles that are sent, one after the other, where the model can't read more."""

AHEAD = 32
"""Pieces that may wait to be read, so that a model faster than its reader doesn't keep the reader waiting."""

AGAIN = 0.5
"""Seconds after which a task that goes on is cancelled again: `asyncio.wait_for` of Python 3.11, which
providers' packages use, loses a cancellation that comes together with what it waits for."""

MOST_CHARACTERS_PER_TOKEN = 8
"""No language has more in a token on average; a longer answer ignores the limit that it was given."""


async def ask_model(
    chat: Chat, messages: Callable[[float], Sequence[ChatMessage]], *, seconds: float, tokens: int
) -> AsyncGenerator[Delta]:
    """Yield what the model writes, or raise `ProviderFault`, at the latest after so many seconds.

    `messages` makes the request with a share of the articles. The model runs in a task of its own, so that
    the time limit and the end of this generator reach it wherever it waits.
    """
    arrived: asyncio.Queue[Delta | ProviderFault | None] = asyncio.Queue(AHEAD)
    task = asyncio.create_task(_fill(arrived, _tried(chat, messages, seconds), seconds))
    room = tokens * MOST_CHARACTERS_PER_TOKEN
    try:
        while (item := await arrived.get()) is not None:
            if isinstance(item, ProviderFault):
                raise item
            room -= len(item.text)
            yield item
            if room < 0:
                raise ProviderFault(FaultKind.LENGTH)
    finally:
        while not task.done():
            task.cancel()
            await asyncio.wait([task], timeout=AGAIN)


async def _fill(
    arrived: asyncio.Queue[Delta | ProviderFault | None], source: AsyncGenerator[Delta], seconds: float
) -> None:
    try:
        async with asyncio.timeout(seconds), aclosing(source) as deltas:
            async for delta in deltas:
                await arrived.put(delta)
    except asyncio.CancelledError:
        if is_cancelled():
            raise
        await arrived.put(ProviderFault(FaultKind.CUT))
    except Exception as error:  # noqa: BLE001  # told to the one who reads the queue
        await arrived.put(fault_of(error))
    else:
        await arrived.put(None)


async def _tried(
    chat: Chat, messages: Callable[[float], Sequence[ChatMessage]], seconds: float
) -> AsyncGenerator[Delta]:
    end = monotonic() + seconds
    shares = iter(SHARES)
    request = messages(next(shares))
    retries = 0
    while True:
        begun = False
        try:
            async with aclosing(chat.stream(request)) as deltas:
                async for delta in deltas:
                    begun = begun or bool(delta.text)
                    yield delta
        except ProviderFault as fault:
            share = next(shares, None) if fault.kind is FaultKind.OVERFLOW else None
            wait = pause(retries, fault.wait)
            in_time = (fault.wait or 0) <= LONGEST_PAUSE and monotonic() + wait < end
            again = fault.kind in RETRIED and retries < RETRIES and in_time
            if begun and fault.kind is FaultKind.CONNECTION:
                raise ProviderFault(FaultKind.CUT) from None
            simpler = fault.kind is FaultKind.PARAMETER and not begun and chat.simplify()
            if begun or not (share or again or simpler):
                raise
            if simpler:
                continue
            if share:
                request = messages(share)
            else:
                await asyncio.sleep(wait)
                retries += 1
        else:
            return


def is_cancelled() -> bool:
    """Say whether the running task was told to end; a provider's package may raise the same of itself."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def pause(retries: int, wait: float | None) -> float:
    """Return the seconds before the next attempt: what was asked for, or longer each time, never in step."""
    least = FIRST_PAUSE * 2**retries if wait is None else wait
    return float(least * random.uniform(1.0, 1.5))  # noqa: S311  # chance, not a secret
