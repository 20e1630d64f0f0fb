"""Stories in a browser: from an answer and from words, with an address, sources one press away, saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser.asking import ask, open_side
from browser.streams import reload
from browser.test_axe import violations
from browser.test_looks import CONTRAST, SMALL
from fakechat import ANSWERED, NINE, SIX

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

WIDER = "(([one]) => one.scrollWidth - one.clientWidth)(document.querySelectorAll('.story-view'))"
HOSTILE = '<img src=x onerror=alert(1)> & "fire"'


def tell(page: Page, kind: str, heading: str) -> None:
    """Press one of the three buttons; wait for what it shows."""
    page.click(f".story-kinds [data-kind={kind}]")
    page.locator(".story h3", has_text=heading).wait_for()


@pytest.mark.parametrize(("dark", "phone"), [(False, False), (True, False), (False, True), (True, True)])
def test_a_story_is_told_in_three_ways(
    chat: str, open_page: Callable[..., Page], *, dark: bool, phone: bool
) -> None:
    """Typed and sent with Enter it is a timeline; the other two are one press away; all of it accessible."""
    page = open_page(chat, dark=dark, phone=phone)
    open_side(page)
    page.click(".go[data-do=storyPage]")
    assert violations(page) == []
    page.fill("#fn-story", "the ferry fire")
    page.keyboard.press("Enter")
    page.locator(".story h3", has_text="Timeline: the ferry fire").wait_for()
    assert page.locator(".story-said blockquote").first.inner_text() == SIX.quote
    assert violations(page) == []
    tell(page, "who-said-what", "Who said what: the ferry fire")
    assert violations(page) == []
    tell(page, "had-this", "Have we had this?")
    assert page.locator(".story-said blockquote").all_inner_texts() == [NINE.quote, SIX.quote]
    assert (page.evaluate(CONTRAST), page.evaluate(SMALL), page.evaluate(WIDER)) == ([], [], 0)
    assert violations(page) == []
    page.click(".copy-of")
    page.locator(".source h2", has_text="School board").wait_for()


def test_a_story_has_an_address(chat: str, open_page: Callable[..., Page]) -> None:
    """Back, Forward and reload come to the same table, and a link to it opens it; any words are only text."""
    page = open_page(chat)
    page.click(".go[data-do=storyPage]")
    page.fill("#fn-story", HOSTILE)
    tell(page, "timeline", f"Timeline: {HOSTILE}")
    tell(page, "who-said-what", f"Who said what: {HOSTILE}")
    page.go_back()
    page.locator(".story h3", has_text="Timeline").wait_for()
    reload(page)
    page.locator(".story h3", has_text=f"Timeline: {HOSTILE}").wait_for()
    assert page.input_value("#fn-story") == HOSTILE
    page.go_forward()
    page.locator(".story h3", has_text="Who said what").wait_for()
    page.click(".story .open-source >> nth=0")
    page.locator("mark.current").wait_for()
    page.keyboard.press("Escape")
    page.locator(".source").wait_for(state="hidden")
    other = open_page(page.url)
    other.locator(".story h3", has_text=f"Who said what: {HOSTILE}").wait_for()
    assert other.locator(".story-view img").count() == 0


def test_an_answer_leads_to_its_story(chat: str, open_page: Callable[..., Page]) -> None:
    """From the menu of an answer; Back leads to the answer again."""
    page = open_page(chat)
    ask(page, ANSWERED.question)
    page.click(".actions summary")
    page.click("[data-do=storyOf][data-kind=timeline]")
    page.locator(".story h3", has_text="Timeline: Ferry fire hurt").wait_for()
    page.go_back()
    page.locator(".answer").wait_for()
    page.click(".actions summary")
    page.click("[data-do=storyOf][data-kind=had-this]")
    page.locator(".story h3", has_text="Have we had this?").wait_for()
    assert page.input_value("#fn-story") == SIX.quote


def test_a_table_is_saved(chat: str, open_page: Callable[..., Page]) -> None:
    """Each button brings a file of its kind."""
    page = open_page(f"{chat}#story/timeline/the%20ferry%20fire")
    page.locator(".story-exports").wait_for()
    for label, ending in (("Word", "docx"), ("CSV", "csv"), ("Markdown", "md")):
        with page.expect_download() as saved:
            page.get_by_role("button", name=f"Save as {label}", exact=True).click()
        assert saved.value.suggested_filename == f"Timeline the ferry fire.{ending}"
        assert Path(saved.value.path()).stat().st_size > 100
