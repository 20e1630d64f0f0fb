"""Conversations: kept, found, renamed, resumed, exported, rated, deleted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser.asking import ask, open_side
from browser.running import served
from browser.streams import reload
from fakechat import ANSWERED, SIX, UNKNOWN, WRITTEN, WRITTEN_QUESTION

from assistant.store.conversations import Conversations

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_conversation_outlives_reload_and_restart(open_page: Callable[..., Page], tmp_path: Path) -> None:
    """After a reload and after a restart of the program it is there, its footnotes alive."""
    with served("fake", tmp_path) as address:
        page = open_page(address)
        ask(page, ANSWERED.question)
        page.locator(".kept-title").wait_for()
        reload(page)
        page.locator(".fn-number").first.wait_for()
        page.context.close()
    with served("fake", tmp_path) as address:
        page = open_page(address)
        page.click(".kept-title")
        page.click(".fn-number >> nth=0")
        page.locator("mark.current").wait_for()
        assert page.text_content("mark.current") == f"{SIX.quote}1"
        ask(page, UNKNOWN)
        page.context.close()
    (conversation,) = Conversations(tmp_path).listed()
    assert (conversation.title, conversation.turns) == (ANSWERED.question, 2)


@pytest.mark.parametrize("phone", [False, True])
def test_conversations_are_found_renamed_and_deleted(
    open_page: Callable[..., Page], tmp_path: Path, *, phone: bool
) -> None:
    """The list is searched by any word; a name is changed in place; deleting takes a second press."""
    with served("fake", tmp_path) as address:
        page = open_page(address, phone=phone)
        ask(page, ANSWERED.question)
        open_side(page)
        page.click("[data-do=new]")
        ask(page, UNKNOWN)
        open_side(page)
        page.locator(".kept li").nth(1).wait_for()
        assert page.locator(".kept-title").all_inner_texts() == [UNKNOWN, ANSWERED.question]
        page.fill("#fn-search", "harbour nine")
        page.locator(".kept li").nth(1).wait_for(state="detached")
        page.click(".kept summary")
        page.click("[data-do=rename]")
        page.fill(".rename", "The <b>fire</b>")
        page.keyboard.press("Enter")
        page.fill("#fn-search", "")
        page.locator(".kept li").nth(1).wait_for()  # the whole list is back, and nothing changes it any more
        page.get_by_role("button", name="The <b>fire</b>", exact=True).wait_for()
        row = page.locator(".kept li", has_text="The <b>fire</b>")
        row.locator("summary").click()
        row.locator("[data-do=forget]").click()
        row.get_by_text("Really delete?").click()
        row.wait_for(state="detached")
        page.context.close()
    assert [item.title for item in Conversations(tmp_path).listed()] == [UNKNOWN]


def test_answer_is_copied_and_saved_in_every_format(chat: str, open_page: Callable[..., Page]) -> None:
    """Markdown, HTML and JSON carry quote, source, date and verdict; a saved page runs and loads nothing."""
    page = open_page(chat)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, WRITTEN_QUESTION)
    page.click(".actions summary")
    page.click("[aria-label='Copy as Markdown']")
    page.get_by_role("button", name="Copy as Markdown", exact=True).get_by_text("Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    for words in (SIX.quote, "Harbour Gazette", "4 May 2026", "not in the sources"):
        assert words in copied.replace("\\", "").replace("**", "")
    with page.expect_download() as saved:
        page.click("[aria-label='Save as JSON']")
    assert saved.value.suggested_filename == "Write about the fire.json"
    plain = json.loads(Path(saved.value.path()).read_text(encoding="utf-8"))
    assert plain["turns"][0]["answer"]["citations"][0]["quote"] == WRITTEN.citations[0].quote
    with page.expect_download() as saved:
        page.click("[aria-label='Save as HTML']")
    assert "default-src 'none'" in Path(saved.value.path()).read_text(encoding="utf-8")


def test_thumb_and_reason_are_kept(open_page: Callable[..., Page], tmp_path: Path) -> None:
    """A thumb is kept with its reason, shown after a reload, and can be taken back."""
    with served("fake", tmp_path) as address:
        page = open_page(address)
        ask(page, ANSWERED.question)
        page.click("[aria-label='Bad answer']")
        page.fill(".reason input", "wrong ferry")
        page.keyboard.press("Enter")
        page.locator(".toast").wait_for()
        kept = Conversations(tmp_path)
        assert [(turn.good, turn.reason) for turn in kept.rated()] == [(False, "wrong ferry")]
        reload(page)
        page.locator("[aria-label='Bad answer'][aria-pressed=true]").click()
        page.locator("[aria-label='Bad answer'][aria-pressed=false]").wait_for()
        while kept.rated():  # the page shows it at once, and a page that closes takes its request with it
            page.wait_for_timeout(50)
        page.context.close()
    assert kept.rated() == []
