"""Checking a draft: pasted, marked, its sentences read, saved as Word and Markdown, stopped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
from browser.asking import check_draft, open_draft
from browser.running import served
from browser.test_looks import CONTRAST, SMALL
from fakechat import BROKEN, NINE, SIX, SLOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

STATEMENTS = ("Six people were hurt.", "Six passengers were injured.", "The pier burnt down.", "A shame.")
DRAFT = f"{STATEMENTS[0]} {STATEMENTS[1]}\n\n{STATEMENTS[2]} {STATEMENTS[3]}\n"
HOSTILE = "<img src=x onerror=alert(1)> said so. <script>alert(2)</script> \"' differs. <b>Bold.</b>"
WIDER = "(([one]) => one.scrollWidth - one.clientWidth)(document.querySelectorAll('.draft-view'))"


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("phone", [False, True])
def test_a_draft_is_marked_and_its_sentences_are_read(
    chat: str, open_page: Callable[..., Page], *, phone: bool, dark: bool
) -> None:
    """The draft stands there word for word, each state in words, each sentence one press away."""
    page = open_page(chat, phone=phone, dark=dark)
    open_draft(page)
    check_draft(page, DRAFT)
    marked = page.locator(".draft-text .drafted")
    assert marked.all_text_contents() == list(STATEMENTS)
    assert page.locator(".draft-text .badge").all_inner_texts() == ["≠ differs", "? not found"]
    page.click(".draft-text .badge >> nth=0")
    page.get_by_text("the source says Nine, the draft Six").first.wait_for()
    assert page.locator(".draft-list q").all_inner_texts() == [STATEMENTS[1], STATEMENTS[2]]
    quotes = page.locator(".sources .quote").all_inner_texts()
    assert (quotes[0], NINE.quote in quotes) == (SIX.quote, True)  # by article
    assert (page.evaluate(CONTRAST), page.evaluate(SMALL), page.evaluate(WIDER)) == ([], [], 0)
    page.click(".sources .open-source >> nth=0")
    page.locator("mark.current", has_text=SIX.quote[:20]).wait_for()
    page.keyboard.press("Escape")
    page.locator(".source").wait_for(state="hidden")


def test_a_checked_draft_is_saved_as_word_and_markdown(
    chat: str, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    """The Word file has comments at the statements that need a look; the Markdown has them all."""
    page = open_page(chat)
    open_draft(page)
    check_draft(page, DRAFT)
    with page.expect_download() as word:
        page.get_by_role("button", name="Save as Word with comments").click()
    word.value.save_as(tmp_path / "draft.docx")
    saved = docx.Document(str(tmp_path / "draft.docx"))
    assert [paragraph.text for paragraph in saved.paragraphs] == DRAFT.strip().split("\n\n")
    assert [each.text.partition(":")[0] for each in saved.comments] == ["Not found", "Differs"]
    with page.expect_download() as markdown:
        page.get_by_role("button", name="Save as Markdown").click()
    text = Path(markdown.value.path()).read_text("utf-8")
    assert all(each.rstrip(".") in text for each in STATEMENTS)


def test_a_hostile_draft_is_shown_as_text(chat: str, open_page: Callable[..., Page]) -> None:
    """Markup in a draft is neither run nor shown as markup; `open_page` fails on any dialog or request."""
    page = open_page(chat)
    open_draft(page)
    check_draft(page, HOSTILE)
    assert HOSTILE in page.locator(".draft-text").evaluate(
        "one => [...one.childNodes].filter((node) => node.nodeType === 3 || node.matches('.drafted'))"
        ".map((node) => node.textContent).join('')"
    )
    assert page.locator(".draft-text :is(img, script, b)").count() == 0


def test_a_check_is_stopped_and_a_failure_told(open_page: Callable[..., Page], tmp_path: Path) -> None:
    """Stop ends the check on the server too; what goes wrong is told calmly, and the draft stays."""
    with served("fake", tmp_path) as address:
        page = open_page(address)
        open_draft(page)
        page.fill("#fn-draft", f"{SLOW}. Then more.")
        page.click(".draft-form .primary")
        page.get_by_text("Checking 1 of 2 statements …").wait_for()
        page.click("[data-do=stopDraft]")
        page.locator(".draft-result .stopped").wait_for()
        assert page.locator(".draft-form .primary").is_enabled()
        check_draft(page, f"{BROKEN}.")
        told = page.locator(".draft-result .failure").inner_text()
        assert "secret" not in told
        assert page.input_value("#fn-draft") == f"{BROKEN}."
        page.fill("#fn-draft", "x" * 100_001)
        assert page.locator(".draft-form .primary").is_disabled()
        assert "100,001 of 100,000" in page.locator("#fn-draft-count").inner_text()
        page.close()


def test_the_address_leads_to_the_page_of_drafts(chat: str, open_page: Callable[..., Page]) -> None:
    """#draft opens it, and the way back leads to the chat."""
    page = open_page(f"{chat}#draft")
    page.locator("#fn-draft").wait_for()
    page.click(".draft-view .back")
    page.locator("#fn-question").wait_for()
