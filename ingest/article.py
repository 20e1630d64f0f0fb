"""The vocabulary of ingestion: an article, its sentences, its chunks. Standard library only.

Every span in Footnote is a pair of offsets into `Article.text`, counted in Python characters. The
invariant `text[start:end] == sentence` is checked when a value is made, so it cannot be wrong later.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


def content_key(*parts: object) -> str:
    """Return 16 hexadecimal digits of the SHA-256 of the parts; the same parts give the same key."""
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Article:
    """One article as stored: its text and what is known about it.

    `origin` is where it was read from (a path, a path and a record number, or a URL). `published` is
    the publication date and None when unknown: it is never the date of ingestion. `language` is an
    ISO 639-1 code. `pages` are the offsets at which the pages of a paged document start, and empty
    where there are none. `dated_by` says where the publication date stands, such as "JSON-LD" or "the feed";
    `unread` counts what the document has and the text has not, by kind: `(("picture", 3),)`. `ocr_pages` are
    the numbers, from 1, of the pages whose text was recognised in a picture (OCR) and may be misread;
    `picture_pages` are those that are pictures and were not read. None of these four makes another article or
    another version of it.
    """

    text: str
    title: str
    origin: str
    published: date | None = None
    source: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()
    modified: date | None = None
    language: str | None = None
    section: str | None = None
    pages: tuple[int, ...] = ()
    dated_by: str | None = field(default=None, compare=False)
    unread: tuple[tuple[str, int], ...] = field(default=(), compare=False)
    ocr_pages: tuple[int, ...] = field(default=(), compare=False)
    picture_pages: tuple[int, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError(f"an article needs text; {self.origin!r} has none")

    @property
    def id(self) -> str:
        """What makes it the same article when it comes again: its URL, else its origin."""
        return content_key(self.url or self.origin)

    @property
    def version(self) -> str:
        """What makes it unchanged when it comes again: its text and everything a footnote shows of it."""
        published = self.published.isoformat() if self.published else None
        return content_key(
            self.text, self.title, published, self.source, self.url, *self.authors, *self.pages
        )

    def page_at(self, offset: int) -> int | None:
        """Return the number of the page, from 1, that a character stands on; None without pages."""
        return bisect_right(self.pages, offset) or None

    def is_ocr_at(self, offset: int) -> bool:
        """Say whether the page that a character stands on was read by OCR."""
        return self.page_at(offset) in self.ocr_pages


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article: `article.text[start:end] == text`."""

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if self.end - self.start != len(self.text) or self.start < 0 or not self.text:
            raise ValueError(f"span {self.start}..{self.end} does not hold {self.text!r}")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of whole sentences of one version of an article; what is embedded and searched.

    `id` is deterministic: the same version of the same article always gives the same chunk ids.
    """

    article_id: str
    version: str
    position: int
    sentences: tuple[Sentence, ...]

    def __post_init__(self) -> None:
        if not self.sentences:
            raise ValueError("a chunk needs at least one sentence")
        pairs = zip(self.sentences, self.sentences[1:], strict=False)
        if any(before.end > after.start for before, after in pairs):
            raise ValueError("a chunk's sentences must be in reading order and not overlap")

    @property
    def id(self) -> str:
        """`<article id>-<version>-<position>`."""
        return f"{self.article_id}-{self.version}-{self.position:04d}"

    @property
    def start(self) -> int:
        """Offset of the first character in the article's text."""
        return self.sentences[0].start

    @property
    def end(self) -> int:
        """Offset after the last character in the article's text."""
        return self.sentences[-1].end

    @property
    def text(self) -> str:
        """The sentences joined by single spaces: for searching and embedding, never for quoting."""
        return " ".join(sentence.text for sentence in self.sentences)
