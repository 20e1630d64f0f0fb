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
MOST_BYTES = 2**16  # the longest cookie and address that browsers send are an eighth of it


def limit_headers(config: Config) -> None:
    """Make the server close connections whose header doesn't arrive."""
    config.load()
    config.http_protocol_class = limited(config.http_protocol_class)


def limited(base: Any, *, seconds: float = SECONDS, most: int = MOST_BYTES) -> Any:  # noqa: ANN401  # two classes without a common type
    """Return one of the server's two protocols (asyncio's kind), with limits for headers."""

    class Limited(base):  # type: ignore[misc]
        _timer: asyncio.TimerHandle | None = None
        _waited_for = 0  # bytes of a header that is not whole yet

        def connection_made(self, transport: asyncio.Transport) -> None:
            super().connection_made(transport)
            self._wait()

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            if self.cycle is not None and not self.cycle.response_complete:
                self._stop()  # a header is whole when it has been handed on
                return
            self._waited_for += len(data)
            if self._waited_for > most:
                self.transport.abort()
            elif self._timer is None:
                self._wait()

        def connection_lost(self, error: Exception | None) -> None:
            self._stop()
            super().connection_lost(error)

        def _wait(self) -> None:
            self._timer = self.loop.call_later(seconds, self.transport.abort)

        def _stop(self) -> None:
            self._waited_for = 0
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None

    return Limited
