"""Sealed pages: an answer in one HTML file whose quotations and whole text can be checked against its hashes.

A seal shows that a file is as it was saved. It is no signature: whoever changes a page and works out new
hashes is only caught by comparing with the library, which `compared` is for.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from ingest import Article

NO_SEAL = "0" * 64
"""What stands in place of the seal while it is worked out."""
LARGEST_PAGE = 20_000_000  # bytes

_SEAL = re.compile(r'data-seal="([0-9a-f]{64})"')
_SPAN = re.compile(r"(\d{1,12})-(\d{1,12})")


@dataclass(frozen=True, slots=True)
class SealedQuote:
    """A quotation of a sealed page: its words, where they are from, whether they are as they were sealed."""

    number: str
    text: str
    article_id: str
    version: str
    start: int
    end: int
    intact: bool


@dataclass(frozen=True, slots=True)
class SealReport:
    """What was found of a page. `sealed` is False for a file that is no sealed page."""

    sealed: bool
    intact: bool
    quotes: tuple[SealedQuote, ...] = ()

    @property
    def changed(self) -> tuple[SealedQuote, ...]:
        """The quotations that are not as they were sealed."""
        return tuple(quote for quote in self.quotes if not quote.intact)


def digest(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def sealed(page: str) -> str:
    """Put the seal into a page that has `data-seal` with `NO_SEAL` once.

    Raises:
        ValueError: it has no such place, or more than one.
    """
    if _SEAL.findall(page) != [NO_SEAL]:
        raise ValueError("a page has one place for its seal")
    return page.replace(f'data-seal="{NO_SEAL}"', f'data-seal="{digest(page)}"')


def examine(page: str) -> SealReport:
    """Check a page, as text with the line ends of the file, against its own hashes."""
    seals = _SEAL.findall(page)
    if len(seals) != 1:
        return SealReport(sealed=False, intact=False)
    blank = page.replace(f'data-seal="{seals[0]}"', f'data-seal="{NO_SEAL}"')
    reader = _Quotes()
    reader.feed(page)
    reader.close()
    quotes = tuple(reader.quotes)
    intact = digest(blank) == seals[0] and all(quote.intact for quote in quotes)
    return SealReport(sealed=True, intact=intact, quotes=quotes)


def compared(report: SealReport, article: Callable[[str, str], Article | None]) -> tuple[int, int, int]:
    """Hold the quotations against a library: how many stand there, don't, and how many it can't tell of.

    `article` returns a version of an article, None where the library doesn't have it.
    """
    same = other = unknown = 0
    for quote in report.quotes:
        found = article(quote.article_id, quote.version)
        if found is None:
            unknown += 1
        elif _is_same(found.text[quote.start : quote.end], quote.text):
            same += 1
        else:
            other += 1
    return same, other, unknown


def _is_same(stored: str, shown: str) -> bool:
    """Compare a quotation with a page that shows signs which HTML can't hold as U+FFFD."""
    same = (there in {here, "\ufffd"} for here, there in zip(stored, shown, strict=False))
    return len(stored) == len(shown) and all(same)


class _Quotes(HTMLParser):
    """Reads the quotations out of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.quotes: list[SealedQuote] = []
        self._open: dict[str, str | None] | None = None
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a quotation."""
        known = dict(attrs)
        if tag == "blockquote" and "data-sha256" in known:
            self._open, self._text = known, []

    def handle_data(self, data: str) -> None:
        """Take up its words."""
        self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        """End it."""
        if tag != "blockquote" or self._open is None:
            return
        about, self._open = self._open, None
        text = "".join(self._text)
        span = _SPAN.fullmatch(about.get("data-span") or "")
        self.quotes.append(
            SealedQuote(
                number=about.get("data-note") or "",
                text=text,
                article_id=about.get("data-article") or "",
                version=about.get("data-version") or "",
                start=int(span[1]) if span else 0,
                end=int(span[2]) if span else 0,
                intact=digest(text) == about.get("data-sha256"),
            )
        )
