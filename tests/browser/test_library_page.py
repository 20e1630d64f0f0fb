"""The page of the library, and what questions are limited to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.asking import ask, open_library
from browser.running import served, text_file
from browser.streams import reload
from fakechat import ANSWERED, FERRY, LIMITED_QUESTION, POST, UNDATED, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def titles(page: Page) -> list[str]:
    return page.locator(".article-title").all_inner_texts()


@pytest.mark.parametrize("phone", [False, True])
def test_articles_are_searched_sorted_read_and_removed(
    open_page: Callable[..., Page], tmp_path: Path, *, phone: bool
) -> None:
    """The list is searched, sorted and narrowed; an article opens; a removal is undone."""
    with served("fake", tmp_path) as address:
        page = open_page(address, phone=phone)
        open_library(page)
        page.locator(".article-title").nth(2).wait_for()
        page.select_option("[name=sort]", "title")
        page.locator(".articles li:nth-child(1)", has_text=POST.title).wait_for()
        page.fill("[name=words]", "gazette")
        page.locator(".article-title").nth(1).wait_for(state="detached")
        assert titles(page) == [FERRY.title]
        page.fill("[name=words]", "")
        page.check("[name=copies]")
        page.get_by_text("2 articles", exact=True).wait_for()
        same = page.locator(f".articles li[data-article='{POST.id}'] .copies button")
        assert same.all_inner_texts() == [FERRY.title]
        same.click()
        page.locator(".source h2", has_text=FERRY.title).wait_for()
        page.keyboard.press("Escape")
        page.uncheck("[name=copies]")
        page.locator(".article-title", has_text=UNDATED.title).wait_for()
        page.click(".article-title >> nth=0")
        page.locator(".source h2").wait_for()
        page.keyboard.press("Escape")
        page.click(f"[aria-label='Remove {POST.title}']")
        page.locator(".article-title", has_text=POST.title).wait_for(state="detached")
        page.click(".toast [data-do=toast]")
        page.locator(".article-title", has_text=POST.title).wait_for()
        page.focus(f"[aria-label='Remove {POST.title}']")
        page.keyboard.press("Enter")
        page.locator(".toast [data-do=toast]:focus").wait_for()  # by keyboard too it can be reached in time
        page.keyboard.press("Enter")
        page.locator(f"[aria-label='Remove {POST.title}']:focus").wait_for()
        page.context.close()


def test_address_that_fails_is_told_and_tried_again(chat: str, open_page: Callable[..., Page]) -> None:
    """A typed address that can't be read is listed with its reason, and one press tries it again."""
    page = open_page(chat)
    open_library(page)
    page.fill("#fn-address", "https://nowhere.example/feed")
    page.keyboard.press("Enter")
    failed = page.locator(".failed li")
    failed.wait_for()
    assert failed.inner_text() == "https://nowhere.example/feed — no answer; try again"
    page.click("[data-do=retryAdd]")
    page.locator(".failed li").nth(1).wait_for()


def test_added_file_appears_in_the_list(open_page: Callable[..., Page], tmp_path: Path) -> None:
    """A file chosen on this page is reported here and stands in the list."""
    with served("fake", tmp_path) as address:
        page = open_page(address)
        open_library(page)
        page.set_input_files("[data-files]", [text_file("Bridge.txt", b"The bridge is open.")])
        page.locator(".report").wait_for()
        page.locator(".article-title", has_text="Bridge").wait_for()
        page.locator(".by-source").wait_for()
        reload(page)
        page.locator(".article-title", has_text="Bridge").wait_for()
        page.context.close()


def test_library_leads_back_to_the_conversation(chat: str, open_page: Callable[..., Page]) -> None:
    """The list on the left says where one is; one press leads back to the answer."""
    page = open_page(chat)
    ask(page, ANSWERED.question)
    page.locator(".turn .actions").wait_for()
    open_library(page)
    assert page.get_attribute(".go[data-do=library]", "aria-current") == "page"
    page.click(".back")
    assert page.locator(".answer").is_visible()
    assert page.get_attribute(".go[data-do=library]", "aria-current") == "false"
    assert "#c-" in page.url


