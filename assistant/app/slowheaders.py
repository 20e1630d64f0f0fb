"""How long the header of a request may take to arrive, and how long it may be: the server has no limit.

Otherwise somebody who sends a byte now and then holds a connection for ever, and one who never ends the
header fills the memory. Bodies are limited in assistant/access/limits.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncio

    from uvicorn import Config

SECONDS = 20.0  # from the connection, or from the first byte of a further request on it
LAST_LOOK = 0.2  # seconds
MOST_BYTES = 2**16  # the longest cookie and address that browsers send are an eighth of it


def limit_headers(config: Config) -> None:
    """Make the server close connections whose header doesn't arrive."""
    config.load()
    config.http_protocol_class = limited(config.http_protocol_class)


class Awaited:
    """A header that is on its way over a connection, which ends when it takes too long or gets too long."""

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


def limited(base: Any, *, seconds: float = SECONDS, most: int = MOST_BYTES) -> Any:  # noqa: ANN401  # two classes without a common type
    """Return one of the server's two protocols (asyncio's kind), with limits for headers."""

    class Limited(base):  # type: ignore[misc]
        def connection_made(self, transport: asyncio.Transport) -> None:
            super().connection_made(transport)
            self._awaited = Awaited(self.loop, transport, seconds)
            self._awaited.begin()

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            if self.cycle is not None and not self.cycle.response_complete:
                self._awaited.end()  # a header is whole when it has been handed on
                return
            self._awaited.bytes += len(data)
            self._awaited.begin()
            if self._awaited.bytes > most:
                self.transport.abort()

        def connection_lost(self, error: Exception | None) -> None:
            self._awaited.end()
            super().connection_lost(error)

    return Limited
