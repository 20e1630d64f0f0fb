"""Links to live pages: only http and https, and to a sentence by text fragment (WICG Text Directives)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from assistant.rendering.fragment_resolution import (
    Directive,
    folded_text,
    laid_out,
    page_text,
    resolve_fragment,
)
from ingest import is_row_line, row_values

if TYPE_CHECKING:
    from collections.abc import Iterator

WHOLE_SENTENCE_WORDS = 10  # up to here the whole sentence is the fragment; browsers match it exactly
EDGE_WORDS = 5  # of a longer sentence its first and last words: what lies between may be set apart or edited
SHORTEST_EDGE = 2  # words, where more make the address too long
LEAST_IN_LINE = 3  # words that are enough for an edge to end before a line break
NEIGHBOUR_WORDS = (3, 5, 8, 13, 21)  # of a prefix or suffix, as few as will do
MAX_NEIGHBOUR = 400  # characters in which they are looked for
MAX_URL = 2_000  # longer addresses are refused by some servers and browsers

_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\x9f\ud800-\udfff\\]")
# Clauses of Chinese and Japanese count as words, since no spaces part these.
_WORD = re.compile(r"[^\s，、；：。！？]+[，、；：。！？”’」』）]*|[，、；：。！？]+")

_HALF_WORD_BEFORE = re.compile(r"\A\S+")
_HALF_WORD_AFTER = re.compile(r"\S+\Z")


def safe_url(url: str | None) -> str | None:
    """Return the address if a browser may be sent there: http or https with a host, nothing hidden in it."""
    if not url or len(url) > MAX_URL or _UNPRINTABLE.search(url.strip()):
        return None
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not host or "@" in parts.netloc:
        return None
    return url.strip()


def text_fragment_link(url: str | None, text: str, start: int, end: int, *, title: str = "") -> str | None:
    """Return a link that opens the page at `text[start:end]`, or None where the address is no web page.

    `title` is what the page shows above the text, so that the link doesn't lead there. Where no words lead
    to the sentence, the link has no fragment and opens the page at its top.
    """
    address = safe_url(url)
    if address is None:
        return None
    page, hash_sign, fragment = address.partition("#")
    anchor = fragment.partition(":~:")[0]
    to_text = f"{page}#{anchor}:~:text="
    if is_row_line(text[start:end].strip()):
        directive = row_directive(text, start, title=title)
    else:
        directive = _directive(text, start, end, title=title, longest=MAX_URL - len(to_text))
    if directive and len(to_text) + len(directive) <= MAX_URL:
        return f"{to_text}{directive}"
    return f"{page}{hash_sign}{anchor}" if anchor else page


def _directive(text: str, start: int, end: int, *, title: str, longest: int) -> str:
    """Return the first directive whose first match is the sentence, encoded; empty where there is none.

    None leads to a sentence that stands twice with the same words around it.
    """
    part = text[start:end]
    start, end = end - len(part.lstrip()), start + len(part.rstrip())
    sentence = laid_out(text[start:end])
    words = [match.span() for match in _WORD.finditer(sentence)]
    if not words:
        return ""
    article = page_text(text)
    headline = folded_text(laid_out(title)).strip()
    above = f"{headline}\n\n" if headline else ""
    first, last = article.span(start, end)
    if first == last:  # nothing but signs that a search ignores
        return ""
    search = _Search(sentence, words, f"{above}{article.folded}", (len(above) + first, len(above) + last))
    # A single word stands anywhere on a page, a headline in lists of what is read most.
    is_anywhere = len(words) == 1 or bool(headline and article.folded.startswith(headline, first))
    beside, across = _neighbours(text, start, end)
    none = [("", "")]
    order = [*beside, *across, *none] if is_anywhere else [*none, *beside, *across]
    for prefix, suffix in dict.fromkeys(order):
        for directive in search.directives(prefix, suffix):
            if (prefix, suffix) not in [*beside, *none] and search.leads_on(directive):
                continue  # with an advert between the blocks it would lead to the later place
            if len(encoded := directive.encoded()) <= longest:
                return encoded
    return ""


@dataclass(frozen=True, slots=True)
class _Search:
    """Finds directives that lead to one sentence: `target` on the folded `page`."""

    sentence: str
    words: list[tuple[int, int]]
    page: str
    target: tuple[int, int]

    def directives(self, prefix: str, suffix: str) -> Iterator[Directive]:
        """Yield those that lead there with a prefix and a suffix, best first."""
        whole = Directive(self.sentence, prefix=prefix, suffix=suffix)
        leads = "\n\n" not in self.sentence and resolve_fragment(self.page, whole.folded()) == self.target
        by_whole = [whole] if leads else []
        if len(self.words) <= WHOLE_SENTENCE_WORDS and "\n" not in self.sentence:
            yield from by_whole
        else:  # a line break may be one of the text alone: ends that have none in them lead there anyway
            yield from self._by_edges(EDGE_WORDS, prefix, suffix)
            yield from by_whole
        yield from self._by_edges(SHORTEST_EDGE, prefix, suffix)

    def leads_on(self, directive: Directive) -> bool:
        """Say whether a directive that leads to the sentence would lead to a later place without it."""
        return resolve_fragment(self.page, directive.folded(), self.target[0] + 1) is not None

    def _by_edges(self, least: int, prefix: str, suffix: str) -> list[Directive]:
        """Name the sentence by its ends, longer ones until they lead there; none if they never do."""
        lines = self.sentence.split("\n")
        head, tail = _within(lines[0], least), _within(lines[-1], least)
        while head + tail <= len(self.words):
            first = self.sentence[: self.words[head - 1][1]]
            last = self.sentence[self.words[-tail][0] :]
            directive = Directive(first, last, prefix, suffix)
            found = (
                None if "\n\n" in first or "\n\n" in last else resolve_fragment(self.page, directive.folded())
            )
            if found == self.target:
                return [directive]
            if found is None:
                return []
            if found[0] != self.target[0]:
                head += 1
            else:
                tail += 1
        return []


def _within(line: str, least: int) -> int:
    """Return how many words an edge has at first: `least`, or fewer that stand before a line break."""
    count = len(_WORD.findall(line))
    return count if LEAST_IN_LINE <= count < least else least


def _neighbours(text: str, start: int, end: int) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return pairs of prefix and suffix, each of them of one block, in the order in which they are tried.

    First those that stand in the sentence's own block, then all: a page may have a picture between blocks.
    """
    before, after = text[max(0, start - MAX_NEIGHBOUR) : start], text[end : end + MAX_NEIGHBOUR]
    if start > MAX_NEIGHBOUR:
        before = _HALF_WORD_BEFORE.sub("", before)
    if end + MAX_NEIGHBOUR < len(text):
        after = _HALF_WORD_AFTER.sub("", after)
    *_, left = before.rstrip().split("\n")
    right, *_ = after.lstrip().split("\n")
    starts = "\n" in before[len(before.rstrip()) :]
    ends = "\n" in after[: len(after) - len(after.lstrip())]
    left, right = laid_out(left), laid_out(right)
    return list(_pairs("" if starts else left, "" if ends else right)), list(_pairs(left, right))


