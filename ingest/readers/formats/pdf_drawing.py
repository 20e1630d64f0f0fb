"""pypdf: a page's drawing made as a reader sees it, before its text is taken.

Text that nobody sees goes, text drawn twice for bold comes once, letter-spaced words are whole, columns
follow one another, and small raised figures are set as such: glued to a number they would change it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Any

from ingest.readers.formats.pdf_columns import Line, by_columns

_SHOWS = frozenset({b"Tj", b"TJ", b"'", b'"'})
_FILLS = frozenset({b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"})
_PICTURES = frozenset({b"Do", b"INLINE IMAGE", b"sh"})
_WHITE = {b"g": (1.0,), b"rg": (1.0, 1.0, 1.0), b"k": (0.0, 0.0, 0.0, 0.0)}
_COLOURS = frozenset({*_WHITE, b"sc", b"scn", b"cs"})
_UNSEEN_MODES = frozenset({3, 7})
_SAME_PLACE = 0.12  # of the size: how far apart the two drawings of a bold word lie
_SMALL, _RAISED, _TOP = 0.85, 0.15, 0.8  # of the size before: a mark is smaller, and raised by so much
_LEAST_SPACED = 4  # letters set apart that are a word
_WIDER = 1.6  # times the usual gap between letters: a gap between words
_KERNED = 250  # thousandths of the size; where spaces are written, a smaller gap is none
_RAISED_FONT = "/FootnoteRaised"
_RAISED_DIGITS = [
    f"/{name}superior"
    for name in ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
]

Operation = tuple[list[Any], bytes]
_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class _State:
    """What the operators of PDF 32000, 8.4 and 9.3 have set."""

    page: _Matrix = _IDENTITY
    white: bool = False
    font: Any = None
    size: float = 0.0
    rise: float = 0.0
    mode: int = 0
    leading: float = 0.0


@dataclass(slots=True)
class _Pen:
    """Where text is drawn: line, and how many pieces were drawn since it was moved there."""

    state: _State = field(default_factory=_State)
    saved: list[_State] = field(default_factory=list)
    line: _Matrix = _IDENTITY
    pieces: int = 0
    before: tuple[float, float] | None = None  # size and height of what was drawn before

    def place(self) -> _Matrix:
        return _times(self.line, self.state.page)

    def follow(self, operands: list[Any], operator: bytes) -> None:
        state = self.state
        if operator == b"q":
            self.saved.append(state)
        elif operator == b"Q" and self.saved:
            self.state = self.saved.pop()
        elif operator == b"cm":
            self.state = replace(state, page=_times(_matrix(operands), state.page))
        elif operator in _COLOURS:
            self.state = replace(state, white=_WHITE.get(operator) == tuple(_numbers(operands)))
        elif operator == b"Tf":
            self.state = replace(state, font=operands[0], size=float(operands[1]))
        elif operator == b"Ts":
            self.state = replace(state, rise=float(operands[0]))
        elif operator == b"Tr":
            self.state = replace(state, mode=int(operands[0]))
        elif operator == b"TL":
            self.state = replace(state, leading=float(operands[0]))
        else:
            self._move(operands, operator)

    def _move(self, operands: list[Any], operator: bytes) -> None:
        if operator == b"BT":
            self.line, self.pieces = _IDENTITY, 0
        elif operator == b"Tm":
            self.line, self.pieces = _matrix(operands), 0
        elif operator in {b"Td", b"TD"}:
            x, y = _numbers(operands)
            if operator == b"TD":
                self.state = replace(self.state, leading=-y)
            self.line, self.pieces = _times((1.0, 0.0, 0.0, 1.0, x, y), self.line), 0
        elif operator in {b"T*", b"'", b'"'}:
            self.line = _times((1.0, 0.0, 0.0, 1.0, 0.0, -self.state.leading), self.line)
            self.pieces = 0


def draw_as_seen(page: Any) -> bool:  # noqa: ANN401  # pypdf's page
    """Change the drawing of a page in place; it stays as it is if it has none.

    Say whether its text is an unseen layer over a picture, which is what text recognition leaves behind.
    """
    from pypdf.generic import ContentStream, NameObject

    if "/Contents" not in page:
        return False
    content = ContentStream(page["/Contents"].get_object(), page.pdf, "bytes")
    fonts = page["/Resources"].get_object().get("/Font", {}).get_object()
    simple = {name for name, font in fonts.items() if font.get_object().get("/Subtype") != "/Type0"}
    is_layer = _is_layer(content.operations)
    content.operations = seen_operations(content.operations, simple)
    page[NameObject("/Contents")] = content
    if any(operator == b"Tf" and operands[0] == _RAISED_FONT for operands, operator in content.operations):
        fonts[NameObject(_RAISED_FONT)] = _raised_font()
    return is_layer


def _is_layer(operations: list[Operation]) -> bool:
    """Say whether most of a page's text is drawn unseen, and a picture with it."""
    mode = seen = unseen = 0
    modes: list[int] = []
    for operands, operator in operations:
        if operator == b"Tr":
            mode = int(operands[0])
        elif operator == b"q":
            modes.append(mode)
        elif operator == b"Q" and modes:
            mode = modes.pop()
        elif operator in _SHOWS:
            length = len(_text(operands).strip())
            seen, unseen = (seen, unseen + length) if mode in _UNSEEN_MODES else (seen + length, unseen)
    return unseen > seen and any(operator in _PICTURES for _, operator in operations)


