"""From a question of the page to its answer, shown while it arrives, stopped on request, kept at the end."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from assistant.events import Finished
from assistant.web.chat.coming_back import ComingBack, turn_of
from assistant.web.chat.kept_desk import asks_of
from assistant.web.chat.requests import read_key, read_limits, read_question, read_token
from assistant.web.chat.service import Question
from assistant.web.chat.under_way import UnderWay
from assistant.web.html.actions import actions_html
from assistant.web.html.elements import element, fragment, inert_json
from assistant.web.html.failure_words import calm
from assistant.web.html.filters import limits_line
from assistant.web.html.library_view import NOTHING_TO_ASK, nothing_html
from assistant.web.html.partial_answer import PartialAnswer
from assistant.web.html.turns import LIMITED_TO, failure_html, stopped_html, whole_html
from ingest import LibraryError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable

    from assistant.answers import Answer
    from assistant.events import Event
    from assistant.store.conversations import Conversations
    from assistant.web.chat.service import ChatService
    from assistant.web.html.elements import Html

MESSAGE_SECONDS = 0.06  # seconds between two messages: quicker than reading, slow enough for a phone to draw
PATIENCE_SECONDS = 10.0  # seconds that an answer goes on for a page that is being loaded again
NOT_UNDER_WAY = "This question is not being answered any more. Ask it again."
NOT_KEPT = "This answer could not be kept: "
REMOVED = (
    "You may not use this library any more, so this answer is not kept. Whoever keeps it can add you again."
)
STOPPED_ANSWER = "Stopped."
GOING_ON = "Going on …"
SIGN_OF_LIFE_SECONDS = 20.0  # a page that hears nothing for 90 s takes its answer for lost


@dataclass(frozen=True, slots=True)
class TurnRequest:
    """A question, the conversation that it goes on, and the turn that it takes the place of."""

    question: Question
    conversation: str | None
    replaced: str | None
    asks: str = ""
    """What the question is kept as, if it is kept."""
    turn: str | None = None
    """The id that the answer is kept under."""


class Asking:
    """Answers questions for every browser; what is under way is known by the token of its turn.

    All of it belongs to one event loop: page.py comes to it from the threads of the framework.
    """

    def __init__(
        self,
        service: ChatService,
        kept: Conversations,
        *,
        question_limit: int,
        patience: float = PATIENCE_SECONDS,
        may_stay: Callable[[], bool] = lambda: True,
    ) -> None:
        self.service = service
        self.kept = kept
        self.question_limit = question_limit
        self.patience = patience
        self._may_stay = may_stay
        self._under_way: dict[str, UnderWay] = {}
        self._coming_back = ComingBack(service, kept)
        self._ending = False

    async def ask(
        self,
        data: Any,  # noqa: ANN401  # the browser may send anything
        session: str | None = None,
    ) -> AsyncGenerator[str]:
        """Yield messages of what has arrived so far; the last one has the whole answer.

        A token that is known already is followed, not asked again: its page was loaded anew. One that is
        to be followed and is not known here may have been kept, or is being answered at another front end.
        """
        token = read_token(data)
        under_way = self._under_way.get(token)
        if under_way is None:
            if isinstance(data, dict) and data.get("follow"):
                async for message in self._come_back(token):
                    yield message
                return
            under_way = self._under_way[token] = UnderWay(session)
            under_way.task = asyncio.create_task(self._work(token, data, under_way))
        under_way.session = session
        under_way.followers += 1
        try:
            async for message in under_way.messages():
                yield message
        finally:
            under_way.followers -= 1
            asyncio.get_running_loop().call_later(self.patience, self._stop_unread, under_way)

    def _stop_unread(self, under_way: UnderWay) -> None:
        if not self._ending:  # else its page has gone to another front end, and finds it kept
            under_way.stop_unread()

    async def finish(self, seconds: float) -> None:
        """Let what is under way be answered and kept, whether or not its page is still here."""
        self._ending = True
        tasks = [each.task for each in self._under_way.values() if each.task]
        if tasks:
            await asyncio.wait(tasks, timeout=seconds)

    async def _come_back(self, token: str) -> AsyncIterator[str]:
        waiting = asyncio.create_task(self._coming_back.answer(token))
        try:
            while not (await asyncio.wait({waiting}, timeout=SIGN_OF_LIFE_SECONDS))[0]:
                yield _message(token, element("p", GOING_ON, class_="working"), [])
            found = await waiting
        except Exception as error:  # noqa: BLE001  # every failure is shown calmly
            html, told = await asyncio.to_thread(self._trouble, error)
            yield _message(token, html, [told], done=True)
        else:
            if found is None:
                yield _message(token, failure_html(NOT_UNDER_WAY), [NOT_UNDER_WAY], done=True, gone="1")
            else:
                yield _message(token, found[0], [], done=True, **found[1])
        finally:
            waiting.cancel()

    async def _work(self, token: str, data: Any, under_way: UnderWay) -> None:  # noqa: ANN401
        try:
            asked = await asyncio.to_thread(self._read, data)
            async with self._coming_back.noted(token):
                async for message in self._answer(token, asked, under_way.stopped):
                    under_way.tell(message)
        except Exception as error:  # noqa: BLE001  # every failure is shown calmly
            html, told = await asyncio.to_thread(self._trouble, error)
            under_way.tell(_message(token, html, [told], done=True))
        finally:
            under_way.end()
            asyncio.get_running_loop().call_later(self.patience, self._under_way.pop, token, None)

    def stop(self, data: Any) -> None:  # noqa: ANN401
        """End the answer of a turn; what has arrived stays on the page."""
        if under_way := self._under_way.get(read_token(data)):
            under_way.stopped.set()

    def leave(self, session: str | None) -> None:
        """End the answers of a page that was closed, unless it comes back: a model may cost money."""

        def give_up(left: UnderWay) -> None:
            if left.session == session and not self._ending:
                left.stopped.set()

        for under_way in self._under_way.values():
            if session and under_way.session == session:
                asyncio.get_running_loop().call_later(self.patience, give_up, under_way)

    def _read(self, data: Any) -> TurnRequest:  # noqa: ANN401
        text = read_question(data, limit=self.question_limit)
        conversation, replaced = read_key(data, "conversation"), read_key(data, "replaced")
        known = self.kept.get(conversation) if conversation else None
        before = list(takewhile(lambda turn: turn.id != replaced, known.turns if known else ()))
        history = tuple((turn.question, turn.answer.text) for turn in before)
        question = Question(text, history, read_limits(data))
        return TurnRequest(question, conversation, replaced, asks_of(text, before), turn_of(read_token(data)))

    async def _answer(self, token: str, asked: TurnRequest, stopped: asyncio.Event) -> AsyncIterator[str]:
        started = time.perf_counter()
        growing, arrived, finished = PartialAnswer(self.service.article), asyncio.Event(), list[Finished]()
        pump = asyncio.create_task(_pump(self.service.stream(asked.question), growing, arrived, finished))
        try:
            async for html in _drawn(pump, growing, arrived, stopped):
                yield _message(token, html, growing.said)
            if stopped.is_set():
                html = stopped_html(growing.html(stopped=True))
                yield _message(token, html, [*growing.said, STOPPED_ANSWER], done=True)
                return
            await pump  # raises what went wrong
            seconds = time.perf_counter() - started
            html, keys = await asyncio.to_thread(self._finish, asked, finished[0].answer, seconds)
            said = [*growing.said, *_rest(finished[0].answer, growing.said)]
            yield _message(token, html, said, done=True, **keys)
        finally:
            await _end(pump)

    def _trouble(self, error: Exception) -> tuple[Html, str]:
        """Show what went wrong; without a library that is no failure but a beginning."""
        with suppress(Exception):  # a library that can't be read is told of by the error itself
            if isinstance(error, LibraryError) and not (overview := self.service.overview()).articles:
                return nothing_html(overview), NOTHING_TO_ASK
        told = calm(error)
        return failure_html(told), told

    def _finish(self, asked: TurnRequest, answer: Answer, seconds: float) -> tuple[Html, dict[str, str]]:
        """Keep the answer, then show it whole. An answer that can't be kept is shown all the same."""
        if limited := limits_line(asked.question.limits):
            answer = replace(answer, notices=(*answer.notices, f"{LIMITED_TO} {limited}."))
        try:
            conversation, turn = self.kept.keep(
                asked.conversation, answer, seconds=seconds, replacing=asked.replaced, turn=asked.turn
            )
            if not self._may_stay():  # asked last: whoever removes the person deletes what was kept before
                self.kept.destroy()
                return failure_html(REMOVED), {}
            keys, trouble = {"conversation": conversation, "turn": turn}, None
        except Exception as error:  # noqa: BLE001  # the reader gets the answer whatever happens to the file
            keys, trouble = {}, failure_html(NOT_KEPT + calm(error))
        actions = actions_html(keys["turn"], good=None, asks=asked.asks) if keys else None
        html = whole_html(answer, self.service.article, seconds=seconds, actions=actions)
        return fragment(trouble, html), keys


