"""pypdfium2: the words of a page as a reader sees them, with their places.

Text that leaves no mark on the rendered page goes, and so do stamps across it; small raised figures are set
as such, since glued to a number they would change it.
"""

from __future__ import annotations

from collections import Counter
from ctypes import byref, c_double, c_int, c_uint, create_string_buffer
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ingest.readers.common.raised import raised
from ingest.readers.formats.pdf_glyphs import plain_name
from ingest.readers.formats.pdf_lines import Word, text_of_lines
from ingest.readers.formats.pdf_turned import upright

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ingest.readers.formats.pdf_glyphs import Glyphs

_HYPHENS = frozenset({0x02, 0xFFFE})  # how pdfium writes a hyphen at the end of a line
_UNSEEN_MODES = frozenset({3, 7})  # PDF 32000, 9.3.6: neither filled nor stroked
_CONTRAST = 16  # of 255: less is no mark
_FIRST_TESTED, _FIRST_EAST = "!", "⺀"  # fonts of East Asia that a file lacks can't be rendered everywhere
_SEEN_SHARE = 0.5  # of a page's words: with fewer seen its fonts can't be rendered here
_WHITE = 250  # of 255
_DEEPEST = 3  # forms within forms
_LONGEST_NAME = 200  # bytes of a font's name
_ASLANT = 0.1  # radians
_SMALL, _RAISED, _TOP = 0.85, 0.15, 0.8  # of the size before: a mark is smaller, and raised by so much


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's text; `is_layer` says that most of it is drawn unseen over a picture, as OCR leaves it."""

    text: str
    is_layer: bool


@dataclass(slots=True)
class _Pen:
    """The words so far, by lines, and the character before."""

    lines: list[list[Word]] = field(default_factory=lambda: [[]])
    letters: list[str] = field(default_factory=list)
    box: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    size: float = 0.0
    base: float = 0.0
    index: int = 0
    before: tuple[float, float] | None = None  # size and height of the letter before

    def end_word(self) -> None:
        if self.letters:
            self.lines[-1].append(Word("".join(self.letters), *self.box, self.size, self.base, self.index))
            self.letters.clear()

    def end_line(self) -> None:
        self.end_word()
        if self.lines[-1]:
            self.lines.append([])


def open_pdfium(data: bytes) -> Any:  # noqa: ANN401  # pypdfium2 has no types
    """Open a PDF; raise ValueError for one that can't be opened."""
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ValueError(str(error)) from None


def page_text(document: Any, number: int, glyphs: Glyphs) -> PageText:  # noqa: ANN401
    """Return the text of a page, counted from 0; raise ValueError for a page that is damaged.

    `glyphs` has the letters of signs that pdfium can't tell.
    """
    import pypdfium2
    from pypdfium2 import raw

    try:
        page = document[number]
        written = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise ValueError(str(error)) from None
    try:
        lines = _lines(written, glyphs)
        words = [word for line in lines for word in line]
        unseen = {word.first for word in words if _mode(written, word.first) in _UNSEEN_MODES}
        angles = {word.first: float(raw.FPDFText_GetCharAngle(written, word.first)) for word in words}
        usual = _usual_angle(words, angles)
        aslant = {word for word, angle in angles.items() if abs(angle - usual) > _ASLANT}
        seen = _seen(page, written, words, unseen) - aslant
        kept = [[word for word in line if word.first in seen] for line in lines]
        layer = sum(len(word.text) for word in words if word.first in unseen & seen)
        return PageText(
            text_of_lines(upright(kept, usual)),
            2 * layer > sum(len(word.text) for line in kept for word in line),
        )
    finally:
        written.close()
        page.close()


def _lines(written: Any, glyphs: Glyphs) -> list[list[Word]]:  # noqa: ANN401
    """Return the words of a page in the order in which they were drawn, by lines as pdfium tells them."""
    from pypdfium2 import raw

    pen = _Pen()
    loose = raw.FS_RECTF()
    x, y = c_double(), c_double()
    for index in range(raw.FPDFText_CountChars(written)):
        code = raw.FPDFText_GetUnicode(written, index)
        if code in _HYPHENS:
            pen.letters.append("-")
            pen.end_line()
        elif code in (0x0A, 0x0D):
            pen.end_line()
        elif code <= 0x20 or code == 0xA0:  # noqa: PLR2004  # white space, and what has no character
            pen.end_word()
        else:
            raw.FPDFText_GetLooseCharBox(written, index, byref(loose))
            raw.FPDFText_GetCharOrigin(written, index, byref(x), byref(y))
            letter = _letter(written, index, code, glyphs) if glyphs else chr(code)
            _write(pen, letter, (loose.left, loose.bottom, loose.right, loose.top), y.value, index)
    pen.end_word()
    return [line for line in pen.lines if line]


