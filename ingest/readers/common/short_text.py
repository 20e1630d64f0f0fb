"""The text of an element where it is short; of a long one no more is read than shows that it is."""

from __future__ import annotations

from itertools import islice
from typing import Any

_MOST_ELEMENTS = 150
_WITH_SPACES = 20  # times as many characters in all: pages are indented


def short_text(element: Any, most: int) -> str | None:  # noqa: ANN401  # lxml has no types
    """Return the text of an element in one line, or None if it has more than `most` characters."""
    if next(islice(element.iter(), _MOST_ELEMENTS, None), None) is not None:
        return None
    text = element.text_content()
    shown = " ".join(text.split()) if len(text) <= most * _WITH_SPACES else None
    return shown if shown is not None and len(shown) <= most else None
