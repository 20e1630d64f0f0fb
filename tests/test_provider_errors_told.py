"""Keys in what is told, pauses between attempts, leaving, and the kind that any exception has."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, cast

import pytest
from faultserver import KEY
from writing import FIRE, QUESTION

from assistant import Mode, answer
from assistant.providers.chat_model import Delta
from assistant.providers.provider_errors import FaultKind, ProviderFault, fault_of
from assistant.providers.redaction import masked, redacted
from assistant.providers.retry import LONGEST_PAUSE, ask_model, pause
from ingest import ingest_articles

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Sequence
    from pathlib import Path

    from assistant.providers.chat_model import Chat, ChatMessage


def test_keys_are_masked() -> None:
    """A key is shown by its end at most, in whatever it is wrapped; short ones not at all."""
    text = f"key {KEY}, Bearer abcdefgh12345678, http://u:pass@host/?api_key=verysecretvalue&x=1 and mysecret"
    assert redacted(text, ["mysecret"]) == ("key sk-…1234, Bearer …5678, http://…@host/?…alue&x=1 and …")
    assert (masked(KEY), masked("short")) == ("sk-…1234", "…")


class Deaf:
    """A model that goes on when it is cancelled for the first time, and never ends by itself."""

    name = "deaf"

    def __init__(self) -> None:
        self.cancelled = 0

    async def stream(self, _: Sequence[ChatMessage]) -> AsyncGenerator[Delta]:
        """Yield the same for ever."""
        while True:
            try:
                await asyncio.sleep(0.001)
            except asyncio.CancelledError:
                self.cancelled += 1
                if self.cancelled > 1:
                    raise
            yield Delta("Dogs barked. ")

    complete = simplify = None  # never asked for


def test_a_model_that_misses_its_cancellation_is_cancelled_again() -> None:
    """Leaving ends the request even where a package on the way has lost the first word of it."""

    async def leave() -> int:
        asked = ask_model(cast("Chat", chat), lambda _: [], seconds=600, tokens=1_000_000)
        assert (await anext(asked)).text == "Dogs barked. "
        async with asyncio.timeout(120):
            await asked.aclose()
        return len(asyncio.all_tasks())

    chat = Deaf()
    assert asyncio.run(leave()) == 1


class Cancelling:
    """A model whose package cancels its own work: before any text, after some, or where it writes at once."""

    name = "cancelling"
    may_begin_in_thought = False

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts

    async def stream(self, _: Sequence[ChatMessage]) -> AsyncGenerator[Delta]:
        """Yield the texts, then be cancelled unless the last one ends the answer."""
        for text in self.texts:
            yield Delta(text, finish="stop" if text.endswith("\n") else None)
        if not (self.texts and self.texts[-1].endswith("\n")):
            raise asyncio.CancelledError

    async def complete(self, _: Sequence[ChatMessage]) -> Delta:
        """Be cancelled."""
        raise asyncio.CancelledError

    async def structured(self, _: Sequence[ChatMessage], __: dict[str, object]) -> Delta:
        """Be cancelled."""
        raise asyncio.CancelledError

    def simplify(self) -> bool:
        """Have nothing to leave out."""
        return False


@pytest.mark.parametrize(
    ("texts", "mode", "supports"),
    [
        ([], Mode.QUOTES, None),
        (["Six people were hurt [a1]. The pi"], Mode.WRITTEN, ["supported", "unsupported"]),
        (
            ["Six people were hurt [a1]. Nineteen ferries sank [a2].\n"],
            Mode.WRITTEN,
            ["supported", "unsupported"],
        ),
    ],
    ids=["before any text", "in the middle", "while a statement is put right"],
)
def test_a_cancellation_within_the_provider_does_not_hang_the_caller(
    tmp_path: Path, texts: list[str], mode: Mode, supports: list[str] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What had come is the answer, or quotations are, with a sentence why."""

    @asynccontextmanager
    async def opened(*_: object) -> AsyncIterator[Cancelling]:
        yield Cancelling(texts)

    monkeypatch.setattr("assistant.writing.write.open_chat", opened)
    monkeypatch.setenv("FOOTNOTE_MODEL", "cancelling")
    ingest_articles([FIRE], tmp_path / "library")
    given = answer(QUESTION, library=tmp_path / "library")
    assert given.mode is mode
    assert FaultKind.CUT.value in " ".join(given.notices) or texts[-1].endswith("\n")
    if supports:
        assert [item.support.value for item in given.statements] == supports


def test_pauses_grow_and_differ() -> None:
    """What the provider asks for is kept to; else each pause is longer; none are the same."""
    assert 3 <= pause(0, 3.0) <= 4.5
    assert pause(2, None) > pause(0, None)
    assert LONGEST_PAUSE < 100


def test_any_exception_has_a_kind() -> None:
    """Errors of the machine and of other providers come to a kind as well."""
    kinds = [fault_of(found).kind for found in (TimeoutError(), OSError(), KeyError("x"), Exception("x"))]
    assert kinds == [FaultKind.DEADLINE, FaultKind.CONNECTION, FaultKind.GARBLED, FaultKind.UNKNOWN]
    assert fault_of(ProviderFault(FaultKind.QUOTA)).kind is FaultKind.QUOTA
