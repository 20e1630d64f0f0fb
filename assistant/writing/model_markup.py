"""What a model's text is made of besides markers: words, addresses, code, tags, emphasis, lines.

Read piece by piece as it arrives. What may still go on is held back, so cutting the stream elsewhere never
changes what comes out. Nothing that comes out is markup: see citation_markers.py for what becomes of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import ascii_letters
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ADDRESS = "(address left out)"
"""What stands for a web address: no model types a link."""

MOST_HELD_BACK = 400
"""Characters after which a bracket, tag or address that has not ended is taken to be none."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words, free of markup."""

    text: str


@dataclass(frozen=True, slots=True)
class Keys:
    """A marker: what it names, known or not, in order."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line."""


Token: TypeAlias = Text | Keys | Break
TokenStep: TypeAlias = tuple[int, Token | None] | None  # characters used up and what they are; None: wait

OPENING_BRACKETS, CLOSING_BRACKETS = "[【［", "]】］"
_CONTROLS = "\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_SPECIAL = re.compile(rf"[\[\]【】［］!`<\n*\\A-Za-z{_CONTROLS}]")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,23}")
_LONGEST_WORD = 24
SCHEMES = frozenset({"mailto", "data", "javascript", "vbscript", "tel", "blob", "file"})
_ADDRESS = re.compile(r"[^\s<>\"“”\[\]【】［］`|]*")
_TRAILING = ".,;:!?'’)*_"
_LINE_MARK = re.compile(r"[ \t]{0,3}(?:[-*+•>]|#{1,6}|\d{1,2}[.)])[ \t]+")
_LINE_LOOK = 12  # characters of the longest mark at the start of a line
_IN_CODE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S*|www\.\S*|<(?=[A-Za-z/!])|[\[\]【】［］]|\n")
_THOUGHT = re.compile(r"</think(?:ing)?>", re.IGNORECASE)
FENCE = 3  # ticks
_LETTERS = frozenset(ascii_letters)


