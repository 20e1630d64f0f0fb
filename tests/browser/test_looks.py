"""What can be measured of how the page looks: contrast, targets, narrow windows, motion."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fakechat import ANSWERED

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
