r"""The grammar of citation markers in a model's text, read piece by piece as the text arrives.

    marker  = open item { separator item } close          [a1]  [a1, b2]  【a1】  ［a1］  [[a1]]  [a1–a3]
    open    = "[" | "【" | "［"          close = "]" | "】" | "］"
    item    = key | range | what can only be a failed marker: a number of up to three digits, a lone letter
    key     = one letter and one to three digits, in any case and width: a1, B12
    range   = key dash ( key | digits ), both of one letter
    words around keys ("see a1", "a1†L3") are dropped when the brackets hold a key that was given out

Nothing else that the model writes may lead anywhere: links and images, inline and by reference, become
their words, addresses a remark, tags and comments nothing, `<think>` is dropped up to its end, and what is
left of brackets becomes parentheses, so that a bracket in an answer is always one of ours. In `code` and
fences markers are words like others. What may still go on is held back: cutting the stream elsewhere never
changes what comes out. docs/citations.md has examples.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.writing.citation_keys import keys_begun, keys_in
from assistant.writing.model_markup import (
    CLOSING_BRACKETS,
    MOST_HELD_BACK,
    OPENING_BRACKETS,
    Keys,
    Scanner,
    Text,
    TokenStep,
)

if TYPE_CHECKING:
    from collections.abc import Collection

DEEPEST_BRACKETS = 4
"""Brackets within brackets whose words are read; deeper ones are dropped."""

_DEFINITION = re.compile(r":[ \t]*<?(?:[A-Za-z][A-Za-z0-9+.-]*:|/|#|www\.|\.)")
_TARGET = re.compile(r"\(\s*(?:\)|<|\S*[:/.#])")


class MarkerReader(Scanner):
    """Reads a model's text as it arrives. `known` are the keys that were given out."""

    def __init__(self, known: Collection[str] = (), *, depth: int = 0) -> None:
        super().__init__(inner=depth > 0)
        self._known = frozenset(known)
        self._depth = depth
        self._rules |= {"!": self._mark, **dict.fromkeys(OPENING_BRACKETS, self._bracket)}

    def _mark(self, at: int) -> TokenStep:
        """Tell the sign before an image from one that ends a sentence."""
        if at + 1 == len(self._buffer) and not self._final:
            return None
        if self._buffer[at + 1 : at + 2] not in OPENING_BRACKETS or at + 1 == len(self._buffer):
            return 1, Text("!")
        step = self._bracket(at + 1)
        if step is None:
            return None
        image = not isinstance(step[1], Keys) or self._buffer[at + step[0]] == ")"
        return 1, None if image else Text("!")

    def _bracket(self, at: int) -> TokenStep:
        end = self._closing(at)
        if end is None:
            return None
        if end < 0:
            return self._unclosed(at)
        if end + 1 == len(self._buffer) and not self._final:
            return None
        inside, next_char = self._buffer[at + 1 : end], self._buffer[end + 1 : end + 2]
        keys = keys_in(inside, next_char, self._known)
        after = self._link_end(end + 1, marker=keys is not None)
        if after is None:
            return None
        if keys is not None:
            return after - at, Keys(keys)
        defined = next_char == ":" and after > end + 1  # of which nothing is to be seen
        words = "" if defined else self._words_of(inside)
        glued = self._before.isalnum() or next_char.isalnum()  # an editor's "[T]he"
        bare = after > end + 1 or self._before == "!" or glued
        return after - at, Text(words if bare else f"({words})") if words else None

    def _closing(self, at: int) -> int | None:
        """Return where the bracket closes, -1 where it doesn't, None while that isn't known."""
        depth = 0
        for place in range(at, min(len(self._buffer), at + MOST_HELD_BACK)):
            char = self._buffer[place]
            depth += (char in OPENING_BRACKETS) - (char in CLOSING_BRACKETS)
            if depth == 0:
                return place
            if char == "\n":
                return -1
        return None if self._waiting(at) else -1

    def _unclosed(self, at: int) -> TokenStep:
        """Drop a marker that was begun and never closed; any other bracket is a sign."""
        line = self._buffer[at + 1 : at + MOST_HELD_BACK].split("\n", 1)[0]
        begun = keys_begun(line)
        if begun is None:
            return 1, Text("(")
        used, keys = begun
        if (
            used == MOST_HELD_BACK - 1
        ):  # it may go on for as long as the model likes: read on as inside the bracket
            self._buffer = f"{self._buffer[: at + used]}[{self._buffer[at + used + 1 :]}"
            return used, Keys(keys)
        return 1 + used, Keys(keys)

    def _link_end(self, at: int, *, marker: bool) -> int | None:
        """Return the place after a link's target, reference or definition, if there is one at `at`."""
        char = self._buffer[at : at + 1]
        if char == ":" and self._fresh:
            stop = self._buffer.find("\n", at, at + MOST_HELD_BACK)
            if stop < 0 and self._waiting(at):
                return None
            stop = stop if stop >= 0 else min(len(self._buffer), at + MOST_HELD_BACK)
            return stop if _DEFINITION.match(self._buffer, at, stop) else at
        if char == "(":
            end = self._target_end(at)
            return at if end and marker and not _TARGET.match(self._buffer[at:end]) else end
        if char == "[" and not marker:
            closing = self._closing(at)
            if closing is None or (closing + 1 == len(self._buffer) and not self._final):
                return None
            inside, after = self._buffer[at + 1 : closing], self._buffer[closing + 1 : closing + 2]
            if closing > 0 and keys_in(inside, after, self._known) is None:
                return closing + 1
        return at

    def _target_end(self, at: int) -> int | None:
        depth = 0
        for place in range(at, min(len(self._buffer), at + MOST_HELD_BACK)):
            char = self._buffer[place]
            depth += (char == "(") - (char == ")")
            if depth == 0:
                return place + 1
            if char == "\n":
                return at
        return None if self._waiting(at) else at

    def _words_of(self, inside: str) -> str:
        """Read a link's words by the same grammar: they may hold an image, a tag or an address."""
        if self._depth == DEEPEST_BRACKETS:
            return ""
        inner = MarkerReader(depth=self._depth + 1)
        tokens = [*inner.feed(inside), *inner.close()]
        return "".join(token.text for token in tokens if isinstance(token, Text))
