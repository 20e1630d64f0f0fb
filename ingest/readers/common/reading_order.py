"""The order in which boxes on a page are read: columns one after the other, headings between (XY-cut)."""

from __future__ import annotations

from statistics import median
from typing import NamedTuple

_GUTTER = 0.8  # of the median height: the narrowest gap between two columns
_LEAST_LINES = 3  # in each column, besides those that cross; fewer are cells or a date beside a name


class Box(NamedTuple):
    """Where something stands, in any unit, y growing downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """How high it is."""
        return self.bottom - self.top


def in_reading_order(boxes: list[Box]) -> list[int]:
    """Return the places of the boxes in the order in which they are read."""
    if not boxes:
        return []
    gap = _GUTTER * max(median(box.height for box in boxes), 1e-6)
    return _ordered(boxes, list(range(len(boxes))), gap)


def _ordered(boxes: list[Box], places: list[int], gap: float) -> list[int]:
    """Cut between columns where a gap runs through; above and below what crosses it, each part by itself."""
    split = _gutter(boxes, places, gap)
    if split is None:
        return _by_rows(boxes, places)
    ordered: list[int] = []
    sides: tuple[list[int], list[int]] = ([], [])
    for place in sorted(places, key=lambda each: boxes[each].top):
        box = boxes[place]
        if box.left < split < box.right:
            ordered += [*_ordered(boxes, sides[0], gap), *_ordered(boxes, sides[1], gap), place]
            sides = ([], [])
        else:
            sides[box.left >= split].append(place)
    return [*ordered, *_ordered(boxes, sides[0], gap), *_ordered(boxes, sides[1], gap)]


def _gutter(boxes: list[Box], places: list[int], gap: float) -> float | None:
    """Return where two columns of several lines each part, if few boxes cross it; None for one column."""
    edges = sorted({boxes[place].left for place in places})
    best: tuple[int, float] | None = None
    for edge in edges[1:]:
        split = edge - gap / 2
        crossing = sum(boxes[place].left < split < boxes[place].right for place in places)
        left = [place for place in places if boxes[place].right <= edge - gap]
        right = [place for place in places if boxes[place].left >= edge]
        if len(left) + len(right) + crossing < len(places):
            continue  # something reaches into the gap
        enough = min(len(left), len(right)) >= _LEAST_LINES and crossing <= min(len(left), len(right))
        if enough and _beside(boxes, left, right) and (best is None or crossing < best[0]):
            best = crossing, split
    return best[1] if best else None


def _beside(boxes: list[Box], left: list[int], right: list[int]) -> bool:
    """Say whether the two stand beside each other for most of the shorter one's height."""
    tops = [min(boxes[place].top for place in side) for side in (left, right)]
    bottoms = [max(boxes[place].bottom for place in side) for side in (left, right)]
    shared = min(bottoms) - max(tops)
    return shared >= min(bottom - top for top, bottom in zip(tops, bottoms, strict=True)) / 2


def _by_rows(boxes: list[Box], places: list[int]) -> list[int]:
    """Return the places row by row, each from left to right; boxes whose middles are level are one row."""
    rows: list[list[int]] = []
    for place in sorted(places, key=lambda each: boxes[each].top + boxes[each].bottom):
        middle = (boxes[place].top + boxes[place].bottom) / 2
        last = boxes[rows[-1][0]] if rows else None
        if last is not None and last.top < middle < last.bottom:
            rows[-1].append(place)
        else:
            rows.append([place])
    return [place for row in rows for place in sorted(row, key=lambda each: boxes[each].left)]
