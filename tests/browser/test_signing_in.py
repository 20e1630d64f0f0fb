"""Signing in and out in a real browser, whose forms say where they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.asking import ask, open_side
from browser.conftest import READY
from browser.running import served
from browser.test_axe import violations
from fakechat import ANSWERED
from visiting import PASSWORD, peopled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def sign_in(page: Page, password: str) -> None:
    """Fill in the form and send it with Enter."""
    page.fill("#name", "Ines")
    page.fill("#password", password)
    page.press("#password", "Enter")


def test_the_page_to_sign_in_is_in_the_browser_s_language(
    open_page: Callable[..., Page], tmp_path: Path
) -> None:
    """Also what is told of a wrong password, and on a phone."""
    peopled(tmp_path)
    with served("fake", tmp_path) as address:
        page = open_page(address, phone=True, may_break=True, ready="#name", locale="pl")
        assert page.get_by_label("Hasło").is_visible()
        sign_in(page, "wrong horse")
        page.get_by_role("alert").wait_for()
        assert "hasło" in page.inner_text("[role=alert]")
        assert page.get_attribute("html", "lang") == "pl"
        assert violations(page) == []


@pytest.mark.parametrize(("dark", "phone"), [(False, False), (True, False), (False, True), (True, True)])
def test_somebody_signs_in_asks_and_signs_out(
    open_page: Callable[..., Page], tmp_path: Path, *, dark: bool, phone: bool
) -> None:
    """A wrong password is told on the form; the right one opens the chat, until its owner signs out."""
    peopled(tmp_path)
    with served("fake", tmp_path) as address:
        page = open_page(address, dark=dark, phone=phone, may_break=True, ready="#name")
        assert violations(page) == []
        sign_in(page, "wrong horse")
        page.get_by_role("alert").wait_for()
        assert violations(page) == []
        sign_in(page, PASSWORD)
        page.wait_for_selector(READY)
        ask(page, ANSWERED.question)
        open_side(page)
        page.click("a[href='/sign-out']")
        assert violations(page) == []
        page.get_by_role("button", name="Sign out").click()
        page.locator("#name").wait_for()
        page.goto(address)
        assert page.locator("#name").is_visible()
