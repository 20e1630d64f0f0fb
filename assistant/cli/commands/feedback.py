"""`footnote feedback`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.cli.console import say, say_json
from assistant.language.calendar_words import written_date
from assistant.rendering.render import printable
from assistant.store.conversations import Conversations
from ingest import library_settings

if TYPE_CHECKING:
    from assistant.store.conversations import Turn

NO_RATINGS_YET = "No answer has been rated yet. The chat has ▲ and ▼ below each answer."


def feedback(*, as_json: bool) -> int:
    """List the answers that readers rated, the latest first, with their reasons."""
    rated = Conversations(library_settings().library).rated()
    if as_json:
        say_json([_plain(turn) for turn in rated])
    else:
        say("\n\n".join(_text(turn) for turn in rated) or NO_RATINGS_YET)
    return 0


def _text(turn: Turn) -> str:
    sign = "▲" if turn.good else "▼"
    parts = [
        f"{sign} {' '.join(turn.question.split())} ({written_date(turn.asked.date())})",
        f"  {turn.reason}" if turn.reason else None,
        f"  {turn.answer.text}",
    ]
    return printable("\n".join(part for part in parts if part))


def _plain(turn: Turn) -> dict[str, Any]:
    return {
        "good": turn.good,
        "reason": turn.reason,
        "question": turn.question,
        "asked": turn.asked.isoformat(),
        "answer": turn.answer.to_dict(),
    }
