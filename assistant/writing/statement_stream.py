"""A model's text cut into statements as it arrives: each ends with its sentence and has its sentence's keys.

Spaces are made plain: one between words, none before a marker or the full stop behind it. Where a sentence
ends is decided by `split_sentences`, once the next word is there; markers behind the full stop still belong
to the sentence before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from assistant.writing.citation_markers import MarkerReader
from assistant.writing.model_markup import SCHEMES, Break, Keys
from ingest import split_sentences

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from assistant.writing.model_markup import Token

LONGEST_STATEMENT = 800
"""Characters after which a statement ends at the next word, sentence or not: there is no such sentence."""

LONGEST_NEXT = 40
"""Characters of the next word that are waited for."""

_ENDED = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
_CLOSING = ".,;:!?…)”’»%"  # no sentence begins with these
_CLOSE_UP = ".,;:!?…"  # no space before these, where only a marker stood between
_LOOK_BACK = 24
_LEADING = re.compile(
    rf"(?:[A-Za-z][A-Za-z0-9+.-]*:/|(?<![A-Za-z0-9])(?:{'|'.join(sorted(SCHEMES))}):|<)$", re.IGNORECASE
)
_WWW = re.compile(r"(?<![A-Za-z0-9])www$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cite:
    """A key's place in a statement."""

    key: str


StatementPiece: TypeAlias = str | Cite


@dataclass(frozen=True, slots=True)
class Words:
    """The next pieces of statement `index`."""

    index: int
    pieces: tuple[StatementPiece, ...]


@dataclass(frozen=True, slots=True)
class WholeStatement:
    """Statement `index`, complete: its text without markers, its known keys, whether it stops in the middle.

    `unknown` are keys that name no sentence.
    """

    index: int
    text: str
    keys: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    broken_off: bool = False


StreamItem: TypeAlias = Words | WholeStatement
"""What a stream yields."""


class StatementStream:
    """Takes a model's text in pieces of any size; what comes out depends on the text alone."""

    def __init__(self, known: Collection[str], *, first: int = 0) -> None:
        self._reader = MarkerReader(known)
        self._known = frozenset(known)
        self._index = first
        self._reset()

    def _reset(self) -> None:
        self._text = ""
        self._next = ""  # the word behind what may be the end of the sentence
        self._space = False
        self._line_ended = False
        self._keys: dict[str, None] = {}
        self._unknown: dict[str, None] = {}
        self._new: list[StatementPiece] = []

    def feed(self, text: str) -> Iterator[StreamItem]:
        """Yield what the next piece of the text adds."""
        yield from self._take(self._reader.feed(text))
        yield from self._words()

    def close(self, *, broken_off: bool = False) -> Iterator[StreamItem]:
        """Yield what was held back; `broken_off` says that the model did not come to its end."""
        yield from self._take(self._reader.close())
        if self._next:
            yield from self._decide()
        unfinished = broken_off and not _ENDED.search(self._text) and not self._line_ended
        yield from self._end(broken_off=unfinished)

    def _take(self, tokens: Iterable[Token]) -> Iterator[StreamItem]:
        for token in tokens:
            if isinstance(token, Keys):
                yield from self._cite(token.keys)
            elif isinstance(token, Break):
                if self._next:
                    yield from self._decide()
                self._line_ended, self._space = True, True
            else:
                for char in token.text:
                    yield from self._character(char)

    def _character(self, char: str) -> Iterator[StreamItem]:
        if char.isspace():
            if self._next:
                yield from self._decide()
            self._space = True
        elif self._line_ended and self._text:
            if self._text[-1].isalnum():
                self._write(".")  # a line of a list: the next one will stand behind it
            yield from self._end()
            self._write(char)
        elif self._next or self._may_begin(char):
            self._next += char
            if len(self._next) == LONGEST_NEXT:
                yield from self._decide()
        else:
            self._write(char)

    def _may_begin(self, char: str) -> bool:
        """Say whether the character may begin the next sentence."""
        if not self._text or char in _CLOSING:
            return False
        ended = _ENDED.search(self._text[-8:]) or len(self._text) > LONGEST_STATEMENT
        glued = bool(self._keys) and char.isupper()  # "… on Friday [a1].The …"
        return bool(ended) and (self._space or glued)

    def _decide(self) -> Iterator[StreamItem]:
        """Begin the next statement with the word held back, or go on with this one."""
        word, self._next = self._next, ""
        spans = split_sentences(f"{self._text} {word}")
        endless = len(self._text) > LONGEST_STATEMENT and not _ENDED.search(self._text[-8:])
        if endless or (len(spans) > 1 and spans[-1].start >= len(self._text)):
            yield from self._end(broken_off=endless)
        for char in word:
            self._write(char)

    def _write(self, char: str) -> None:
        """Add a character, so that no address or tag comes together out of what markup stood between."""
        begun = self._text[-_LOOK_BACK:]
        spaced = self._space and self._text and char not in _CLOSE_UP
        if spaced or (_LEADING.search(begun) and not char.isdigit()):
            char = f" {char}"
        elif char == "." and _WWW.search(begun):
            char = " "
        self._space = self._line_ended = False
        self._text += char
        self._new.append(char)

    def _cite(self, keys: tuple[str, ...]) -> Iterator[StreamItem]:
        if self._next:
            yield from self._decide()
        for key in keys:
            if key not in self._known:
                self._unknown[key] = None
            elif self._text and key not in self._keys:
                self._keys[key] = None
                self._new.append(Cite(key))

    def _words(self) -> Iterator[Words]:
        """Yield what was written since the last time, characters put together."""
        if not any(char.isalnum() for char in self._text):
            return  # no statement yet, and perhaps never one
        pieces: list[StatementPiece] = []
        for piece in self._new:
            if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
                pieces[-1] += piece
            else:
                pieces.append(piece)
        self._new = []
        if pieces:
            yield Words(self._index, tuple(pieces))

    def _end(self, *, broken_off: bool = False) -> Iterator[StreamItem]:
        yield from self._words()
        if any(char.isalnum() for char in self._text):
            keys, unknown = tuple(self._keys), tuple(self._unknown)
            yield WholeStatement(self._index, self._text, keys, unknown, broken_off)
            self._index += 1
        self._reset()


def first_statement(drafted: Iterable[StreamItem], index: int) -> WholeStatement | None:
    """Return statement `index` once it reads as complete, its keys at its end, whatever may still follow."""
    text, keys, after = "", dict[str, None](), ""
    for item in drafted:
        if isinstance(item, Words) and item.index == index:
            for piece in item.pieces:
                if isinstance(piece, Cite):
                    keys[piece.key], after = None, ""
                else:
                    text, after = text + piece, after + piece
    complete = keys and _ENDED.search(text) and not any(char.isalnum() for char in after)
    return WholeStatement(index, text, tuple(keys)) if complete else None
