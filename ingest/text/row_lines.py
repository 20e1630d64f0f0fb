"""How a row of a table is written as one sentence, and how such a sentence is told from prose."""

from __future__ import annotations

import re

AFTER_CAPTION = " — "
"""Between what the table is about, or its row, and the first column: `Medals of 2024 — Country: Norway`."""

_BETWEEN = "; "
_LONGEST_NAME = 120  # characters of a column's name with all that stands before it
_NAME = re.compile(r"[^\s;][^;\n]{0,59}\Z")
_PROSE = re.compile(r"[.!?]\s+\S+\s+\S+\s+\S+\s+\S")  # in a name: it's the end of a sentence


def row_line(before: tuple[str, ...], cells: list[tuple[str, str]]) -> str:
    """Write a row: `before` is what it is about, a cell the name of its column (or none) and a value.

    >>> row_line(("Medals of 2024",), [("Country", "Norway"), ("Gold", "16")])
    'Medals of 2024 — Country: Norway; Gold: 16'
    """
    said = _BETWEEN.join(f"{name}: {value}" if name else value for name, value in cells)
    return AFTER_CAPTION.join([*(part for part in before if part), said])


def is_row_line(line: str) -> bool:
    """Say whether a line is a row: two columns at least, each with a name before its value.

    In prose with colons and semicolons names begin small where the line begins with a capital.
    """
    if _BETWEEN not in line or "\n" in line:
        return False
    columns = line.split(_BETWEEN)
    caption, _, columns[0] = columns[0].rpartition(AFTER_CAPTION)
    if _PROSE.search(caption) or not all(map(_is_column, columns)):
        return False
    return columns[0][0].islower() or not any(column[0].islower() for column in columns)


def row_values(line: str) -> tuple[list[str], list[str]]:
    """Return the names of the columns of a row, its caption before them, and its values."""
    caption, _, rest = line.rpartition(AFTER_CAPTION)
    pairs = [column.partition(": ") for column in rest.split(_BETWEEN)]
    return [caption, *(name for name, _, _ in pairs)], [value for _, _, value in pairs]


def _is_column(column: str) -> bool:
    name, colon, value = column[:_LONGEST_NAME].partition(": ")
    return bool(colon and value.strip() and _NAME.match(name)) and not _PROSE.search(name)
