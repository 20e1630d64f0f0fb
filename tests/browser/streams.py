"""The stream that brings answers to a page: followed, so that no page is reloaded while one is open."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request

STREAM = "/queue/data"
_open: WeakKeyDictionary[Page, set[Request]] = WeakKeyDictionary()


def follow(page: Page) -> None:
    """Note which streams of a page are open."""
    running = _open.setdefault(page, set())

    def ended(request: Request) -> None:
        running.discard(request)

    page.on("request", lambda request: running.add(request) if STREAM in request.url else None)
    page.on("requestfinished", ended)
    page.on("requestfailed", ended)


def reload(page: Page) -> None:
    """Load a page again when its streams have ended; Gradio's page complains of one that it has to cut off.

    Events arrive only while a call of Playwright runs, so none can slip between looking and waiting.
    """
    while _open[page]:
        page.wait_for_event("requestfinished")
    page.reload()
