"""Markdown to the text that a reader of the rendered page would see. Nothing is fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.readers.common.decoding import clean_text, decode_bytes, one_line
from ingest.readers.formats.plain_text import build_article, split_front_matter, split_lead

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from ingest.article import Article
    from ingest.readers.common.document import Document

_VERBATIM = {"fence", "code_block"}
_SHOWN = {"text", "code_inline", "text_special"}


def markdown_articles(document: Document) -> Iterator[Article]:
    """Yield the article of a Markdown file."""
    yield markdown_article(decode_bytes(document.data()), document.origin)


def markdown_article(text: str, origin: str) -> Article:
    """Make an article from Markdown: markup goes, link texts and code stay, images and HTML go.

    The title is the front matter's, else a heading that begins the document; like the title line of a
    plain text, it is then no part of the text.
    """
    known, body = split_front_matter(clean_text(text))
    tokens = _parse(body)
    title = None
    if len(tokens) > 1 and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        title = one_line(_inline_text(tokens[1].children or ())) or None
        tokens = tokens[3:]
    lead = split_lead(clean_text("\n\n".join(_paragraphs(tokens))))
    return build_article(lead.text, origin, known=known, title=title, lead=lead)


def _parse(text: str) -> list[Token]:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)


def _paragraphs(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield one text for every heading, paragraph, list item, table row and code block."""
    row: list[str] | None = None
    for token in tokens:
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            yield " | ".join(row)
            row = None
        elif token.type == "inline":
            shown = _inline_text(token.children or ())
            if row is None:
                yield shown
            else:
                row.append(shown)
        elif token.type in _VERBATIM:
            yield token.content


def _inline_text(tokens: Sequence[Token]) -> str:
    return "".join(_shown(token) for token in tokens)


def _shown(token: Token) -> str:
    if token.type in _SHOWN:
        return token.content
    is_break = token.type == "hardbreak" or token.content.lower().startswith("<br")
    return "\n" if is_break else " " if token.type == "softbreak" else ""
