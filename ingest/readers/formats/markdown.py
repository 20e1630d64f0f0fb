"""Markdown to the text that a reader of the rendered page would see. Nothing is fetched."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from ingest.readers.common.decoding import clean_text, decode_bytes, one_line
from ingest.readers.common.table_grid import Cell
from ingest.readers.common.table_rows import plain_row, table_lines
from ingest.readers.formats.fragments import fragment_text
from ingest.readers.formats.plain_text import build_article, split_front_matter, split_lead

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

    from ingest.article import Article
    from ingest.readers.common.document import Document

_DEFINITION = re.compile(r"\[\^[^\]\s]{1,60}\]:[ \t]*")
_NOTE_MARK = re.compile(r"\[\^[^\]\s]{1,60}\]")
_CALLOUT = re.compile(r"\A\[![\w-]{1,30}\][+-]?[ \t]*")
_WIKI_LINK = re.compile(r"!?\[\[([^\[\]|]{1,200})(?:\|([^\[\]|]{1,200}))?\]\]")
_HIGHLIGHT = re.compile(r"==(?=\S)([^=\n]{1,300}?)(?<=\S)==")
_DELIMITERS = {"csv": ",", "tsv": "\t"}
_VERBATIM = {"fence", "code_block"}
_AFTER_HEADING = frozenset({"inline", "heading_open", "heading_close"})
_SHOWN = {"code_inline", "text_special"}


def markdown_articles(document: Document) -> Iterator[Article]:
    """Yield the article of a Markdown file."""
    yield markdown_article(decode_bytes(document.data()), document.origin)


def markdown_article(text: str, origin: str) -> Article:
    """Make an article from Markdown: markup goes, link texts, code and the text of HTML stay, images go.

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

    class AsWritten(MarkdownIt):
        """An address within `<…>` is shown as it was written: decoded, it may be none any more."""

        def normalizeLinkText(self, link: str) -> str:  # noqa: N802
            return link

    parser = AsWritten("commonmark").enable(["table", "strikethrough"])
    parser.block.ruler.before("reference", "note", _note, {"alt": ["paragraph", "reference"]})
    return parser.parse(text)


def _note(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """Read `[^1]: …`, one line or several, as a paragraph of its own."""
    lines = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    found = _DEFINITION.match(lines)
    if not found or silent:
        return found is not None
    state.line = start + 1
    while (
        state.line < state.lineMax
        and not state.isEmpty(state.line)
        and state.sCount[state.line] > state.blkIndent
    ):
        line = state.line
        lines += "\n" + state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
        state.line += 1
    state.push("paragraph_open", "p", 1)
    inline = state.push("inline", "", 0)
    inline.content, inline.children, inline.map = lines[found.end() :], [], [start, state.line]
    state.push("paragraph_close", "p", -1)
    return True


def _paragraphs(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield one text for every heading, paragraph, list item, table row and code block."""
    table: _Table | None = None
    heading = ""
    for place, token in enumerate(tokens):
        if token.type == "table_open":
            table = _Table(heading)
        elif token.type == "table_close" and table is not None:
            yield from table.lines()
            table = None
        elif table is not None:
            table.add(token)
        elif token.type == "inline":
            shown = _inline_text(token.children or ())
            heading = shown if tokens[place - 1].type == "heading_open" else ""
            yield shown
        elif token.type in _VERBATIM:
            yield from _written_table(token, heading) or [token.content]
        elif token.type == "html_block":
            yield fragment_text(token.content).strip()
        if token.type not in _AFTER_HEADING:
            heading = ""


def _written_table(token: Token, caption: str) -> list[str] | None:
    """Return the rows of CSV in a code block that says so, whose first line names the columns."""
    delimiter = _DELIMITERS.get(token.info.strip().lower())
    if delimiter is None:
        return None
    try:
        lines = list(csv.reader(token.content.splitlines(), delimiter=delimiter))
    except csv.Error:  # a field of hostile length
        return None
    rows = [[Cell(one_line(text), number == 0) for text in line] for number, line in enumerate(lines)]
    return table_lines(rows, one_line(caption).rstrip(".: "))


class _Table:
    """A table as its tokens come; the heading right above it is its caption."""

    def __init__(self, caption: str) -> None:
        self._caption = one_line(caption).rstrip(".: ")
        self._rows: list[list[Cell]] = []
        self._named = False

    def add(self, token: Token) -> None:
        """Take a token between the table's start and its end."""
        if token.type == "tr_open":
            self._rows.append([])
        elif token.type in {"th_open", "td_open"}:
            self._named = token.type == "th_open"
        elif token.type == "inline":
            self._rows[-1].append(Cell(one_line(_inline_text(token.children or ())), self._named))

    def lines(self) -> list[str]:
        """Return the table's rows; where they are no data, their cells as they stand."""
        lines = table_lines(self._rows, self._caption)
        return lines or [plain_row([cell.text for cell in row]) for row in self._rows]


def _inline_text(tokens: Sequence[Token]) -> str:
    """Return what is shown of a line: struck-out words, marks of notes and callouts are not."""
    parts: list[str] = []
    struck, callout = 0, False
    for token in tokens:
        struck += (token.type == "s_open") - (token.type == "s_close")
        callout = callout or (not parts and _CALLOUT.match(token.content) is not None)
        shown = "" if struck else _shown(token)
        if callout and token.type == "softbreak":
            shown, callout = "\n\n", False  # the title of a callout stands above its text
        if parts and parts[-1].endswith(" ") and token.type == "text":
            shown = shown.removeprefix(" ")  # struck-out words had a space on either side
        parts += [shown] if shown else []
    return "".join(parts)


def _plain(text: str) -> str:
    """Take marks of notes, callouts and highlights off a text; a wiki link shows its words."""
    text = _WIKI_LINK.sub(_link_text, _NOTE_MARK.sub("", _CALLOUT.sub("", text)))
    return _HIGHLIGHT.sub(r"\1", text)


def _link_text(found: re.Match[str]) -> str:
    return found[2] or found[1].replace("#", " › ").strip()


def _shown(token: Token) -> str:
    if token.type == "text":
        return _plain(token.content)
    if token.type in _SHOWN:
        return token.content
    is_break = token.type == "hardbreak" or token.content.lower().startswith("<br")
    return "\n" if is_break else " " if token.type == "softbreak" else ""
