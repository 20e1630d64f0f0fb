"""Word documents: the visible paragraphs and tables in their order, found by python-docx."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ingest.errors import SourceError
from ingest.readers.common.decoding import clean_text, one_line
from ingest.readers.common.fields import Metadata, authors_of, language_code
from ingest.readers.common.formulas import UNREADABLE, in_line
from ingest.readers.common.raised import raised
from ingest.readers.common.table_grid import Cell
from ingest.readers.common.table_rows import plain_row, table_lines
from ingest.readers.common.unread import as_unread
from ingest.readers.formats.docx_signs import sign_of
from ingest.readers.formats.plain_text import build_article, split_lead

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

    from ingest.article import Article
    from ingest.readers.common.unread import Unread

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Deleted and moved-away words, and what an old program would show instead: not what the reader sees.
_BOX = f"{_W}txbxContent"
_SKIPPED = {
    *(
        f"{_W}{name}"
        for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "txbxContent", "rt")
    ),
    _FALLBACK,
}  # text boxes have paragraphs of their own, and `rt` says how the words beside it are spoken
_NOTES = ("footnote", "endnote")
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": " ", f"{_W}noBreakHyphen": "-"}
_TITLE_STYLES = re.compile(r"title|heading ?1", re.IGNORECASE)
_NO_TITLE = re.compile(r"untitled.*|document\s*\d*|word document|.*\.docx?|[\W\d_]*", re.IGNORECASE)
_NO_AUTHOR = re.compile(r"python-docx|microsoft.*|admin\w*|user\w*|author|unknown|\W*|.*@.*", re.IGNORECASE)
_CAPTION_STYLES = re.compile(r"caption|heading|überschrift|beschriftung", re.IGNORECASE)
_OBJECT = f"{_W}object"
_PREVIEWED = {"{urn:schemas-microsoft-com:vml}imagedata"}
_NOT_SHOWN = {_FALLBACK, f"{_W}del", f"{_W}moveFrom"}
_NOT_READ = {
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic": "picture",
    "{urn:schemas-microsoft-com:vml}imagedata": "picture",
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart": "chart",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds": "diagram",
    _OBJECT: "embedded file",
}
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_OLD_FORMULA = ".//*[starts-with(@ProgID, 'Equation')]"  # of Word before 2007, and of MathType
_MOST_COLUMNS = 63  # of a table in Word
_DIGITS = re.compile(r"[0-9]{1,4}")
_RAISED = re.compile(r"[+\-−–]?[0-9]{1,4}")
_DEEPEST = 200  # nested elements; lxml itself stops at 256


def docx_article(archive: zipfile.ZipFile, origin: str) -> Article:
    """Make an article from a Word document; its dates are the file's, so the publication date is unknown."""
    import docx

    try:
        document = docx.Document(archive.fp)
    except (KeyError, ValueError) as error:
        raise SourceError(origin, "The Word document is damaged. Save it again.") from error
    paragraphs = list(_paragraphs(document.element.body))
    title, paragraphs = _title(document, paragraphs)
    texts = [text for text, _ in (*paragraphs, *_notes(document))]
    lead = split_lead(clean_text("\n\n".join(texts)))
    said = document.core_properties
    names = authors_of(said.author or "")
    known = Metadata(
        title=title,
        authors=tuple(name for name in names if not _NO_AUTHOR.fullmatch(name)),
        language=language_code(said.language or ""),
        section=one_line(said.category or "") or None,
        unread=_unread(document),
    )
    return build_article(lead.text, origin, known=known, lead=lead)


def shown_pieces(body: Any) -> Iterator[list[tuple[Any, str]]]:  # noqa: ANN401
    """Yield every paragraph with text, those in tables too: its elements with what a reader sees of each."""
    for blocks in _blocks(body):
        if blocks[0].tag == f"{_W}p":
            pieces = [piece for block in blocks for piece in _shown_elements(block, 0)]
            if any(text.strip() for _, text in pieces):
                yield pieces
            for box in _boxes(blocks):
                yield from shown_pieces(box)
        elif blocks[0].tag not in _SKIPPED and blocks[0].tag != f"{_W}sectPr":
            yield from shown_pieces(blocks[0])


def _blocks(body: Any) -> Iterator[list[Any]]:  # noqa: ANN401
    """Yield what a body holds, paragraphs together whose marks between them were deleted."""
    held: list[Any] = []
    for block in body.iterchildren():
        if block.tag != f"{_W}p":
            if held:
                yield held
            held = []
            yield [block]
            continue
        held.append(block)
        marks = block.find(f"{_W}pPr/{_W}rPr")
        if marks is None or all(marks.find(f"{_W}{name}") is None for name in ("del", "moveFrom")):
            yield held
            held = []
    if held:
        yield held


