"""Which stretches of a sentence are somebody's words, quotations that run over several sentences included."""

from __future__ import annotations

import re

from assistant.language.patterns import QUOTATION

_CLOSES = re.compile(r"^[^“\"”]*[”\"](?=[\s.,;:!?)—–]|$)")
_MARKS = re.compile(r"[“”\"]|''")
_OPENS_ANEW = re.compile(r"^[^“\"”]*(?:“|(?<!\S)\"\w)")
_OPENS = re.compile(r"[“\"][^”\"]*$")


def quoted(text: str, paragraph: str = "") -> list[range]:
    """Return the stretches; `paragraph` is what stands before the sentence in its paragraph."""
    found = [range(*match.span()) for match in QUOTATION.finditer(text)]
    if _is_open(paragraph) and not _OPENS_ANEW.match(text):
        closes = _CLOSES.match(text)
        found.append(range(closes.end() if closes else len(text)))
        if closes:
            found += [
                range(closes.end() + each.start, closes.end() + each.stop)
                for each in quoted(text[closes.end() :])
            ]
        return found
    opened = _OPENS.search(text)
    if opened and _is_open(text):
        found.append(range(opened.start(), len(text)))
    return found


def paragraph_before(text: str, start: int) -> str:
    """Return what stands before a place in its paragraph."""
    return text[text.rfind("\n", 0, start) + 1 : start]


def _is_open(paragraph: str) -> bool:
    """Say whether a quotation that began in a text has not ended there."""
    opened = False
    for mark in _MARKS.findall(paragraph):
        opened = mark == "“" or (mark == '"' and not opened)
    return opened
