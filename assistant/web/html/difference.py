"""Two sentences as HTML, with the words marked in which they differ."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from assistant.web.html.elements import element, fragment

if TYPE_CHECKING:
    from assistant.web.html.elements import Html

_PIECES = re.compile(r"\s+|[^\s\w]|\w+")
ALIKE = 0.4
"""Least similarity of two sentences, 0 to 1 (Ratcliff and Obershelp), of which single words are marked."""


def marked_difference(before: str, now: str) -> tuple[Html, Html]:
    """Return both sentences: words only the first has as `<del>`, words only the second has as `<ins>`.

    Sentences that have little in common are returned without marks: nearly every word would have one.
    """
    old, new = _PIECES.findall(before), _PIECES.findall(now)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < ALIKE:
        return fragment(before), fragment(now)
    gone: list[str] = []
    come: list[str] = []
    for kind, from_, to, start, end in matcher.get_opcodes():
        gone.append(_piece("del", old[from_:to], marked=kind != "equal"))
        come.append(_piece("ins", new[start:end], marked=kind != "equal"))
    return fragment(*gone), fragment(*come)


def _piece(name: str, words: list[str], *, marked: bool) -> str:
    text = "".join(words)
    return element(name, text) if marked and text.strip() else text
