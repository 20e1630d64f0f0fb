"""Lists whose items stand in one line: "1) Boats pay 2) Nets stay on land", "• Doors open • Music"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

BULLETS = "•‣▪●◦⁃"
"""Signs that nothing but list items begin with; dashes and asterisks stand in sentences too."""

_MARKER = re.compile(
    rf"(?:\A|(?<=\s))(?P<bullet>[{BULLETS}]\s?)?(?P<open>[(\[]?)"
    r"(?P<number>\d{1,2}|[a-z]|[ivx]{2,5})(?P<close>\.\)|[.)\]])\s(?=\s*\S)"
)
_FIRST_AT_ONCE = re.compile(rf"\s*[{BULLETS}(\[]?\s?(?:\d{{1,2}}|[a-z]|[ivx]{{2,5}})[.)\]]")
_BEFORE_FIRST = re.compile(r"[.!?][\"'”’)]*\s+\Z")
_HINTS = (" 1. ", "1) ", "1.) ", "a) ", "i) ")
"""A list within running text begins with one of these; most blocks have none and are left at once."""

_BELONGS = re.compile(
    r"(?:[,;&–—-]|\b(?:and|or|und|oder|the|a|an|in|of|to|no|nr|am|vom|zum|zur|beim|im|der|die|das|dem|den|des|bis|ab"
    r"|seit|ein|eine[mnrs]?|et|ou|y|o|e|ed))\s*\Z",
    re.IGNORECASE,
)
"""What goes on with a number that isn't an item's: "die 2. Liga", "rows 1, 2. and 3."""

_SIGHT = 20  # characters before a marker: longer than any word of `_BELONGS`
_NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


class _Style(NamedTuple):
    bullet: bool
    opening: str
    closing: str


def item_starts(block: str) -> list[int]:
    """Return where items begin within a block of one paragraph, the first of its characters left out."""
    first = block.lstrip()[:1]
    if first and first in BULLETS:
        return [match.start() for match in re.finditer(rf"(?<=\s){first}(?=\s?\S)", block)]
    if not (_FIRST_AT_ONCE.match(block) or any(hint in block for hint in _HINTS)):
        return []
    return list(_numbered(block))


def _numbered(block: str) -> Iterator[int]:
    """Yield the starts of items whose numbers follow one another in one style, of two items at least."""
    opened: re.Match[str] | None = None
    count = 0
    ink = len(block) - len(block.lstrip())
    for match in _MARKER.finditer(block):
        if opened is not None and _follows(match, opened, count + 1):
            if not _BELONGS.search(block, max(0, match.start() - _SIGHT), match.start()):
                count += 1
                yield match.start()
        elif count <= 1 and (match.start() <= ink or _opens(block, match)):
            opened, count = match, _value(match["number"], 1)


def _opens(block: str, match: re.Match[str]) -> bool:
    """Say whether a list begins within a block: with its first number, after a sentence."""
    if match["number"] not in {"1", "a", "i"} or (match["close"] == "." and not match["number"].isdigit()):
        return False
    return _BEFORE_FIRST.search(block, max(0, match.start() - _SIGHT), match.start()) is not None


def _follows(match: re.Match[str], opened: re.Match[str], count: int) -> bool:
    return _style(match) == _style(opened) and match["number"] in _names(count, opened["number"])


def _style(match: re.Match[str]) -> _Style:
    return _Style(match["bullet"] is not None, match["open"], match["close"])


def _names(count: int, first: str) -> tuple[str, ...]:
    """Return how the item with this count may be numbered in a list whose first item is `first`."""
    if first.isdigit():
        return (str(count),)
    letter = chr(ord("a") + count - 1) if count <= len("abcdefghijklmnopqrstuvwxyz") else ""
    numeral = _NUMERALS[count - 1] if count <= len(_NUMERALS) else ""
    return (numeral,) if first in _NUMERALS and first != "v" else (letter,)


def _value(number: str, otherwise: int) -> int:
    if number.isdigit():
        return int(number)
    if number in _NUMERALS:
        return _NUMERALS.index(number) + 1
    return ord(number) - ord("a") + 1 if len(number) == 1 else otherwise