def _boxes(blocks: list[Any]) -> Iterator[Any]:
    """Yield the text boxes that hang on paragraphs, once each, not those within them."""
    for block in blocks:
        for box in block.iter(_BOX):
            depth = sum(1 for _ in block.iterancestors())
            above = list(box.iterancestors())
            between = above[: len(above) - depth - 1]
            if not any(each.tag in _SKIPPED for each in between):
                yield box


def _notes(document: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """Yield the paragraphs of footnotes, then of endnotes, in the order in which the text refers to them."""
    from docx.oxml import parse_xml

    for kind in _NOTES:
        parts = (rel.target_part for rel in document.part.rels.values() if not rel.is_external)
        part = next((part for part in parts if part.partname.endswith(f"/{kind}s.xml")), None)
        if part is None:
            continue
        notes = {note.get(f"{_W}id"): note for note in parse_xml(part.blob).iterchildren(f"{_W}{kind}")}
        for reference in document.element.body.iter(f"{_W}{kind}Reference"):
            note = notes.pop(reference.get(f"{_W}id"), None)
            unseen = {above.tag for above in reference.iterancestors()} & (_SKIPPED - {_BOX})
            if note is not None and not unseen:
                yield from _paragraphs(note)


def _title(document: Any, paragraphs: list[tuple[str, str]]) -> tuple[str | None, list[tuple[str, str]]]:  # noqa: ANN401
    """Return the title that stands first in the text, else the one of the properties."""
    said: str | None = one_line(document.core_properties.title or "")[:300]
    if not said or _NO_TITLE.fullmatch(said):
        said = None
    if len(paragraphs) < 2:  # noqa: PLR2004  # a title alone is the text
        return said, paragraphs
    first, style = paragraphs[0]
    if _TITLE_STYLES.match(style) or one_line(first).casefold() == (said or "").casefold():
        return one_line(first)[:300], paragraphs[1:]
    return said, paragraphs


def _paragraphs(body: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """Yield the text and style of every paragraph with text; of a table, of every row."""
    caption = ""
    for blocks in _blocks(body):
        block = blocks[0]
        if block.tag == f"{_W}p":
            text = "".join(shown for each in blocks for shown in _shown(each, 0)).strip()
            style = block.find(f"{_W}pPr/{_W}pStyle")
            if text:
                yield text, style.get(f"{_W}val", "") if style is not None else ""
            for box in _boxes(blocks):
                yield from ((boxed, "") for boxed, _ in _paragraphs(box))
            caption = text if text and _names_table(style) else ""
            continue
        if block.tag == f"{_W}tbl":
            yield from ((row, "") for row in _table(block, caption))
        elif block.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"}:
            yield from _paragraphs(block)
        caption = ""


def _names_table(style: Any) -> bool:  # noqa: ANN401
    """Say whether a paragraph right above a table is its caption, or the heading over it."""
    return style is not None and _CAPTION_STYLES.match(style.get(f"{_W}val", "")) is not None


def _unread(document: Any) -> Unread:  # noqa: ANN401
    """Count what a reader of the document sees, and the text hasn't."""
    counts: Counter[str] = Counter()
    for element in document.element.body.iter(*_NOT_READ):
        above = {each.tag for each in element.iterancestors()}
        if not above & _NOT_SHOWN and not (element.tag in _PREVIEWED and _OBJECT in above):
            is_formula = element.tag == _OBJECT and element.xpath(_OLD_FORMULA)
            counts["formula" if is_formula else _NOT_READ[element.tag]] += 1
    parts = (rel.target_part for rel in document.part.rels.values() if not rel.is_external)
    for part in parts:
        if part.partname.endswith("/comments.xml"):
            counts["comment"] += part.blob.count(b"<w:comment ")
    return as_unread(counts)


def _table(table: Any, caption: str) -> Iterator[str]:  # noqa: ANN401
    """Yield a line for each row; the cells as they stand where it is no table of data."""
    rows = [_cells(row) for row in table.iter(f"{_W}tr")]
    nested = next(table.iterdescendants(f"{_W}tbl"), None) is not None
    lines = None if nested else table_lines(_spanned(rows), caption.rstrip(".: "))
    yield from lines or filter(None, (plain_row([cell.text for cell, _ in row]) for row in rows))


def _cells(row: Any) -> list[tuple[Cell, bool]]:  # noqa: ANN401
    """Return the cells of a row, and of each whether it goes on with the one above it."""
    heads = row.find(f"{_W}trPr/{_W}tblHeader") is not None
    cells = [
        cell
        for child in row.iterchildren(f"{_W}tc", f"{_W}sdt")
        for cell in ([child] if child.tag == f"{_W}tc" else child.iterfind(f"{_W}sdtContent/{_W}tc"))
    ]
    heads = heads or (len(cells) > 1 and all(map(_is_bold, cells)))
    found = []
    for cell in cells:
        shown = (
            " ".join(
                text for blocks in _blocks(part) if blocks[0].tag == f"{_W}p" for text in _texts_of(blocks)
            )
            for part in (cell, *cell.iterfind(f"{_W}sdt/{_W}sdtContent"))
        )
        span, merge = (cell.find(f"{_W}tcPr/{_W}{name}") for name in ("gridSpan", "vMerge"))
        columns = _number(span.get(f"{_W}val")) if span is not None else 1
        goes_on = merge is not None and merge.get(f"{_W}val") != "restart"
        found.append((Cell(" ".join(" ".join(shown).split()), heads, columns), goes_on))
    return found


def _spanned(rows: list[list[tuple[Cell, bool]]]) -> list[list[Cell]]:
    """Return the rows with each cell that goes on over several of them said once, as long as it does."""
    spans: dict[int, tuple[int, int]] = {}
    found: list[list[Cell]] = []
    for row in rows:
        place, line = 0, list[Cell]()
        for cell, goes_on in row:
            if goes_on and place in spans:
                above, number = spans[place]
                found[above][number] = replace(found[above][number], rows=len(found) - above + 1)
            else:
                spans[place] = (len(found), len(line))
                line.append(cell)
            place += cell.columns
        found.append(line)
    return found


def _number(written: str | None) -> int:
    return min(int(written), _MOST_COLUMNS) if written and _DIGITS.fullmatch(written) else 1


def _is_bold(cell: Any) -> bool:  # noqa: ANN401
    """Say whether all words of a cell are bold, as names of columns are that nothing marks."""
    runs = [run for run in cell.iter(f"{_W}r") if run.find(f"{_W}t") is not None]
    marks = [run.find(f"{_W}rPr/{_W}b") for run in runs]
    return bool(runs) and all(mark is not None and _is_on(mark) for mark in marks)


def _texts_of(blocks: list[Any]) -> Iterator[str]:
    """Yield the text of paragraphs that are one, and of the boxes on them."""
    yield "".join(shown for each in blocks for shown in _shown(each, 0)).strip()
    for box in _boxes(blocks):
        yield from (text for text, _ in _paragraphs(box))


def _shown(element: Any, depth: int) -> Iterator[str]:  # noqa: ANN401
    """Yield what a reader sees of a paragraph: no deleted text, no hidden runs, no codes of fields."""
    return (text for _, text in _shown_elements(element, depth))


def _shown_elements(element: Any, depth: int) -> Iterator[tuple[Any, str]]:  # noqa: ANN401
    if depth > _DEEPEST or element.tag in _SKIPPED or (element.tag == f"{_W}r" and _is_hidden(element)):
        return
    if element.tag == f"{_W}t":
        yield element, _written(element)
    elif element.tag == f"{_W}sym":
        yield element, sign_of(element.get(f"{_W}font", ""), element.get(f"{_W}char", ""))
    elif element.tag in _BREAKS:
        yield element, _BREAKS[element.tag]
    elif element.tag == _FORMULA:
        yield element, in_line(element)
    elif element.tag == _OBJECT and element.xpath(_OLD_FORMULA):
        yield element, UNREADABLE
    else:
        for child in element.iterchildren():
            yield from _shown_elements(child, depth + 1)


def _written(element: Any) -> str:  # noqa: ANN401
    """Return a text as it stands there, and a raised number as such: 10 with a small 6 above it isn't 106."""
    text = element.text or ""
    place = element.find(f"../{_W}rPr/{_W}vertAlign")
    is_raised = place is not None and place.get(f"{_W}val") == "superscript"
    return raised(text) if is_raised and _RAISED.fullmatch(text) else text


def _is_hidden(run: Any) -> bool:  # noqa: ANN401
    """Say whether a run is not shown, or shown as not valid any more: struck out."""
    marks = (run.find(f"{_W}rPr/{_W}{name}") for name in ("vanish", "strike", "dstrike"))
    return any(mark is not None and _is_on(mark) for mark in marks)


def _is_on(mark: Any) -> bool:  # noqa: ANN401
    return mark.get(f"{_W}val", "true") not in {"0", "false", "off"}
