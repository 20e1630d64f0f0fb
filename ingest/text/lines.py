"""Blocks of running text: which line breaks end a sentence, and which only wrap a line."""

from __future__ import annotations

import re
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING

from ingest.text.inline_lists import item_starts
from ingest.text.row_lines import is_row_line

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDEST_WRAP = 120
"""No one wraps text wider than this by hand or by mail program; longer lines are whole paragraphs."""

NARROWEST_WRAP = 40
"""A shorter line is a heading, a name or a list item, whatever follows."""

_ITEM = re.compile(r"(?:[-*•‣▪·–—►]|\(?\d{1,3}[.)])\s")
_CREDIT = re.compile(r"(?:Image|Photo|Photograph|Picture|Credit|Video): (?=[A-Z])")
_BEFORE_CREDIT = frozenset(' \t\n\u00a0.!?"”)')


def blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of text that no sentence crosses.

    They end at blank lines, at line breaks that don't just wrap a line, where a caption goes over into its
    credit ("… in Washington Image: Agency"), and before the items of a list within a line.
    """
    for start, end in _paragraphs(text):
        if is_row_line(text[start:end].strip()):
            yield start, end
            continue
        cuts = [match.start() for match in _CREDIT.finditer(text, start + 1, end)]
        cuts = [cut for cut in cuts if text[cut - 1] in _BEFORE_CREDIT]
        items = [start + item for item in item_starts(text[start:end]) if item]
        edges = [start, *sorted({*cuts, *items}), end] if items else [start, *cuts, end]
        yield from pairwise(edges)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    lines = text.splitlines(keepends=True)
    width = max((len(line.rstrip()) for line in lines), default=0)
    start = end = 0
    for line, following in zip_longest(lines, lines[1:], fillvalue=""):
        end += len(line)
        if line.isspace():
            start = end
        elif not _goes_on(line.rstrip(), following.strip(), width):
            yield start, end
            start = end


def _goes_on(line: str, following: str, width: int) -> bool:
    """Say whether a sentence may run from one line into the next of a text that is `width` wide."""
    if not following or _ITEM.match(following):
        return False
    if following[0].islower():
        return True
    first_word = following.split(maxsplit=1)[0]
    wrapped = len(line) + len(" ") + len(first_word) > width
    return wrapped and NARROWEST_WRAP <= len(line) <= width <= WIDEST_WRAP
