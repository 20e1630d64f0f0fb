"""The browser's own habits: Back and Forward, reload, links, two tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.asking import ask, open_draft, open_library, send
from browser.running import served, text_file
from browser.streams import reload
from fakechat import ANSWERED, DOCK, FERRY, SIX, SLOW, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser


def questions(page: Page, *expected: str) -> None:
    """Wait until the chat shows exactly these questions, each with its reply."""
    page.wait_for_function(
        """wanted => {
          const turns = [...document.querySelectorAll(".turns > .turn")];
          const asked = turns.map((turn) => turn.querySelector(".question").textContent);
          return JSON.stringify(asked) === JSON.stringify(wanted)
            && turns.every((turn) => turn.querySelector(".answer, .failure"));
        }""",
        arg=list(expected),
    )


def new_chat(page: Page) -> None:
    """Begin another chat."""
    page.click("[data-do=new]")
    page.locator(".turn").first.wait_for(state="detached")


def test_back_and_forward_move_between_chats_and_pages(chat: str, open_page: Callable[..., Page]) -> None:
    """Every chat, the library, the draft and an opened source are steps that Back and Forward go along."""
    page = open_page(chat)
    ask(page, ANSWERED.question)
    page.click(".fn-number >> nth=0")
    page.locator("mark.current").wait_for()
    new_chat(page)
    ask(page, UNKNOWN)
    open_library(page)
    page.locator(".article-title").first.wait_for()
    open_draft(page)
    page.go_back()
    page.locator(".library-view h2").wait_for()
    page.go_back()
    questions(page, UNKNOWN)
    page.go_back()
    page.locator("mark.current").wait_for()
    questions(page, ANSWERED.question)
    assert page.text_content("mark.current") == f"{SIX.quote}1"
    page.go_back()
    page.locator(".source").wait_for(state="hidden")
    questions(page, ANSWERED.question)
    page.go_forward()
    page.locator("mark.current").wait_for()
    page.go_forward()
    page.locator(".source").wait_for(state="hidden")
    questions(page, UNKNOWN)
    page.go_forward()
    page.locator(".library-view h2").wait_for()


def test_a_closed_source_is_no_step_of_its_own(chat: str, open_page: Callable[..., Page]) -> None:
    """Opened and closed again, a source leaves nothing behind: Back leads to where the reader was before."""
    page = open_page(chat)
    open_library(page)
    page.click(".article-title >> nth=0")
    page.locator(".source article").wait_for()
    page.keyboard.press("Escape")
    page.wait_for_function("location.hash === '#library'")
    page.click("[data-do=new]")
    page.go_back()
    page.locator(".library-view h2").wait_for()
    assert page.locator(".source").is_hidden()


def test_what_was_added_stays_told_when_a_source_was_opened(
    open_page: Callable[..., Page], tmp_path: Path
) -> None:
    """Answers are brought up to date after an addition; its report, which is only on the page, stays."""
    with served("fake", tmp_path) as address:
        page = open_page(address)
        ask(page, ANSWERED.question)
        page.set_input_files("[data-files]", [text_file("cat.txt", b"The library has a cat called Comma.")])
        page.locator(".report").wait_for()
        with page.expect_response(lambda reply: '"resume"' in str(reply.request.post_data)):
            page.locator(".fn-number").first.click()
            page.locator("mark.current").wait_for()
            page.keyboard.press("Escape")
        page.locator(".source").wait_for(state="hidden")
        page.wait_for_timeout(200)  # until what came is shown
        assert page.locator(".turn .question").all_inner_texts() == [ANSWERED.question, "Add cat.txt"]
        assert page.locator(".report").count() == 1
        page.context.close()


def test_a_link_leads_to_one_answer(chat: str, open_page: Callable[..., Page]) -> None:
    """The link that is copied opens the chat at that answer, in a page of its own."""
    page = open_page(chat)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, ANSWERED.question)
    ask(page, UNKNOWN)
    page.click(".turn >> nth=0 >> [data-do=link]")
    page.get_by_role("button", name="Copied").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    other = open_page(link)
    questions(other, ANSWERED.question, UNKNOWN)
    top = other.locator(".turn").first.bounding_box()
    assert top is not None
    assert 0 <= top["y"] <= 120


def test_reload_comes_back_to_an_opened_source(chat: str, open_page: Callable[..., Page]) -> None:
    """A source has an address: loaded again, the page shows its chat and the same sentence."""
    page = open_page(chat)
    ask(page, ANSWERED.question)
    page.click(".quotation .fn-number[data-mark='2']")
    page.locator("mark.current").wait_for()
    reload(page)
    page.locator("mark.current").wait_for()
    assert page.text_content("mark.current") == f"{DOCK.quote}3"
    assert page.inner_text(".source h2") == FERRY.title


def test_reload_in_the_midst_of_an_answer_comes_back_to_it(
    open_page: Callable[..., Page], tmp_path: Path
) -> None:
    """The answer goes on while its page is loaded again: it is asked once, and what had arrived is there."""
    with served("watched", tmp_path) as address:
        page = open_page(address, may_break=True)  # Gradio complains of a stream that is cut off
        ask(page, ANSWERED.question)
        send(page, SLOW)
        page.locator(".growing .meanwhile").wait_for()
        page.reload()
        page.locator(".growing .meanwhile").wait_for()
        assert page.locator(".question").all_inner_texts() == [ANSWERED.question, SLOW]
        assert page.inner_text(".growing .said") == "Six people were hurt."
        page.click(".stop")
        page.locator(".stopped").wait_for()
        page.locator(".send").wait_for()
        page.context.close()
    assert (tmp_path / "asked.txt").read_text().splitlines() == [ANSWERED.question, SLOW]


def test_an_answer_goes_on_while_another_chat_is_read(chat: str, open_page: Callable[..., Page]) -> None:
    """Whoever leaves a chat in mid-answer and comes back finds the answer where it has got to."""
    page = open_page(chat)
    send(page, SLOW)
    page.locator(".growing .meanwhile").wait_for()
    new_chat(page)
    ask(page, UNKNOWN)
    page.go_back()
    page.locator(".growing .meanwhile").wait_for()
    page.click(".stop")
    page.locator(".stopped").wait_for()


def test_two_tabs_agree(open_page: Callable[..., Page], tmp_path: Path) -> None:
    """What is asked, renamed and deleted in one tab is so in the other one too."""
    with served("fake", tmp_path) as address:
        page = open_page(address)
        ask(page, ANSWERED.question)
        page.locator(".kept-title").wait_for()
        other = page.context.new_page()
        other.goto(page.url)
        questions(other, ANSWERED.question)
        ask(other, UNKNOWN)
        questions(page, ANSWERED.question, UNKNOWN)
        new_chat(other)
        ask(other, UNKNOWN)
        page.locator(".kept-title").nth(1).wait_for()
        row = other.locator(".kept li", has_text=ANSWERED.question)
        row.locator("summary").click()
        row.locator("[data-do=forget]").click()
        row.get_by_text("Really delete?").click()
        page.locator(".turn").first.wait_for(state="detached")
        page.locator(".kept-title").nth(1).wait_for(state="detached")
        page.context.close()


def test_an_open_menu_stays_with_its_conversation(open_page: Callable[..., Page], tmp_path: Path) -> None:
    """Another tab begins a conversation, which comes first: what was opened beside one is still beside it."""
    with served("fake", tmp_path) as address:
        page = open_page(address)
        ask(page, ANSWERED.question)
        page.locator(".kept summary").click()
        other = page.context.new_page()
        other.goto(address)
        ask(other, UNKNOWN)
        page.locator(".kept-title").nth(1).wait_for()
        assert page.locator(".kept li:has([open]) .kept-title").inner_text() == ANSWERED.question
        page.context.close()


def test_of_two_chats_asked_for_the_later_one_is_shown(
    open_page: Callable[..., Page], tmp_path: Path
) -> None:
    """However long the first takes to come: it comes too late."""
    with served("fake", tmp_path) as address:
        page = open_page(address)
        for question in (ANSWERED.question, UNKNOWN):
            ask(page, question)
            new_chat(page)
        page.locator(".kept-title").nth(1).wait_for()
        late: list[Route] = []

        def hold_back(route: Route) -> None:
            is_first = not late and '"resume"' in str(route.request.post_data)
            late.append(route) if is_first else route.continue_()

        page.route("**/*", hold_back)
        first, second = page.locator(".kept-title").all()
        first.click()
        second.click()
        questions(page, ANSWERED.question)
        with page.expect_response(lambda reply: '"resume"' in str(reply.request.post_data)):
            late[0].continue_()
        page.wait_for_timeout(100)
        questions(page, ANSWERED.question)
        page.context.close()
