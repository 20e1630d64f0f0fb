"""An answer as plain text for the clipboard: question, statements, quotes, sources, dates, addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.rendering.render import answer_text

if TYPE_CHECKING:
    from assistant.answers import Answer


def copy_text(answer: Answer) -> str:
    """Write the question, the answer and its footnotes as text that survives being pasted anywhere."""
    return f"{answer.question}\n\n{answer_text(answer, width=None)}"
