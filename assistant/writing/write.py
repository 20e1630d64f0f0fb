"""A written answer in events: evidence to the model, its text to statements, each checked as it ends."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import aclosing
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from assistant.answers import Mode, Writing
from assistant.checking.reader import load_reader
from assistant.events import (
    Finished,
    FootnoteReady,
    Marker,
    Notice,
    StatementChecked,
    StatementEnded,
    TextArrived,
)
from assistant.providers.chat_model import Delta, open_chat
from assistant.providers.provider_errors import FaultKind, ProviderFault
from assistant.providers.retry import ask_model, is_cancelled
from assistant.quoting.quote_answer import quoted
from assistant.writing.compose import Footnotes, written_answer
from assistant.writing.judge import open_judge
from assistant.writing.material import select_material
from assistant.writing.notices import quoted_notice, shown_notices
from assistant.writing.prompt import (
    VERSION,
    fixed_characters,
    rewriting_messages,
    says_nothing,
    writing_messages,
)
from assistant.writing.statement_stream import Cite, StatementStream, WholeStatement, Words, first_statement
from assistant.writing.thoughts import Thoughts, without_thought
from assistant.writing.verify import Checker, corrected

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Iterator, Sequence

    from assistant.answers import Answer
    from assistant.events import Event
    from assistant.providers.chat_model import Chat, ChatMessage
    from assistant.retrieval.found import Seen
    from assistant.settings import AnswerSettings
    from assistant.writing.judge import Judge
    from assistant.writing.material import Material
    from assistant.writing.statement_stream import StreamItem
    from assistant.writing.verify import Checked

MOST_REWRITES = 4
"""Statements of one answer that the model is asked to put right; more failures are no slips."""

MOST_REPEATS = 2
"""Times that a statement may come again; small models that are stuck never stop."""

MOST_REPEATS_IN_THOUGHT = 20
"""The same while the text may be a thought: "Let me check." is said more often there."""

CHARACTERS_PER_TOKEN = 3
"""Fewer than in any European language, so that what is sent fits."""

LEAST_CHARACTERS = 1_500  # of articles, however small the model; it is halved again where it doesn't fit

_FINISHES = {
    "length": FaultKind.LENGTH,
    "max_tokens": FaultKind.LENGTH,
    "max_output_tokens": FaultKind.LENGTH,
    "content_filter": FaultKind.FILTER,
    "safety": FaultKind.FILTER,
    "recitation": FaultKind.FILTER,
    "prohibited_content": FaultKind.FILTER,
    "refusal": FaultKind.DECLINED,
    "error": FaultKind.SERVER,
}


async def written_events(
    seen: Seen, name: str, *, history: Sequence[tuple[str, str]], settings: AnswerSettings
) -> AsyncGenerator[Event]:
    """Yield the events of a written answer, from the first piece of text on."""
    await asyncio.to_thread(load_reader, settings.checker)  # what is wrong with it is told before all else
    said = fixed_characters(seen.query, history)
    room = (settings.model_context - settings.model_tokens) * CHARACTERS_PER_TOKEN - said
    material = select_material(seen.ranked, characters=max(room, LEAST_CHARACTERS))
    pen = _Pen(seen, name, material, settings)
    most = (settings.model_context - settings.model_tokens) * CHARACTERS_PER_TOKEN

    def request(share: float) -> list[ChatMessage]:
        return writing_messages(seen.query, material.part(share), history)

    try:
        async with (
            open_chat(name, settings) as chat,
            open_judge(chat, name, settings, characters=max(most, LEAST_CHARACTERS)) as judge,
            aclosing(_written(pen, (chat, judge), request, settings)) as events,
        ):
            async for event in events:
                yield event
    except ProviderFault as fault:
        pen.fail(fault)
    answer = pen.answer()
    for notice in answer.notices:
        yield Notice(notice)
    yield Finished(answer)


async def _written(
    pen: _Pen,
    models: tuple[Chat, Judge | None],
    request: Callable[[float], Sequence[ChatMessage]],
    settings: AnswerSettings,
) -> AsyncGenerator[Event]:
    chat, judge = models
    end = monotonic() + settings.model_seconds
    pen.begin(chat)
    asked = ask_model(chat, request, seconds=settings.model_seconds, tokens=settings.model_tokens)
    reading = asyncio.create_task(pen.prepare())
    try:
        async with aclosing(asked) as deltas:
            async for delta in deltas:
                async for event in pen.take(delta):
                    yield event
    except ProviderFault as fault:
        pen.fail(fault)
    finally:
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)  # what went wrong, the check will say
    try:
        async for event in pen.end():
            yield event
    except ProviderFault as fault:
        pen.fail(fault)
    if pen.is_done:
        async for event in pen.rewrite(chat, end):
            yield event
        if judge:
            async for event in pen.be_judged(judge, end):
                yield event


class _Pen:
    """What has been written so far, and what the check said of it."""

    def __init__(self, seen: Seen, name: str, material: Material, settings: AnswerSettings) -> None:
        self._seen, self._name, self._drop = seen, name, settings.unsupported == "drop"
        self._material = material
        self._sentences, self._order = material.sentences, material.order
        self._draft = StatementStream(self._sentences)
        self._checker = Checker(material, seen.query)
        self._footnotes = Footnotes(self._sentences, seen)
        self._checked: list[Checked] = []
        self._first = 0  # of the statements; those before it turned out to be a thought
        self._said = Counter[str]()
        self._thoughts = Thoughts()
        self._held: list[StreamItem] | None = None  # what may yet turn out to be a thought
        self._doubted = False
        self._unknown: dict[str, None] = {}
        self._raw = ""
        self._opening = ""  # held back until it is clear whether the model says that there is no answer
        self._last = Delta("")
        self._besides: list[Delta] = []  # what corrections took
        self._judge: Judge | None = None
        self._fault: ProviderFault | None = None
        self.nothing: bool | None = None

    async def prepare(self) -> None:
        """Let the check read the sentences, the best first, while the model has only just been asked."""
        for key in self._order:
            await asyncio.to_thread(self._checker.prepare, key)

    async def take(self, delta: Delta) -> AsyncIterator[Event]:
        """Yield what a piece of the model's text adds."""
        self._raw += delta.text
        self._last = Delta(
            text="",
            finish=delta.finish or self._last.finish,
            prompt_tokens=delta.prompt_tokens or self._last.prompt_tokens,
            answer_tokens=delta.answer_tokens or self._last.answer_tokens,
        )
        for part in self._thoughts.feed(delta.text):
            async for event in self._forget() if part is None else self._write(part):
                yield event

    def begin(self, chat: Chat) -> None:
        """Note who writes. Hold the text back that may begin in a thought, until it is clear that it doesn't.

        It is clear with the thought's end, with the text's, or with a first statement that no thought begins
        with: one that ends with its keys and that the check does not fail.
        """
        self._name = chat.name
        self._held = [] if chat.may_begin_in_thought else None

    async def _write(self, text: str) -> AsyncIterator[Event]:
        if self.nothing is None:
            self._opening += text
            self.nothing = says_nothing(self._opening)
            text = self._opening
        if self.nothing is False:
            async for event in self._show(self._draft.feed(text)):
                yield event

    async def _forget(self) -> AsyncIterator[Event]:
        """Begin anew: all the text so far was a thought. What was shown of it is no part of the answer."""
        if self._held is None and self.nothing is False:
            async for event in self._show(self._draft.close()):
                yield event
        self._first = len(self._checked)
        self._draft = StatementStream(self._sentences, first=self._first)
        self._held, self.nothing, self._opening = None, None, ""
        self._said.clear()
        self._unknown.clear()

    def fail(self, fault: ProviderFault) -> None:
        """Note what ended the answer."""
        self._fault = fault

    @property
    def is_done(self) -> bool:
        """Whether the model came to its end and says something."""
        return self._fault is None and not self.nothing

    def _own_account(self) -> ProviderFault | None:
        """Return what the model's own account of its end, or the lack of one, comes to."""
        if self._last.finish is None:
            return ProviderFault(FaultKind.CUT)
        if self._last.finish in _FINISHES:
            return ProviderFault(_FINISHES[self._last.finish])
        return None if without_thought(self._raw).strip() else ProviderFault(FaultKind.EMPTY)

    async def end(self) -> AsyncIterator[Event]:
        """Yield what was held back, unless it broke off before it was clear that it is no thought."""
        self._fault = self._fault or self._own_account()
        broken_off = self._fault is not None
        async for event in self._write(self._thoughts.close()):
            yield event
        if self._held is not None and broken_off:
            self.nothing = None  # whatever it said, it may have been thinking
            return
        if self.nothing is None:
            async for event in self._show(self._draft.feed(self._opening)):
                yield event
        held, self._held = self._held or [], None
        if held:
            self._said.clear()  # they are counted anew as statements of the answer
        async for event in self._show(held):
            yield event
        async for event in self._show(self._draft.close(broken_off=broken_off)):
            yield event

    async def _show(self, drafted: Iterable[StreamItem]) -> AsyncIterator[Event]:
        if self._held is not None:
            self._held += self._counted(drafted, MOST_REPEATS_IN_THOUGHT)
            if not await self._begins():
                return
            drafted, self._held = self._held, None
            self._said.clear()
        async for event in self._tell(self._counted(drafted, MOST_REPEATS)):
            yield event

    async def _begins(self) -> bool:
        """Say whether what is held back begins as no thought does."""
        held = self._held or []
        if self._doubted:
            return False
        self._doubted = any(isinstance(item, WholeStatement) for item in held)  # the first one decides
        first = first_statement(held, self._first)
        return first is not None and not (await asyncio.to_thread(self._checker.check, first)).failed

    def _counted(self, drafted: Iterable[StreamItem], most: int) -> Iterator[StreamItem]:
        for item in drafted:
            if isinstance(item, WholeStatement):
                self._said[item.text] += 1
                if self._said[item.text] > most:
                    raise ProviderFault(FaultKind.REPEATS)
            yield item

    async def _tell(self, drafted: Iterable[StreamItem]) -> AsyncIterator[Event]:
        for item in drafted:
            if isinstance(item, Words):
                keys = [piece.key for piece in item.pieces if isinstance(piece, Cite)]
                for ready in self._ready(keys):
                    yield ready
                yield TextArrived(
                    item.index,
                    tuple(
                        Marker(self._footnotes.number(piece.key)) if isinstance(piece, Cite) else piece
                        for piece in item.pieces
                    ),
                )
            else:
                self._unknown |= dict.fromkeys(item.unknown)
                yield StatementEnded(item.index)
                self._checked.append(await asyncio.to_thread(self._checker.check, item))
                for event in self._told(item.index):
                    yield event

    def _ready(self, keys: Iterable[str]) -> Iterator[FootnoteReady]:
        yield from (FootnoteReady(new) for key in keys if (new := self._footnotes.add(key)))

    def _told(self, index: int) -> Iterator[Event]:
        checked = self._checked[index]
        yield from self._ready(checked.keys)
        yield StatementChecked(index, self._footnotes.statement(checked))

    async def rewrite(self, chat: Chat, end: float) -> AsyncIterator[Event]:
        """Ask for failed statements to be put right, once each, as long as there is time."""
        failed = [index for index, item in enumerate(self._checked) if item.failed and index >= self._first]
        for index in failed[:MOST_REWRITES]:
            first = self._checked[index]
            keys = self._checker.nearest(first)
            if not keys:
                continue
            try:
                async with asyncio.timeout(end - monotonic()):
                    messages = rewriting_messages(
                        first.text, first.reason, {key: self._sentences[key] for key in keys}
                    )
                    delta = await chat.complete(messages)
                    self._besides.append(delta)
            except (ProviderFault, TimeoutError):
                return
            except asyncio.CancelledError:
                if is_cancelled():
                    raise
                return
            for event in await self._put_right(index, delta, keys):
                yield event

    async def _put_right(self, index: int, delta: Delta, keys: Sequence[str]) -> list[Event]:
        text = without_thought(delta.text)
        if says_nothing(text) or delta.finish in _FINISHES:
            return []
        draft = StatementStream(keys)
        drafted = [*draft.feed(text), *draft.close()]
        statement = next((item for item in drafted if isinstance(item, WholeStatement)), None)
        if statement is None:
            return []
        second = await asyncio.to_thread(self._checker.check, replace(statement, index=index))
        if second.text in {item.text for item in self._checked}:
            return []  # it is said already
        self._checked[index] = corrected(self._checked[index], second)
        return list(self._told(index))

    async def be_judged(self, judge: Judge, end: float) -> AsyncIterator[Event]:
        """Let a model judge the statements that can be judged; what is said of them may change."""
        own = self._checked[self._first :]
        request = judge.request(self._seen.query.text, self._material, own)
        if request is None:
            return
        self._judge = judge
        for place in request.places.values():
            yield StatementEnded(self._first + place)
        own = await judge.judge(request, own, self._checker, seconds=end - monotonic())
        self._checked[self._first :] = own
        for place in request.places.values():
            for event in self._told(self._first + place):
                yield event

    def _writing(self) -> Writing:
        judge = self._judge
        took = [self._last, *self._besides, *([judge.took] if judge and judge.took else [])]
        return Writing(
            model=self._name,
            prompt=VERSION,
            raw=self._raw,
            unknown_keys=tuple(self._unknown),
            finish=self._last.finish,
            prompt_tokens=_total(delta.prompt_tokens for delta in took),
            answer_tokens=_total(delta.answer_tokens for delta in took),
            judge=judge.name if judge and judge.judged else None,
            judge_prompt_tokens=judge.took.prompt_tokens if judge and judge.took else None,
            judge_answer_tokens=judge.took.answer_tokens if judge and judge.took else None,
        )

    def answer(self) -> Answer:
        """Return the answer as it stands: written, or in quotations with a sentence why."""
        fault = self._fault
        writing = self._writing()
        if self.nothing:
            none = quoted(replace(self._seen, answerable=False))
            return replace(none, mode=Mode.WRITTEN, writing=writing)
        statements = self._checked[self._first :]
        notices = shown_notices(statements, fault, drop=self._drop)
        written = written_answer(
            self._seen, self._footnotes, statements, writing=writing, drop=self._drop, notices=notices
        )
        if written is not None:
            return replace(written, incomplete=fault is not None)
        notice = quoted_notice(self._name, self._checked, fault)
        return replace(quoted(self._seen, (notice,)), writing=writing)


def _total(tokens: Iterable[int | None]) -> int | None:
    known = [number for number in tokens if number is not None]
    return sum(known) if known else None
