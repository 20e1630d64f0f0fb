"""An answer as plain text for the clipboard: statements, quotes, sources, dates, addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.rendering.quote_display import spoken_of
from assistant.web.html.display_text import long_date, shown_source

if TYPE_CHECKING:
    from assistant.answers import Answer, Citation


def copy_text(answer: Answer) -> str:
    """Write the question, the answer and its footnotes as text that survives being pasted anywhere."""
    notes = [_note(citation) for citation in answer.citations]
    return "\n\n".join([answer.question, answer.text, *notes, *answer.notices])


def _note(citation: Citation) -> str:
    name = shown_source(source=citation.source, url=citation.url, title=citation.title)
    named = [name, citation.title, long_date(citation.published)]
    head = " · ".join(dict.fromkeys(named))
    address = f"\n    {citation.url}" if citation.url else ""
    who = f" {spoken_of(citation)}" if citation.referent else ""
    return f"[{citation.number}] {head}\n    “{citation.quote}”{who}{address}"
