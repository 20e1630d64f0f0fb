"""Settings in a browser: choosing a model, trying it, saving it, and the key that is never shown again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.asking import ask, open_side
from browser.running import served
from browser.streams import reload
from browser.test_axe import violations
from browser.test_looks import CONTRAST, SMALL
from fakechat import ANSWERED, SIX
from faultserver import KEY, FaultServer, Raw, Says, error, serving

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

WIDER = "(([one]) => one.scrollWidth - one.clientWidth)(document.querySelectorAll('.settings-view'))"


def open_settings(page: Page) -> None:
    """Go to the page of settings."""
    open_side(page)
    page.click(".settings-go")
    page.locator(".settings-form").wait_for()


@pytest.mark.parametrize(("dark", "phone"), [(False, False), (True, False), (False, True), (True, True)])
def test_a_model_is_chosen_tried_and_saved(
    open_page: Callable[..., Page], tmp_path: Path, *, dark: bool, phone: bool
) -> None:
    """Fields are there where they are needed; once it is saved, the page doesn't have the key any more."""
    answers: list[Says | Raw] = [error(401, f"Incorrect API key provided: {KEY}"), Says(["yes"])]
    with serving(FaultServer(script=answers)) as server, served("fake", tmp_path) as address:
        page = open_page(address, dark=dark, phone=phone)
        assert page.inner_text(".mode > span") == "Answers are quotations, word for word."
        open_settings(page)
        assert page.locator("#fn-set-key").is_hidden()
        assert violations(page) == []
        page.check("[value=server]")
        page.fill("#fn-set-address", server.address)
        page.fill("#fn-set-model", "scripted")
        page.fill("#fn-set-key", KEY)
        page.click("[data-do=testSettings]")
        page.get_by_text("It does not work: it refused the key.").wait_for()
        page.click("[data-do=testSettings]")
        page.get_by_text("It works: scripted answered in").wait_for()
        assert (page.evaluate(CONTRAST), page.evaluate(SMALL), page.evaluate(WIDER)) == ([], [], 0)
        assert violations(page) == []
        page.click(".settings-form [type=submit]")
        page.get_by_text("Saved.").wait_for()
        assert page.input_value("#fn-set-key") == ""
        reload(page)
        page.locator(".settings-form").wait_for()
        assert page.is_checked("[value=server]")
        assert page.input_value("#fn-set-address") == server.address
        assert KEY not in page.content()
        page.click(".settings-view .back")
        page.locator(".mode > span", has_text="Each statement is checked").wait_for()
        page.context.close()


def test_what_can_t_be_saved_is_told_beside_the_button(open_page: Callable[..., Page], chat: str) -> None:
    """What was typed stays; Back leads to where one was before."""
    page = open_page(chat)
    open_settings(page)
    page.check("[value=other]")
    page.fill("#fn-set-provider", "anthropic")
    page.click(".settings-form [type=submit]")
    page.get_by_text("Write the name of the provider").wait_for()
    assert page.input_value("#fn-set-provider") == "anthropic"
    page.go_back()
    page.locator("#fn-question").wait_for()


def test_the_page_speaks_another_language_and_quotations_stay(
    open_page: Callable[..., Page], tmp_path: Path
) -> None:
    """Chosen and saved it holds at once, after a reload from the first moment, and back to English too."""
    with served("fake", tmp_path) as address:
        page = open_page(address, phone=True)
        ask(page, ANSWERED.question)
        open_settings(page)
        page.select_option("#fn-set-language", "de")
        page.click(".settings-form [type=submit]")
        page.get_by_role("heading", name="Einstellungen").wait_for()
        assert (violations(page), page.evaluate(WIDER)) == ([], 0)
        page.click(".settings-view .back")
        page.get_by_text("Wort für Wort aus Ihren Artikeln").wait_for()
        assert page.inner_text(".library").replace("\n", " ") == "3 Artikel 3. Mai 2026 – 4. Mai 2026"
        assert page.get_attribute("#fn-question", "placeholder") == "Fragen Sie Ihre Artikel …"
        assert page.text_content(".decisive .quote") == SIX.quote
        assert page.inner_text(".question") == ANSWERED.question
        reload(page)
        page.locator(".actions").get_by_text("Merken").wait_for()
        open_side(page)
        page.get_by_role("button", name="Einstellungen").click()
        page.select_option("#fn-set-language", "")
        with page.expect_navigation():
            page.get_by_role("button", name="Speichern").click()
        page.get_by_role("heading", name="Settings").wait_for()
        page.context.close()
