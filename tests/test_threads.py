"""A stream of asyncio read by code that blocks: whatever happens on either side, both come to an end."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import CancelledError, ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

import assistant.threads
from assistant.threads import in_thread

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator

SOON = 2.0  # seconds in which whatever is left has ended
NAME = "footnote-answer"


def threads() -> int:
    return sum(thread.name == NAME for thread in threading.enumerate())


class Stream:
    """Yields 0, 1, 2, then ends as it is told to; notes how it was left."""

    def __init__(self, end: BaseException | None = None, *, waits: bool = False, stays: bool = False) -> None:
        self.end, self.waits, self.stays = end, waits, stays
        self.left: list[str] = []

    async def __call__(self) -> AsyncGenerator[int]:
        """Be the stream."""
        try:
            for number in range(3):
                yield number
                await asyncio.sleep(0)
            if self.end:
                raise self.end
            while self.waits:
                try:
                    await asyncio.Event().wait()
                except asyncio.CancelledError:
                    self.left.append("cancelled")
                    if self.stays and len(self.left) < 3:
                        continue
                    raise
        finally:
            await asyncio.sleep(0.01)  # tidying up may take a moment, undisturbed
            self.left.append("closed")


def test_what_the_stream_yields_comes_in_order() -> None:
    """All items come, the stream is closed, and its thread is gone."""
    stream = Stream()
    assert (list(in_thread(stream)), stream.left, threads()) == ([0, 1, 2], ["closed"], 0)


def test_none_is_an_item_like_any_other() -> None:
    """Nothing that a stream yields is taken for its end."""

    async def nothing() -> AsyncGenerator[None]:
        yield None
        yield None

    assert list(in_thread(nothing)) == [None, None]


@pytest.mark.parametrize(
    ("end", "raised"),
    [
        (ValueError("x"), ValueError),
        (asyncio.CancelledError(), CancelledError),
        (KeyboardInterrupt(), KeyboardInterrupt),
        (SystemExit(3), SystemExit),
        (StopAsyncIteration(), RuntimeError),
    ],
    ids=["error", "cancelled", "interrupted", "exit", "stop"],
)
def test_the_end_of_a_stream_reaches_its_reader(end: BaseException, raised: type[BaseException]) -> None:
    """Errors come after the items before them, a cancellation and an interruption from within as well."""
    stream, found = Stream(end), list[int]()
    begun = time.monotonic()
    with pytest.raises(raised):
        found.extend(in_thread(stream))
    assert (found, stream.left, threads()) == ([0, 1, 2], ["closed"], 0)
    assert time.monotonic() - begun < 60  # it hung for ever


@pytest.mark.parametrize("taken", [1, 3])
def test_closing_ends_the_stream(taken: int) -> None:
    """A reader who leaves cancels what the stream waits for, and it may tidy up."""
    stream = Stream(waits=True)
    events = begun_later(stream)
    assert [next(events) for _ in range(taken)] == list(range(taken))
    begun = time.monotonic()
    events.close()
    assert time.monotonic() - begun < SOON
    assert (stream.left[-1], threads()) == ("closed", 0)


def begun_later(stream: Stream) -> Generator[int]:
    events = in_thread(stream)
    assert hasattr(events, "close")
    return events  # type: ignore[return-value]  # it is a generator


def test_a_stream_that_nobody_began_starts_no_thread() -> None:
    """Without a first item asked for, there is nothing to end."""
    stream = Stream()
    begun_later(stream).close()
    assert (stream.left, threads()) == ([], 0)


def test_a_stream_that_misses_its_cancellation_is_ended_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """After some time every wait is cancelled, again and again."""
    monkeypatch.setattr(assistant.threads, "LEAVING", 0.05)
    stream = Stream(waits=True, stays=True)
    events = begun_later(stream)
    assert [next(events) for _ in range(3)] == [0, 1, 2]
    events.close()
    assert (stream.left[:3], threads()) == (["cancelled"] * 3, 0)


def test_it_may_be_read_within_a_running_loop() -> None:
    """A notebook runs a loop in the thread that asks."""

    async def within() -> list[int]:
        return list(in_thread(Stream()))

    assert asyncio.run(within()) == [0, 1, 2]


def test_many_threads_read_streams_of_their_own() -> None:
    """Readers in many threads don't meet, some of them leaving early."""

    def read(number: int) -> list[int]:
        events = begun_later(Stream(waits=number % 2 == 1))
        found = [next(events) for _ in range(3)]
        events.close()
        return found

    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(read, range(64))) == [[0, 1, 2]] * 64
    assert threads() == 0


INTERRUPTED = """
import asyncio
from assistant.threads import in_thread

async def stream():
    try:
        yield "begun"
        await asyncio.sleep(600)
    finally:
        print("closed", flush=True)

try:
    for item in in_thread(stream):
        print(item, flush=True)
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


def test_ctrl_c_ends_the_stream() -> None:
    """A person who interrupts a command that waits for a stream is back at once."""
    with subprocess.Popen([sys.executable, "-c", INTERRUPTED], stdout=subprocess.PIPE, text=True) as waiting:
        assert waiting.stdout is not None
        assert waiting.stdout.readline() == "begun\n"
        waiting.send_signal(signal.SIGINT)
        assert waiting.wait(60) == 0
        assert waiting.stdout.read() == "closed\ninterrupted\n"
