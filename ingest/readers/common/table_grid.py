"""A table laid out: which cell stands at each place, which rows name the columns, whether it holds data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_PLACES = 200_000  # of columns times rows, spans counted; a larger table is read cell by cell
_LONGEST_NAME = 100  # characters of a column's name
_LONGEST_CELL = 80  # words; a cell with more is a text, and its table a layout
_PROSE_CELL = 25  # words
_PROSE_SHARE = 0.2  # of the cells
_SHORT_NAME = 6  # words of a name that nothing marks as one
_MOST_HEADS = 4  # rows
_NUMERIC_SHARE = 0.6  # of a column's cells
_LEAST_ROWS = 2
_LEAST_COLUMNS = 2
_LEAST_PAIRS = 3
_WEEK = 7
_LONGEST_DAY = 3  # letters

_NUMERIC = re.compile(r"[\W\d_]*\d[\W\d_]*(?:[^\W\d_]{1,4}\W*)?")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?:\s?[-–/]\s?\d{2,4})?")
_SORT_SIGNS = re.compile(r"[\s▲▼▴▾↑↓↕⇅]+\Z")
_LETTERS = re.compile(r"[^\W\d_]{2}")
ENDED = re.compile(r"[.!?][\"”’)]*\Z")


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A cell as it is written; `heads` says that it is marked as naming its column or its row."""

    text: str
    heads: bool = False
    columns: int = 1
    rows: int = 1


GridRow = list["Cell | None"]


def lay_out(rows: Sequence[Sequence[Cell]]) -> list[GridRow] | None:
    """Return each cell at every place that it spans; None where the places are too many or too few.

    The width is that of the widest row of several cells: what one cell claims to span says nothing.
    """
    rows = [row for row in rows if row]
    width = max((sum(max(cell.columns, 1) for cell in row) for row in rows if len(row) > 1), default=0)
    if len(rows) < _LEAST_ROWS or width < _LEAST_COLUMNS or width * len(rows) > MOST_PLACES:
        return None
    grid: list[GridRow] = []
    hanging: dict[int, tuple[Cell, int]] = {}
    for row in rows:
        line: GridRow = [None] * width
        for place, (cell, left) in list(hanging.items()):
            line[place] = cell
            hanging[place] = (cell, left - 1)
            if left <= 1:
                del hanging[place]
        place = 0
        for cell in row:
            while place < width and line[place] is not None:
                place += 1
            end = min(place + max(cell.columns, 1), width)
            for spanned in range(place, end):
                line[spanned] = cell
                if cell.rows > 1:
                    hanging[spanned] = (cell, cell.rows - 1)
            place = end
        grid.append(line)
    return grid


def text_of(cell: Cell | None) -> str:
    """Return what a place shows."""
    return cell.text if cell is not None else ""


def holds_data(grid: list[GridRow]) -> bool:
    """Say whether the cells are short enough to be values: a layout has whole texts in them."""
    lengths = [len(text.split()) for line in grid for text in map(text_of, line) if text]
    if not lengths or max(lengths) > _LONGEST_CELL:
        return False
    return sum(length > _PROSE_CELL for length in lengths) <= _PROSE_SHARE * len(lengths)


def across(line: GridRow) -> str:
    """Return the text of a line that is one cell at its start: it spans the others, or they are empty."""
    filled = {id(cell): cell for cell in line if text_of(cell)}
    return text_of(line[0]) if len(filled) == 1 else ""


def is_head(line: GridRow) -> bool:
    """Say whether all cells of a line are marked as names, and the line is not one cell."""
    filled = [cell for cell in line if cell is not None and cell.text]
    return bool(filled) and all(cell.heads for cell in filled) and not across(line)


def head_lines(grid: list[GridRow]) -> int:
    """Return how many lines name the columns: those marked so, else one that can only be that."""
    marked = 0
    while marked < min(len(grid), _MOST_HEADS) and is_head(grid[marked]):
        marked += 1
    if marked:
        return marked if marked < len(grid) else 1
    return int(_looks_like_head(grid))


def _looks_like_head(grid: list[GridRow]) -> bool:
    names, below = [text_of(cell) for cell in grid[0]] if grid else [], grid[1:]
    if len(below) < _LEAST_ROWS or not all(names[1:]) or len(set(names)) < len(names):
        return False
    if any(len(name.split()) > _SHORT_NAME or ENDED.search(name) for name in names):
        return False
    return not any(map(_is_number, names)) and any(
        _are_numbers([text for line in below if (text := text_of(line[place]))])
        for place in range(1, len(names))
    )


def _is_number(text: str) -> bool:
    return _NUMERIC.fullmatch(text[:_LONGEST_NAME]) is not None and not _YEAR.fullmatch(text)


def _are_numbers(values: list[str]) -> bool:
    return len(values) > 1 and sum(map(_is_number, values)) >= _NUMERIC_SHARE * len(values)


def column_names(heads: list[GridRow]) -> tuple[str, ...] | None:
    """Return the name of each column, the one above it first (`Goals home`); None where few have one."""
    names = []
    for place in range(len(heads[0])):
        parts = [_SORT_SIGNS.sub("", text_of(line[place])).rstrip(": ") for line in heads]
        names.append(" ".join(dict.fromkeys(part for part in parts if part)))
    days = len(names) == _WEEK and all(name.isalpha() and len(name) <= _LONGEST_DAY for name in names)
    too_few = sum(map(bool, names)) * 2 < len(names)
    return None if days or too_few or max(map(len, names)) > _LONGEST_NAME else tuple(names)


def label_column(grid: list[GridRow]) -> int:
    """Return the first column that mostly has words: ranks and numbers stand before what a row is about."""
    for place in range(len(grid[0]) if grid else 0):
        texts = [text for line in grid if (text := text_of(line[place]))]
        if texts and sum(1 for text in texts if _LETTERS.search(text)) * 2 > len(texts):
            return place
    return 0


def is_record(grid: list[GridRow]) -> bool:
    """Say whether the first of two columns has the names of what the second has."""
    if not grid or len(grid[0]) != _LEAST_COLUMNS:
        return False
    lines = [line for line in grid if not across(line) and text_of(line[0]) and text_of(line[1])]
    names = [text_of(line[0]) for line in lines]
    if len(names) < _LEAST_PAIRS or any(len(name) > _LONGEST_NAME for name in names):
        return False
    marked = all(line[0] is not None and line[0].heads for line in lines)
    return marked or (_are_names(names) and _are_values([text_of(line[1]) for line in lines], names))


def _are_names(names: list[str]) -> bool:
    plain = all(_LETTERS.search(name) and not ENDED.search(name) for name in names)
    return plain and len(set(names)) == len(names) and all(len(name.split()) <= _SHORT_NAME for name in names)


def _are_values(values: list[str], names: list[str]) -> bool:
    """Say whether most values have figures; names with colons need none."""
    return all(name.endswith(":") for name in names) or (
        sum(any(map(str.isdigit, value)) for value in values) * 2 > len(values)
    )
