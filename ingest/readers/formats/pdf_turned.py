"""Text turned on its page, as wide tables are: its words where they would stand on a page held upright.

pdfium tells lines of turned text from left to right, as the page is shown. Those of text that runs down the
page are read from right to left.
"""

from __future__ import annotations

from itertools import pairwise
from math import pi
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.readers.formats.pdf_lines import Word

_SAME_LINE = 0.5  # of the size: parts of one line differ by less


def upright(lines: list[list[Word]], angle: float) -> list[list[Word]]:
    """Return lines whose text stands at an angle (radians, clockwise) as on an upright page, from the top.

    An angle is taken for the nearest quarter of a circle.
    """
    quarters = round(angle / (pi / 2)) % 4
    turned = [[_turned(word, quarters) for word in line] for line in lines if line]
    steps = [after[0].base - before[0].base for before, after in pairwise(turned)]
    least = _SAME_LINE * min((line[0].size for line in turned), default=0.0)
    up, down = sum(step > least for step in steps), sum(step < -least for step in steps)
    return turned[::-1] if up > down else turned


def _turned(word: Word, quarters: int) -> Word:
    left, bottom, right, top, base = word.left, word.bottom, word.right, word.top, word.base
    if quarters == 1:  # it runs down the page
        left, bottom, right, top, base = -top, left, -bottom, right, left
    elif quarters == 2:  # noqa: PLR2004  # upside down
        left, bottom, right, top, base = -right, -top, -left, -bottom, -base
    elif quarters == 3:  # noqa: PLR2004  # up the page
        left, bottom, right, top, base = bottom, -right, top, -left, -right
    size = top - bottom if quarters % 2 else word.size
    return word._replace(left=left, bottom=bottom, right=right, top=top, size=size, base=base)
