"""The rows of a data table as sentences: column and value, column and value. A table for layout has none."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from ingest.readers.common.table_grid import (
    ENDED,
    Cell,
    GridRow,
    across,
    column_names,
    head_lines,
    holds_data,
    is_head,
    is_record,
    label_column,
    lay_out,
    text_of,
)
from ingest.text.row_lines import row_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST_CAPTION = 100  # characters; a longer one is not said again in every row
LONGEST_LINE = 400  # characters: a wide row goes on in another line that begins with the row's name
MOST_WRITTEN = 500_000  # characters of a table's rows, or twice as many as its cells have
_GROUP_WORDS = 10
_SENTENCE = re.compile(r"(?:\s\S+){3}[a-zß-ÿ]{3}\.\Z")  # a value of four words and more with a full stop

_Pair = tuple[str, str]


def table_lines(rows: Sequence[Sequence[Cell]], caption: str = "") -> list[str] | None:
    """Return a line for each row of a table, None where the table is for layout or too large.

    A cell that spans rows or columns is said in each row, and once of all its columns. A table of two columns
    without names is one record: its first column has the names.
    """
    grid = lay_out(rows)
    if grid is None or not holds_data(grid):
        return None
    start = 0
    while start < len(grid) and (above := across(grid[start])):
        caption, start = (f"{caption}, {above}" if caption else above), start + 1
    grid = grid[start:]
    repeated = caption if len(caption) <= LONGEST_CAPTION else ""
    heads = head_lines(grid)
    if heads:
        names = column_names(grid[:heads])
        lines = list(_written(grid[heads:], names, repeated)) if names else []
    else:
        lines = list(_record(grid, repeated)) if is_record(grid) else []
    if lines and caption and not repeated:
        lines.insert(0, caption)
    return lines or None


def plain_row(texts: Sequence[str]) -> str:
    """Return the cells of a row whose columns have no names, or an empty text."""
    return " | ".join(text.strip() for text in texts).strip(" |")


def _written(grid: list[GridRow], names: tuple[str, ...], caption: str) -> Iterator[str]:
    """Yield the lines of the rows; when they become too many the rest is written without names."""
    label, group, written = label_column(grid), "", 0
    most = max(MOST_WRITTEN, 2 * sum(len(text_of(cell)) for line in grid for cell in line))
    for number, line in enumerate(grid):
        if above := across(line):
            is_group = len(above.split()) <= _GROUP_WORDS and not ENDED.search(above)
            if is_group and number + 1 < len(grid):
                group = above
            else:
                yield above
        elif is_head(line) and (found := column_names([line])):
            names = found
        elif written > most:
            yield plain_row([text_of(cell) for cell, _ in groupby(line)])
        else:
            for row in _row(line, names, (caption, group), label):
                written += len(row)
                yield row


def _row(line: GridRow, names: tuple[str, ...], before: tuple[str, str], label: int) -> Iterator[str]:
    """Yield a row as one line, or as several that each begin with what the row is about.

    What has no name of its own, as the first column of many tables, stands before the columns.
    """
    label = next((place for place, cell in enumerate(line) if cell is not None and cell.heads), label)
    about, first, pairs = list(before), list[_Pair](), list[_Pair]()
    place = 0
    for cell, places in groupby(line):
        start, place = place, place + len(list(places))
        if not (value := _value(text_of(cell))):
            continue
        name = _joined(names[start:place])
        if start <= label < place:
            if not name:
                about.append(value)
                continue
            first = [(name, value)]
        pairs.append((name, value))
    yield from _lines(tuple(about), pairs, first)


def _lines(about: tuple[str, ...], pairs: list[_Pair], first: list[_Pair]) -> Iterator[str]:
    """Yield the pairs in lines of at most `LONGEST_LINE` characters; further ones begin with `first`."""
    held: list[_Pair] = []
    length = 0
    for pair in pairs:
        size = len(pair[0]) + len(pair[1])
        if held and length + size > LONGEST_LINE:
            yield row_line(about, held)
            held, length = [*first], sum(len(name) + len(value) for name, value in first)
        held.append(pair)
        length += size
    if held:
        yield row_line(about, held)


def _joined(names: Sequence[str]) -> str:
    """Return the name of several columns that have one value."""
    known = list(dict.fromkeys(name for name in names if name))
    return f"{known[0]} – {known[-1]}" if len(known) > 1 else "".join(known)


def _value(text: str) -> str:
    """Return a value as it can stand between semicolons: no full stop in the middle of the row's sentence."""
    return (text[:-1] if _SENTENCE.search(f" {text}") else text).replace("; ", ", ").rstrip(";")


def _record(grid: list[GridRow], caption: str) -> Iterator[str]:
    """Yield a table of names and values as one record for each group, in lines of several pairs."""
    group, held = "", list[_Pair]()
    for line in grid:
        if above := across(line):
            yield from _lines((caption, group), held, [])
            group, held = (above if len(above) <= LONGEST_CAPTION else ""), []
        elif value := _value(text_of(line[1])):
            held.append((text_of(line[0]).rstrip(": "), value))
    yield from _lines((caption, group), held, [])
