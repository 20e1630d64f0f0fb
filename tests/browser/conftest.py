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

    from playwright.sync_api import Browser, BrowserContext, Page

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


class Windows:
    """Browser contexts to open pages in: one that was given back, and is empty again, serves the next test.

    A new one loads and compiles Gradio's page from the start, which takes twice the processor's time.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: dict[tuple[object, ...], list[BrowserContext]] = {}
        self._kinds: dict[BrowserContext, tuple[object, ...]] = {}

    def take(self, *, phone: bool, dark: bool, width: int | None, locale: str | None) -> BrowserContext:
        """Return a window of a kind."""
        kind = (phone, dark, width, locale)
        if free := self._free.get(kind):
            return free.pop()
        size = dict(PHONE if phone else DESK)
        context = self._browser.new_context(
            viewport={"width": width or size["width"], "height": size["height"]},
            color_scheme="dark" if dark else "light",
            has_touch=phone,
            is_mobile=phone,
            reduced_motion="reduce",
            locale=locale,
        )
        self._kinds[context] = kind
        context.on("close", self._forget)
        return context

    def _forget(self, context: BrowserContext) -> None:
        self._kinds.pop(context, None)

    def give_back(self, context: BrowserContext, host: str) -> None:
        """Close the pages, and forget what the servers stored; only what was loaded is kept."""
        if context not in self._kinds:
            return  # the test has closed it
        kind = self._kinds[context]
        for page in context.pages:
            page.close()
        context.clear_cookies()
        context.clear_permissions()
        blank = context.new_page()
        session = context.new_cdp_session(blank)
        session.send(
            "Storage.clearDataForOrigin",
            {"origin": f"http://{host}", "storageTypes": "local_storage,indexeddb,cache_storage"},
        )
        blank.close()
        self._free.setdefault(kind, []).append(context)


@pytest.fixture(scope="module")
def windows(browser: Browser) -> Windows:
    return Windows(browser)


@pytest.fixture
def open_page(windows: Windows, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Open pages; afterwards none may have failed, shown a dialog, or asked another host for anything."""
    faults: list[str] = []
    contexts: dict[BrowserContext, str] = {}

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
        context = windows.take(phone=phone, dark=dark, width=width, locale=asked.get("locale"))
        contexts[context] = urlsplit(address).netloc
        page = context.new_page()
        page.set_default_timeout(WAIT)
        follow(page)
        _watch(page, contexts[context], [] if may_break else faults)
        page.goto(address)
        page.wait_for_selector(ready)
        return page

    yield opener
    for place, context in enumerate(contexts):
        _keep_pictures(context.pages, f"{request.node.name}-{place}")
    for context, host in contexts.items():
        windows.give_back(context, host)
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
