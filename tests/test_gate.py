"""Questions a few at a time: the others wait, too many are told so, and the end waits for those inside."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep
from typing import TYPE_CHECKING

import pytest
from fakechat import ANSWERED, FERRY, POST, SLOW, FakeChat

from assistant.events import Finished
from assistant.web.api.disconnects import while_connected
from assistant.web.chat.gate import BUSY, SHUTTING_DOWN, BusyError, Gate, Gated
from assistant.web.chat.service import ChatService, Draft, Question

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.types import Message

    from assistant.answers import Answer, Evidence


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


def test_checks_of_drafts_take_no_place_from_questions(tmp_path: Path) -> None:
    """Two drafts are checked at once, the third waits, and a question is answered meanwhile."""

    async def run() -> tuple[int, int, int]:
        service = FakeChat(tmp_path)
        gate = Gate(at_once=1, waiting=0)
        gated = Gated(service, gate)
        streams = [gated.check(Draft(f"{SLOW}. {number}.")) for number in range(3)]
        begun = [asyncio.create_task(anext(stream)) for stream in streams]
        await asyncio.sleep(0.05)
        checked = len(service.checked)
        inside = gate.inside
        answered = [event async for event in gated.stream(Question(ANSWERED.question))]
        for task in begun:
            task.cancel()
        await asyncio.gather(*begun, return_exceptions=True)
        for stream in streams:
            await stream.aclose()
        return checked, inside, sum(isinstance(event, Finished) for event in answered)

    assert asyncio.run(run()) == (2, 3, 1)


def test_the_end_waits_for_answers_and_takes_no_new_ones() -> None:
    """Draining returns once the last answer is done, or says how many were left when time is up."""

    async def run() -> None:
        gate, until = Gate(), asyncio.Event()
        held = asyncio.create_task(hold(gate, until))
        await asyncio.sleep(0)
        assert await gate.drain(0.1) == 1
        with pytest.raises(BusyError, match=SHUTTING_DOWN):
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


class Searching(FakeChat):
    """A chat whose searches last until they are let go, and count how many run at once."""

    def __init__(self, uploads: Path) -> None:
        super().__init__(uploads)
        self.running = self.most = 0
        self.let_go = Event()

    def search_once(self) -> None:
        """Search until let go."""
        with self.lock:
            self.running += 1
            self.most = max(self.most, self.running)
        assert self.let_go.wait(20)
        with self.lock:
            self.running -= 1

    def find(self, question: Question, *, limit: int) -> list[Evidence]:
        """Find what the fake finds, once let go."""
        self.search_once()
        return super().find(question, limit=limit)

    def suggestions(self) -> tuple[str, ...]:
        """Suggest, once let go."""
        self.search_once()
        return super().suggestions()

    def next_questions(self, answer: Answer) -> tuple[str, ...]:
        """Lead on, once let go."""
        self.search_once()
        return super().next_questions(answer)


def test_searches_and_suggestions_pass_the_gate_in_threads(tmp_path: Path) -> None:
    """Two at once, five wait; one more is refused, nothing is suggested then, and the end waits for them."""
    gate, fake = Gate(searches=2, searches_waiting=5), Searching(tmp_path / "uploads")
    service = Gated(fake, gate)
    kinds = [
        lambda: service.find(Question("ferry"), limit=1),
        service.suggestions,
        lambda: service.next_questions(ANSWERED),
    ]
    with ThreadPoolExecutor(8) as threads:
        waiting = [threads.submit(kinds[number % 3]) for number in range(7)]
        while gate.inside < 7 or fake.running < 2:
            sleep(0.01)
        with pytest.raises(BusyError, match=BUSY):
            service.find(Question("ferry"), limit=1)
        assert (service.suggestions(), service.next_questions(ANSWERED)) == ((), ())
        assert asyncio.run(gate.drain(0.1)) == 7
        fake.let_go.set()
        assert all(each.result(20) for each in waiting)
    assert (fake.most, gate.inside, asyncio.run(gate.drain(5))) == (2, 0, 0)
    with pytest.raises(BusyError, match=SHUTTING_DOWN):
        service.find(Question("ferry"), limit=1)


def test_a_search_does_not_wait_for_answers_and_gives_its_place_back_when_it_fails(tmp_path: Path) -> None:
    """All places of answers may be taken by slow models; a search that breaks leaves no place behind."""

    async def run() -> None:
        gate, fake = (
            Gate(at_once=1, waiting=0, searches=1, searches_waiting=0),
            FakeChat(tmp_path / "uploads"),
        )
        service = Gated(fake, gate)
        async with gate.place():
            assert service.find(Question("ferry"), limit=1)
            with pytest.raises(TypeError):
                service.find(Question("ferry"), limit="one")  # type: ignore[arg-type]
            assert gate.inside == 1
            assert service.find(Question("ferry"), limit=1)

    asyncio.run(run())


def test_nothing_of_a_service_goes_round_the_gate(tmp_path: Path) -> None:
    """The gate offers what the chat asks for and nothing more: whatever a service gains has to be let in."""
    service = Gated(FakeChat(tmp_path / "uploads"), Gate())
    offered = {name for name in dir(Gated) if not name.startswith("_")}
    assert offered == {name for name in dir(ChatService) if not name.startswith("_")}
    assert not hasattr(service, "stored")
    assert (service.library, service.uploads) == (tmp_path, tmp_path / "uploads")
    assert service.overview().articles == len(service.articles()) == 3
    assert service.article(FERRY.id, None) == FERRY
    assert service.printings(FERRY.id) == [POST]
    assert service.place(tmp_path / "a.txt") == tmp_path / "a.txt"
    assert service.remove([FERRY.id]) == 1
    assert service.add([], lambda _: None).added == 0
    assert service.add_examples(lambda _: None).added == 3


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
