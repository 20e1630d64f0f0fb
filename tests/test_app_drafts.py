"""Drafts of the page without a browser: messages, stopping, limits, exports, and what is hostile."""

from __future__ import annotations

import asyncio
import base64
import io
import json
from typing import TYPE_CHECKING, Any

import docx
from fakechat import BROKEN, SLOW, FakeChat, checked_draft

from assistant.web.chat.draft_checks import GONE, MOST_HELD, STOPPED, DraftChecks
from assistant.web.html.draft_view import check_html, draft_page_html

if TYPE_CHECKING:
    from pathlib import Path

DRAFT = "Six people were hurt. Six were injured. The pier burnt down. A shame."


def checks(tmp_path: Path, *, limit: int = 1000) -> DraftChecks:
    """Return the checks of one person over the articles in memory."""
    return DraftChecks(FakeChat(tmp_path), limit=limit)


def messages(drafts: DraftChecks, data: Any) -> list[dict[str, Any]]:
    """Return all messages of a check."""

    async def run() -> list[dict[str, Any]]:
        return [json.loads(message) async for message in drafts.check(data)]

    return asyncio.run(run())


def test_the_last_message_has_the_marked_draft(tmp_path: Path) -> None:
    """It is the only one that is done, and says the sum for a screen reader."""
    told = messages(checks(tmp_path), {"token": "t1", "text": DRAFT})
    assert [message["done"] for message in told] == [False] * (len(told) - 1) + [True]
    assert told[-1]["said"][0].startswith("4 statements: 1 agrees, 1 differs, 1 not found, 1 claims nothing.")
    assert 'class="drafted differs"' in told[-1]["html"]


def test_a_draft_is_checked_within_the_limits_of_the_page(tmp_path: Path) -> None:
    """Filters and the day of the header hold for drafts too, and are told with the result."""
    drafts = checks(tmp_path)
    data = {"text": DRAFT, "limits": {"from": "2026-05-01", "sources": ["Inland Post"], "on": "2026-06-01"}}
    html = messages(drafts, data)[-1]["html"]
    (draft,) = drafts.service.checked  # type: ignore[attr-defined]  # the fake's own list
    assert draft.limits.filters.sources == {"Inland Post"}
    assert str(draft.limits.asked_on) == "2026-06-01"
    assert "Limited to: " in html


def test_wrong_messages_are_told_calmly(tmp_path: Path) -> None:
    """Whatever comes instead of a draft, the only message after the first is a sentence."""
    wrong: tuple[Any, ...] = (None, [], {"text": 5}, {"text": "  "}, {"text": "x" * 1001}, {"text": BROKEN})
    for data in wrong:
        last = messages(checks(tmp_path), data)[-1]
        assert last["done"] is True
        assert "failure" in last["html"]
        assert "secret" not in last["html"]


def test_a_stopped_check_ends_the_work(tmp_path: Path) -> None:
    """By the button, and where the page is closed."""

    async def run(*, by_button: bool) -> tuple[dict[str, Any], list[str]]:
        drafts = checks(tmp_path)
        last: dict[str, Any] = {}
        async for message in drafts.check({"token": "t", "text": SLOW}, "page"):
            last = json.loads(message)
            if "1 of 1" in last["html"]:
                if by_button:
                    drafts.stop({"token": "t"})
                else:
                    drafts.leave("page")
        return last, drafts.service.closed  # type: ignore[attr-defined]  # the fake's own list

    for by_button in (True, False):
        last, closed = asyncio.run(run(by_button=by_button))
        assert (last["said"], last["done"], closed) == ([STOPPED], True, [SLOW])


def test_checked_drafts_can_be_saved_for_a_while(tmp_path: Path) -> None:
    """As Markdown and as Word; unknown keys and those of long ago are told."""
    drafts = checks(tmp_path)
    key = messages(drafts, {"text": DRAFT})[-1]["key"]
    word = drafts.export({"key": key, "format": "word"})
    saved = docx.Document(io.BytesIO(base64.b64decode(word["base64"])))
    assert ([paragraph.text for paragraph in saved.paragraphs], len(list(saved.comments))) == ([DRAFT], 2)
    assert drafts.export({"key": key, "format": "markdown"})["text"] == checked_draft(DRAFT).to_markdown()
    for _ in range(MOST_HELD):
        messages(drafts, {"text": DRAFT})
    for wrong in ({"key": key}, {"key": "0" * 16}, {"key": 5}, None):
        assert drafts.export(wrong) == {"failed": GONE}


def test_hostile_text_is_escaped() -> None:
    """No tag of a draft is a tag of the page."""
    draft = '<img src=x onerror=alert(1)> said. <script>alert(2)</script> "differs". </span><b>Not found.'
    html = check_html(checked_draft(draft), lambda *_: None, key="0" * 16, seconds=1.0)
    assert not any(tag in html for tag in ("<img", "<script", "<b>"))
    assert "&lt;script&gt;" in html


def test_the_page_of_drafts_names_its_box_and_its_limit() -> None:
    """The box has a label, and the limit is that of the settings."""
    html = draft_page_html(1234)
    assert '<label for="fn-draft"' in html
    assert 'data-limit="1234"' in html
