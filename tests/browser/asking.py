"""Ask as a person does, and wait for what is to be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

ANSWER = ".answer:not(.growing), .failure, .stopped"


def ask(page: Page, question: str) -> None:
    """Type a question and send it with Enter; wait for the whole reply."""
    turns = page.locator(".turn").count()
    send(page, question)
    page.locator(".turn").nth(turns).locator(ANSWER).wait_for()


def send(page: Page, question: str) -> None:
    """Type a question and send it with Enter."""
    page.fill("#fn-question", question)
    page.keyboard.press("Enter")


def open_side(page: Page) -> None:
    """Open the list of conversations where it is behind a button."""
    if page.locator(".side-button").is_visible() and not page.locator(".side").is_visible():
        page.click(".side-button")
        page.locator(".side").wait_for()


def open_draft(page: Page) -> None:
    """Go to the page where a draft is checked."""
    open_side(page)
    page.click(".go[data-do=draft]")
    page.locator("#fn-draft").wait_for()


def check_draft(page: Page, text: str) -> None:
    """Paste a draft and have it checked; wait for what comes of it."""
    page.fill("#fn-draft", text)
    page.click(".draft-form .primary")
    page.locator(".draft-result :is(.checked-draft, .failure, .stopped)").wait_for()


def open_library(page: Page) -> None:
    """Go to the page of the library."""
    open_side(page)
    page.click(".go[data-do=library]")
    page.locator(".library-view h2").wait_for()
