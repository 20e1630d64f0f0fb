"""A real server, a real browser, and a page that may neither fail nor call anyone."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from browser.running import served
from browser.streams import follow

from tools.browser import ADVICE, find_browser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from playwright.sync_api import Browser, Page

WAIT = 60_000  # milliseconds; a busy machine is slow, and a test that passes never waits this long
SWITCHES = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PICTURE = 5_000  # milliseconds for a picture; none is a reason to fail
_NOT_A_NAME = re.compile(r"[^\w.-]+")
READY = '.fn-page[data-ready="true"][data-state]'
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served("fake", tmp_path_factory.mktemp("fake")) as address:
        yield address


@pytest.fixture(scope="module")  # not longer: while it lives, no other test can run an event loop
def browser() -> Iterator[Browser]:
    path = find_browser()
    if path is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(ADVICE)
    from playwright.sync_api import sync_playwright

    is_root = getattr(os, "geteuid", lambda: -1)() == 0
    switches = [*SWITCHES, *(["--no-sandbox"] if is_root else [])]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=switches)
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Open pages; afterwards none may have failed, shown a dialog, or asked another host for anything."""
    faults: list[str] = []
    contexts = []

    def opener(
        address: str,
        *,
        phone: bool = False,
        dark: bool = False,
        width: int | None = None,
        may_break: bool = False,
        ready: str = READY,
        **asked: str,
    ) -> Page:
        size = dict(PHONE if phone else DESK)
        size["width"] = width or size["width"]
        context = browser.new_context(
            viewport={"width": size["width"], "height": size["height"]},
            color_scheme="dark" if dark else "light",
            has_touch=phone,
            is_mobile=phone,
            reduced_motion="reduce",
            locale=asked.get("locale"),
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(WAIT)
        follow(page)
        _watch(page, urlsplit(address).netloc, [] if may_break else faults)
        page.goto(address)
        page.wait_for_selector(ready)
        return page

    yield opener
    for place, context in enumerate(contexts):
        _keep_pictures(context.pages, f"{request.node.name}-{place}")
        context.close()
    assert faults == []


def _keep_pictures(pages: Sequence[Page], name: str) -> None:
    """Save how pages look at the end of a test, for people to see, where a folder for that is named."""
    if folder := os.environ.get("FOOTNOTE_SCREENSHOTS"):
        from playwright.sync_api import Error

        for page in pages:
            with suppress(Error):  # a page that was closed or has crashed has no picture
                page.screenshot(path=Path(folder) / f"{_NOT_A_NAME.sub('-', name)}.png", timeout=PICTURE)


def _watch(page: Page, host: str, faults: list[str]) -> None:
    def note(what: str) -> None:
        faults.append(what)

    page.on("pageerror", lambda error: note(f"script error: {error}"))
    page.on("console", lambda message: note(f"console: {message.text}") if message.type == "error" else None)
    page.on("dialog", lambda dialog: note(f"dialog: {dialog.message}"))
    page.on("popup", lambda popup: note(f"popup: {popup.url}"))
    page.on(
        "request", lambda request: None if _is_ours(request.url, host) else note(f"request: {request.url}")
    )


def _is_ours(url: str, host: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"data", "blob"} or parts.netloc == host
