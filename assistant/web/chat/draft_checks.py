"""Drafts of the page: checked while it shows how far it is, stopped on request, held a while to be saved."""

from __future__ import annotations

import asyncio
import base64
import secrets
import time
from collections import OrderedDict
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from assistant.rendering.draft_text import check_summary
from assistant.vocabulary.drafts import DraftChecked, DraftEvent, DraftSplit, StatementHeld
from assistant.web.chat.requests import read_draft, read_key, read_limits, read_text, read_token
from assistant.web.chat.service import Draft
from assistant.web.chat.withholding import tells_of
from assistant.web.html.draft_view import check_html, working_html
from assistant.web.html.elements import element, inert_json
from assistant.web.html.exporting import WORD_TYPE
from assistant.web.html.failure_words import calm
from assistant.web.html.filters import limits_line
from assistant.web.html.turns import failure_html

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from assistant.vocabulary.drafts import DraftCheck
    from assistant.web.chat.service import ChatService
    from assistant.web.html.elements import Html

MOST_HELD = 20
"""Checked drafts that can be saved; they are in memory alone, and the oldest goes first."""
MESSAGE_SECONDS = 0.25
STOPPED = "Stopped. Nothing of this check was kept."
GONE = "This check is not here any more. Check the draft again to save it."


@dataclass(frozen=True, slots=True)
class _UnderWay:
    task: asyncio.Task[Any]
    session: str | None


class DraftChecks:
    """Checks the drafts of one person. What is under way belongs to one event loop, as in `Asking`."""

    def __init__(self, service: ChatService, *, limit: int) -> None:
        self.service = service
        self.limit = limit
        self._held: OrderedDict[str, DraftCheck] = OrderedDict()
        self._under_way: dict[str, _UnderWay] = {}

    async def check(
        self,
        data: Any,  # noqa: ANN401  # the browser may send anything
        session: str | None = None,
    ) -> AsyncGenerator[str]:
        """Yield messages of how far the check is; the last one has the marked draft."""
        token, arrived = read_token(data), asyncio.Queue[DraftEvent]()
        began = time.perf_counter()
        pump = asyncio.create_task(self._pump(data, arrived))
        self._under_way[token] = _UnderWay(pump, session)
        pump.add_done_callback(lambda _: arrived.put_nowait(DraftSplit(-1)))
        try:
            done, total, shown, untold = 0, 0, 0.0, False
            yield _message(token, working_html(0, 0))
            while not pump.done() or not arrived.empty():
                event = await _next(arrived, MESSAGE_SECONDS if untold else None)
                if event is None or time.monotonic() - shown >= MESSAGE_SECONDS:
                    yield _message(token, working_html(done, total))
                    shown, untold = time.monotonic(), False
                if event is None:
                    continue
                if isinstance(event, DraftChecked):
                    html, words, key = await asyncio.to_thread(self._finished, data, event.check, began)
                    yield _message(token, html, [words], done=True, key=key)
                    return
                total = event.total if event.total >= 0 else total
                done = event.done if isinstance(event, StatementHeld) else done
                untold = True
            if pump.cancelled():
                yield _message(token, element("p", STOPPED, class_="notice stopped"), [STOPPED], done=True)
            elif error := pump.exception():
                told = calm(error)
                yield _message(token, failure_html(told), [told], done=True)
        finally:
            self._under_way.pop(token, None)
            pump.cancel()
            await asyncio.gather(pump, return_exceptions=True)

    def stop(self, data: Any) -> None:  # noqa: ANN401
        """End the check of a draft."""
        if under_way := self._under_way.get(read_token(data)):
            under_way.task.cancel()

    def leave(self, session: str | None) -> None:
        """End the checks of a page that was closed."""
        for under_way in list(self._under_way.values()):
            if session and under_way.session == session:
                under_way.task.cancel()

    def export(self, data: Any) -> dict[str, Any]:  # noqa: ANN401
        """Write a checked draft to be saved: as Markdown, or as Word (in base64) with comments."""
        check = self._held.get(read_key(data, "key") or "")
        if check is None or tells_of(check.to_dict(), self.service.hidden()):
            return {"failed": GONE}
        if read_text(data, "format") != "word":
            return {"name": "draft checked.md", "type": "text/markdown", "text": check.to_markdown()}
        from assistant.drafting.word_comments import commented_word

        packed = base64.b64encode(commented_word(check)).decode()
        return {"name": "draft checked.docx", "type": WORD_TYPE, "base64": packed}

    async def _pump(self, data: Any, arrived: asyncio.Queue[DraftEvent]) -> None:  # noqa: ANN401
        draft = Draft(read_draft(data, limit=self.limit), read_limits(data))
        async with aclosing(cast("AsyncGenerator[DraftEvent]", self.service.check(draft))) as events:
            async for event in events:
                arrived.put_nowait(event)

    def _finished(self, data: Any, check: DraftCheck, began: float) -> tuple[Html, str, str]:  # noqa: ANN401
        key = secrets.token_hex(8)
        self._held[key] = check
        while len(self._held) > MOST_HELD:
            self._held.popitem(last=False)
        limited = limits_line(read_limits(data))
        seconds = time.perf_counter() - began
        html = check_html(check, self.service.article, key=key, seconds=seconds, limited=limited)
        return html, check_summary(check), key


async def _next(arrived: asyncio.Queue[DraftEvent], seconds: float | None) -> DraftEvent | None:
    """Return the next event, None where none comes in time."""
    try:
        return await asyncio.wait_for(arrived.get(), seconds)
    except TimeoutError:
        return None


def _message(
    token: str, html: Html, said: list[str] | None = None, *, done: bool = False, key: str = ""
) -> str:
    return inert_json({"token": token, "html": html, "said": said or [], "done": done, "key": key})