def _letter(written: Any, index: int, code: int, glyphs: Glyphs) -> str:  # noqa: ANN401
    """Return what a sign stands for; where pdfium can't tell, its code is that of the font."""
    from pypdfium2 import raw

    if not raw.FPDFText_HasUnicodeMapError(written, index):
        return chr(code)
    name = create_string_buffer(_LONGEST_NAME)
    raw.FPDFText_GetFontInfo(written, index, name, _LONGEST_NAME, byref(c_int()))
    return glyphs.get(plain_name(name.value.decode("utf-8", "replace")), {}).get(code, chr(code))


def _write(pen: _Pen, letter: str, box: tuple[float, float, float, float], base: float, index: int) -> None:
    size = box[3] - box[1]
    if (
        letter.isdigit()
        and letter.isascii()
        and pen.before is not None
        and _is_raised(size, base, pen.before)
    ):
        letter = raised(letter)
    else:
        pen.before = (size, base)
    if pen.letters:
        left, bottom, right, top = pen.box
        pen.box = (min(left, box[0]), min(bottom, box[1]), max(right, box[2]), max(top, box[3]))
    else:
        pen.box, pen.size, pen.base, pen.index = box, size, base, index
    pen.letters.append(letter)


def _is_raised(size: float, base: float, before: tuple[float, float]) -> bool:
    return size < _SMALL * before[0] and _RAISED * before[0] <= base - before[1] <= _TOP * before[0]


def _mode(written: Any, index: int) -> int:  # noqa: ANN401
    from pypdfium2 import raw

    drawn = raw.FPDFText_GetTextObject(written, index)
    return int(raw.FPDFTextObj_GetTextRenderMode(drawn)) if drawn else 0


def _usual_angle(words: list[Word], angles: dict[int, float]) -> float:
    """Return the angle of most text; what stands at another is a stamp, the name of an axis, a margin."""
    usual: Counter[float] = Counter()
    for word in words:
        usual[round(angles[word.first], 1)] += len(word.text)
    return usual.most_common(1)[0][0] if usual else 0.0


def _seen(page: Any, written: Any, words: list[Word], unseen: set[int]) -> set[int]:  # noqa: ANN401
    """Return the words that leave a mark on the rendered page, and those of which that can't be told."""
    marked = _marked(page, words)
    faint = unseen | {word.first for word in words if _is_white(written, word.first)}
    plain = {word.first for word in words} - faint
    if len(plain & marked) < _SEEN_SHARE * len(plain):  # its fonts can't be rendered here
        marked |= plain
    untold = {
        word.first for word in words if not all(_FIRST_TESTED <= each < _FIRST_EAST for each in word.text)
    }
    # A layer over a picture that can't be rendered is more likely the picture's text than a secret.
    layer = unseen if not marked and _has_picture(page) else set[int]()
    return marked | (untold - faint) | layer


def _marked(page: Any, words: list[Word]) -> set[int]:  # noqa: ANN401
    if not words:
        return set()
    left, _, _, top = page.get_bbox()  # inherited boxes too, unlike its siblings
    bitmap = page.render(scale=1, grayscale=True, rotation=-page.get_rotation() % 360)
    picture = bitmap.to_numpy().reshape(bitmap.height, bitmap.width)
    return {word.first for word in words if _leaves_a_mark(picture, word, left, top)}


def _is_white(written: Any, index: int) -> bool:  # noqa: ANN401
    from pypdfium2 import raw

    parts = [c_uint() for _ in range(4)]
    known = raw.FPDFText_GetFillColor(written, index, *(byref(part) for part in parts))
    return bool(known) and min(part.value for part in parts[:3]) >= _WHITE


def _has_picture(page: Any) -> bool:  # noqa: ANN401
    from pypdfium2 import raw

    return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=_DEEPEST))


def _leaves_a_mark(picture: NDArray[np.uint8], word: Word, left: float, top: float) -> bool:
    margin = (word.top - word.bottom) / 5  # of the lines above and below
    rows = slice(max(int(top - word.top + margin), 0), max(int(top - word.bottom - margin) + 1, 0))
    columns = slice(max(int(word.left - left), 0), max(int(word.right - left) + 1, 0))
    part = picture[rows, columns]
    return part.size > 0 and int(part.max()) - int(part.min()) >= _CONTRAST
