"""Asking, checking and stepping through sources, as a person does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.asking import ask
from browser.running import served
from fakechat import ANSWERED, BROKEN, DOCK, FERRY, LIMITED_NOTICE, LIMITED_QUESTION, SIX, UNKNOWN

from assistant.web.html.failure_words import WENT_WRONG

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

UPPER_THIRD = """() => {
  const panel = document.querySelector(".source-body").getBoundingClientRect();
  const mark = document.querySelector("mark.current").getBoundingClientRect();
  return (mark.top - panel.top) / panel.height;
}"""
IN_VIEW = """one => {
  const box = one.getBoundingClientRect(), mark = document.querySelector("mark.current");
  return box.top >= 0 && box.height > 40 && box.bottom <= mark.getBoundingClientRect().top;
}"""
FOCUSED = """() => {
  const one = document.activeElement;
  return one.getAttribute("aria-label") || one.id || one.tagName;
}"""


def test_question_is_answered_with_footnotes(chat: str, open_page: Callable[..., Page]) -> None:
    """A question sent with Enter gets quotations with numbered buttons, and the box is ready for the next."""
    page = open_page(chat)
    assert page.title() == "Footnote"
    assert page.inner_text(".library") == "3 articles · 3 May 2026 – 4 May 2026"
    ask(page, ANSWERED.question)
    assert page.inner_text(".question") == ANSWERED.question
    quoted = [ANSWERED.statements[place].text for place in (0, 2, 1)]  # by source
    assert page.locator(".quote").all_inner_texts()[:3] == quoted
    assert page.locator(".decisive .quote").inner_text() == SIX.quote
    labels = [button.get_attribute("aria-label") for button in page.locator(".quotation .fn-number").all()]
    assert labels == [
        "Footnote 1: Harbour Gazette, 4 May 2026",
        "Footnote 3: Harbour Gazette, 4 May 2026",
        "Footnote 2: Inland Post, 3 May 2026",
    ]
    assert page.inner_text(".status").startswith("Word for word from your articles · ")
    assert page.inner_text("[data-live]") == f"{ANSWERED.text} 3 footnotes."
    assert (page.evaluate(FOCUSED), page.input_value("#fn-question")) == ("fn-question", "")


def test_card_shows_the_quote_in_its_surroundings(chat: str, open_page: Callable[..., Page]) -> None:
    """Pointing at a number shows the quote with what stands around it; the pointer may move onto the card."""
    page = open_page(chat)
    ask(page, ANSWERED.question)
    page.hover(".fn-number >> nth=0")
    card = page.locator("#fn-card")
    card.wait_for()
    assert card.locator(".quote").inner_text() == SIX.quote
    assert card.locator(".around").inner_text().startswith(" An earlier report had spoken of nine.")
    parts = card.locator(".card-head span").all_inner_texts()
    assert parts == ["Ferry fire: six hurt, not nine", "Harbour Gazette", "4 May 2026"]
    card.hover()
    page.wait_for_timeout(
        300
    )  # longer than a card stays when the pointer leaves: the one wait that tests time
    assert card.is_visible()
    page.mouse.move(5, 400)
    card.wait_for(state="hidden")


def test_everything_works_by_keyboard(chat: str, open_page: Callable[..., Page]) -> None:
    """Tab reaches a footnote and shows its card, Enter opens the article, Escape leads back to it."""
    page = open_page(chat)
    ask(page, ANSWERED.question)
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        if page.evaluate(FOCUSED) == "Footnote 3: Harbour Gazette, 4 May 2026":
            break
    page.locator("#fn-card").wait_for()
    page.keyboard.press("Enter")
    page.locator("mark.current").wait_for()
    assert page.evaluate(FOCUSED) == "H2"
    page.keyboard.press("Escape")
    page.locator(".source").wait_for(state="hidden")
    assert page.evaluate(FOCUSED) == "Footnote 3: Harbour Gazette, 4 May 2026"


def test_source_shows_the_cited_sentence(chat: str, open_page: Callable[..., Page]) -> None:
    """A click opens the article at the cited sentence, in the upper third; steps lead through all of them."""
    page = open_page(chat)
    ask(page, ANSWERED.question)
    page.click(".quotation .fn-number[data-mark='2']")
    page.locator("mark.current").wait_for()
    assert page.text_content("mark.current") == f"{DOCK.quote}3"
    assert page.locator(".source header").evaluate(IN_VIEW)
    assert 0 < page.evaluate(UPPER_THIRD) < 1 / 3
    assert page.locator(".tick").all_inner_texts() == ["1", "3"]
    assert page.inner_text(".source h2") == FERRY.title
    assert page.get_attribute(".original", "rel") == "noopener noreferrer"
    page.click("[data-do=next]")
    page.get_by_text("1 of 3").wait_for()
    assert page.text_content("mark.current") == f"{SIX.quote}1"
    page.click("[data-do=next]")
    page.get_by_text("2 of 3").wait_for()
    assert page.inner_text(".source h2") == "Blaze on the Aurora"
    assert set(page.locator(".fn-number.showing").all_inner_texts()) == {"2"}


def test_consulted_and_closest_sentences_open_too(chat: str, open_page: Callable[..., Page]) -> None:
    """What was consulted is folded away and can be opened; without an answer the closest sentences can."""
    page = open_page(chat)
    ask(page, ANSWERED.question)
    page.click(".consulted summary")
    page.click(".consulted .open-source >> nth=0")
    page.get_by_role("heading", name="School board").wait_for()
    page.keyboard.press("Escape")
    ask(page, UNKNOWN)
    assert page.inner_text(".none") == "Your articles don't say."
    page.click(".unanswered .open-source >> nth=0")
    page.locator("mark.current").wait_for()
    assert page.inner_text("mark.current") == "The Aurora carried 84 passengers."


def test_failure_is_calm_and_leaves_the_chat_working(chat: str, open_page: Callable[..., Page]) -> None:
    """An unexpected error is told without its detail, and the next question is answered."""
    page = open_page(chat)
    ask(page, BROKEN)
    assert page.inner_text(".failure") == WENT_WRONG
    assert "secret" not in page.content()
    ask(page, ANSWERED.question)
    assert page.locator(".answer").count() == 1


def test_question_box(chat: str, open_page: Callable[..., Page]) -> None:
    """Shift+Enter begins a line; the counter shows near the limit only; a question over it can't be sent."""
    page = open_page(chat)
    page.type("#fn-question", "one")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("two")
    assert (page.input_value("#fn-question"), page.inner_text("#fn-count")) == ("one\ntwo", "")
    page.fill("#fn-question", "x" * 3_700)
    assert page.inner_text("#fn-count") == "3,700 of 4,000 characters"
    page.fill("#fn-question", "x" * 4_001)
    assert page.is_disabled(".send")
    page.keyboard.press("Enter")
    assert page.locator(".turn").count() == 0