async def _pump(
    events: AsyncIterator[Event], growing: PartialAnswer, arrived: asyncio.Event, finished: list[Finished]
) -> None:
    try:
        async for event in events:
            if isinstance(event, Finished):
                finished.append(event)
            else:
                growing.take(event)
                arrived.set()
    finally:
        if closing := getattr(events, "aclose", None):
            with suppress(Exception):
                await closing()


async def _drawn(
    pump: asyncio.Task[None], growing: PartialAnswer, arrived: asyncio.Event, stopped: asyncio.Event
) -> AsyncIterator[Html]:
    """Yield the answer so far whenever something has arrived, until it is complete or stopped."""
    stop = asyncio.create_task(stopped.wait())
    try:
        while not pump.done() and not stop.done():
            news = asyncio.create_task(arrived.wait())
            await asyncio.wait({pump, stop, news}, return_when=asyncio.FIRST_COMPLETED)
            news.cancel()
            if arrived.is_set() and not pump.done():
                arrived.clear()
                if html := growing.html():
                    yield html
                    await asyncio.wait(
                        {pump, stop}, timeout=MESSAGE_SECONDS, return_when=asyncio.FIRST_COMPLETED
                    )
    finally:
        stop.cancel()


async def _end(pump: asyncio.Task[None]) -> None:
    """Cancel what is still running, which closes the provider's connection, and wait for it."""
    pump.cancel()
    with suppress(asyncio.CancelledError, Exception):
        await pump


def _rest(answer: Answer, said: list[str]) -> list[str]:
    """Return what a screen reader has not said of the answer, and how many footnotes there are."""
    if not answer.answered:
        return [answer.text]
    sources = len(answer.citations)
    count = f"{sources} footnotes." if sources != 1 else "1 footnote."
    return [count] if said else [answer.text, count]


def _message(token: str, html: Html, said: list[str], *, done: bool = False, **keys: str) -> str:
    return inert_json({"token": token, "html": html, "said": said, "done": done, **keys})
