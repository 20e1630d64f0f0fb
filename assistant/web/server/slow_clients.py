"""How long the header of a request may take to arrive, and how long it may be: the server has no limit.

Otherwise somebody who sends a byte now and then holds a connection for ever, and one who never ends the
header fills the memory. Bodies are limited in assistant/web/access/upload_limits.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncio

    from uvicorn import Config

SECONDS = 20.0  # from the connection, or from the first byte of a further request on it
LAST_LOOK = 0.2  # seconds
UNREAD_TIMES = 6  # as long as a header, a body that nobody reads may go on coming
MOST_HEADER_BYTES = 2**16  # the longest cookie and address that browsers send are an eighth of it

READING_HEAD, READING_BODY = "head", "body"
_H11 = {"IDLE": READING_HEAD, "SEND_BODY": READING_BODY}


def limit_headers(config: Config) -> None:
    """Make the server close connections whose header doesn't arrive."""
    config.load()
    config.http_protocol_class = limited(config.http_protocol_class)


class Awaited:
    """What is on its way over a connection, which is cut when it takes too long."""

    def __init__(self, loop: asyncio.AbstractEventLoop, transport: asyncio.Transport, seconds: float) -> None:
        self._loop, self._transport, self._seconds = loop, transport, seconds
        self._timer: asyncio.TimerHandle | None = None
        self.bytes = 0

    def begin(self) -> None:
        """Let the time begin, if it hasn't yet."""
        self._timer = self._timer or self._loop.call_later(self._seconds, self._look_again)

    def end(self) -> None:
        """Wait no more: the header is whole, or the connection is gone."""
        self.bytes = 0
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _look_again(self) -> None:
        # Where we were too busy to read, what has arrived meanwhile is read first.
        self._timer = self._loop.call_later(LAST_LOOK, self._transport.abort)


def limited(base: Any, *, seconds: float = SECONDS, most: int = MOST_HEADER_BYTES) -> Any:  # noqa: ANN401  # two classes without a common type
    """Return one of the server's two protocols (asyncio's kind), with limits for headers."""

    class Limited(base):  # type: ignore[misc]
        def connection_made(self, transport: asyncio.Transport) -> None:
            super().connection_made(transport)
            self._part = READING_HEAD
            self._awaited = Awaited(self.loop, transport, seconds)
            self._awaited.begin()
            self._unread = Awaited(self.loop, transport, UNREAD_TIMES * seconds)

        # httptools says what part of a request it has come to; h11 is asked.
        def on_message_begin(self) -> None:
            self._part = READING_HEAD
            super().on_message_begin()

        def on_headers_complete(self) -> None:
            self._part = READING_BODY
            super().on_headers_complete()

        def on_message_complete(self) -> None:
            self._part = ""
            super().on_message_complete()

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            conn = getattr(self, "conn", None)
            part = self._part if conn is None else _H11.get(repr(conn.their_state), "")
            if part == READING_HEAD:
                self._awaited.bytes += len(data)
                self._awaited.begin()
                if self._awaited.bytes > most:
                    self.transport.abort()
            else:
                self._awaited.end()
            # A body may come for longer than its answer took, so that the answer is read, but not for ever.
            if part == READING_BODY and self.cycle is not None and self.cycle.response_complete:
                self._unread.begin()
            else:
                self._unread.end()

        def connection_lost(self, error: Exception | None) -> None:
            self._awaited.end()
            self._unread.end()
            super().connection_lost(error)

    return Limited
