"""Visiting a chat that asks people to sign in, as a browser does, and as no browser would."""

from __future__ import annotations

import json
import socket
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx
from argon2 import PasswordHasher

from assistant.web.access.people import People
from ingest import DatabaseAddress

Place = TypeVar("Place", Path, DatabaseAddress)

PASSWORD = "correct horse battery"  # noqa: S105  # of the tests
QUICK = PasswordHasher(1, 8, 1)


def peopled(library: Place) -> Place:
    """Give a library two people: Ines, who is an admin, and Tom."""
    people = People(library, hasher=QUICK)
    people.add("ines", PASSWORD, admin=True)
    people.add("tom", PASSWORD)
    return library


def client(address: str) -> httpx.Client:
    """Return a browser of sorts, without cookies."""
    return httpx.Client(base_url=address, timeout=300, trust_env=False)


def signed_in(address: str, name: str) -> httpx.Client:
    """Return one that has signed in."""
    with client(address) as door:
        done = door.post("/sign-in", data={"name": name, "password": PASSWORD})
    assert (done.status_code, done.headers["location"]) == (303, "/")
    browser = client(address)
    browser.cookies.update(door.cookies)
    return browser


def component(browser: httpx.Client, data: dict[str, str]) -> dict[str, Any]:
    """Call the server as the page does."""
    config = browser.get("/config").json()
    page = next(item for item in config["components"] if item["props"].get("elem_id") == "footnote")
    body = {"component_id": page["id"], "fn_name": "reply", "session_hash": "x", "data": data}
    reply: dict[str, Any] = browser.post("/gradio_api/component_server", json=body).json()
    return reply


def event(browser: httpx.Client, name: str, data: dict[str, Any], *, session: str = "s") -> dict[str, Any]:
    """Send an event of the page past the page; return the last message that comes back."""
    events = browser.get("/config").json()["dependencies"]
    number = next(item["id"] for item in events if item["api_name"] == name)
    body = {"data": [], "fn_index": number, "session_hash": session, "event_data": data}
    browser.post("/gradio_api/queue/join", json=body).raise_for_status()
    last: dict[str, Any] = {}
    with browser.stream("GET", f"/gradio_api/queue/data?session_hash={session}") as lines:
        for line in lines.iter_lines():
            message = json.loads(line.removeprefix("data: ")) if line.startswith("data: ") else {}
            if message.get("msg") == "process_completed":
                last = json.loads(message["output"]["data"][0])
            if message.get("msg") == "close_stream":
                break
    return last


def raw(address: str, request: bytes) -> bytes:
    """Send bytes that no client would send; return the beginning of what comes back."""
    parts = urlsplit(address)
    came = b""
    with socket.create_connection((str(parts.hostname), parts.port or 80), timeout=120) as connection:
        connection.sendall(request)
        with suppress(TimeoutError, ConnectionResetError):
            while len(came) < 4_096 and (piece := connection.recv(4_096)):
                came += piece
    return came
