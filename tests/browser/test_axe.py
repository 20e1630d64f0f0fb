"""axe-core finds nothing to object to, on any part of the page, in both themes and on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from browser.asking import ask, check_draft, open_draft, open_library, open_side, send
from fakechat import SLOW, UNKNOWN, WRITTEN_QUESTION

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

# All rules of WCAG 2.0 to 2.2 up to AA, and axe's own of good practice.
DRAFT = "Six were hurt. Nine passengers were injured. The pier burnt down. A shame."
OPTIONS = {"resultTypes": ["violations"]}


def violations(page: Page) -> list[str]:
    """What axe finds wrong, with where."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{item['id']}: {node['html'][:160]}" for item in found for node in item["nodes"]]


@pytest.mark.parametrize(("dark", "phone"), [(False, False), (True, False), (False, True), (True, True)])
def test_axe_finds_no_violation(
    chat: str, open_page: Callable[..., Page], *, dark: bool, phone: bool
) -> None:
    """Welcome, answers, card, source, filters, conversations and library are free of violations."""
    page = open_page(chat, dark=dark, phone=phone)
    page.locator(".suggestion").first.wait_for()
    assert violations(page) == []
    ask(page, WRITTEN_QUESTION)
    page.click(".badge >> nth=1")
    page.click(".consulted summary")
    page.focus(".fn-number >> nth=0")
    assert violations(page) == []
    page.click(".open-source >> nth=0")
    page.locator("mark.current").wait_for()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.locator(".source").wait_for(state="hidden")
    page.click(".limits > summary")
    page.locator(".limits-form .timeline").wait_for()
    assert violations(page) == []
    page.click(".limits > summary")
    ask(page, UNKNOWN)
    open_side(page)
    page.click(".kept summary >> nth=0")
    assert violations(page) == []
    open_library(page)
    page.locator(".article-title").first.wait_for()
    assert violations(page) == []
    open_draft(page)
    check_draft(page, DRAFT)
    page.click(".draft-text .badge >> nth=0")
    assert violations(page) == []


@pytest.mark.parametrize(("dark", "phone"), [(False, False), (True, False), (False, True), (True, True)])
def test_axe_finds_no_violation_while_an_answer_arrives(
    chat: str, open_page: Callable[..., Page], *, dark: bool, phone: bool
) -> None:
    """Half an answer is as accessible as a whole one."""
    page = open_page(chat, dark=dark, phone=phone)
    send(page, SLOW)
    page.locator(".growing .meanwhile").wait_for()
    assert violations(page) == []
    page.click(".stop")
    page.locator(".stopped").wait_for()
    assert violations(page) == []
