"""Follow a long job from a generator: progress while it runs, its result at the end."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

Step = TypeVar("Step")
Result = TypeVar("Result")

PROGRESS_SECONDS = 0.25  # seconds between two reports: smooth to look at, nothing for the network
POLL = 0.05


def follow_job(
    work: Callable[[Callable[[Step], None]], Result], *, every: float = PROGRESS_SECONDS
) -> Generator[Step, None, Result]:
    """Run `work(report)` in a thread; yield the newest of what it reports, return what it returns.

    The work goes on to its end when nobody listens any more: a closed tab must not tear an ingestion.
    """
    steps: SimpleQueue[Step] = SimpleQueue()
    pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="footnote-add")
    future = pool.submit(work, steps.put)
    pool.shutdown(wait=False)
    shown = 0.0
    while not future.done():
        newest = _newest(steps)
        if newest is not None:
            yield newest
            shown = time.monotonic()
        while not future.done() and time.monotonic() - shown < every:
            time.sleep(POLL)
    return future.result()


def _newest(steps: SimpleQueue[Step]) -> Step | None:
    """Wait a moment for a step, then skip to the last one."""
    try:
        newest = steps.get(timeout=POLL)
        while True:
            try:
                newest = steps.get_nowait()
            except Empty:
                return newest
    except Empty:
        return None
