"""A web page to its article: trafilatura finds the text, and page_facts.py what is said about it."""

from __future__ import annotations

import logging
import re
from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ingest.errors import SourceError
from ingest.readers.common.decoding import clean_text, decode_bytes, one_line
from ingest.readers.common.fields import Metadata
from ingest.readers.common.foreign_parts import drop_foreign
from ingest.readers.common.hidden_text import clear_hidden, open_noscript
from ingest.readers.common.html_tables import write_tables
from ingest.readers.common.inline_marks import mend_inline
from ingest.readers.common.page_facts import page_facts
from ingest.readers.common.unread import unread_in_page
from ingest.readers.formats.plain_text import build_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.article import Article
    from ingest.readers.common.document import Document

_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
DECLARED_WITHIN = 262_144  # bytes of the head; browsers go by a declaration wherever it stands in it
_HEAD_END = re.compile(rb"</head|<body", re.IGNORECASE)

# Elements of trafilatura's own tree that begin a new paragraph; the others are parts of one.
_BLOCKS = frozenset({"p", "head", "item", "quote", "row", "list", "table", "code", "ab", "div", "fw"})
_SKIPPED = frozenset({"graphic"})
_BREAKS = frozenset({"lb", "br"})
_CELLS = frozenset({"cell", "td", "th"})
_VERBATIM = frozenset({"code", "pre"})

_ASKS_FOR_SCRIPTS = re.compile(
    r"\b(?:enable|turn(?: on)?|activate|switch(?: on)?|allow|needs?|requires?|without|support)"
    r"\s(?:\w+\s){0,2}java\s?script"
    r"|java\s?script\s(?:\w+\s){0,3}(?:disabled|required|enabled|turned o[nf]f?|switched o[nf]f?|blocked)",
    re.IGNORECASE,
)
_LONGEST_APPEAL = 500  # characters of a page that says nothing else

LONGEST_PAGE = 10_000_000  # characters; the largest of 181 real pages has 1.5 million; 10 take 13 s


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding that a page declares at its start."""
    end = _HEAD_END.search(data, 0, DECLARED_WITHIN)
    found = _DECLARED.search(data, 0, end.start() if end else DECLARED_WITHIN)
    return found[1].decode("ascii") if found else None


def page_articles(document: Document) -> Iterator[Article]:
    """Yield the article of an HTML file."""
    data = document.data()
    yield html_article(
        decode_bytes(data, declared=declared_encoding(data)), document.origin, url=document.url
    )


def html_article(html: str, origin: str, *, url: str | None = None) -> Article:
    """Make an article from a page; raise SourceError if no article can be found on it.

    `url` is where the page was fetched from.

    Neither precision nor recall is favoured: on real pages favouring precision raises F1 by .002 and
    loses .8 % of the articles' text, and what is lost can't be asked about.
    """
    if len(html) > LONGEST_PAGE:
        raise SourceError(origin, "The page is too large for an article. Save the text itself as .txt.")
    try:
        tree, shown, page = _extract(html)
        text = clean_text(shown_text(page.body, blocks=_BLOCKS, skipped=_SKIPPED)) if page else ""
        known = page_facts(tree, page, url=url) if page else Metadata()
        headings = [one.text_content() for one in tree.iter("h1")] if page else []
        known = replace(known, unread=unread_in_page(shown, text) if text else ())
    except Exception as error:  # a page can break a parser in any way, and must not end the run
        reason = f"The page can't be parsed ({type(error).__name__}). Save the text itself as .txt."
        raise SourceError(origin, reason) from error
    if not text:
        raise SourceError(origin, "No article was found on the page. Save the text itself as .txt.")
    if len(text) < _LONGEST_APPEAL and _ASKS_FOR_SCRIPTS.search(text):
        raise SourceError(
            origin, "The page shows its text only where scripts run. Save the text itself as .txt."
        )
    return build_article(_without_title(text, [known.title or "", *headings]), origin, known=known)


def _without_title(text: str, titles: list[str]) -> str:
    """Drop a first paragraph that only repeats the title, as title lines of plain text are dropped.

    A heading of first rank is the title that readers see, whatever the page tells programs.
    """
    first, _, rest = text.strip().partition("\n\n")
    known = {one_line(title).casefold() for title in titles}
    return rest if rest and one_line(first).casefold() in known else text


def parse_page(html: str) -> Any:  # noqa: ANN401  # lxml has no types
    """Return the tree of a page, or None for what isn't one."""
    from trafilatura import load_html

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it can't read, we report
    return load_html(html)


def shown_text(element: Any, *, blocks: frozenset[str], skipped: frozenset[str]) -> str:  # noqa: ANN401
    """Return the text of a tree, `blocks` set apart by empty lines; not yet cleaned.

    trafilatura's own text marks list items and table cells with signs that are not on the page; a quote
    must not have them.
    """
    return "".join(_parts(element, blocks, skipped)) if element is not None else ""


def _parts(element: Any, blocks: frozenset[str], skipped: frozenset[str]) -> list[str]:  # noqa: ANN401
    """Collect texts; the parser's limit of 256 levels bounds the recursion."""
    if element.tag in skipped:
        return []
    around = "\n\n" if element.tag in blocks else ""
    parts = [around, _spaced(element, element.text)]
    for child in element:
        parts += ["\n"] if child.tag in _BREAKS else _parts(child, blocks, skipped)
        parts.append(_spaced(element, child.tail))
    return [*parts, " " if element.tag in _CELLS else around]


def _spaced(element: Any, text: str | None) -> str:  # noqa: ANN401
    return (text or "") if element.tag in _VERBATIM else re.sub(r"[ \t\r\n\f]+", " ", text or "")


def _extract(html: str) -> tuple[Any, Any, Any]:
    """Return the page's tree, what of it is shown, and what trafilatura makes of that; None for no page."""
    from trafilatura import bare_extraction

    tree = parse_page(html)
    if tree is None:
        return None, None, None
    open_noscript(tree)
    shown = write_tables(mend_inline(drop_foreign(deepcopy(clear_hidden(tree)))))
    page = bare_extraction(shown, include_comments=False, with_metadata=True)
    return tree, shown, page
