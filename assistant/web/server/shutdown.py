"""The end of a chat: SIGTERM is taken like Ctrl-C, and pages that are still open are no failure."""

from __future__ import annotations

import logging
import signal
import threading
from asyncio import CancelledError
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

TERMINATED = 128 + signal.SIGTERM  # the exit code that shells give
CUT_OFF = "timeout graceful shutdown exceeded"  # how uvicorn tells of connections that it ended


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


class OpenPages(logging.Filter):
    """Leaves out what the server's log says of pages that were open at the end: their streams are cut off."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether a record is to be written."""
        error = record.exc_info[1] if record.exc_info else None
        return not (isinstance(error, CancelledError) or CUT_OFF in str(record.msg))


_OPEN_PAGES = OpenPages()


def end_quietly() -> None:
    """Show nobody a traceback who ends a chat while its page is open. Once is enough, twice does no harm."""
    logging.getLogger("uvicorn.error").addFilter(_OPEN_PAGES)
