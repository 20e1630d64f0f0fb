"""The bench of conversations: what goes on, and what begins anew."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bench.conversations import ANEW, UNTOLD, Outcome, outcomes, turns
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
    untold="who was the captain",
)


def test_questions_are_held_behind_what_was_answered_before(tmp_path: Path) -> None:
    """The ferry's year is right with the conversation only, the bridge is answered as if asked alone."""
    texts = {
        "Fire on a ferry": "A cable caused the fire on the ferry Marigold. The ferry was built in 1974.",
        "Bridge opens": "The swing bridge was closed because two bearings had cracked.",
    }
    ingest_articles(
        [Article(text, title, f"{title}.txt", published=date(2026, 5, 4)) for title, text in texts.items()],
        tmp_path / "library",
    )
    told, untold, new = turns(TALK, tmp_path / "library")
    assert [each.kind for each in (told, untold, new)] == ["pronoun", UNTOLD, ANEW]
    assert (untold.history, len(told.history), len(new.history)) == (told.history, 1, 2)
    found = outcomes([TALK], tmp_path / "library")
    assert [(each.answered, each.right) for each in found["pronoun"]] == [(True, True)]
    assert [each.answered for each in found[UNTOLD]] == [False]
    assert found[ANEW] == [Outcome(answered=True, right=True, same=True)]
