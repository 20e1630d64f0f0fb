"""Text fragments (WICG Text Directives), and where a browser goes for one: the rules of Chromium 156.

A directive reads `[prefix-,]start[,end][,-suffix]`; its grammar and the search are described at
https://wicg.github.io/scroll-to-text-fragment/. What the description leaves open was tried in the browser.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from urllib.parse import quote

_Span = tuple[int, int]
PAGES_KEPT = 4  # of the last articles, whose sentences are often linked one after the other

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
# Accents, vowel signs of Hebrew and Arabic, and characters that nobody sees: a search ignores them.
_IGNORED = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u064b-\u0652\u00ad\u200b-\u200f\u2060-\u2064\ufeff]"
)
_SAME = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u05f3", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u05f4", '"'),
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ł": "l",
        "ς": "σ",
    }
)
# Scripts that are parted into words by a dictionary, which we don't have.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Directive:
    """The words of a text fragment; a part that is empty is left out."""

    start: str
    end: str = ""
    prefix: str = ""
    suffix: str = ""

    def encoded(self) -> str:
        """Return it as it stands in an address, after `:~:text=`."""
        prefix = f"{_encoded(self.prefix)}-," if self.prefix else ""
        end = f",{_encoded(self.end)}" if self.end else ""
        suffix = f",-{_encoded(self.suffix)}" if self.suffix else ""
        return f"{prefix}{_encoded(self.start)}{end}{suffix}"

    def folded(self) -> Directive:
        """Return it as it is searched for."""
        return Directive(*map(folded_text, (self.start, self.end, self.prefix, self.suffix)))


@dataclass(frozen=True, slots=True)
class PageText:
    """An article's text as a browser searches it, and where its lines start in both."""

    text: str
    folded: str
    lines: tuple[int, ...]
    folded_lines: tuple[int, ...]

    def span(self, start: int, end: int) -> _Span:
        """Return where `text[start:end]`, which begins and ends with a visible sign, is in `folded`."""
        line = bisect_right(self.lines, start) - 1
        before = self.text[self.lines[line] : start]
        gap = " " if before[-1:].isspace() and not before.isspace() else ""
        first = self.folded_lines[line] + len(folded_text(laid_out(before) + gap))
        return first, first + len(folded_text(laid_out(self.text[start:end])))


@lru_cache(maxsize=PAGES_KEPT)
def page_text(text: str) -> PageText:
    """Return an article's text as a browser searches it."""
    lines = text.split("\n")
    folded = [folded_text(laid_out(line)) for line in lines]
    return PageText(text, "\n".join(folded), _starts(lines), _starts(folded))


def _starts(lines: list[str]) -> tuple[int, ...]:
    return tuple(accumulate((len(line) + 1 for line in lines[:-1]), initial=0))


def laid_out(text: str) -> str:
    r"""Return text as a page shows it: spaces are one, `\n` is a `<br>`, an empty line parts blocks."""
    return "\n".join([" ".join(line.split()) for line in text.split("\n")])


def folded_text(text: str) -> str:
    """Return text as browsers compare it: without case and accents, quotation marks straight.

    The folded parts of a text make up the folded whole, so that a place in it is the length before.
    """
    return _BEYOND_ASCII.sub(_folded, text).lower()


def _folded(found: re.Match[str]) -> str:
    same = found[0].casefold().translate(_SAME)
    return _IGNORED.sub("", unicodedata.normalize("NFKD", same))


def resolve_fragment(page: str, directive: Directive, place: int = 0) -> _Span | None:
    """Return what a browser marks on a page, both folded: the first match of the directive, None without one.

    A browser searches from the beginning of the page; here the search may start at a later place. Words are
    found only within a block. A start begins at a word's start; the end is the first one after it. Prefix and
    suffix stand directly beside: only white space lies between, which may be the end of a block.
    """
    to_word = bool(directive.end) or not directive.suffix
    while True:
        if directive.prefix:
            before = _find(page, directive.prefix, place, from_word=True)
            if before is None:
                return None
            place = before[0] + 1
            first = _stands(page, directive.start, _after_space(page, before[1]), to_word=to_word)
        else:
            first = _find(page, directive.start, place, from_word=True, to_word=to_word)
            if first is None:
                return None
            place = first[0] + 1
        end = _end_of(page, directive, first) if first else None
        if first and end:
            return first[0], end
        if first and directive.end:
            return None  # the search for an end doesn't go back to another start


def _end_of(page: str, directive: Directive, first: _Span) -> int | None:
    """Return where a match that begins with `first` ends, None if it is not followed by the suffix."""
    end = first[1]
    while True:
        if directive.end:
            last = _find(page, directive.end, end, from_word=True, to_word=not directive.suffix)
            if last is None:
                return None
            end = last[1]
        suffix = directive.suffix
        if not suffix or _stands(page, suffix, _after_space(page, end), to_word=True):
            return end
        if not directive.end:
            return None


def _find(
    page: str, words: str, place: int, *, from_word: bool = False, to_word: bool = False
) -> _Span | None:
    """Find words from a place on, at the start and to the end of a word where that is asked for."""
    start = page.find(words, place)
    while start >= 0:
        end = start + len(words)
        if (not from_word or parts_words(page, start)) and (not to_word or parts_words(page, end)):
            return start, end
        start = page.find(words, start + 1)
    return None


def _stands(page: str, words: str, start: int, *, to_word: bool) -> _Span | None:
    end = start + len(words)
    if page.startswith(words, start) and (not to_word or parts_words(page, end)):
        return start, end
    return None


def parts_words(page: str, place: int) -> bool:
    """Say whether a word begins or ends at a place (Unicode annex 29 with Chromium's changes).

    An apostrophe joins letters; a point, a comma and an apostrophe join digits. Unlike in the annex, a
    point and a colon part letters. Next to signs of a script without spaces any place will do.
    """
    around = page[max(0, place - 2) : place], page[place : place + 2]
    if not around[0] or not around[1]:
        return True
    last, first = around[0][-1], around[1][0]
    if _UNSPACED.match(last) or _UNSPACED.match(first):
        return True
    if _in_word(last) and _in_word(first):
        return False
    if _in_word(last):
        return not _joins(last, first, around[1][1:])
    return not (_in_word(first) and _joins(around[0][:-1], last, first))


def _joins(left: str, sign: str, right: str) -> bool:
    if left.isdigit() and right.isdigit():
        return sign in ".,;'"
    return left.isalpha() and right.isalpha() and sign in "'·"


def _in_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def _after_space(page: str, place: int) -> int:
    while place < len(page) and page[place].isspace():
        place += 1
    return place


def _encoded(words: str) -> str:
    # "-" and "," have a meaning inside a text directive, and quote() leaves "-" alone.
    return quote(words, safe="", errors="ignore").replace("-", "%2D")
