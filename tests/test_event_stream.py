"""Streams as servers of one's own send them: each is read whole, in pieces of any size."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from faultserver import FaultServer, Raw
from writing import FIRE, QUESTION, written_by

from assistant import Mode, answer
from assistant.providers.event_stream import EventStream
from ingest import ingest_articles

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator
    from pathlib import Path

SIX = "Six people were hurt when the ferry Marigold caught fire on Sunday"
TYPE = {"content-type": "text/event-stream"}


def chunk(text: str | None = None, finish: str | None = None, **more: Any) -> str:
    delta = {} if text is None else {"content": text}
    return json.dumps({"id": "1", "choices": [{"index": 0, "delta": delta, "finish_reason": finish}], **more})


def stream(*events: str, end: str = "\n\n") -> bytes:
    return "".join(f"data: {event}{end}" for event in events).encode()


FIRST, SECOND, LAST = chunk(f"{SIX} "), chunk("[a1]."), chunk(finish="stop")
PLAIN = stream(FIRST, SECOND, LAST, "[DONE]")
COUNTED = '"usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}'
USAGE = f'{{"id": "1", "choices": [], {COUNTED}}}'
WHOLE = {
    "id": "1",
    "object": "chat.completion",
    "choices": [
        {"index": 0, "message": {"role": "assistant", "content": f"{SIX} [a1]."}, "finish_reason": "stop"}
    ],
}
STREAMS: dict[str, bytes] = {
    "plain": PLAIN,
    "null between": stream(FIRST, "null", SECOND, "null", LAST, "[DONE]"),
    "null first": stream("null", FIRST, SECOND, LAST, "[DONE]"),
    "empty data": stream(FIRST, "", SECOND, LAST, "[DONE]"),
    "empty data without a space": PLAIN.replace(b"data: [DONE]", b"data:\n\ndata: [DONE]"),
    "byte-order mark": b"\xef\xbb\xbf" + PLAIN,
    "comments": b": keep-alive\n\n" + PLAIN.replace(b"\n\n", b"\n\n: ping\n\n:\n\n"),
    "pings": PLAIN.replace(b"\n\n", b'\n\nevent: ping\ndata: {"type": "ping"}\n\n', 2),
    "named and numbered": PLAIN.replace(b"data:", b"event: message\nid: 7\nretry: 10\ndata:"),
    "CRLF": PLAIN.replace(b"\n", b"\r\n"),
    "CR": PLAIN.replace(b"\n", b"\r"),
    "no space": PLAIN.replace(b"data: ", b"data:"),
    "no empty line at the end": stream(FIRST, SECOND, LAST).rstrip(b"\n"),
    "one line end at the end": stream(FIRST, SECOND, LAST)[:-1],
    "no [DONE]": stream(FIRST, SECOND, LAST),
    "several lines of data": stream(FIRST, SECOND, LAST, "[DONE]").replace(
        b'"choices"', b'\ndata: "choices"'
    ),
    "usage alone": stream(FIRST, SECOND, LAST, USAGE, "[DONE]"),
    "no choices": stream(
        '{"id": "1"}', FIRST, '{"choices": null}', SECOND, LAST, '{"usage": null}', "[DONE]"
    ),
    "choices of nothing": stream(FIRST, '{"choices": [null]}', SECOND, LAST, "[DONE]"),
    "null delta at the end": stream(
        FIRST, SECOND, '{"choices": [{"index": 0, "delta": null, "finish_reason": "stop"}]}', "[DONE]"
    ),
    "no delta at the end": stream(FIRST, SECOND, '{"choices": [{"index": 0, "finish_reason": "stop"}]}'),
    "numbers and lists": stream("1", "[]", FIRST, '"ping"', SECOND, LAST, "[DONE]"),
    "reasoning": stream(
        '{"choices": [{"index": 0, "delta": {"role": "assistant", "reasoning_content": "SECRET"}}]}',
        '{"choices": [{"index": 0, "delta": {"content": null, "reasoning": "SECRET"}}]}',
        FIRST,
        SECOND,
        LAST,
        "[DONE]",
    ),
    "not streamed": json.dumps(WHOLE).encode(),
    "not streamed, in lines": json.dumps(WHOLE, indent=2).encode(),
}

MISTYPED = ("null first", "not streamed", "no choices")
"""Sent as application/json, whatever they are."""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("streams") / "library"
    ingest_articles([FIRE], folder)
    return folder


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    monkeypatch.setenv("FOOTNOTE_CHECK", "local")  # requests are counted; test_judge.py has the judge
    with written_by(monkeypatch) as server:
        yield server


@pytest.mark.parametrize("name", STREAMS)
def test_every_form_of_a_stream_is_the_same_answer(server: FaultServer, library: Path, name: str) -> None:
    """Through the real client: one statement, complete, without a notice, and nothing of the reasoning."""
    server.script = [Raw(200, STREAMS[name], {} if name in MISTYPED else TYPE)]
    given = answer(QUESTION, library=library)
    assert [item.text for item in given.statements] == [f"{SIX}."]
    assert (given.mode, given.incomplete, given.notices) == (Mode.WRITTEN, False, ())
    assert given.writing is not None
    assert given.writing.raw == f"{SIX} [a1]."
    assert given.writing.answer_tokens == (20 if name == "usage alone" else None)
    assert len(server.asked) == 1


class Pieces(httpx.AsyncByteStream):
    """Bytes in pieces."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self.pieces, self.closed = pieces, False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self.pieces:
            yield piece

    async def aclose(self) -> None:
        """Note that it was closed."""
        self.closed = True


