"""Tables of a story and lists of reports as a Word document, each sentence with a footnote to its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.language.calendar_words import written_date
from assistant.rendering.answer_word import note_pieces, quote_pieces
from assistant.rendering.render import NO_DATE, one_line
from assistant.rendering.report_list import NOT_HAD, TITLE, named_copy, report_heading
from assistant.rendering.story_tables import grid_of
from assistant.rendering.word_document import Note, Part, Piece, WordDocument

if TYPE_CHECKING:
    from assistant.answers import Citation
    from assistant.vocabulary.story_reports import HadThis, Report, Timeline, WhoSaidWhat


def table_word(table: Timeline | WhoSaidWhat) -> bytes:
    """Return the document, its pages on their long side."""
    grid = grid_of(table)
    document = WordDocument(grid.title, wide=True)
    document.heading(grid.title)
    rows: list[list[list[Part]]] = [[*_cells(cells), _told(citations)] for cells, citations in grid.rows]
    if rows:
        document.table(grid.columns, rows)
    document.paragraph([Piece(grid.summary)])
    for notice in grid.notices:
        document.paragraph([Piece(one_line(notice), italic=True)])
    return document.to_bytes()


def reports_word(found: HadThis) -> bytes:
    """Return who has reported something already; what was looked for stands above it."""
    document = WordDocument(TITLE, wide=True)
    document.heading(TITLE)
    document.paragraph([Piece(one_line(found.text), italic=True)])
    rows = [_report(place, each, found) for place, each in enumerate(found.reports)]
    if rows:
        document.table(("Report", "Published", "What", "Copies"), rows)
    else:
        document.paragraph([Piece(NOT_HAD)])
    for notice in found.notices:
        document.paragraph([Piece(one_line(notice), italic=True)])
    return document.to_bytes()


def _report(place: int, report: Report, found: HadThis) -> list[list[Part]]:
    cited = found.citations[report.citation - 1]
    day = written_date(cited.published) if cited.published else NO_DATE
    copies = "; ".join(named_copy(each) for each in report.copies)
    return [*_cells((report_heading(place, report), day)), _told((cited,)), [Piece(copies)]]


def _cells(cells: tuple[str, ...]) -> list[list[Part]]:
    return [[Piece(cell)] for cell in cells]


def _told(citations: tuple[Citation, ...]) -> list[Part]:
    """Write the first sentence, with a footnote for it and one for each other that says the same."""
    first, *others = citations
    own = Note(f"{first.number}", note_pieces(first, quote=False))
    also = [Note(f"{item.number}", note_pieces(item)) for item in others]
    return [Piece("“"), *quote_pieces(first), Piece("”"), own, *also]
