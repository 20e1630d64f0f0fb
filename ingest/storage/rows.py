"""An article as a row of the record: its columns, as they are written and read."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from ingest.article import Article, content_key

if TYPE_CHECKING:
    from collections.abc import Sequence

ARTICLE_COLUMNS = (
    "a.text, a.title, a.origin, a.published, a.source, a.url, a.authors, "
    "a.modified, a.language, a.section, a.pages, a.dated_by, a.unread, a.ocr_pages, a.picture_pages"
)


def article_of(row: Sequence[str | None]) -> Article:
    """Make an article of its columns (`ARTICLE_COLUMNS`)."""
    text, title, origin, published, source, url, authors, modified, language, section, *rest = row
    pages, dated_by, unread, ocr_pages, picture_pages = rest
    return Article(
        text=text or "",
        title=title or "",
        origin=origin or "",
        published=day_of(published),
        source=source,
        url=url,
        authors=tuple(json.loads(authors or "[]")),
        modified=day_of(modified),
        language=language,
        section=section,
        pages=numbers_of(pages),
        dated_by=dated_by,
        unread=unread_of(unread),
        ocr_pages=numbers_of(ocr_pages),
        picture_pages=numbers_of(picture_pages),
    )


def columns_of(article: Article, added: str | None = None) -> dict[str, str | int | None]:
    """Return the columns of an article that is about to be stored; `added` is when, by default now."""
    return {
        "id": article.id,
        "version": article.version,
        "state": "pending",
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "source": article.source,
        "url": article.url,
        "authors": json.dumps(article.authors, ensure_ascii=False),
        "added": added or datetime.now(UTC).isoformat(timespec="microseconds"),
        "content": copy_content(article),
        "characters": len(article.text),
        "text": article.text,
        "pages": json.dumps(article.pages),
        **loose_columns(article),
    }


def loose_columns(article: Article) -> dict[str, str | None]:
    """Return what may change without making another version: no footnote shows any of it."""
    return {
        "origin": article.origin,
        "modified": article.modified.isoformat() if article.modified else None,
        "language": article.language,
        "section": article.section,
        "dated_by": article.dated_by,
        "unread": json.dumps(dict(article.unread), ensure_ascii=False),
        "ocr_pages": json.dumps(article.ocr_pages),
        "picture_pages": json.dumps(article.picture_pages),
    }


def unread_of(text: str | None) -> tuple[tuple[str, int], ...]:
    """Read what is counted as not read, as the record keeps it."""
    return tuple(json.loads(text or "{}").items())


def numbers_of(text: str | None) -> tuple[int, ...]:
    """Read a list of numbers as the record keeps it."""
    return tuple(json.loads(text or "[]"))


def copy_content(article: Article) -> str:
    """Return what two copies of one article share, wherever they were read from."""
    published = article.published.isoformat() if article.published else None
    return content_key(article.text, article.title, article.source, published)


def day_of(text: str | None) -> date | None:
    """Read a date as the record keeps it."""
    return date.fromisoformat(text) if text else None
