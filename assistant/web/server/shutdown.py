"""SIGTERM ends a command in order, as Ctrl-C does: service managers and containers send it."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

TERMINATED = 128 + signal.SIGTERM  # the exit code that shells give


@contextmanager
def ended_by_signal() -> Iterator[None]:
    """Let SIGTERM end the program in order: by itself it would skip all that is to be done at the end."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread is told of signals
        return

    def end(*_: object) -> None:
        raise SystemExit(TERMINATED)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
