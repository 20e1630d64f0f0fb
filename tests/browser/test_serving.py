"""What the server answers to those who don't come from its page."""

from __future__ import annotations

import http.client
import json
from urllib.parse import urlsplit

import pytest

NOT_SERVED = [
    "/gradio_api/file=/etc/passwd",
    "/gradio_api/file=../../../../etc/passwd",
    "/gradio_api/file=.env",
    "/gradio_api/file=https://evil.example/",
    "/gradio_api/proxy=https://evil.example/",
    "/docs",
    "/redoc",
    "/openapi.json",
    "/monitoring",
]


def get(address: str, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
    """Ask the server for a path; return status, headers and body."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=120)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return (
            answer.status,
            {key.lower(): value for key, value in answer.getheaders()},
            answer.read().decode(),
        )
    finally:
        connection.close()


@pytest.mark.parametrize("path", NOT_SERVED)
def test_files_and_machinery_are_not_served(chat: str, path: str) -> None:
    """Neither files of the machine nor other sites nor the framework's own pages can be fetched."""
    status, _, body = get(chat, path)
    assert status in {400, 403, 404}
    assert "root:" not in body


def test_page_refuses_other_hosts_and_frames(chat: str) -> None:
    """The page may load from nowhere else and be framed by nobody."""
    status, headers, body = get(chat, "/")
    assert status == 200
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "same-origin")
    assert "fonts.googleapis" not in body


def test_only_this_machine_is_served(chat: str) -> None:
    """A request under another host name is refused, and a foreign page gets no permission to read."""
    assert get(chat, "/config", Host="evil.example")[0] == 400
    assert "access-control-allow-origin" not in get(chat, "/config", Origin="https://evil.example")[1]


def test_no_event_is_offered_to_programs(chat: str) -> None:
    """The events of the page are not an interface for others: none is named in the API description."""
    described = json.loads(get(chat, "/gradio_api/info")[2])
    assert (described["named_endpoints"], described["unnamed_endpoints"]) == ({}, {})


def test_favicon_is_our_own(chat: str) -> None:
    """The page's sign is ours."""
    assert get(chat, "/favicon.ico")[2].startswith("<svg")
