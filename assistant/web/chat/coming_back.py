"""An answer for a page that was loaded anew, where nobody makes it here: kept, or made elsewhere."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager, suppress
from itertools import takewhile
from typing import TYPE_CHECKING

from assistant.store.answers_elsewhere import RENEWED_SECONDS, AnswersElsewhere
from assistant.web.chat.kept_desk import asks_of
from assistant.web.html.actions import actions_html
from assistant.web.html.turns import whole_html
from ingest import FootnoteError, content_key

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from assistant.store.conversations import Conversations, Turn
    from assistant.web.chat.service import ChatService
    from assistant.web.html.elements import Html

NOTED_AFTER = 1.0  # seconds: most answers are there sooner, and nothing has to be noted of them
UNNOTED_SECONDS = 3.0  # that an answer may be under way elsewhere without a note of it
LOOK = 0.4  # seconds between two looks


def turn_of(token: str) -> str | None:
    """Return the id that the answer to a turn of the page is kept under, so that any front end finds it."""
    return content_key("turn", token) if token else None


class ComingBack:
    """The answers of one person that are, or were, made while their page is elsewhere."""

    def __init__(self, service: ChatService, kept: Conversations) -> None:
        self._service = service
        self._kept = kept
        self._elsewhere = AnswersElsewhere(kept.shelf)

    @asynccontextmanager
    async def noted(self, token: str) -> AsyncIterator[None]:
        """Tell other front ends, while the block runs, that the answer of a turn is being made here."""
        turn = turn_of(token)
        if turn is None or not self._elsewhere.shared:
            yield
            return
        noting = asyncio.create_task(self._note(turn))
        try:
            yield
        finally:
            noting.cancel()
            await asyncio.gather(noting, return_exceptions=True)

    async def answer(self, token: str) -> tuple[Html, dict[str, str]] | None:
        """Return a kept answer with its ids, waiting while it is made elsewhere; None without one."""
        turn = turn_of(token)
        patience = time.monotonic() + (UNNOTED_SECONDS if self._elsewhere.shared else 0)
        while turn:
            # Asked first: an answer is kept before its note is dropped.
            noted = await asyncio.to_thread(self._elsewhere.is_noted, turn)
            if found := await asyncio.to_thread(self._shown, turn):
                return found
            if not noted and time.monotonic() >= patience:
                break
            await asyncio.sleep(LOOK)
        return None

    async def _note(self, turn: str) -> None:
        await asyncio.sleep(NOTED_AFTER)
        try:
            while True:
                with suppress(FootnoteError):  # a database that is away for a moment
                    await asyncio.to_thread(self._elsewhere.note, turn)
                await asyncio.sleep(RENEWED_SECONDS)
        finally:
            with suppress(FootnoteError):
                await asyncio.to_thread(self._elsewhere.drop, turn)

    def _shown(self, key: str) -> tuple[Html, dict[str, str]] | None:
        found = self._kept.turn(key)
        if found is None:
            return None
        conversation, turn = found
        actions = actions_html(turn.id, good=turn.good, asks=asks_of(turn.question, self._before(found)))
        html = whole_html(turn.answer, self._service.article, seconds=turn.seconds, actions=actions)
        return html, {"conversation": conversation, "turn": turn.id}

    def _before(self, found: tuple[str, Turn]) -> list[Turn]:
        conversation = self._kept.get(found[0])
        turns = conversation.turns if conversation else ()
        return list(takewhile(lambda each: each.id != found[1].id, turns))