def _pairs(left: str, right: str) -> Iterator[tuple[str, str]]:
    before, after = [match.span() for match in _WORD.finditer(left)], [*_WORD.finditer(right)]
    prefixes = [left[before[-min(count, len(before))][0] :] for count in NEIGHBOUR_WORDS if before]
    suffixes = [right[: after[min(count, len(after)) - 1].end()] for count in NEIGHBOUR_WORDS if after]
    for prefix in prefixes:
        yield prefix, ""
    for suffix in suffixes:
        yield "", suffix
    yield from zip(prefixes, suffixes, strict=False)


def row_directive(text: str, start: int, *, title: str) -> str:
    """Return the directive that leads to two values of a row side by side, encoded; empty where none does.

    `start` is where the row begins in `text`. `title` is what the page shows above the text.
    """
    shown, row = "", (0, [""])
    place = 0
    for line in text.split("\n"):
        is_row = is_row_line(line.strip())
        values = row_values(line.strip())[1] if is_row else [line]
        if place <= start < place + len(line) + 1:
            row = (len(shown), values)
        shown += "\n\n".join(values) + "\n"
        place += len(line) + 1
    page = page_text(shown)
    headline = folded_text(laid_out(title)).strip()
    above = f"{headline}\n\n" if headline else ""
    begin, values = row
    for value, following in pairwise(values):
        directive = Directive(value, suffix=following)
        first, last = page.span(begin, begin + len(value))
        target = (len(above) + first, len(above) + last)
        if resolve_fragment(f"{above}{page.folded}", directive.folded()) == target:
            return directive.encoded()
        begin += len(value) + len("\n\n")
    return ""
