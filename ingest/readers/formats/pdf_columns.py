"""Two columns whose lines were drawn row by row: their order as a reader reads them."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

_LEAST_ROWS = 4  # with a line of each column; fewer may be a table or an address
_SAME_ROW = 0.3  # of the size: how far apart in height two lines of a row may be
_SAME_EDGE = 3  # points
_LEAST_WIDTH = 8  # sizes from one column's edge to the other's
_LEAST_WORDS = 3  # of a line in a column of prose; cells of tables have fewer
_GOES_ON = 0.4  # of the lines begin within a sentence, which cells of tables don't


class Line(NamedTuple):
    """A line as it was drawn: where it begins, its height and size and where it ends (points), its words."""

    x: float
    y: float
    size: float
    text: str
    right: float


def by_columns(lines: list[Line]) -> list[Line] | None:
    """Return the lines in the order of their columns; None if they are no two columns of prose."""
    rows = _rows(lines)
    edges = _edges(rows)
    if edges is None:
        return None
    ordered: list[Line] = []
    columns: tuple[list[Line], list[Line]] = ([], [])
    for row in rows:
        if (len(row) == 1 and _crosses(row[0], edges[1])) or row[0].x < edges[0] - _SAME_EDGE:
            ordered += [*columns[0], *columns[1], *row]
            columns = ([], [])
            continue
        for line in row:
            columns[line.x >= edges[1] - _SAME_EDGE].append(line)
    return [*ordered, *columns[0], *columns[1]]


def _rows(lines: list[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in lines:
        if rows and abs(rows[-1][0].y - line.y) <= _SAME_ROW * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _edges(rows: list[list[Line]]) -> tuple[float, float] | None:
    """Return where the two columns begin, if that many rows agree on it and hold prose."""
    pairs = [row for row in rows if len(row) == 2 and row[1].x - row[0].x >= _LEAST_WIDTH * row[0].size]  # noqa: PLR2004
    if len(pairs) < _LEAST_ROWS:
        return None
    left, right = (Counter(round(row[side].x) for row in pairs).most_common(1)[0][0] for side in (0, 1))
    both = [
        row for row in pairs if abs(row[0].x - left) <= _SAME_EDGE and abs(row[1].x - right) <= _SAME_EDGE
    ]
    prose = [row for row in both if all(len(line.text.split()) >= _LEAST_WORDS for line in row)]
    going_on = sum(row[side].text.lstrip()[:1].islower() for row in both for side in (0, 1))
    parted = all(not _crosses(row[0], right) for row in both)
    if len(prose) < _LEAST_ROWS or not parted or going_on < _GOES_ON * 2 * len(both):
        return None
    return float(left), float(right)


def _crosses(line: Line, edge: float) -> bool:
    return line.x < edge - _SAME_EDGE and line.right > edge
