"""Timelines and tables of who said what as a Word document, each sentence with a footnote to its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.rendering.answer_word import note_pieces, quote_pieces
from assistant.rendering.render import one_line
from assistant.rendering.story_tables import grid_of
from assistant.rendering.word_document import Note, Part, Piece, WordDocument

if TYPE_CHECKING:
    from assistant.answers import Citation
    from assistant.vocabulary.story_reports import Timeline, WhoSaidWhat


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


def _cells(cells: tuple[str, ...]) -> list[list[Part]]:
    return [[Piece(cell)] for cell in cells]


def _told(citations: tuple[Citation, ...]) -> list[Part]:
    """Write the first sentence, with a footnote for it and one for each other that says the same."""
    first, *others = citations
    own = Note(f"{first.number}", note_pieces(first, quote=False))
    also = [Note(f"{item.number}", note_pieces(item)) for item in others]
    return [Piece("“"), *quote_pieces(first), Piece("”"), own, *also]
