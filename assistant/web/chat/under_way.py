"""An answer that is being made, for whichever page follows it: one that is loaded anew comes back."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@dataclass
class UnderWay:
    """The latest message of one answer, which has all that came before it. Belongs to one event loop.

    `session` is the page that follows it, `followers` is how many do. `stopped` is set to end it.
    """

    session: str | None
    followers: int = 0
    stopped: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] | None = None
    _latest: str = ""
    _number: int = 0
    _ended: bool = False
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, message: str) -> None:
        """Hand a message to everybody who follows."""
        self._latest = message
        self._number += 1
        self._wake()

    def end(self) -> None:
        """Say that the message before was the last one."""
        self._ended = True
        self._wake()

    def stop_unread(self) -> None:
        """End it where nobody follows."""
        if not self.followers:
            self.stopped.set()

    async def messages(self) -> AsyncIterator[str]:
        """Yield the latest message, then each new one until the end; a slow reader misses some."""
        seen = 0
        while True:
            news = self._news
            if self._number > seen:
                seen = self._number
                yield self._latest
            elif self._ended:
                return
            else:
                await news.wait()

    def _wake(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()
