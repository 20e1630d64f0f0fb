"""Kept questions in a browser: the star, the page, what is told after adding, answers out of date."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.asking import ask, open_library, open_side
from browser.running import served, text_file
from browser.streams import reload
from browser.test_axe import violations
from browser.test_looks import CONTRAST, SMALL
from fakechat import ANSWERED, FERRY, SIX, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

WON = b"Ada Lovelock won the chess tournament in Orrowmere."
GONE = "The articles of footnotes 1 and 3 are no longer in your library."
WIDER = "(([one]) => one.scrollWidth - one.clientWidth)(document.querySelectorAll('.kept-view'))"


def keep(page: Page, turn: int = 0) -> None:
    """Press the star of an answer."""
    page.locator("[data-do=keep]").nth(turn).click()
    page.locator("[data-do=keep]").nth(turn).and_(page.locator("[aria-pressed=true]")).wait_for()


def open_kept(page: Page) -> None:
    """Go to the page of kept questions."""
    open_side(page)
    page.click(".go[data-do=kept]")
    page.locator(".kept-view h2").wait_for()


def test_a_question_is_kept_and_two_tabs_agree(open_page: Callable[..., Page], tmp_path: Path) -> None:
    """The star is there after a reload and in the other tab, and the page has the question."""
    with served("fake", tmp_path) as address:
        page = open_page(address)
        ask(page, ANSWERED.question)
        keep(page)
        other = page.context.new_page()
        other.goto(page.url)
        other.locator("[data-do=keep][aria-pressed=true]").wait_for()
        reload(page)
        page.locator("[data-do=keep][aria-pressed=true]").wait_for()
        open_kept(page)
        assert page.locator(".watched-question h3").all_inner_texts() == [ANSWERED.question]
        page.click(".watched-question .open-source")
        page.locator("mark.current", has_text=SIX.quote[:20]).wait_for()
        page.keyboard.press("Escape")
        page.go_back()
        page.locator(".turn").wait_for()
        page.go_forward()
        page.click("[data-do=unkeep]")
        page.locator(".nothing-kept").wait_for()
        other.locator("[data-do=keep][aria-pressed=false]").wait_for()
        page.context.close()


@pytest.mark.parametrize(("dark", "phone"), [(False, False), (True, False), (False, True), (True, True)])
def test_what_changed_is_told_after_adding(
    open_page: Callable[..., Page], tmp_path: Path, *, dark: bool, phone: bool
) -> None:
    """Adding articles asks again; the sidebar and a message tell of it, the page shows before and now."""
    with served("fake", tmp_path) as address:
        page = open_page(address, dark=dark, phone=phone)
        ask(page, ANSWERED.question)
        keep(page)
        ask(page, UNKNOWN)
        keep(page, 1)
        open_library(page)
        page.set_input_files("[data-files]", text_file("chess.txt", WON))
        page.locator(".toast", has_text="The answer to a kept question changed").wait_for()
        open_side(page)
        assert page.inner_text(".go .news") == "1 new"
        page.click(".go[data-do=kept]")
        news = page.locator(".watched-question").first
        news.locator(".fresh").wait_for()
        assert news.locator("h3").inner_text().startswith(UNKNOWN)
        assert news.locator("blockquote").all_inner_texts() == [WON.decode()]
        assert news.locator(".befores .unsaid").inner_text() == "Your articles didn't say."
        page.locator(".go .news").wait_for(state="hidden")
        assert (page.evaluate(CONTRAST), page.evaluate(SMALL), page.evaluate(WIDER)) == ([], [], 0)
        assert violations(page) == []
        page.click("[data-do=askKept]")
        page.get_by_text("No answer has changed").wait_for()
        page.context.close()


@pytest.mark.parametrize(("dark", "phone"), [(False, False), (True, False), (False, True), (True, True)])
def test_an_answer_out_of_date_is_marked(
    open_page: Callable[..., Page], tmp_path: Path, *, dark: bool, phone: bool
) -> None:
    """Once its article is removed, the chat in the list, the answer and the page say so and what it said."""
    with served("fake", tmp_path) as address:
        page = open_page(address, dark=dark, phone=phone)
        ask(page, ANSWERED.question)
        open_library(page)
        page.get_by_label(f"Remove {FERRY.title}").click()
        page.locator(".kept-day .old").wait_for(state="attached")  # on a phone the list is folded away
        open_kept(page)
        page.locator(".out-of-date").wait_for()
        assert violations(page) == []
        page.click(".out-of-date a")
        page.locator(".outdated li").first.wait_for()
        assert page.inner_text(".outdated li") == GONE
        assert violations(page) == []
        page.context.close()


def test_the_feed_is_one_press_away(open_page: Callable[..., Page], chat: str) -> None:
    """The link leads to a feed that is there; the question in the chat again is a new chat."""
    page = open_page(chat)
    ask(page, ANSWERED.question)
    keep(page)
    open_kept(page)
    address = page.get_attribute(".feed", "href")
    assert address is not None
    feed = page.request.get(chat.rstrip("/") + address)
    assert (feed.status, feed.headers["content-type"].split(";")[0]) == (200, "application/atom+xml")
    page.click("[data-do=askAgain]")
    page.locator(".answer").wait_for()
    assert page.locator(".question").all_inner_texts() == [ANSWERED.question]
    page.locator("[data-do=keep][aria-pressed=true]").click()  # leave nothing behind in the shared chat
    page.locator("[data-do=keep][aria-pressed=false]").wait_for()
