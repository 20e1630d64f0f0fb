"""Judgements of models of other providers, which take the wish for a form in their own way, or not at all."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from assistant.providers.chat_model import ChatMessage, LangChainChat
from assistant.writing.judging_request import SCHEMA


class Scripted:
    """A LangChain model of another provider, with its own way to a form, or none."""

    def __init__(
        self, parsed: dict[str, Any] | None, *, knows_forms: bool = True, formed: bool = False
    ) -> None:
        self.parsed, self.knows_forms, self.formed = parsed, knows_forms, formed

    def with_structured_output(self, schema: dict[str, Any], *, include_raw: bool) -> Scripted:
        """Take the wish for a form."""
        if not self.knows_forms:
            raise NotImplementedError
        assert (schema["title"], include_raw) == ("judgements", True)
        return Scripted(self.parsed, formed=True)

    async def ainvoke(self, _messages: list[Any]) -> Any:
        """Answer."""
        from langchain_core.messages import AIMessage

        raw = AIMessage("plain", usage_metadata={"input_tokens": 7, "output_tokens": 3, "total_tokens": 10})
        return {"raw": raw, "parsed": self.parsed} if self.formed else raw


@pytest.mark.parametrize(
    ("model", "text"),
    [
        (Scripted({"judgements": []}), '{"judgements": []}'),
        (Scripted(None), "plain"),
        (Scripted(None, knows_forms=False), "plain"),
    ],
)
def test_other_providers_are_asked_in_their_own_way(model: Scripted, text: str) -> None:
    """LangChain knows how each takes a form; where it doesn't, the text is taken as it comes."""
    chat = LangChainChat("other", model)  # type: ignore[arg-type]
    delta = asyncio.run(chat.structured([ChatMessage("user", "?")], SCHEMA))
    assert (delta.text, delta.prompt_tokens, delta.answer_tokens) == (text, 7, 3)
