"""Links to a row of a table: on its page the names of the columns don't stand between the values."""

from __future__ import annotations

from itertools import pairwise

from assistant.rendering.fragment_resolution import (
    Directive,
    folded_text,
    laid_out,
    page_text,
    resolve_fragment,
)
from ingest import is_row_line, row_values


def row_directive(text: str, start: int, *, title: str) -> str:
    """Return the directive that leads to two values of a row side by side, encoded; empty where none does.

    `start` is where the row begins in `text`. `title` is what the page shows above the text.
    """
    shown, row = "", (0, [""])
    place = 0
    for line in text.split("\n"):
        is_row = is_row_line(line.strip())
        values = row_values(line.strip())[1] if is_row else [line]
        if place <= start < place + len(line) + 1:
            row = (len(shown), values)
        shown += "\n\n".join(values) + "\n"
        place += len(line) + 1
    page = page_text(shown)
    headline = folded_text(laid_out(title)).strip()
    above = f"{headline}\n\n" if headline else ""
    begin, values = row
    for value, following in pairwise(values):
        directive = Directive(value, suffix=following)
        first, last = page.span(begin, begin + len(value))
        target = (len(above) + first, len(above) + last)
        if resolve_fragment(f"{above}{page.folded}", directive.folded()) == target:
            return directive.encoded()
        begin += len(value) + len("\n\n")
    return ""
