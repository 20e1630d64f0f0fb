"""A failure inside is told like any other answer: calmly, counted as a failure, with our headers.

The framework's own place for this lies outside all layers, so its answer would pass none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.web.api.http_api import error_response
from assistant.web.html.failure_words import calm

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Caught:
    """Answers 500 where the app raised before it answered. Plain ASGI, so that streams pass through."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        begun = False

        async def noting(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, noting)
        except Exception as error:
            if begun or scope["type"] != "http":
                raise  # the connection is cut, and the log says why
            await error_response(500, calm(error))(scope, receive, send)
