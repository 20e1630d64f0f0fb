"""Written answers as they arrive: their events, in pieces of any size, until the reader leaves."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from faultserver import FaultServer, Says
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from writing import FIRE, HOSTILE, QUESTION, key_of, written_by

from assistant import Mode, aanswer, answer, astream_answer, stream_answer
from assistant.events import (
    Finished,
    FootnoteReady,
    Marker,
    Notice,
    QuotationsReady,
    Started,
    StatementChecked,
    StatementEnded,
    TextArrived,
)
from ingest import ingest_articles

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


SIX = "Six people were hurt when the ferry Marigold caught fire on Sunday"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written") / "library"
    ingest_articles([FIRE, HOSTILE], folder)
    return folder


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    with written_by(monkeypatch) as server:
        yield server


def test_the_events_of_a_written_answer_come_in_order(server: FaultServer, library: Path) -> None:
    """A footnote comes before its number, its check after the statement, the judge after the text."""
    six = key_of(server, library, "Six people")
    server.script = [Says([f"{SIX[:20]}", f"{SIX[20:]} [", f"{six}", "]."])]

    events = list(stream_answer(QUESTION, library=library))

    assert [type(event) for event in events] == [
        Started,
        QuotationsReady,
        TextArrived,
        TextArrived,
        FootnoteReady,
        TextArrived,
        StatementEnded,
        StatementChecked,
        StatementEnded,
        StatementChecked,
        Finished,
    ]
    assert events[0] == Started(QUESTION, Mode.WRITTEN)
    assert events[5] == TextArrived(0, (Marker(1), "."))
    assert isinstance(events[-1], Finished)
    checked = [event.statement for event in events if isinstance(event, StatementChecked)]
    assert checked == list(events[-1].answer.statements) * 2


def test_quotations_come_as_the_same_events(library: Path) -> None:
    """Without a model the stream is of the same kind, and a number never precedes its footnote."""
    events = list(stream_answer(QUESTION, library=library))
    ready: set[int] = set()
    for event in events:
        if isinstance(event, FootnoteReady):
            ready.add(event.citation.number)
        if isinstance(event, TextArrived):
            assert {part.number for part in event.parts if isinstance(part, Marker)} <= ready
    assert isinstance(events[-1], Finished)
    assert events[-1].answer == answer(QUESTION, library=library)


def test_asyncio_gets_the_same(server: FaultServer, library: Path) -> None:
    """`aanswer` and `astream_answer` give what their twins give."""
    six = key_of(server, library, "Six people")
    server.script = [Says([f"{SIX} [{six}]."])]

    async def streamed() -> list[object]:
        return [event async for event in astream_answer(QUESTION, library=library)]

    assert asyncio.run(aanswer(QUESTION, library=library)) == answer(QUESTION, library=library)
    assert asyncio.run(streamed()) == list(stream_answer(QUESTION, library=library))


def test_closing_the_stream_ends_the_request(server: FaultServer, library: Path) -> None:
    """A reader who leaves in the middle, of either kind, frees the provider's connection at once."""
    server.script = [Says([f"{SIX} [a1]. ", "The ferry Marigold "], after="hang")]
    events = stream_answer(QUESTION, library=library)
    assert any(isinstance(event, TextArrived) for event in events)
    events.close()  # type: ignore[attr-defined]  # it is a generator
    assert server.left.wait(120)  # at once; a busy machine is slow
    server.left.clear()

    async def leave() -> None:
        async for event in astream_answer(QUESTION, library=library):
            if isinstance(event, TextArrived):
                break
        server.asked.clear()
        task = asyncio.create_task(aanswer(QUESTION, library=library))
        while not (server.asked or task.done()):  # noqa: ASYNC110  # the server runs in another thread
            await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    server.asked.clear()
    asyncio.run(leave())
    assert server.left.wait(120)  # at once; a busy machine is slow


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.data())
def test_any_split_of_the_stream_gives_the_same_answer(
    server: FaultServer, library: Path, data: st.DataObject
) -> None:
    """The pieces in which a text arrives don't matter."""
    text = f"{SIX} [a1, a2]. Mr. Brisk [a9] said so. ![x](https://evil.example) The pier was closed 【a3】."
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=5)))
    pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    server.script = [Says([text]), Says(["NOT IN THE ARTICLES"])]
    whole = answer(QUESTION, library=library)
    server.script = [Says(pieces), Says(["NOT IN THE ARTICLES"])]
    assert answer(QUESTION, library=library) == whole


def test_notices_of_a_failure_are_events_too(server: FaultServer, library: Path) -> None:
    """Whoever shows the stream learns why there are quotations, before the end."""
    server.script = [Says([])]
    events = list(stream_answer(QUESTION, library=library))
    assert [event.text for event in events if isinstance(event, Notice)] == [
        "No written answer from scripted: it wrote nothing. These are quotations instead."
    ]
