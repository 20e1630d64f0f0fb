"""The MCP server, asked by the protocol's own client."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from fakechat import ANSWERED, BROKEN, FERRY, UNKNOWN, checked_draft
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

from assistant.web.api.operations import OFFERS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from mcp.types import CallToolResult, Tool


@pytest.fixture(name="address")
def _address(served_chat: str) -> str:
    return f"{served_chat}mcp"


def with_session(address: str, work: Callable[[ClientSession], Awaitable[Any]]) -> Any:
    """Return what some work with a session returns."""

    async def run() -> Any:
        async with (
            streamable_http_client(address) as (read, write, *_),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            return await work(session)

    return asyncio.run(run())


def call(address: str, name: str, **arguments: Any) -> CallToolResult:
    """Call a tool."""
    result: CallToolResult = with_session(address, lambda session: session.call_tool(name, arguments))
    return result


def text_of(result: CallToolResult) -> str:
    """Return the text of a result."""
    return "".join(part.text for part in result.content if part.type == "text")


def test_there_are_the_tools(address: str) -> None:
    """Each has a description, schemas for both ways, and says that it changes nothing."""
    tools: list[Tool] = with_session(address, lambda session: session.list_tools()).tools
    assert [tool.name for tool in tools] == [offer.name for offer in OFFERS]
    for tool in tools:
        assert tool.description
        assert tool.inputSchema["additionalProperties"] is False
        assert tool.outputSchema
        assert tool.annotations is not None
        assert tool.annotations.readOnlyHint is True


def test_asking_gives_the_answer_with_its_footnotes(address: str) -> None:
    """The structured result is the whole answer; where the articles don't say, it says so."""
    given = call(address, "ask", question=ANSWERED.question).structuredContent
    assert given == {key: value for key, value in ANSWERED.to_dict().items() if key != "writing"}
    nothing = call(address, "ask", question=UNKNOWN).structuredContent
    assert nothing is not None
    assert (nothing["answered"], nothing["citations"]) == (False, [])


def test_a_draft_is_checked(address: str) -> None:
    """The structured result is the whole check; a draft without text is refused in words."""
    draft = "Six were hurt. Six passengers were injured."
    assert call(address, "check_draft", text=draft).structuredContent == checked_draft(draft).to_dict()
    assert call(address, "check_draft", text="").isError


def test_stories_are_told(address: str) -> None:
    """Timeline, who said what and had-this give their rows with the sentences that say so."""
    told = call(address, "timeline", topic="the ferry fire").structuredContent or {}
    assert (told["happenings"][0]["first"], len(told["citations"])) == ("2026-05-03", 3)
    said = call(address, "who_said_what", topic="the ferry fire").structuredContent or {}
    assert [row["speaker"] for row in said["sayings"]] == ["Inés Kováč"]
    had = call(address, "had_this", text="Six people were hurt").structuredContent or {}
    assert [row["printed"] for row in had["reports"]] == [False, True]


def test_an_article_is_found_listed_and_read(address: str) -> None:
    """The ids of one tool are those of the next, down to the sentence in its text."""
    found = (call(address, "search", words="fire", limit=1).structuredContent or {})["found"][0]["citation"]
    listed = (call(address, "articles", words="ferry").structuredContent or {})["articles"]
    assert [item["id"] for item in listed] == [found["article_id"]] == [FERRY.id]
    read = call(address, "article", id=found["article_id"]).structuredContent or {}
    assert read["text"][found["start"] : found["end"]] == found["quote"]


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("ask", {}, "question: Field required"),
    ("ask", {"question": "x", "colour": "red"}, "colour: Extra inputs are not permitted"),
    ("search", {"words": "x", "limit": 1000}, "limit: Input should be less than or equal to 50"),
    ("article", {"id": "none"}, "No article has the id 'none'."),
    ("ask", {"question": BROKEN}, "Something went wrong inside Footnote."),
    (
        "remove",
        {"id": FERRY.id},
        f"There is no tool 'remove'; there are: {', '.join(offer.name for offer in OFFERS)}.",
    ),
]


@pytest.mark.parametrize(("name", "arguments", "told"), WRONG)
def test_what_goes_wrong_is_told_in_a_sentence(
    address: str, name: str, arguments: dict[str, Any], told: str
) -> None:
    """A wrong call is an error result with the reason, and nothing of the inside."""
    result = call(address, name, **arguments)
    assert result.isError
    assert told in text_of(result)
    assert "secret" not in text_of(result)
