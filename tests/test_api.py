"""Whatever programs send to the endpoints, the answer is one of those that the schema describes.

`python -m bench.api` goes on for as long as it is told to, with schemathesis.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from browser.running import served
from hypothesis import given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

USED = {200, 400, 404, 422}
EXAMPLES = 150
TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["ferry fire", "\x00", "\ud800", "' OR 1=1 --", "{x}", "title:*^2~", "a" * 5_000]),
)
DAYS: st.SearchStrategy[object] = st.one_of(
    st.dates().map(str), st.sampled_from([None, "0", 0, -1, "9999-12-31", "0001-01-01", {}])
)
LIMITS = {
    "published_from": DAYS,
    "published_to": DAYS,
    "undated": st.one_of(st.booleans(), st.none()),
    "sources": st.one_of(st.lists(TEXTS, max_size=3), TEXTS),
    "languages": st.one_of(st.lists(st.sampled_from(["de", "en", "German"]), max_size=2), TEXTS),
    "articles": st.one_of(st.lists(TEXTS, max_size=3), TEXTS),
}
HISTORY = st.lists(st.fixed_dictionaries({"question": TEXTS, "answer": TEXTS}), max_size=3)
ASKED = st.fixed_dictionaries(
    {"question": TEXTS}, optional={**LIMITS, "asked_on": DAYS, "history": HISTORY, "other": TEXTS}
)
MESSAGES = st.fixed_dictionaries(
    {
        "role": st.sampled_from(["user", "user", "assistant", "system", "nobody"]),
        "content": st.one_of(
            TEXTS, st.none(), st.lists(st.fixed_dictionaries({"type": TEXTS, "text": TEXTS}))
        ),
    }
)
COMPLETIONS = st.fixed_dictionaries(
    {
        "model": st.sampled_from(["footnote", "footnote", "\ud800"]),
        "messages": st.lists(MESSAGES, max_size=4),
    },
    optional={"stream": st.booleans(), "stream_options": st.one_of(st.none(), TEXTS)},
)
CHECKED = st.fixed_dictionaries({"text": TEXTS}, optional={**LIMITS, "written_on": DAYS, "other": TEXTS})
SENT = st.one_of(
    st.tuples(st.just("/api/ask"), ASKED),
    st.tuples(st.just("/api/check"), CHECKED),
    st.tuples(st.just("/v1/chat/completions"), COMPLETIONS),
)
NUMBERS = st.one_of(st.integers(), st.sampled_from(["", "1e3", "\u0663", "nan"]))
ASKED_FOR = st.fixed_dictionaries(
    {}, optional={**LIMITS, "words": TEXTS, "source": TEXTS, "limit": NUMBERS, "offset": NUMBERS}
)
PATHS = st.one_of(
    st.sampled_from(["/api/search", "/api/articles", "/v1/models"]),
    TEXTS.map(lambda text: f"/api/articles/{_quoted(text)}"),
    TEXTS.map(lambda text: f"/v1/models/{_quoted(text)}"),
)


@pytest.fixture(scope="module", name="client")
def _client(examples_library: Path) -> Iterator[httpx.Client]:
    with (
        served("real", examples_library) as address,
        httpx.Client(base_url=address, timeout=300, trust_env=False) as client,
    ):
        yield client


@settings(max_examples=EXAMPLES)
@given(sent=SENT)
def test_any_json_is_answered_or_refused(client: httpx.Client, sent: tuple[str, dict[str, Any]]) -> None:
    """Fields of any kind, half characters and wrong days too: no failure inside, and errors in one form."""
    path, body = sent
    content = json.dumps(body).encode()  # half characters are written as escapes
    assert_told(client.post(path, content=content, headers={"content-type": "application/json"}))


@settings(max_examples=EXAMPLES)
@given(path=PATHS, query=ASKED_FOR)
def test_any_address_is_answered_or_refused(client: httpx.Client, path: str, query: dict[str, Any]) -> None:
    """So are names in the path and words in the query."""
    names = {name: _spoken(value) for name, value in query.items()}
    assert_told(client.get(path, params=names))


@settings(max_examples=50)
@given(
    body=st.binary(max_size=200),
    kind=st.sampled_from(["application/json", "text/plain", "x", "a/b; c=\xff"]),
)
def test_any_bytes_are_answered_or_refused(client: httpx.Client, body: bytes, kind: str) -> None:
    """A body that is no JSON, or says that it is something else, is refused."""
    told = client.post("/api/ask", content=body, headers=[(b"content-type", kind.encode("latin-1"))])
    assert_told(told)


def assert_told(told: httpx.Response) -> None:
    """Check that an answer is one of those that are described."""
    assert told.status_code in USED, told.text
    if told.status_code != 200 and "json" in told.headers["content-type"]:
        assert list(told.json()) == ["error"]


def _quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text.encode("utf-8", "surrogatepass"), safe="")


def _spoken(value: object) -> Any:  # whatever httpx writes into an address
    if isinstance(value, list):
        return [_spoken(item) for item in value]
    return str(value).encode("utf-8", "replace").decode()
