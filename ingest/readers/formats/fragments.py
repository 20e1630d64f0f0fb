"""HTML inside a field of a record: the field is the article, so all visible text of it is taken."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ingest.readers.common.hidden_text import clear_hidden
from ingest.readers.common.html_tables import write_tables
from ingest.readers.common.inline_marks import mend_inline
from ingest.readers.formats.html_page import parse_page, shown_text

if TYPE_CHECKING:
    from collections.abc import Callable

_MARKUP = re.compile(
    r"</(?:p|div|span|a|b|i|em|strong|ul|ol|li|h[1-6]|blockquote|t[dr]|table|section|article)\s*>|<(?:br|p)\s*/?>",
    re.IGNORECASE,
)
_SKIPPED = frozenset(
    {"script", "style", "iframe", "object", "svg", "head", "textarea", "select", "button", "title"}
)
_BLOCKS = frozenset(
    {
        "p", "div", "section", "article", "header", "footer", "aside", "main", "figure", "figcaption", "ul",
        "ol", "li", "dl", "dt", "dd", "table", "tr", "blockquote", "pre", "hr", "h1", "h2", "h3", "h4", "h5",
        "h6",
    }
)  # fmt: skip


def has_markup(text: str) -> bool:
    """Say whether a text is HTML; a text that merely mentions a tag has no closing ones."""
    return "<" in text and _MARKUP.search(text) is not None


def fragment_text(fragment: str) -> str:
    """Return the visible text of HTML, blocks set apart by empty lines; empty if it can't be parsed."""
    return parse_page_fragment(f"<html><body>{fragment}</body></html>")[1]


def parse_page_fragment(html: str, prepare: Callable[[Any], None] | None = None) -> tuple[Any, str]:
    """Return the tree of a page that is all article, and its visible text; None if it can't be parsed.

    `prepare` may change the tree before its text is taken.
    """
    tree: Any = parse_page(html)
    if tree is None:
        return None, ""
    if prepare:
        prepare(tree)
    return tree, shown_text(write_tables(mend_inline(clear_hidden(tree))), blocks=_BLOCKS, skipped=_SKIPPED)
