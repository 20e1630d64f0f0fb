"""Two sentences as HTML, with the words marked in which they differ."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from assistant.web.html.elements import element, fragment

if TYPE_CHECKING:
    from assistant.web.html.elements import Html

_PIECES = re.compile(r"(?:\w+|[^\s\w]|^)\s*")  # each with the space behind it
ALIKE = 0.6
"""Least similarity of two sentences word by word, 0 to 1 (Ratcliff and Obershelp), for words to be marked."""


def marked_difference(before: str, now: str) -> tuple[Html, Html]:
    """Return both sentences: words only the first has as `<del>`, words only the second has as `<ins>`.

    Sentences that have little in common are returned without marks: nearly every word would have one.
    """
    old, new = _PIECES.findall(before), _PIECES.findall(now)
    matcher = SequenceMatcher(None, _bare(old), _bare(new), autojunk=False)
    if matcher.ratio() < ALIKE:
        return fragment(before), fragment(now)
    gone: list[str] = []
    come: list[str] = []
    for kind, from_, to, start, end in matcher.get_opcodes():
        gone.append(_piece("del", old[from_:to], marked=kind != "equal"))
        come.append(_piece("ins", new[start:end], marked=kind != "equal"))
    return fragment(*gone), fragment(*come)


def _bare(pieces: list[str]) -> list[str]:
    return [piece.strip() for piece in pieces]


def _piece(name: str, words: list[str], *, marked: bool) -> str:
    text = "".join(words)
    if not marked or not text.strip():
        return text
    bare = text.rstrip()
    return fragment(element(name, bare), text[len(bare) :])
