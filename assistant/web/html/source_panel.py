"""The source panel as HTML: an article with the cited sentences of one answer marked in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.rendering.links import text_fragment_link
from assistant.web.html.display_text import long_date, number_with_noun, shown_source
from assistant.web.html.elements import element, fragment, web_link

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from assistant.web.html.elements import Html
    from ingest import Article

SHOWN_CHARACTERS = (
    60_000  # characters shown on either side of the sentence: any news article; keeps a book from stalling
)
GONE = "This article is no longer in the library. It was removed after the answer was given."
GONE_NOW = "This article is no longer in the library."
NOT_THERE = "The quotation is not at its place in this text, so nothing is marked. This is what was quoted:"
QUOTED_LABEL = "This is what was quoted:"
ARTICLE_CHANGED = (
    "This article has changed since the answer was given; the version that was quoted is not kept."
)
OLDER = "The library has a newer version of this article. This is the version that was quoted."

_PARAGRAPH = re.compile(r"\S.*?(?=\n[^\S\n]*\n|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class SentenceMark:
    """A sentence to mark in an article. `number` is its footnote, 0 where it was only consulted.

    `quote` is what was quoted: a place that holds other words is not marked.
    """

    article: str
    version: str
    start: int
    end: int
    number: int
    quote: str


@dataclass(frozen=True, slots=True)
class Opening:
    """A click on a footnote: all sentences of its answer, and which of them to show."""

    marks: tuple[SentenceMark, ...]
    current: int


@dataclass(frozen=True, slots=True)
class MarkedRun:
    """A run of an article's text that carries one mark or none."""

    start: int
    end: int
    mark: SentenceMark | None


@dataclass(frozen=True, slots=True)
class Printing:
    """Another article with nearly the same text."""

    id: str
    title: str
    source: str | None
    published: date | None


def source_html(
    opening: Opening, article: Article | None, *, newest: str | None, printings: Sequence[Printing] = ()
) -> Html:
    """Show the article of the current mark; `newest` is its version in the library now."""
    current = opening.marks[opening.current]
    if article is None:
        why = GONE if newest is None else ARTICLE_CHANGED
        return fragment(
            _bar(opening, None), element("p", why, class_="notice"), _as_quoted(QUOTED_LABEL, current)
        )
    here = [mark for mark in opening.marks if _fits(mark, current, article)]
    older = newest is not None and newest != current.version
    return fragment(
        _bar(opening, article),
        element(
            "article",
            _heading(article),
            element("p", OLDER, class_="notice") if older else None,
            element("p", GONE, class_="notice") if newest is None else None,
            None if current in here else _as_quoted(NOT_THERE, current),
            element("div", *_paragraphs(article, here, current), class_="text", dir="auto"),
            _cited_here(here),
            _printings(printings),
        ),
    )


def article_html(article: Article | None, printings: Sequence[Printing] = ()) -> Html:
    """Show an article from its beginning, with nothing marked."""
    bar = element("div", element("span", class_="original"), _close(), class_="bar")
    if article is None:
        return fragment(bar, element("p", GONE_NOW, class_="notice"))
    start = SentenceMark(article.id, article.version, 0, 0, 0, "")
    link = web_link(article.url, "Open original ↗", class_="original")
    return fragment(
        element("div", link or element("span", class_="original"), _close(), class_="bar"),
        element(
            "article",
            _heading(article),
            element("div", *_paragraphs(article, [], start), class_="text", dir="auto"),
            _printings(printings),
        ),
    )


