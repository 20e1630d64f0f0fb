"""Tables of a page: those with data become a line for each row before the page's text is looked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ingest.readers.common.table_grid import Cell
from ingest.readers.common.table_rows import LONGEST_CAPTION, table_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

_LAYOUT = (
    ".//table | .//form | .//input | .//textarea | .//select | .//h1 | .//h2 | .//h3 | .//h4 | .//article"
)
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_BOLD = frozenset({"b", "strong"})
_PARTS = frozenset({"thead", "tbody", "tfoot"})
_LINES = frozenset({"br", "p", "div", "li"})
_UNSEEN = frozenset({"script", "style", "svg", "noscript", "template", "iframe", "object", "select"})
_PRIVATE = re.compile("[\ue000-\uf8ff]")  # signs that stand for a place within a page, not for a letter
_MOST_LINKED = 0.8  # of a table's text; what is more is a menu, or a list of other articles
_MOST_WRAPPERS = 3


def write_tables(tree: Any) -> Any:  # noqa: ANN401  # lxml has no types
    """Put the lines of its rows into each data table of a tree; return the tree."""
    for table in list(tree.iter("table")):
        if table.getparent() is None or table.get("role") in {"presentation", "none"}:
            continue
        if table.xpath(f"boolean({_LAYOUT})"):
            continue
        rows = [list(row) for row in _rows(table)]
        text = "".join(cell.text for row in rows for cell in row)
        linked = sum(len(link.text_content()) for link in table.iter("a"))
        if not text or _PRIVATE.search(text) or linked > _MOST_LINKED * len(text):
            continue
        lines = table_lines(rows, _caption(table))
        if lines:
            _replace(table, lines)
    return tree


def _rows(table: Any) -> Iterator[Iterator[Cell]]:  # noqa: ANN401
    for part in table:
        if part.tag == "tr":
            yield _cells(part, heads=False)
        elif part.tag in _PARTS:
            yield from (_cells(row, heads=part.tag == "thead") for row in part.iterchildren("tr"))


def _cells(row: Any, *, heads: bool) -> Iterator[Cell]:  # noqa: ANN401
    cells = list(row.iterchildren("td", "th"))
    bold = len(cells) > 1 and all(_is_bold(cell) for cell in cells)
    for cell in cells:
        named = heads or bold or cell.tag == "th"
        yield Cell(_text(cell, named=named), named, _span(cell, "colspan"), _span(cell, "rowspan"))


def _is_bold(cell: Any) -> bool:  # noqa: ANN401
    bold = "".join("".join(one.itertext()) for one in cell.iter(*_BOLD)).split()
    return bold == "".join(cell.itertext()).split()


def _span(cell: Any, name: str) -> int:  # noqa: ANN401
    written = cell.get(name, "1").strip()
    return min(int(written), 1000) if written.isascii() and written.isdigit() and len(written) < 7 else 1  # noqa: PLR2004


def _text(cell: Any, *, named: bool) -> str:  # noqa: ANN401
    """Return what a cell shows in one line: lines of a value are set apart, those of a name are not."""
    lines = [" ".join(line.split()) for line in "".join(_shown(cell)).split("\n")]
    shown = [line for line in lines if line]
    return " ".join(shown) if named else _joined(shown)


def _shown(element: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield the texts of an element; the parser's limit of 256 levels bounds the recursion."""
    if not isinstance(element.tag, str) or element.tag in _UNSEEN:
        return
    apart = "\n" if element.tag in _LINES else ""
    yield apart + " ".join((element.text or "").split("\n"))
    for child in element:
        yield from _shown(child)
        yield " ".join((child.tail or "").split("\n"))
    yield apart


def _joined(lines: list[str]) -> str:
    """Join the lines of a value; what goes on in small letters or brackets is no other one."""
    text = ""
    for line in lines:
        apart = text and text[-1].isalnum() and (line[0].isupper() or line[0].isdigit())
        text += f", {line}" if apart else f" {line}" if text else line
    return text


def _caption(table: Any) -> str:  # noqa: ANN401
    """Return the caption of a table, else of its figure, else the heading that stands right before it."""
    for caption in table.iterchildren("caption"):
        return _name(caption)
    around = table
    for _ in range(_MOST_WRAPPERS):
        if around.tag == "figure" and (caption := around.find(".//figcaption")) is not None:
            return _name(caption)
        before = around.getprevious()
        if before is not None and before.tag in _HEADINGS:
            heading = _name(before)
            return heading if len(heading) <= LONGEST_CAPTION else ""
        parent = around.getparent()
        if before is not None or parent is None or parent.tag not in {"div", "figure", "section"}:
            return ""
        if around.tag != "figure" and (parent.text or "").strip():
            return ""
        around = parent
    return ""


def _name(element: Any) -> str:  # noqa: ANN401
    return _text(element, named=True).rstrip(".: ")


def _replace(table: Any, lines: list[str]) -> None:  # noqa: ANN401
    """Leave a table of one column: it is kept or passed over as the table that it was."""
    for child in list(table):
        table.remove(child)
    table.text = None
    for line in lines:
        row = table.makeelement("tr", {})
        cell = row.makeelement("td", {})
        cell.text = line
        row.append(cell)
        table.append(row)
