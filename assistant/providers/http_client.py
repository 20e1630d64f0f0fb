"""httpx for a chat model: no answer is unpacked, followed elsewhere, or longer than an answer can be."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import httpx

from assistant.providers.event_stream import EventStream

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator

CONNECT_SECONDS = 10.0
MOST_REPLY_BYTES = 16 * 1024 * 1024
"""Bytes of one reply. An event of OpenAI's stream has some 300 for each token, and answers have thousands."""

_STREAMED = re.compile(rb'"stream":\s*true')
"""In a request: the type of the reply is not to be relied on."""


class ReplyTooLargeError(httpx.TransportError):
    """A reply is longer than any answer, or packed so that its length can't be told."""


class _Bounded(httpx.AsyncByteStream):
    def __init__(self, stream: httpx.AsyncByteStream) -> None:
        self._stream = stream
        self._left = MOST_REPLY_BYTES

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._stream:
            self._left -= len(piece)
            if self._left < 0:
                raise ReplyTooLargeError("the reply is too long")
            yield piece

    async def aclose(self) -> None:
        await self._stream.aclose()


def bounded_client(seconds: float) -> httpx.AsyncClient:
    """Return a client whose replies are bounded; proxies come from the environment as usual."""
    return httpx.AsyncClient(
        timeout=httpx.Timeout(seconds, connect=min(CONNECT_SECONDS, seconds)),
        verify=_certificates(),
        follow_redirects=False,  # a key goes where it was meant to go and nowhere else
        headers={"Accept-Encoding": "identity"},
        event_hooks={"response": [_bound]},
    )


@lru_cache(maxsize=1)
def unused_client() -> httpx.Client:
    """Return the client for calls that block: none is made, but without it one is set up each time."""
    return httpx.Client(verify=_certificates())


@lru_cache(maxsize=1)
def _certificates() -> ssl.SSLContext:
    """Load the certificates once: it takes a tenth of a second."""
    return httpx.create_ssl_context()


async def _bound(response: httpx.Response) -> None:
    if response.headers.get("content-encoding", "identity") != "identity":
        raise ReplyTooLargeError("the reply is packed")
    if isinstance(response.stream, httpx.AsyncByteStream):
        response.stream = _Bounded(response.stream)
        if response.is_success and _STREAMED.search(response.request.content):
            response.stream = EventStream(response.stream)
