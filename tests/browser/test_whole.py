"""The whole product with nothing put in its place: from an empty folder to a checked answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser.running import served, text_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

QUESTION = "How many people were hurt in the ferry fire?"
QUOTE = "Six people were hurt in Sunday's fire on the ferry Marta Lind, the harbour authority said on Monday."
NEWS = b"Library gets a cat\n\nThe library of Orrowmere has adopted a cat called Comma. She sleeps a lot."


def test_from_nothing_to_a_checked_answer(open_page: Callable[..., Page], tmp_path: Path) -> None:
    """A stranger takes the examples, asks a suggested question, checks its source, adds a file twice."""
    with served("real", tmp_path / "library") as address:
        page = open_page(address)
        page.set_default_timeout(180_000)  # the models are loaded on the way
        page.fill("#fn-question", QUESTION)
        page.keyboard.press("Enter")
        page.locator(".none", has_text="There are no articles to ask yet.").wait_for()
        page.locator(".turn").locator("[data-do=examples]").click()
        page.locator(".report").wait_for()
        assert page.inner_text(".outcome").split(" added")[0] == "20 articles"
        page.click("[data-do=new]")
        page.locator(".suggestion", has_text=QUESTION).click()
        page.locator(".answer:not(.growing)").wait_for()
        assert page.locator(".decisive .quote").inner_text() == QUOTE
        assert page.locator(".status").inner_text().startswith("Word for word from your articles · ")
        page.locator(".fn-number").first.click()
        page.locator("mark.current").wait_for()
        assert page.text_content("mark.current") == f"{QUOTE}1"
        page.keyboard.press("Escape")

        for outcome in ("1 article added.", "1 article already there, unchanged."):
            before = page.locator(".report").count()
            page.set_input_files("[data-files]", [text_file("cat.txt", NEWS)])
            page.locator(".report").nth(before).wait_for()
            assert page.locator(".outcome").last.inner_text().startswith(outcome)
        page.fill("#fn-question", "What is the library's cat called?")
        page.keyboard.press("Enter")
        page.locator(".answer:not(.growing)").nth(1).wait_for()
        newest = page.locator(".turn").last
        assert newest.locator(".decisive .quote").inner_text() == (
            "The library of Orrowmere has adopted a cat called Comma."
        )
        newest.locator(".fn-number").first.click()
        page.get_by_role("heading", name="Library gets a cat").wait_for()
        assert "uploads" not in page.inner_text(".source")
        page.keyboard.press("Escape")
        newest.locator(".actions summary").click()
        with page.expect_download() as saved:
            newest.get_by_role("button", name="Save as Markdown").click()
        assert "called Comma" in Path(saved.value.path()).read_text(encoding="utf-8")
        page.context.close()
    calls = tmp_path / "calls.txt"
    assert (calls.read_text() if calls.exists() else "") == ""