def seen_operations(operations: list[Operation], simple: set[str]) -> list[Operation]:
    """Return the operations with what a reader sees of them; `simple` are the fonts of one byte a letter."""
    pictures = any(operator in _PICTURES for _, operator in operations)
    pen, painted = _Pen(), False
    drawn: dict[tuple[bytes, int], list[tuple[float, float]]] = defaultdict(list)
    kept: list[Operation] = []
    lines: list[Line] = []
    for operands, operator in operations:
        painted = painted or operator in _PICTURES or (operator in _FILLS and not pen.state.white)
        pen.follow(operands, operator)
        if operator not in _SHOWS:
            kept.append((operands, operator))
            continue
        # What is not painted over a picture is its recognised text, which a reader sees in the picture.
        unseen = (pen.state.white and not painted) or (pen.state.mode in _UNSEEN_MODES and not pictures)
        if unseen or _is_drawn_again(pen, operands, drawn):
            kept += [([], b"T*")] if operator in {b"'", b'"'} else []
        else:
            shown = _shown(pen, operands, operator) if pen.state.font in simple else [(operands, operator)]
            kept += shown
            _note(lines, pen, shown)
        pen.pieces += 1
    ordered = by_columns(lines) if all(line.font in simple for line in lines) else None
    return kept if ordered is None else _redrawn(ordered)


def _note(lines: list[Line], pen: _Pen, shown: list[Operation]) -> None:
    """Add what was drawn to its line, which begins where the pen was moved to."""
    from pypdf.generic import FloatObject

    if not pen.pieces or not lines:
        place = pen.place()
        lines.append(Line(place[4], place[5], _height(pen), place, pen.state.font))
    line = lines[-1]
    line.text += "".join(_text(operands).decode("latin-1") for operands, each in shown if each in _SHOWS)
    line.drawing.append(([pen.state.font, FloatObject(pen.state.size)], b"Tf"))
    line.drawing += [
        (operands[-1:], b"Tj") if each in {b"'", b'"'} else (operands, each) for operands, each in shown
    ]


def _redrawn(lines: list[Line]) -> list[Operation]:
    from pypdf.generic import FloatObject

    drawing: list[Operation] = []
    for line in lines:
        matrix = [FloatObject(number) for number in line.matrix]
        drawing += [([], b"BT"), (line.drawing[0][0], b"Tf"), (matrix, b"Tm"), *line.drawing, ([], b"ET")]
    return drawing


def _is_drawn_again(
    pen: _Pen, operands: list[Any], drawn: dict[tuple[bytes, int], list[tuple[float, float]]]
) -> bool:
    """Say whether the same was drawn in the same place before: a heading made bold."""
    text = _text(operands)
    *_, x, y = pen.place()
    near = _SAME_PLACE * _height(pen)
    places = drawn[text, pen.pieces]
    again = bool(text.strip()) and any(abs(x - left) <= near and abs(y - low) <= near for left, low in places)
    if not again:
        places.append((x, y))
        del places[:-20]  # a drawing that repeats a piece thousands of times costs no more
    return again


def _shown(pen: _Pen, operands: list[Any], operator: bytes) -> list[Operation]:
    text, size = _text(operands), _height(pen)
    y = pen.place()[5] + pen.state.rise * size / (pen.state.size or 1.0)
    before = pen.before
    is_mark = (
        before is not None
        and operator in {b"Tj", b"TJ"}
        and text.isdigit()
        and size < _SMALL * before[0]
        and _RAISED * before[0] <= y - before[1] <= _TOP * before[0]
    )
    if is_mark:
        from pypdf.generic import ByteStringObject, FloatObject, NameObject

        small = FloatObject(pen.state.size)
        return [
            ([NameObject(_RAISED_FONT), small], b"Tf"),
            ([ByteStringObject(text)], b"Tj"),
            ([pen.state.font, small], b"Tf"),
        ]
    if text.strip():
        pen.before = (size, y)
    return [([_respaced(operands[0])], operator) if operator == b"TJ" else (operands, operator)]


def _respaced(parts: Any) -> Any:  # noqa: ANN401
    """Return the pieces of a text without gaps that part no words."""
    from pypdf.generic import ArrayObject, ByteStringObject

    texts = [part for part in parts if isinstance(part, bytes)]
    gaps = [-float(part) for part in parts if not isinstance(part, bytes)]
    if len(texts) >= _LEAST_SPACED and len(gaps) >= len(texts) - 1 and all(len(text) == 1 for text in texts):
        usual = sorted(gaps)[len(gaps) // 2]
        if usual > 0 and b"".join(texts).strip().isalpha():
            words = b"".join(
                part if isinstance(part, bytes) else b" " if -float(part) > _WIDER * usual else b""
                for part in parts
            )
            return ArrayObject([ByteStringObject(words)])
    if any(b" " in text for text in texts):
        return ArrayObject([part for part in parts if isinstance(part, bytes) or abs(float(part)) > _KERNED])
    return parts


def _raised_font() -> Any:  # noqa: ANN401
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

    digits = [NameObject(name) for name in _RAISED_DIGITS]
    encoding = DictionaryObject({NameObject("/Differences"): ArrayObject([NumberObject(ord("0")), *digits])})
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): encoding,
        }
    )


def _text(operands: list[Any]) -> bytes:
    last = operands[-1] if operands else b""
    parts = last if isinstance(last, list) else [last]
    return b"".join(bytes(part) for part in parts if isinstance(part, bytes))


def _height(pen: _Pen) -> float:
    _, _, c, d, _, _ = pen.place()
    return abs(pen.state.size) * math.hypot(c, d)


def _numbers(operands: list[Any]) -> list[float]:
    return [float(each) for each in operands if isinstance(each, int | float)]


def _matrix(operands: list[Any]) -> _Matrix:
    a, b, c, d, e, f = _numbers(operands)
    return a, b, c, d, e, f


def _times(one: _Matrix, other: _Matrix) -> _Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m
