"""`footnote feedback`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from fakechat import ANSWERED, NOT_ANSWERED

from assistant.cli.commands.feedback import NO_RATINGS_YET
from assistant.store.conversations import Conversations

if TYPE_CHECKING:
    from pathlib import Path

    from running import Footnote


def test_nothing_was_rated(footnote: Footnote, tmp_path: Path) -> None:
    """Without a thumb it says where the thumbs are, and makes no file."""
    assert footnote("feedback").out == f"{NO_RATINGS_YET}\n"
    assert not (tmp_path / "library").exists()


def test_rated_answers_are_listed_with_their_reason(footnote: Footnote, tmp_path: Path) -> None:
    """Thumbs of the chat are read in the terminal and as JSON, the latest first."""
    kept = Conversations(tmp_path / "library")
    key, first = kept.keep(None, ANSWERED, seconds=0)
    _, second = kept.keep(key, NOT_ANSWERED, seconds=0)
    kept.rate(first, good=False, reason="wrong \x1b[31mferry")
    kept.rate(second, good=True)
    out = footnote("feedback").out
    assert out.index(f"▲ {NOT_ANSWERED.question}") < out.index(f"▼ {ANSWERED.question}")
    assert "  wrong ferry\n" in out
    rated = json.loads(footnote("feedback", "--json").out)
    assert [(item["good"], item["reason"]) for item in rated] == [(True, ""), (False, "wrong \x1b[31mferry")]
    assert rated[1]["answer"]["citations"][0]["quote"] == ANSWERED.citations[0].quote
