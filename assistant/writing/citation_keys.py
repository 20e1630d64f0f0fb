"""What stands inside a citation marker: keys, ranges of keys, and what can only be a failed marker."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

LONGEST_RANGE = 20
"""Keys that a range may stand for; of a longer one only both ends are taken."""

_ITEM = r"(?:[-+^]?(?:[a-z]{1,2}\d{1,3}|[a-z]|\d{1,3}))"
_DASH = r"(?:-|–|—|‒|\bto\b|\.\.+)"
_SEPARATOR = rf"(?:\s*(?:[,;/&]|\band\b|{_DASH})\s*|\s+)"
_ITEMS = rf"{_ITEM}(?:{_SEPARATOR}{_ITEM})*"
_MARKER = re.compile(rf"[\s,;]*{_ITEMS}\s*[,;.]?")
_BEGUN = re.compile(rf"[\s,;]*{_ITEMS}\s*[,;]?\s*(?=[.!?:]|$)")
_RANGE = re.compile(rf"([a-z])(\d{{1,3}})\s*{_DASH}\s*\1?(\d{{1,3}})(?!\w)")
_KEY = re.compile(r"(?<!\w)(?:[a-z]{1,2}\d{1,3}|[a-z]|\d{1,3})(?!\w)")
_WHOLE_KEY = re.compile(r"(?<!\w)[a-z]\d{1,3}(?!\w)")
_LABEL = re.compile(r"†[^,;]*")
_INNER = re.compile(r"[\[\]【】\\]")


def keys_in(inside: str, after: str, known: Collection[str]) -> tuple[str, ...] | None:
    """Return what the brackets of a marker hold, or None where they are no marker's.

    `after` is the character behind them: in "[T]he" they are an editor's, and in "[see a1]" a marker's
    only if a1 is `known`.
    """
    plain = _LABEL.sub("", _folded(inside)).strip()
    if _MARKER.fullmatch(plain):
        return None if plain.isalpha() and after.isalpha() else _listed(plain)
    named = _WHOLE_KEY.findall(plain)
    return tuple(dict.fromkeys(named)) if any(key in known for key in named) else None


def keys_begun(line: str) -> tuple[int, tuple[str, ...]] | None:
    """Return how long the marker is that a bracket begins and nothing closes, and what it names."""
    folded = _folded(line)
    found = _BEGUN.match(folded) if len(folded) == len(line) else None
    return (found.end(), _listed(found.group())) if found else None


def _folded(inside: str) -> str:
    """Fold width and case; inner brackets and backslashes become spaces."""
    return _INNER.sub(" ", unicodedata.normalize("NFKC", inside).lower())


def _listed(plain: str) -> tuple[str, ...]:
    """Return the keys in order, ranges written out, each one once."""
    seen: dict[str, None] = {}
    place = 0
    while place < len(plain):
        if found := _RANGE.match(plain, place):
            first, last = int(found[2]), int(found[3])
            whole = first <= last < first + LONGEST_RANGE
            numbers = range(first, last + 1) if whole else (first, last)
            seen.update(dict.fromkeys(f"{found[1]}{number}" for number in numbers))
        elif found := _KEY.match(plain, place):
            seen[found.group()] = None
        place = found.end() if found else place + 1
    return tuple(seen)
