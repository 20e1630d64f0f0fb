"""Answers while they arrive: text, footnotes, states, stopping, asking again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.asking import ask, send
from browser.running import served
from browser.streams import reload
from fakechat import ANSWERED, DOCK, NINE, SLOW, UNKNOWN, WRITTEN, WRITTEN_QUESTION

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_text_and_footnotes_are_alive_while_the_rest_arrives(
    chat: str, open_page: Callable[..., Page]
) -> None:
    """The quotations can be read and opened while a model writes; stopping keeps what was checked."""
    page = open_page(chat)
    send(page, SLOW)
    page.locator(".growing .meanwhile").wait_for()
    assert page.inner_text(".growing .writing").startswith("test-model is writing")
    assert page.locator(".growing .said").all_inner_texts() == ["Six people were hurt."]
    assert page.locator(".growing .meanwhile .quote").all_inner_texts() == [NINE.quote, DOCK.quote]
    page.click(".growing .statements .fn-number")
    page.mouse.move(0, 0)  # a pointer that rests on the number would show its card again
    page.locator("mark.current").wait_for()
    page.keyboard.press("Escape")
    page.locator("#fn-card").wait_for()  # the focus is on the number again
    page.keyboard.press("Escape")
    page.locator("#fn-card").wait_for(state="hidden")
    page.keyboard.press("Escape")
    page.locator(".stopped").wait_for()
    assert page.inner_text(".stopped .said") == "Six people were hurt."
    assert "sank" not in page.inner_text(".stopped")  # what was not checked is never shown
    assert "not complete" in page.inner_text(".stopped > .notice")
    page.locator(".send").wait_for()
    ask(page, ANSWERED.question)
    assert page.locator(".turn").last.locator(".quotation .fn-number").count() == 3


def test_closed_tab_closes_the_stream(open_page: Callable[..., Page], tmp_path: Path) -> None:
    """Closing the page in the middle of an answer ends the request behind it; the next one is answered."""
    with served("watched", tmp_path) as address:
        page = open_page(address)
        send(page, SLOW)
        page.locator(".growing .meanwhile").wait_for()
        page.context.close()
        page = open_page(address)
        ask(page, ANSWERED.question)
        while not (tmp_path / "closed.txt").exists():
            page.evaluate("fetch('favicon.ico')")
        page.context.close()
    assert (tmp_path / "closed.txt").read_text() == SLOW


def test_states_are_told_with_their_reason_on_demand(chat: str, open_page: Callable[..., Page]) -> None:
    """Corrected, unsupported and conflicting statements carry a word that tells the reason when pressed."""
    page = open_page(chat)
    ask(page, WRITTEN_QUESTION)
    badges = page.locator(".statement .badge")
    assert badges.all_inner_texts() == ["not in the sources", "corrected", "≠ sources differ"]
    badges.nth(0).click()
    assert page.locator(".why >> visible=true").all_inner_texts() == ["No sentence says that it sank."]
    assert badges.nth(0).get_attribute("aria-expanded") == "true"
    badges.nth(0).click()
    assert page.locator(".why >> visible=true").count() == 0
    page.hover(".fn-number >> nth=0")
    card = page.locator("#fn-card")
    card.wait_for()
    assert card.locator(".verdict").inner_text() == "The sentence says six."
    assert card.locator("strong").all_inner_texts() == ["Six people"]
    assert card.locator(".beside").all_inner_texts() == [
        "This is about the ferry Aurora.",
        "Also printed by: Coast Daily",
    ]


def test_differing_sources_stand_side_by_side(chat: str, open_page: Callable[..., Page]) -> None:
    """A disagreement shows both values with their dates, the newest first."""
    page = open_page(chat)
    ask(page, WRITTEN_QUESTION)
    assert page.locator(".conflict .value").all_inner_texts() == ["six", "nine"]
    assert page.locator(".conflict .date").all_inner_texts() == ["4 May 2026", "3 May 2026"]
    first, second = (page.locator(".sides > li").nth(side).bounding_box() for side in (0, 1))
    assert first is not None
    assert second is not None
    assert first["y"] == second["y"]


def test_statements_are_announced_as_they_are_checked(chat: str, open_page: Callable[..., Page]) -> None:
    """A screen reader hears each statement once with its footnote, then how many there are."""
    page = open_page(chat)
    ask(page, WRITTEN_QUESTION)
    said = " ".join(page.locator("[data-live] p").all_inner_texts())
    assert [said.count(item.text) for item in WRITTEN.statements] == [1, 1, 1, 1]
    assert said.endswith("3 footnotes.")
    assert page.get_attribute("[data-live]", "role") == "log"


def test_question_is_asked_again_and_edited(chat: str, open_page: Callable[..., Page]) -> None:
    """Arrow up edits the last question; the new answer takes its place; Escape leaves it as it was."""
    page = open_page(chat)
    ask(page, ANSWERED.question)
    ask(page, UNKNOWN)
    page.keyboard.press("ArrowUp")
    assert page.input_value("#fn-question") == UNKNOWN
    page.keyboard.press("Escape")
    assert (page.input_value("#fn-question"), page.locator(".editing").is_visible()) == ("", False)
    page.keyboard.press("ArrowUp")
    send(page, WRITTEN_QUESTION)
    page.locator(".turn").nth(1).locator(".written").wait_for()
    assert page.locator(".question").all_inner_texts() == [ANSWERED.question, WRITTEN_QUESTION]
    page.locator(".turn").nth(1).locator(".actions").wait_for()
    page.click(".turn >> nth=0 >> [data-do=again]")
    page.locator(".turn .decisive").wait_for()
    page.locator(".turn .actions").wait_for()
    reload(page)
    page.locator(".turn .actions").wait_for()
    assert page.locator(".question").all_inner_texts() == [ANSWERED.question]


def test_next_question_is_suggested_and_asked(chat: str, open_page: Callable[..., Page]) -> None:
    """Below an answer stands a question that goes on from it; one press asks it."""
    page = open_page(chat)
    ask(page, ANSWERED.question)
    page.click(".next .suggestion")
    page.locator(".written").wait_for()
    assert page.locator(".question").last.inner_text() == WRITTEN_QUESTION


def test_arrow_keys_lead_through_the_footnotes(chat: str, open_page: Callable[..., Page]) -> None:
    """On a number the arrows go to the next one; in the panel they go through the quotations."""
    page = open_page(chat)
    ask(page, ANSWERED.question)
    page.focus(".fn-number >> nth=0")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.textContent") == "2"  # the last one on the page
    page.keyboard.press("Enter")
    page.get_by_text("2 of 3", exact=True).wait_for()
    assert page.text_content("mark.current") == f"{NINE.quote}2"
    page.keyboard.press("ArrowRight")
    page.get_by_text("3 of 3").wait_for()


def test_selected_text_finds_its_sources(chat: str, open_page: Callable[..., Page]) -> None:
    """Words selected in an answer lead to the nearest sentences, and from there into their articles."""
    page = open_page(chat)
    ask(page, ANSWERED.question)
    ask(page, UNKNOWN)
    page.evaluate("document.querySelector('.scroll').scrollTop = 0")
    page.locator(".quote").first.select_text()
    page.locator(".chooser").wait_for()
    page.evaluate("document.querySelector('.scroll').scrollTop = 10_000")
    page.locator(".chooser").wait_for(state="hidden")  # it goes with the words
    page.evaluate("document.querySelector('.scroll').scrollTop = 0")
    page.locator(".quote").first.select_text()
    page.click(".chooser")
    page.get_by_role("heading", name="Closest sentences").wait_for()
    page.click(".similar .number")  # the second one of its article
    page.locator("mark.current").wait_for()
    assert page.inner_text("mark.current") == "The Aurora carried 84 passengers."
