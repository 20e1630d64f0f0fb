"""Where a thought ends that was never seen to begin: the chat template of the model had opened it.

Templates of DeepSeek's and Qwen's kind end with `<think>`, so that the model's text has a `</think>` only.
What stands before it is a thought. A thought that the text itself opens is left to markup.py.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAG = re.compile(r"<(/?)think(?:ing)?>", re.IGNORECASE)
_TAGS = ("<thinking>", "</thinking>", "<think>", "</think>")
LONGEST_TAG = len("</thinking>")


class Thoughts:
    """Takes a model's text in pieces of any size; a tag that may be half there is held back."""

    def __init__(self) -> None:
        self._held = ""
        self._open = False

    def feed(self, text: str) -> Iterator[str | None]:
        """Yield the text, and None where all of it so far was a thought."""
        yield from self._take(self._held + text)

    def close(self) -> str:
        """Return what was held back."""
        held, self._held = self._held, ""
        return held

    def _take(self, text: str) -> Iterator[str | None]:
        done = read = 0
        for tag in _TAG.finditer(text):
            read, ends = tag.end(), bool(tag[1])
            if ends and not self._open:
                yield None  # the text before it, if it was not yet given on, is part of the thought
                done = read
            self._open = not ends
        begun = text.rfind("<", max(read, len(text) - LONGEST_TAG))
        half = begun >= 0 and any(tag.startswith(text[begun:].lower()) for tag in _TAGS)
        self._held = text[begun:] if half else ""
        if given := text[done:].removesuffix(self._held):
            yield given


def without_thought(text: str) -> str:
    """Return a whole text without a thought that its template had opened."""
    thoughts, kept = Thoughts(), ""
    for part in thoughts.feed(text):
        kept = "" if part is None else kept + part
    return kept + thoughts.close()