def test_new_chat_begins_again(chat: str, open_page: Callable[..., Page]) -> None:
    """New chat clears the conversation and offers questions, which can be clicked."""
    page = open_page(chat)
    ask(page, UNKNOWN)
    page.click("[data-do=new]")
    page.locator(".turn").wait_for(state="detached")
    page.click(".suggestion >> nth=0")
    page.locator(".answer:not(.growing)").wait_for()
    assert page.inner_text(".question") == ANSWERED.question


def test_a_filter_of_the_question_can_be_undone(chat: str, open_page: Callable[..., Page]) -> None:
    """What a question's words limited is shown with a button that asks the same of all articles."""
    page = open_page(chat)
    ask(page, LIMITED_QUESTION)
    assert LIMITED_NOTICE in page.inner_text(".answer")
    page.get_by_role("button", name="Ask all articles", exact=True).click()
    page.get_by_text(LIMITED_NOTICE).wait_for(state="detached")
    page.locator(".answer:not(.growing)").wait_for()
    assert page.locator(".turn .question").all_inner_texts() == [LIMITED_QUESTION]
    assert LIMITED_NOTICE not in page.inner_text(".answer")


def test_answer_can_be_copied(chat: str, open_page: Callable[..., Page]) -> None:
    """Copying gives the answer with quotes, sources and dates as text."""
    page = open_page(chat)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, ANSWERED.question)
    page.click("[data-do=copy]")
    page.get_by_role("button", name="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"{ANSWERED.question}\n\n{SIX.quote} [1]")
    assert "[2] Inland Post, 3 May 2026: Blaze on the Aurora" in copied


def test_phone_has_a_sheet(chat: str, open_page: Callable[..., Page]) -> None:
    """On a phone a first tap shows the quote, a second one the article as a sheet from below."""
    page = open_page(chat, phone=True)
    ask(page, ANSWERED.question)
    page.tap(".fn-number >> nth=0")
    page.locator("#fn-card").wait_for()
    assert page.locator(".source").is_hidden()
    page.tap(".fn-number >> nth=0")
    page.locator("mark.current").wait_for()
    box = page.locator(".source").bounding_box()
    assert box is not None
    assert (box["x"], box["width"], box["y"] + box["height"]) == (0, 390, 844)
    page.tap("[data-do=close] >> visible=true >> nth=0")
    page.locator(".source").wait_for(state="hidden")


def test_ended_server_is_told(open_page: Callable[..., Page], tmp_path: Path) -> None:
    """When Footnote ends while a question waits, the page says so instead of waiting for ever."""
    with served("fake", tmp_path) as address:
        page = open_page(address, may_break=True)
    ask(page, ANSWERED.question)
    assert (
        page.inner_text(".failure")
        == "Footnote is not running any more. Start it again, then reload this page."
    )
