#!/usr/bin/env bash
# mcp 1.30.0 (FastMCP): of an argument `str | None` the text "null" arrives as None, and '["a"]' is refused.
#
# Guess before: arguments come as JSON and are checked against the type: a string for a parameter that takes strings
# arrives as it was sent. `text: str` and `text: str | None = None` differ only in that the second may be left out.
# Seen: for any parameter that isn't `str` alone, a string that parses as JSON is replaced by its value, unless that is
# a text or a number: "null" is None, so that a filter by that word is no filter, and a string that begins like a list
# or an object in valid JSON (a quoted passage, a saved document) is refused as no string. The schema that clients
# are shown has no trace of it: it says string or null.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet mcp==1.30.0
"$folder/venv/bin/python" - <<'PYTHON'
import asyncio
import logging

from mcp.server.fastmcp import FastMCP
from mcp.shared.memory import create_connected_server_and_client_session as connected

server = FastMCP("library")
logging.disable(logging.CRITICAL)


@server.tool()
def search(text: str, section: str | None = None) -> str:
    return f"{text!r}, {section!r}"


EXPECTED = {
    "sport": "'sport', 'sport'",
    "null": "'null', None",
    "12": "'12', '12'",
    '["sport"]': "refused",
    '{"section": "sport"}': "refused",
    '["sport"': "'[\"sport\"', '[\"sport\"'",
}


async def main() -> None:
    async with connected(server._mcp_server) as client:
        (tool,) = (await client.list_tools()).tools
        assert tool.inputSchema["properties"]["section"]["anyOf"] == [{"type": "string"}, {"type": "null"}]
        for sent, expected in EXPECTED.items():
            result = await client.call_tool("search", {"text": sent, "section": sent})
            seen = "refused" if result.isError else result.content[0].text
            print(f"  sent {sent:22} arrived {seen}")
            assert seen == expected, seen
            alone = await client.call_tool("search", {"text": sent})
            assert not alone.isError and alone.content[0].text == f"{sent!r}, None"


asyncio.run(main())
PYTHON
