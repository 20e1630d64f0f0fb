"""The bench of conversations: what goes on, and what begins anew."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bench.conversations import ANEW, outcomes, turns
from bench.invented import Conversation
from ingest import Article, ingest_articles

if TYPE_CHECKING:
    from pathlib import Path

TALK = Conversation(
    title="Fire on a ferry",
    first="What caused the fire on the ferry Marigold?",
    then="when was it built",
    pieces=("built in 1974",),
    kind="pronoun",
    other="why was the swing bridge closed",
    other_pieces=("bearings had cracked",),
)


def test_both_questions_are_held_behind_what_was_answered_before(tmp_path: Path) -> None:
    """The ferry's year is right with the conversation only, the bridge is answered as if asked alone."""
    texts = {
        "Fire on a ferry": "A cable caused the fire on the ferry Marigold. The ferry was built in 1974.",
        "Bridge opens": "The swing bridge was closed because two bearings had cracked.",
    }
    ingest_articles(
        [Article(text, title, f"{title}.txt", published=date(2026, 5, 4)) for title, text in texts.items()],
        tmp_path / "library",
    )
    second, third = turns(TALK, tmp_path / "library")
    assert (second.kind, len(second.history), len(third.history)) == ("pronoun", 1, 2)
    found = outcomes([TALK], tmp_path / "library")
    assert [right for right, _ in found["pronoun"]] == [True]
    assert found[ANEW] == [(True, True)]
