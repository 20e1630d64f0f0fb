"""Questions a few at a time: the others wait, too many are told so, and the end waits for those inside."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from fakechat import ANSWERED, SLOW, FakeChat

from assistant.events import Finished
from assistant.web.api.disconnects import while_connected
from assistant.web.chat.gate import BUSY, ENDING, BusyError, Gate, Gated
from assistant.web.chat.service import Question

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.types import Message


async def hold(gate: Gate, until: asyncio.Event) -> None:
    """Hold a place."""
    async with gate.place():
        await until.wait()


def test_too_many_questions_are_told_that_it_is_busy() -> None:
    """Those that have a place or wait for one are kept; one more is refused in a friendly way (case 63)."""

    async def run() -> None:
        gate, until = Gate(at_once=2, waiting=3), asyncio.Event()
        held = [asyncio.create_task(hold(gate, until)) for _ in range(5)]
        await asyncio.sleep(0)
        assert gate.inside == 5
        with pytest.raises(BusyError) as refused:
            await hold(gate, until)
        assert str(refused.value) == BUSY
        until.set()
        await asyncio.gather(*held)
        assert gate.inside == 0

    asyncio.run(run())


def test_the_end_waits_for_answers_and_takes_no_new_ones() -> None:
    """Draining returns once the last answer is done, or says how many were left when time is up."""

    async def run() -> None:
        gate, until = Gate(), asyncio.Event()
        held = asyncio.create_task(hold(gate, until))
        await asyncio.sleep(0)
        assert await gate.drain(0.1) == 1
        with pytest.raises(BusyError, match=ENDING):
            await hold(gate, until)
        until.set()
        assert await gate.drain(5) == 0
        await held

    asyncio.run(run())


def test_an_answer_that_is_left_gives_its_place_back(tmp_path: Path) -> None:
    """Closing the events of an answer ends the answer and frees its place (case 64)."""

    async def run() -> None:
        gate, fake = Gate(at_once=1), FakeChat(tmp_path / "uploads")
        service = Gated(fake, gate)
        events = service.stream(Question(SLOW))
        await anext(events)
        await anext(events)
        assert gate.inside == 1
        await events.aclose()
        assert (gate.inside, fake.closed) == (0, [SLOW])
        finished = [event async for event in service.stream(Question(ANSWERED.question))][-1]
        assert finished == Finished(ANSWERED)

    asyncio.run(run())


def test_work_ends_when_the_other_side_hangs_up() -> None:
    """A program that goes away cancels what it asked for (case 64)."""

    async def run() -> tuple[object, list[str]]:
        arrived: asyncio.Queue[Message] = asyncio.Queue()
        notes = list[str]()

        async def work() -> None:
            try:
                await arrived.put({"type": "http.disconnect"})
                await asyncio.Event().wait()
            finally:
                notes.append("ended")

        await arrived.put({"type": "http.request", "body": b"", "more_body": False})
        return await while_connected(arrived.get, work()), notes

    assert asyncio.run(run()) == (None, ["ended"])
