"""The bench of the first text sees it whatever the page does with its elements, and never waits for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.asking import ANSWER
from fakechat import ANSWERED, UNKNOWN, WRITTEN_QUESTION

from bench import firsttext

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_the_first_text_is_seen_in_every_kind_of_answer(chat: str, open_page: Callable[..., Page]) -> None:
    """Quotations, prose and no answer, one after the other in one chat and in new ones."""
    page = open_page(chat)
    for question in (ANSWERED.question, WRITTEN_QUESTION, UNKNOWN):
        assert 0 < firsttext.first_text(page, question) < firsttext.LONGEST
        page.locator(".turn").last.locator(ANSWER).wait_for()
    firsttext.settle(page)
    assert page.locator(".turn").count() == 0
    assert 0 < firsttext.first_text(page, ANSWERED.question) < firsttext.LONGEST
    firsttext.settle(page)


def test_a_page_that_stays_silent_is_an_error(
    chat: str, open_page: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failure has no first text of an answer: the bench says so instead of waiting on."""
    monkeypatch.setattr(firsttext, "LONGEST", 300)
    page = open_page(chat)
    page.route("**/queue/join*", lambda _: None)
    with pytest.raises(firsttext.SilentPageError, match=r"No text came within 0 s after Enter on “Who won"):
        firsttext.first_text(page, UNKNOWN)