class Scanner:
    """Cuts a text into tokens by rules, one for each kind of character that may begin one."""

    def __init__(self, *, inner: bool = False) -> None:
        self._buffer = ""
        self._final = False
        self._before = ""  # the character before the place that is read
        self._line_start = not inner
        self._fresh = not inner  # nothing but markup since the line began
        self._fence = ""
        self._thinking = False
        self._rules: dict[str, Callable[[int], TokenStep]] = {
            "\n": self._end_line,
            "`": self._ticks,
            "<": self._tag,
            "*": self._stars,
            "\\": self._escape,
        }

    def feed(self, text: str) -> list[Token]:
        """Take the next piece and return what is certain by now."""
        self._buffer += text
        return list(self._read())

    def close(self) -> list[Token]:
        """Return what was held back: the text has ended."""
        self._final = True
        return list(self._read())

    def _read(self) -> Iterator[Token]:
        place = 0
        while place < len(self._buffer):
            step = self._step(place)
            if step is None:
                break
            used, token = step
            if token is not None:
                self._fresh = isinstance(token, Break)
                yield token
            if used:
                self._before = self._buffer[place + used - 1]
            place += used
        self._buffer = self._buffer[place:]

    def _step(self, at: int) -> TokenStep:
        char = self._buffer[at]
        if self._thinking:
            rule: Callable[[int], TokenStep] = self._think
        elif self._fence:
            rule = self._in_fence
        elif self._line_start:
            rule = self._start_line
        else:
            rule = self._rules.get(char, self._word if char in _LETTERS else self._plain)
        return rule(at)

    def _end_line(self, _at: int) -> TokenStep:
        self._line_start = True
        return 1, Break()

    def _plain(self, at: int) -> TokenStep:
        char = self._buffer[at]
        if _SPECIAL.match(char):  # controls, and what closes no bracket
            return 1, Text(" " if char == "\t" else ")") if char == "\t" or char in CLOSING_BRACKETS else None
        found = _SPECIAL.search(self._buffer, at + 1)
        end = found.start() if found else len(self._buffer)
        return end - at, Text(self._buffer[at:end])

    def _waiting(self, at: int, length: int = MOST_HELD_BACK) -> bool:
        """Say whether what begins at `at` may still go on."""
        return not self._final and len(self._buffer) - at < length

    def _run(self, at: int) -> int:
        """Return how often the character is repeated."""
        end = at
        while self._buffer[end : end + 1] == self._buffer[at]:
            end += 1
        return end - at

    def _start_line(self, at: int) -> TokenStep:
        """Leave out what makes a list item, a heading or a quotation."""
        rest = self._buffer[at : at + _LINE_LOOK]
        begins = rest.strip(" \t")[:1]
        may_be = not begins or begins in "-*+•>#0123456789"
        if may_be and "\n" not in rest and self._waiting(at, _LINE_LOOK):
            return None
        self._line_start = False
        found = _LINE_MARK.match(rest)
        return (found.end(), None) if found else (0, None)

    def _word(self, at: int) -> TokenStep:
        """Take a word, or an address that begins with one."""
        found = _WORD.match(self._buffer, at)
        word = found.group() if found else self._buffer[at]
        end = at + len(word)
        after = self._buffer[end : end + 3]
        undecided = not after and len(word) < _LONGEST_WORD
        if not self._final and (undecided or (after in (":", ":/"))):
            return None
        bare = word.lower() in SCHEMES and after[:1] == ":" and after[1:2].strip() != ""
        if after == "://" or bare or word.lower().startswith("www."):
            return self._address(at)
        return end - at, Text(word)

    def _address(self, at: int) -> TokenStep:
        found = _ADDRESS.match(self._buffer, at, at + MOST_HELD_BACK)
        address = found.group() if found else ""
        if at + len(address) == len(self._buffer) and self._waiting(at):
            return None
        while address[-1:] in _TRAILING and address[-1:] and not _balanced(address):
            address = address[:-1]
        return max(len(address), 1), Text(ADDRESS)

    def _ticks(self, at: int) -> TokenStep:
        """Take code in a line as it is; ticks that nothing closes are dropped."""
        run = self._run(at)
        if at + run == len(self._buffer) and not self._final:
            return None
        if run >= FENCE:
            self._fence = "`" * run
            return run, None
        line = self._buffer[at + run : at + MOST_HELD_BACK].split("\n", 1)
        closed = re.search(rf"(?<!`)`{{{run}}}(?!`)", line[0])
        if (closed is None or closed.end() == len(line[0])) and len(line) == 1 and self._waiting(at):
            return None
        if closed is None:
            return run, None
        return run + closed.end(), Text(_IN_CODE.sub(_harmless, line[0][: closed.start()]))

    def _in_fence(self, at: int) -> TokenStep:
        end = self._buffer.find(self._fence, at)
        line = self._buffer.find("\n", at)
        if end >= 0 and (line < 0 or end < line):
            if end > at:
                return end - at, Text(_IN_CODE.sub(_harmless, self._buffer[at:end]))
            fence, self._fence = self._fence, ""
            return len(fence), None
        if line < 0 and self._waiting(at):
            return None
        stop = line + 1 if line >= 0 else min(len(self._buffer), at + MOST_HELD_BACK - len(self._fence))
        return stop - at, Text(_IN_CODE.sub(_harmless, self._buffer[at:stop]))

    def _stars(self, at: int) -> TokenStep:
        """Drop emphasis; a star with spaces around it is a sign of its own."""
        run = self._run(at)
        after = self._buffer[at + run : at + run + 1]
        if not after and not self._final:
            return None
        alone = not self._before.strip() and not after.strip()
        return run, (Text("*" * run) if alone else None)

    def _escape(self, at: int) -> TokenStep:
        after = self._buffer[at + 1 : at + 2]
        if not after and not self._final:
            return None
        return 1, (Text("\\") if after.isalnum() else None)

    def _tag(self, at: int) -> TokenStep:
        """Drop a tag or comment; of what is none only the sign goes, where a letter follows it."""
        after = self._buffer[at + 1 : at + 2]
        if not after and not self._final:
            return None
        if not (after.isalpha() or after in ("/", "!", "?")):
            return 1, Text("<")
        end = self._buffer.find(">", at, at + MOST_HELD_BACK)
        if end < 0:
            return None if self._waiting(at) else (1, None)
        self._thinking = self._buffer[at : end + 1].lower() in ("<think>", "<thinking>")
        return end + 1 - at, None

    def _think(self, at: int) -> TokenStep:
        if end := _THOUGHT.search(self._buffer, at):
            self._thinking = False
            return end.end() - at, None
        keep = 0 if self._final else len("</thinking>") - 1  # the end tag may be half there
        gone = len(self._buffer) - at - keep
        return (gone, None) if gone > 0 else None


def _harmless(found: re.Match[str]) -> str:
    """Return what stands in code for what could lead somewhere."""
    sign = found.group()
    if sign in OPENING_BRACKETS:
        return "("
    if sign in CLOSING_BRACKETS:
        return ")"
    return {"<": "‹", "\n": " "}.get(sign, ADDRESS)


def _balanced(address: str) -> bool:
    """Say whether an address ends with a bracket that it opened itself."""
    return address.endswith(")") and address.count("(") >= address.count(")")