def test_right_to_left_article_is_shown_right_to_left(open_page: Callable[..., Page], tmp_path: Path) -> None:
    """An Arabic article runs from right to left, in list and panel; the page around it does not."""
    with served("fake", tmp_path) as address:
        page = open_page(address)
        open_library(page)
        words = "قال رئيس البلدية إن الجسر مفتوح.".encode()
        page.set_input_files("[data-files]", [text_file("الجسر.txt", words)])
        page.locator(".article-title", has_text="الجسر").click()
        page.locator(".source .text p").wait_for()
        direction = "one => getComputedStyle(one).direction"
        assert page.locator(".source .text p").evaluate(direction) == "rtl"
        assert page.locator(".source h2").evaluate(direction) == "rtl"
        assert page.locator(".article-title", has_text="الجسر").evaluate(direction) == "rtl"
        assert page.locator(".top").evaluate(direction) == "ltr"
        page.context.close()


def test_questions_are_limited_to_a_source(chat: str, open_page: Callable[..., Page]) -> None:
    """Choosing a source shows how many articles match; chips above the box say so until they are cleared."""
    page = open_page(chat)
    page.click(".limits summary")
    page.check("input[value='Inland Post']")
    page.locator(".matching", has_text="1 of 3 articles match").wait_for()
    assert page.locator(".timeline rect.match").count() == 1
    page.fill("[name=on]", "2026-06-01")
    page.locator(".chip", has_text="as of 1 Jun 2026").wait_for()
    assert page.locator(".chip-name").all_inner_texts() == ["Inland Post", "as of 1 Jun 2026"]
    assert page.inner_text(".chips-count") == "1 of 3 articles match"
    page.keyboard.press("Escape")
    page.locator(".limits-form").wait_for(state="hidden")
    ask(page, ANSWERED.question)
    assert page.inner_text(".answer > .notice") == "Limited to: Inland Post · as of 1 Jun 2026."
    page.click(".limits summary")
    page.click("[data-do=unlimit]")
    page.get_by_text("3 of 3 articles match").wait_for()
    page.locator(".chips").wait_for(state="hidden")


def test_filters_stay_with_their_chat(chat: str, open_page: Callable[..., Page]) -> None:
    """Another chat has none, a reload brings them back, and a chip is taken off alone."""
    page = open_page(chat)
    page.click(".limits summary")
    page.check("input[value='Inland Post']")
    page.check("input[name=authors][value='Staff writer']")
    page.locator(".chip").nth(1).wait_for()
    page.keyboard.press("Escape")
    ask(page, ANSWERED.question)
    page.click("[data-do=new]")
    page.locator(".chips").wait_for(state="hidden")
    page.go_back()
    page.locator(".chip").nth(1).wait_for()
    reload(page)
    page.locator(".chip").nth(1).wait_for()
    assert page.locator(".chip-name").all_inner_texts() == ["Inland Post", "by Staff writer"]
    assert page.inner_text(".chips-count") == "0 of 3 articles match"
    page.get_by_role("button", name="Remove the filter by Staff writer").click()
    page.locator(".chips-count", has_text="1 of 3 articles match").wait_for()
    assert page.locator(".chip-name").all_inner_texts() == ["Inland Post"]


def test_no_answer_under_a_filter_offers_to_ask_all(chat: str, open_page: Callable[..., Page]) -> None:
    """Where the articles that were asked don't say, one press asks all of them."""
    page = open_page(chat)
    page.click(".limits summary")
    page.check("input[value='Inland Post']")
    page.locator(".chip").wait_for()
    page.keyboard.press("Escape")
    ask(page, UNKNOWN)
    assert "Limited to: Inland Post." in page.inner_text(".answer")
    page.get_by_role("button", name="Ask all articles", exact=True).click()
    page.get_by_text("Limited to: Inland Post.").wait_for(state="detached")
    page.locator(".answer:not(.growing)").wait_for()
    assert page.locator(".question").all_inner_texts() == [UNKNOWN]


def test_a_filter_of_the_question_becomes_the_one_of_the_chat(
    chat: str, open_page: Callable[..., Page]
) -> None:
    """What a question's words limited can be kept as a chip."""
    page = open_page(chat)
    ask(page, LIMITED_QUESTION)
    page.get_by_role("button", name="Keep this filter").click()
    page.locator(".chip").wait_for()
    assert page.locator(".chip-name").all_inner_texts() == ["Harbour Gazette"]
