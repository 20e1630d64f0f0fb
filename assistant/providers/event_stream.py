"""Streamed completions as local servers send them, made into what OpenAI's client can read.

The client's parser fails at `data: null`, at an empty `data:` and at a byte-order mark, and loses an event
that no empty line follows; LangChain fails at chunks without choices or deltas. So the events are read here,
what is no chunk is left out, and what is one is written again in the plainest form. JSON that can't be read
is passed on as it is, for the client to complain of.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

DONE = "[DONE]"
_BOM = "\ufeff"
_LINE_END = re.compile(rb"\r\n|\r|\n")


class EventStream(httpx.AsyncByteStream):
    """The bytes of a stream of events, each event whole, one at a time."""

    def __init__(self, stream: httpx.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        lines, events = _Lines(), _Events()
        async for piece in self._stream:
            for line in lines.feed(piece):
                for event in events.take(line):
                    yield event
        for line in (*lines.close(), ""):
            for event in events.take(line):
                yield event

    async def aclose(self) -> None:
        """Close the connection."""
        await self._stream.aclose()


class _Lines:
    """Cuts bytes into lines. A line of many pieces is searched once, however long it gets."""

    def __init__(self) -> None:
        self._begun: list[bytes] = []
        self._first = True
        self._after_return = False

    def feed(self, piece: bytes) -> Iterator[str]:
        if not piece:
            return
        if self._after_return:  # it ended the line; what belongs to it comes with this piece
            piece = piece.removeprefix(b"\n")
        self._after_return = piece.endswith(b"\r")
        *ended, rest = _LINE_END.split(piece)
        for part in ended:
            yield self._line(part)
        if rest:
            self._begun.append(rest)

    def close(self) -> Iterator[str]:
        if self._begun:
            yield self._line(b"")

    def _line(self, last: bytes) -> str:
        line = b"".join((*self._begun, last)).decode("utf-8", "replace")
        self._begun.clear()
        if self._first:
            self._first, line = False, line.removeprefix(_BOM)
        return line


class _Events:
    """Puts lines together to events; comments, names and numbers of events don't matter."""

    def __init__(self) -> None:
        self._data: list[str] = []
        self._plain = False

    def take(self, line: str) -> Iterator[bytes]:
        name, _, value = line.partition(":")
        if name == "data":
            self._data.append(value.removeprefix(" "))
        elif line.startswith("{") or (self._plain and line):
            self._plain = True  # a server that does not stream has sent the whole answer, or an error
            self._data.append(line)
        elif not line and self._data:
            data, self._data = "\n".join(self._data).strip(), []
            told = _told(data)
            if told:
                yield f"data: {told}\n\n".encode()


def _told(data: str) -> str:
    """Return the data of an event as the client should see it, "" for nothing."""
    if not data or data.startswith(DONE):
        return data[: len(DONE)]
    try:
        chunk = json.loads(data)
    except ValueError:
        return data.replace("\n", " ")
    return json.dumps(_whole(chunk)) if isinstance(chunk, dict) else ""


def _whole(chunk: dict[str, Any]) -> dict[str, Any]:
    """Return a chunk with a list of choices, each with a delta; an error in the form of OpenAI's."""
    if chunk.get("object") == "error" and not chunk.get("error"):
        return {"error": chunk}
    whole = chunk.get("object") == "chat.completion"
    choices = chunk.get("choices")
    known = [choice for choice in choices if isinstance(choice, dict)] if isinstance(choices, list) else []
    return {**chunk, "choices": [_with_delta(choice, whole=whole) for choice in known]}


def _with_delta(choice: dict[str, Any], *, whole: bool) -> dict[str, Any]:
    """Return a choice with a delta; that of an answer which is no stream is its message."""
    delta = choice.get("message") if whole else choice.get("delta")
    return {**choice, "delta": delta if isinstance(delta, dict) else {}}
