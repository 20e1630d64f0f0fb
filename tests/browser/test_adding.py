"""Beginning with an empty library and adding articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.asking import open_library
from browser.running import served, text_file
from browser.test_axe import violations
from fakechat import ANSWERED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

DROP = """([name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name, { type: "text/plain" }));
  const place = document.querySelector(".scroll");
  for (const kind of ["dragover", "drop"])
    place.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[str]:
    with served("empty", tmp_path) as address:
        yield address


def test_empty_library_starts_with_examples_then_takes_files(
    empty: str, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    """An empty library offers the examples; dropped and chosen files follow, each with a report."""
    page = open_page(empty)
    assert page.inner_text(".library") == "No articles yet"
    page.click("[data-do=examples]")
    page.locator(".report").wait_for()
    assert page.inner_text(".report .outcome") == "3 articles added. It took 0.4 s."
    page.get_by_text("3 articles · 3 May 2026 – 4 May 2026").wait_for()
    page.locator(".adding .suggestion", has_text=ANSWERED.question).wait_for()

    page.evaluate(DROP, ["Bridge <b>opened</b>.txt", "The mayor opened the bridge."])
    page.locator(".report").nth(1).wait_for()
    assert page.locator(".question").nth(1).inner_text() == "Add Bridge <b>opened</b>.txt"
    failed = page.locator(".report").nth(1).locator(".failed li").all_inner_texts()
    assert failed == ["photo.png — not text; it looks like an image"]
    page.get_by_text("4 articles · 3 May 2026 – 1 Jun 2026").wait_for()

    files = [text_file("one.txt", b"News."), text_file("two.txt", b"More news.")]
    page.set_input_files("[data-files]", files)
    page.locator(".report").nth(2).wait_for()
    assert page.inner_text(".report >> nth=2 >> .outcome") == "2 articles added. It took 0.4 s."
    assert list((tmp_path / "uploads").iterdir()) == []


@pytest.mark.parametrize(("dark", "phone"), [(False, False), (True, False), (False, True), (True, True)])
def test_axe_finds_no_violation_where_articles_are_added(
    empty: str, open_page: Callable[..., Page], *, dark: bool, phone: bool
) -> None:
    """An empty library, a report with what failed, and the list of articles are free of violations."""
    page = open_page(empty, dark=dark, phone=phone)
    assert violations(page) == []
    page.evaluate(DROP, ["bridge.txt", "The mayor opened the bridge."])
    page.locator(".report .failed li").wait_for()
    assert violations(page) == []
    open_library(page)
    page.locator(".article-title").first.wait_for()
    assert violations(page) == []


def test_file_over_the_limit_is_not_sent(chat: str, open_page: Callable[..., Page]) -> None:
    """A file over the limit is refused by the page itself and listed in the report."""
    page = open_page(chat)
    page.evaluate(
        """() => { const file = new File(["x"], "huge.txt");
        Object.defineProperty(file, "size", { value: 2 ** 40 });
        const data = { types: ["Files"], files: [file] };
        const drop = new Event("drop", { bubbles: true, cancelable: true });
        Object.defineProperty(drop, "dataTransfer", { value: data });
        document.dispatchEvent(drop); }"""
    )
    page.locator(".report").wait_for()
    assert page.locator(".failed li").all_inner_texts()[-1] == (
        "huge.txt — larger than the limit; FOOTNOTE_MAX_FILE_MB raises it"
    )
