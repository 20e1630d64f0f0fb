"""What can be measured of how the page looks: contrast, targets, narrow windows, motion."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.asking import ask, open_library, open_side
from fakechat import ANSWERED, CROWDED, UNKNOWN, WRITTEN_QUESTION

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

AA = 4.5
TARGET = 24  # pixels, WCAG 2.2 AA

# Contrast of every visible text against the nearest opaque background, by the WCAG formula.
CONTRAST = """() => {
  const parse = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = (one) => {
    for (; one; one = one.parentElement) {
      const colour = parse(getComputedStyle(one).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const poor = [];
  for (const one of document.querySelectorAll(".fn-page *")) {
    const words = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!words || !one.checkVisibility() || one.closest(".sr-only, :disabled, .skip")) continue;
    const [a, b] = [light(parse(getComputedStyle(one).color)), light(behind(one))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < LEAST) poor.push(`${one.className || one.tagName}: ${ratio.toFixed(2)}`);
  }
  return poor;
}""".replace("LEAST", str(AA))
SMALL = """() => [...document.querySelectorAll(".fn-page :is(button, summary)")]
  .filter((one) => one.checkVisibility())
  .map((one) => [one.className, one.getBoundingClientRect()])
  .filter(([, box]) => box.width < LEAST || box.height < LEAST)
  .map(([name, box]) => `${name}: ${box.width}x${box.height}`)""".replace("LEAST", str(TARGET))
WIDER = "() => document.querySelector('.scroll').scrollWidth - document.querySelector('.scroll').clientWidth"


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("phone", [False, True])
def test_text_can_be_read_and_buttons_hit(
    chat: str, open_page: Callable[..., Page], *, phone: bool, dark: bool
) -> None:
    """In both themes and sizes every text has AA contrast and every button is at least 24 pixels."""
    page = open_page(chat, phone=phone, dark=dark)
    page.locator(".suggestion").first.wait_for()
    assert (page.evaluate(CONTRAST), page.evaluate(SMALL)) == ([], [])
    page.click(".suggestion >> nth=0")
    page.click(".consulted summary")
    page.click(".answer .open-source >> nth=0")
    page.locator("mark.current").wait_for()
    assert (page.evaluate(CONTRAST), page.evaluate(SMALL)) == ([], [])


@pytest.mark.parametrize("width", [320, 600, 900, 3840])
def test_every_width_is_used_without_scrolling_sideways(
    chat: str, open_page: Callable[..., Page], width: int
) -> None:
    """From 320 pixels to a wide screen nothing sticks out sideways, and lines stay readable."""
    page = open_page(chat, width=width)
    page.fill("#fn-question", ANSWERED.question)
    page.keyboard.press("Enter")
    page.locator(".answer:not(.growing)").wait_for()
    assert page.evaluate(WIDER) == 0
    assert page.evaluate("document.querySelector('.answer').clientWidth") <= 42 * 16
    page.click(".fn-number >> nth=0")
    page.locator("mark.current").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == width


INSIDE = """one => {
  const box = one.getBoundingClientRect();
  return box.width > 0 && box.left >= 0 && box.right <= innerWidth && box.top >= 0;
}"""


@pytest.mark.parametrize("width", [320, 390, 768])
def test_whatever_opens_stays_within_the_window(
    chat: str, open_page: Callable[..., Page], width: int
) -> None:
    """Menus, filters and the header fit a narrow window, and so does the page of the library."""
    page = open_page(chat, phone=True, width=width)
    ask(page, ANSWERED.question)
    page.click(".actions summary")
    assert page.locator(".actions .menu ul").evaluate(INSIDE)
    page.keyboard.press("Escape")
    page.click(".limits summary")
    page.locator(".limits-form .timeline").wait_for()
    assert page.locator(".limits-form").evaluate(INSIDE)
    page.keyboard.press("Escape")
    open_side(page)
    page.click(".kept summary >> nth=0")
    assert page.locator(".kept .entries >> nth=0").evaluate(INSIDE)
    page.keyboard.press("Escape")
    open_library(page)
    page.locator(".article-title").first.wait_for()
    wider = "one => one.scrollWidth - one.clientWidth"
    assert page.locator(".library-view").evaluate(wider) == 0
    assert page.locator(".top").evaluate(wider) == 0


def test_a_new_question_stands_at_the_top_alone(chat: str, open_page: Callable[..., Page]) -> None:
    """Of the answer before nothing is left in view, however short the new one is."""
    page = open_page(chat)
    ask(page, WRITTEN_QUESTION)
    ask(page, CROWDED.question)
    top = page.locator(".scroll").evaluate("one => one.getBoundingClientRect().top")
    question = page.locator(".question").last.bounding_box()
    before = page.locator(".turn").first.locator(".actions").bounding_box()
    assert question is not None
    assert before is not None
    assert 0 <= question["y"] - top <= 32
    assert before["y"] + before["height"] <= top


def test_numbers_in_the_margin_stand_apart(chat: str, open_page: Callable[..., Page]) -> None:
    """Two cited sentences that end on one line have their numbers below each other, beside that line."""
    page = open_page(chat)
    ask(page, CROWDED.question)
    page.click(".fn-number >> nth=0")
    page.locator("mark.current").wait_for()
    first, second = (page.locator(".tick").nth(number).bounding_box() for number in (0, 1))
    line = page.locator("mark.current").bounding_box()
    assert first is not None
    assert second is not None
    assert line is not None
    assert abs(first["y"] + first["height"] / 2 - line["y"] - line["height"] / 2) < 8
    assert second["y"] - first["y"] >= 13


def test_asking_on_a_phone_leaves_room_for_the_answer(chat: str, open_page: Callable[..., Page]) -> None:
    """Where the keyboard is on the screen it goes away with the question."""
    page = open_page(chat, phone=True)
    ask(page, ANSWERED.question)
    assert page.evaluate("document.activeElement.id") == ""


# What is neither an answer nor from an article and takes more than two lines.
LONG = """() => [...document.querySelectorAll(".fn-page *")].filter((one) => {
  const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
  if (!own || !one.checkVisibility() || one.closest("[dir=auto], .statements, .sr-only, .skip")) return false;
  const range = document.createRange();
  range.selectNodeContents(one);
  return range.getBoundingClientRect().height > 2.4 * parseFloat(getComputedStyle(one).lineHeight);
}).map((one) => one.textContent)"""


def test_on_a_phone_only_answers_take_three_lines(chat: str, open_page: Callable[..., Page]) -> None:
    """No notice is longer, on any page, and the buttons under an answer stand in one row."""
    page = open_page(chat, phone=True)
    page.locator(".suggestion").first.wait_for()
    assert page.evaluate(LONG) == []
    for question in (ANSWERED.question, WRITTEN_QUESTION, UNKNOWN):
        ask(page, question)
        buttons = page.locator(".actions").last.locator("> .quiet, summary, .thumb").all()
        tops = [box["y"] for each in buttons if (box := each.bounding_box())]
        assert max(tops) - min(tops) < 16
    assert page.evaluate(LONG) == []
    for view in ("library", "draft", "story", "kept", "settings"):
        open_side(page)
        page.click(f".go:is([data-do={view}], [data-do={view}Page])")
        page.locator(f".{view}-view h2").wait_for()
        assert page.evaluate(LONG) == []
