"""python-docx: a new Word document of headings, paragraphs and tables, with real footnotes.

python-docx knows no footnotes: they are a part of their own (ECMA-376, 17.11), which is built here.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.rendering.links import safe_url
from assistant.rendering.render import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document

NOTE_STYLE, MARK_STYLE = "footnote text", "footnote reference"
NOTE_POINTS = 9
LINK_COLOUR = "0B57A4"

# What XML can't hold, and spaces that a run must keep.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_FOOTNOTES = (
    '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
    "</w:footnote></w:footnotes>"
)
# Elements of the document's settings that come before those of footnotes.
_SETTINGS_AFTER = ("w:endnotePr", "w:compat", "w:docVars", "w:rsids")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text. `url` makes it a link, where a browser may be sent there."""

    text: str
    bold: bool = False
    italic: bool = False
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote. Where `key` was used before, the number of that footnote is shown again."""

    key: str
    pieces: tuple[Piece, ...]


Part = Piece | Note
"""What a paragraph is made of."""


class WordDocument:
    """A document that is written from top to bottom."""

    def __init__(self, title: str, *, wide: bool = False) -> None:
        import docx
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import Pt

        self._document: Document = docx.Document()
        about = self._document.core_properties
        about.title, about.author, about.comments = _shown(title)[:255], "", ""
        styles = self._document.styles
        small: Any = styles.add_style(NOTE_STYLE, WD_STYLE_TYPE.PARAGRAPH)
        small.font.size = Pt(NOTE_POINTS)
        mark: Any = styles.add_style(MARK_STYLE, WD_STYLE_TYPE.CHARACTER)
        mark.font.superscript = True
        self._note_style, self._mark_style = small.style_id, mark.style_id
        self._notes = self._notes_part()
        self._numbers: dict[str, int] = {}
        if wide:
            self._turn()

    def heading(self, text: str, level: int = 1) -> None:
        """Add a heading."""
        self._document.add_heading(_shown(text), level)

    def paragraph(self, parts: Sequence[Part], *, style: str | None = None) -> None:
        """Add a paragraph; `style` is one of Word's own, such as "List Bullet"."""
        self._fill(self._document.add_paragraph(style=style)._p, parts)  # noqa: SLF001  # its XML has no other door

    def table(self, head: Sequence[str], rows: Sequence[Sequence[Sequence[Part]]]) -> None:
        """Add a table; its head is repeated on every page."""
        made: Any = self._document.add_table(1, len(head))
        made.style = "Table Grid"
        for cell, name in zip(made.rows[0].cells, head, strict=True):
            self._fill(cell.paragraphs[0]._p, [Piece(name, bold=True)])  # noqa: SLF001  # its XML has no other door
        repeated = _made("w:tblHeader")
        made.rows[0]._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001  # its XML has no other door
        for row in rows:
            for cell, parts in zip(made.add_row().cells, row, strict=True):
                self._fill(cell.paragraphs[0]._p, parts)  # noqa: SLF001  # its XML has no other door

    def to_bytes(self) -> bytes:
        """Return the file."""
        kept = io.BytesIO()
        self._document.save(kept)
        return kept.getvalue()

    def _turn(self) -> None:
        """Lay the pages on their long side."""
        from docx.enum.section import WD_ORIENT

        page = self._document.sections[0]
        page.orientation = WD_ORIENT.LANDSCAPE
        page.page_width, page.page_height = page.page_height, page.page_width

    def _fill(self, paragraph: Any, parts: Sequence[Part]) -> None:  # noqa: ANN401  # lxml has no types
        for part in parts:
            if isinstance(part, Note):
                marks = [self._again(part)] if part.key in self._numbers else self._mark(part)
                paragraph.extend(marks)
            elif part.text:
                paragraph.append(_run(part, self._document.part))

    def _mark(self, note: Note) -> list[Any]:
        """Write a footnote; return its mark, within a bookmark by which it can be referred to again."""
        number = self._numbers[note.key] = len(self._numbers) + 1
        paragraph = _made("w:p", _made("w:pPr", _made("w:pStyle", val=self._note_style)))
        paragraph.append(self._marked(_made("w:footnoteRef")))
        paragraph.extend(_run(piece, self._notes) for piece in (Piece(" "), *note.pieces) if piece.text)
        self._notes.element.append(_made("w:footnote", paragraph, id=number))
        return [
            _made("w:bookmarkStart", id=number, name=_bookmark(number)),
            self._marked(_made("w:footnoteReference", id=number)),
            _made("w:bookmarkEnd", id=number),
        ]

    def _again(self, note: Note) -> Any:  # noqa: ANN401  # lxml has no types
        """Refer to a footnote that is there already, with a field that shows its number."""
        number = self._numbers[note.key]
        shown = self._marked(_text(str(number)))
        return _made("w:fldSimple", shown, instr=f" NOTEREF {_bookmark(number)} \\f \\h ")

    def _marked(self, child: Any) -> Any:  # noqa: ANN401  # lxml has no types
        return _made("w:r", _made("w:rPr", _made("w:rStyle", val=self._mark_style)), child)

    def _notes_part(self) -> Any:  # noqa: ANN401  # lxml has no types
        """Make the part that holds the footnotes, and name its separators in the settings."""
        from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import XmlPart
        from docx.oxml import parse_xml

        body = self._document.part
        place, kind = PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES
        part = XmlPart(place, kind, parse_xml(_FOOTNOTES), body.package)
        body.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        separators = _made("w:footnotePr", _made("w:footnote", id=-1), _made("w:footnote", id=0))
        self._document.settings.element.insert_element_before(separators, *_SETTINGS_AFTER)
        return part


def _run(piece: Piece, part: Any) -> Any:  # noqa: ANN401  # lxml has no types
    """Make a run; a link is related to the part of the document that it stands in."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    address = safe_url(piece.url)
    style = _made("w:rPr")
    if piece.bold:
        style.append(_made("w:b"))
    if piece.italic:
        style.append(_made("w:i"))
    if address:
        style.extend([_made("w:color", val=LINK_COLOUR), _made("w:u", val="single")])
    run = _made("w:r", style, _text(_shown(piece.text)))
    if not address:
        return run
    link = _made("w:hyperlink", run)
    link.set(_RELATION, part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    return link


def _made(tag: str, *children: Any, **attributes: str | int) -> Any:  # noqa: ANN401  # lxml has no types
    """Make an element of WordprocessingML; its attributes are of the same namespace."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    element: Any = OxmlElement(tag, {qn(f"w:{name}"): str(value) for name, value in attributes.items()})
    element.extend(children)
    return element


def _text(text: str) -> Any:  # noqa: ANN401  # lxml has no types
    element = _made("w:t")
    element.text = text
    element.set(_SPACE, "preserve")
    return element


def _bookmark(number: int) -> str:
    return f"_Note{number}"


def _shown(text: str) -> str:
    """Return text on one line that XML can hold; spaces at its ends stay."""
    before = " " if text[:1].isspace() else ""
    after = " " if text.strip() and text[-1:].isspace() else ""
    return _NOT_XML.sub("\ufffd", f"{before}{one_line(text)}{after}")