def read(pieces: Iterable[bytes]) -> bytes:
    async def run() -> bytes:
        return b"".join([event async for event in EventStream(Pieces(pieces))])

    return asyncio.run(run())


@pytest.mark.parametrize(
    "name", ["null between", "byte-order mark", "CRLF", "CR", "comments", "not streamed"]
)
def test_the_pieces_do_not_matter(name: str) -> None:
    """Whole, byte by byte, with empty pieces, or cut at any place, the events are the same."""
    whole = STREAMS[name]
    events = read([whole])
    bytewise = [piece for at in range(len(whole)) for piece in (whole[at : at + 1], b"")]
    assert (events.startswith(b'data: {"id": "1"'), read(bytewise)) == (True, events)
    assert {read([whole[:at], whole[at:]]) for at in range(0, len(whole), 7)} == {events}


def test_letters_are_kept_and_broken_ones_replaced() -> None:
    """A letter may be cut by a piece; bytes that are none don't end the answer."""
    text = stream('{"choices": [{"delta": {"content": "Ruíz\u2028…"}}]}')
    (event,) = read([bytes([byte]) for byte in text]).strip().split(b"\n")
    assert json.loads(event.removeprefix(b"data: "))["choices"][0]["delta"] == {"content": "Ruíz\u2028…"}
    assert b"Ru\\ufffdz" in read([text.replace("í".encode(), b"\xed")])


def test_an_event_comes_as_soon_as_it_is_whole() -> None:
    """What waits for the next event can't be shown: each is given on with its empty line."""

    async def run() -> bytes:
        async def pieces() -> AsyncIterator[bytes]:
            yield stream(FIRST)
            await asyncio.Event().wait()

        source = Pieces([])
        source.__class__ = type("Waiting", (Pieces,), {"__aiter__": lambda _: pieces()})
        return await anext(aiter(EventStream(source)))

    assert SIX.encode() in asyncio.run(run())


def test_a_long_line_takes_no_longer_than_its_length() -> None:
    """A megabyte in pieces of ten bytes is read at once, not once for each piece."""
    long = stream(chunk("x" * 1_000_000))
    assert len(read(long[at : at + 10] for at in range(0, len(long), 10))) > 1_000_000