def paragraphs_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Find the paragraphs between two offsets: runs of text between blank lines, without outer whitespace."""
    spans = []
    for match in _PARAGRAPH.finditer(text, start, end):
        stop = match.start() + len(match.group().rstrip())
        spans.append((match.start(), stop))
    return spans


def pieces_of(start: int, end: int, marks: Sequence[SentenceMark]) -> Iterator[MarkedRun]:
    """Cut a paragraph at the marks in it; where marks overlap, the earlier one has the text."""
    place = start
    for mark in sorted(marks, key=lambda item: (item.start, item.end)):
        first, last = max(mark.start, place), min(mark.end, end)
        if first >= last:
            continue
        if place < first:
            yield MarkedRun(place, first, None)
        yield MarkedRun(first, last, mark)
        place = last
    if place < end:
        yield MarkedRun(place, end, None)


def _fits(mark: SentenceMark, current: SentenceMark, article: Article) -> bool:
    same = (mark.article, mark.version) == (current.article, current.version)
    return same and article.text[mark.start : mark.end] == mark.quote


def _bar(opening: Opening, article: Article | None) -> Html:
    total = len(opening.marks)
    steps = None
    if total > 1:
        steps = element(
            "span",
            element(
                "button",
                "‹",
                type="button",
                class_="icon",
                data_do="previous",
                aria_label="Previous quotation",
            ),
            element("span", f"{opening.current + 1} of {total}"),
            element("button", "›", type="button", class_="icon", data_do="next", aria_label="Next quotation"),
            class_="steps",
        )
    return element("div", _original(opening, article), steps, _close(), class_="bar")


def _close() -> Html:
    return element(
        "button", "✕", type="button", class_="icon", data_do="close", aria_label="Close the source"
    )


def _as_quoted(why: str, mark: SentenceMark) -> Html:
    quote = element("blockquote", mark.quote, dir="auto", class_="as-quoted")
    return fragment(element("p", why, class_="notice"), quote)


def _printings(printings: Sequence[Printing]) -> Html | None:
    if not printings:
        return None
    rows = [
        element(
            "li",
            element(
                "button",
                shown_source(source=item.source, url=None, title=item.title),
                type="button",
                class_="open-article",
                data_do="read",
                dir="auto",
            ),
            element("span", f" · {long_date(item.published)}", class_="notice"),
            data_article=item.id,
        )
        for item in printings
    ]
    return fragment(element("h3", "Also printed by"), element("ul", *rows, class_="printings"))


def _original(opening: Opening, article: Article | None) -> Html:
    mark = opening.marks[opening.current]
    link = article and web_link(_address(article, mark), "Open original ↗", class_="original")
    return link or element("span", class_="original")


def _address(article: Article, mark: SentenceMark) -> str | None:
    if not _fits(mark, mark, article):
        return article.url
    return text_fragment_link(article.url, article.text, mark.start, mark.end, title=article.title)


def _heading(article: Article) -> Html:
    """Name the article; this stays in view while its text is scrolled."""
    name = shown_source(source=article.source, url=article.url, title=article.title)
    published = (
        f"published {long_date(article.published)}" if article.published else "publication date unknown"
    )
    facts = [name if name != article.title else "", ", ".join(article.authors), published]
    return element(
        "header",
        element("h2", article.title, tabindex=-1, dir="auto"),
        element("p", " · ".join(fact for fact in facts if fact), class_="byline", dir="auto"),
    )


def _paragraphs(article: Article, marks: Sequence[SentenceMark], current: SentenceMark) -> Iterator[Html]:
    text, shown_page = article.text, None
    start, end = max(0, current.start - SHOWN_CHARACTERS), min(len(text), current.end + SHOWN_CHARACTERS)
    if start:
        yield element(
            "p", f"… {number_with_noun(start, 'character')} before this are not shown …", class_="notice"
        )
    for first, last in paragraphs_of(text, start, end):
        if (page := article.page_at(first)) != shown_page:
            shown_page = page
            read = " (read by OCR, which may misread)" if article.is_ocr_at(first) else ""
            yield element("h3", f"Page {page:,}{read}", class_="page-number")
        pieces = [_piece(text, piece, current) for piece in pieces_of(first, last, marks)]
        yield element("p", *pieces, dir="auto")
    if end < len(text):
        yield element(
            "p",
            f"… {number_with_noun(len(text) - end, 'character')} after this are not shown …",
            class_="notice",
        )


def _piece(text: str, piece: MarkedRun, current: SentenceMark) -> str:
    words = text[piece.start : piece.end]
    if piece.mark is None:
        return words
    tick = element("sup", str(piece.mark.number), class_="tick") if piece.mark.number else None
    chosen = piece.mark == current
    return element("mark", words, tick, class_="current" if chosen else None, data_current=chosen)


def _cited_here(marks: Sequence[SentenceMark]) -> Html | None:
    numbers = sorted({mark.number for mark in marks if mark.number})
    if not numbers:
        return None
    return element("p", f"Cited in this answer: {', '.join(map(str, numbers))}", class_="cited-here")
