"""Words with their places to lines of text: columns, letters set apart, initials as high as two lines."""

from __future__ import annotations

from itertools import pairwise
from statistics import median
from typing import NamedTuple

from ingest.readers.formats.pdf_columns import Line, by_columns

_LEAST_SPACED = 4  # letters set apart that are a word
_WIDER = 1.6  # times the usual gap between letters: a gap between words
_APART = 1.0  # of the size: so wide a gap in a line may part two columns
_INITIAL = 1.7  # times the size of what follows
_LEAST_GAP = 0.05  # of the size


class Word(NamedTuple):
    """A word and where it stands, in points from the bottom left; `base` is the height of its line.

    `first` is the place of its first letter on the page.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    base: float
    first: int


def text_of_lines(lines: list[list[Word]]) -> str:
    """Return the text of a page's lines in the order in which they are read."""
    filled = [line for line in lines if line]
    parts = [part for line in filled for part in _parts(line)]
    ordered = by_columns([_line(part) for part in parts]) if len(parts) > len(filled) else None
    if ordered is None:
        ordered = [_line(line) for line in filled]
    text = ""
    for number, line in enumerate(ordered):
        text += line.text
        if number + 1 < len(ordered) and not _is_initial(line, ordered[number + 1]):
            text += "\n"
    return text


def _line(words: list[Word]) -> Line:
    return Line(words[0].left, words[0].base, words[0].size, _spaced(words), words[-1].right)


def _parts(line: list[Word]) -> list[list[Word]]:
    """Cut a line where its gaps are so wide that two columns may meet there."""
    parts = [[line[0]]]
    for before, word in pairwise(line):
        if word.left - before.right > _APART * before.size:
            parts.append([])
        parts[-1].append(word)
    return parts


def _spaced(words: list[Word]) -> str:
    """Join words by spaces, and letters that are set apart to words."""
    found: list[str] = []
    place = 0
    while place < len(words):
        end = place
        while end < len(words) and len(words[end].text) == 1 and words[end].text.isalpha():
            end += 1
        if end - place >= _LEAST_SPACED:
            found.append(_together(words[place:end]))
        else:
            end = max(end, place + 1)
            found += [word.text for word in words[place:end]]
        place = end
    return " ".join(found)


def _together(letters: list[Word]) -> str:
    gaps = [after.left - before.right for before, after in pairwise(letters)]
    widest = _WIDER * max(median(gaps), _LEAST_GAP * letters[0].size)
    joined = letters[0].text
    for gap, letter in zip(gaps, letters[1:], strict=True):
        joined += (" " if gap > widest else "") + letter.text
    return joined


def _is_initial(line: Line, following: Line) -> bool:
    """Say whether a line is a letter that is as high as two lines, with its word going on behind it."""
    return (
        len(line.text) == 1
        and line.text.isupper()
        and line.size > _INITIAL * following.size
        and following.text[:1].isalpha()
        and following.x > line.x
    )
