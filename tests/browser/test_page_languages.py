"""The page in the browser's language, in one that the reader chose, and in a phone's width."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.asking import ask, check_draft, open_draft, open_library, open_side
from browser.streams import reload
from browser.test_axe import violations
from browser.test_choosing_settings import open_settings
from browser.test_looks import CONTRAST, SMALL
from fakechat import ANSWERED, SIX

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

# What is cut off, or sticks out of the window; titles of conversations end in an ellipsis on purpose.
CUT = """() => [...document.querySelectorAll(".fn-page :is(button, summary, a, label, h2, h3, legend, th)")]
  .filter((one) => one.checkVisibility() && !one.closest(".sr-only, .skip, .kept-title"))
  .filter((one) => {
    const box = one.getBoundingClientRect(), style = getComputedStyle(one);
    const wider = one.scrollWidth > one.clientWidth + 1 && style.display !== "inline";
    return (wider && style.overflowX !== "visible") || box.right > innerWidth + 1 || box.left < -1;
  })
  .map((one) => `${one.className}: ${one.innerText}`)"""
WIDER = "document.documentElement.scrollWidth - innerWidth"


def looks(page: Page) -> tuple[object, ...]:
    """Return what is wrong with how the page looks now."""
    return tuple(page.evaluate(found) for found in (CUT, SMALL, CONTRAST, WIDER))


@pytest.mark.parametrize("language", ["fr-FR", "pl", "nl", "ru"])
def test_nothing_is_cut_on_a_phone_in_a_language_with_longer_words(
    chat: str, open_page: Callable[..., Page], language: str
) -> None:
    """The browser asks for it and nobody chose another: each view, its menus and its filters fit."""
    fine: tuple[object, ...] = ([], [], [], 0)
    page = open_page(chat, phone=True, locale=language)
    code = language.partition("-")[0]
    page.locator(f".welcome-place [lang={code}]").first.wait_for()
    assert looks(page) == fine
    ask(page, ANSWERED.question)
    assert page.text_content(".decisive .quote") == SIX.quote
    page.click(".actions summary")
    assert looks(page) == fine
    page.keyboard.press("Escape")
    page.click(".limits summary")
    page.locator(".limits-form .timeline").wait_for()
    assert looks(page) == fine
    page.keyboard.press("Escape")
    open_side(page)
    page.click(".kept summary >> nth=0")
    assert looks(page) == fine
    page.keyboard.press("Escape")
    open_library(page)
    page.locator(".article-title").first.wait_for()
    assert looks(page) == fine
    open_draft(page)
    check_draft(page, "Nine people were hurt.")
    assert looks(page) == fine
    open_settings(page)
    assert (violations(page), looks(page)) == ([], fine)


def test_days_numbers_and_what_people_wrote_in_french(chat: str, open_page: Callable[..., Page]) -> None:
    """Days and decimals as the language writes them; words of an article or a question stay as they are."""
    page = open_page(chat, locale="fr-CA")
    ask(page, ANSWERED.question)
    page.get_by_text("Mot pour mot, d’après vos articles").first.wait_for()
    assert "0,1\u00a0s" in page.inner_text(".answer") or "0,1 s" in page.inner_text(".answer")
    assert page.inner_text(".library") == "3 articles · 3 mai 2026 – 4 mai 2026"
    open_library(page)
    page.get_by_text("ajouté\u202f: 1er juin 2026").first.wait_for()
    page.click(".go[data-do=storyPage]")
    page.fill(".story-view textarea", "the ferry fire")  # also the example of the empty field
    page.click(".story-view [data-do=story] >> nth=0")
    page.get_by_role("heading", name="Chronologie\u202f: the ferry fire").wait_for()


def test_a_reader_chooses_a_language_for_their_own_browser(chat: str, open_page: Callable[..., Page]) -> None:
    """Kept over a reload, and given up again for what the browser asks for."""
    page = open_page(chat, locale="es-MX")
    page.get_by_text("Pregunte a sus artículos").first.wait_for()
    with page.expect_navigation():
        page.select_option("#fn-language", "it")
    page.get_by_text("Interroghi i suoi articoli").first.wait_for()
    reload(page)
    page.get_by_text("Interroghi i suoi articoli").first.wait_for()
    assert page.input_value("#fn-language") == "it"
    with page.expect_navigation():
        page.select_option("#fn-language", "en")
    page.get_by_text("Ask your articles").first.wait_for()
    page.select_option("#fn-language", "")
    page.get_by_text("Pregunte a sus artículos").first.wait_for()
