"""The running text of a paged document: without headers and page numbers, words and sentences made whole."""

from __future__ import annotations

import re
from collections import Counter

from ingest.readers.common.decoding import clean_text

EDGE = 3  # lines at the top and at the bottom of a page that may be headers and footers
REPEATS = 3  # pages on which a line must come back to be one; of two or three pages two will do
SHORT_END = 3  # letters: `self-ish` was parted within a word
LONGEST_NUMBER = 20  # characters: `- page 12 of 345 -`
SHARE = 0.3  # of the pages: left and right pages often have headers of their own

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(  # three digits: a line of four may be the year that ends a sentence
    r"[-–—|\[( ]*(?:page|seite|p\.)?\s*\d{1,3}(?:\s*(?:/|of|von|de)\s*\d{1,3})?[-–—|\]) ]*", re.IGNORECASE
)
_HYPHENATED = re.compile(r"([^\W\d_]{2,})[-\u2010\u00ad]\n[ \t]*([^\W\d_]{2,})")
# A hyphen between a figure and anything else is always written: COVID-19, mid-2024, the 19-year-old.
_FIGURE_BEHIND = re.compile(r"(\w[-\u2010])\n[ \t]*(?=\d)|(\d[-\u2010])\n[ \t]*(?=[^\W\d_])")
_PARTED = frozenset({"well", "vice", "self"})  # first parts that keep their hyphen, but in few words
_ONE_WORD = frozenset({"ness", "ington", "less", "hood", "roy", "spring", "head", "come", "same"})
_SPACED_LINE = re.compile(r"^(?:[^\W\d_] ){3,80}[^\W\d_]$", re.MULTILINE)
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?:…][\"”’'»)\]]*$")


def running_text(pages: list[str]) -> list[str]:
    """Return the pages without what repeats at their edges, words hyphenated at line ends joined."""
    stripped = [
        _SPACED_LINE.sub(lambda line: line[0].replace(" ", ""), page)
        for page in _without_edges([page.split("\n") for page in pages])
    ]
    words = Counter(word.casefold() for page in stripped for word in _WORD.findall(page))
    return [clean_text(_dehyphenated(page, words)).strip() for page in stripped]


def joined_pages(pages: list[str]) -> tuple[str, tuple[int, ...]]:
    """Join pages to one text, and return where each starts; a sentence goes on across a page's end."""
    text, starts = "", []
    for page in map(str.strip, pages):
        if text and page:
            goes_on = page[0].islower() or not _SENTENCE_END.search(text[-10:])
            text += "\n" if goes_on else "\n\n"
        starts.append(len(text))
        text += page
    # Between an empty page and the next text lies its separator: the page starts with the text.
    return text, tuple(starts)


def _without_edges(pages: list[list[str]]) -> list[str]:
    filled = [[line.strip() for line in lines if line.strip()] for lines in pages]
    seen: Counter[str] = Counter()
    for lines in filled:
        seen.update({_shape(line) for line in (*lines[:EDGE], *lines[-EDGE:])})
    least = max(REPEATS if len(pages) > REPEATS else 2, SHARE * len(pages))
    # A line of figures alone is left to `_PAGE_NUMBER`: 1987 may end a sentence.
    running = {shape for shape, count in seen.items() if count >= least and shape.strip("0 .,-–")}
    return [_trimmed(lines, running) for lines in pages]


def _trimmed(lines: list[str], running: set[str]) -> str:
    """Cut lines off both ends as long as they are headers, footers or page numbers."""
    start, end = 0, len(lines)
    for _ in range(EDGE):
        while start < end and not lines[start].strip():
            start += 1
        if start < end and _is_edge(lines[start], running):
            start += 1
        while end > start and not lines[end - 1].strip():
            end -= 1
        if end > start and _is_edge(lines[end - 1], running):
            end -= 1
    return "\n".join(lines[start:end])


def _is_edge(line: str, running: set[str]) -> bool:
    line = line.strip()
    return _shape(line) in running or (len(line) <= LONGEST_NUMBER and bool(_PAGE_NUMBER.fullmatch(line)))


def _shape(line: str) -> str:
    """Return a line with every number as one sign: `12 The Gazette` and `13 The Gazette` are one header."""
    return _DIGITS.sub("0", " ".join(line.split())).casefold()


def _dehyphenated(page: str, words: Counter[str]) -> str:
    """Join `munici-` and `pality`; keep the hyphen where the document writes the word with one elsewhere."""

    def whole(found: re.Match[str]) -> str:
        joined, hyphened = f"{found[1]}{found[2]}", f"{found[1]}-{found[2]}"
        named = found[2][0].isupper()  # Anglo-American; a noun that goes on doesn't begin anew
        if found[1].casefold() in _PARTED and not words[joined.casefold()]:
            named = named or (len(found[2]) > SHORT_END and found[2].casefold() not in _ONE_WORD)
        keeps = named or words[hyphened.casefold()] > words[joined.casefold()]
        return hyphened if keeps else joined

    return _FIGURE_BEHIND.sub(r"\1\2", _HYPHENATED.sub(whole, page))
