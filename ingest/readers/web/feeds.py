"""feedparser: the entries of an RSS or Atom feed, from bytes and never from an address."""

from __future__ import annotations

import io
from html import unescape
from typing import TYPE_CHECKING, Any

from ingest.errors import SourceError
from ingest.readers.common.decoding import clean_text, one_line
from ingest.readers.common.fields import LONGEST_NAME, authors_of, language_code
from ingest.readers.common.stated_dates import parse_published
from ingest.readers.formats.fragments import fragment_text, has_markup
from ingest.readers.web.listed import ListedArticle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

LARGEST_FEED = 10_000_000  # bytes; feeds of a thousand full articles have about 5 million
MOST_TAGS = 300_000  # feedparser needs some 40 µs for a tag of a hostile feed, so at worst a dozen seconds
MOST_ENTRIES = 1000  # feeds name their newest few dozen; a few hundred at most


def feed_entries(data: bytes, url: str) -> tuple[ListedArticle, ...]:
    """Return the entries of a feed in its order; raise SourceError if it is none.

    What feedparser calls broken is read as far as it can be: feeds often are.
    """
    import feedparser  # type: ignore[import-untyped]

    if len(data) > LARGEST_FEED or data.count(b"<") > MOST_TAGS:
        raise SourceError(
            url, f"The feed is larger than {LARGEST_FEED // 1_000_000} MB, or has too many tags."
        )
    try:
        # A stream: of bytes and strings feedparser would open files and addresses that they name.
        feed: Any = feedparser.parse(
            io.BytesIO(data),
            response_headers={"content-location": url, "content-type": "application/xml"},
            sanitize_html=False,  # no HTML of it is kept, only text
            resolve_relative_uris=True,
        )
        return tuple(_entries(feed))
    except Exception as error:  # a feed can break a parser in any way, and must not end the run
        reason = f"The feed can't be parsed ({type(error).__name__}). Ingest its pages."
        raise SourceError(url, reason) from error


def _entries(feed: Any) -> Iterator[ListedArticle]:  # noqa: ANN401  # feedparser has no types
    about = feed.feed
    name, language = _name(_field(about, "title")), language_code(_field(about, "language"))
    dated_by_update = str(feed.version).startswith("rss")  # RSS has one date, which dc:date may carry
    for entry in feed.entries:
        published = _day(entry, "published") or _day(entry, "created")
        changed = _day(entry, "updated")
        if published is None and dated_by_update:
            published, changed = changed, None
        tags = _field(entry, "tags") or [{}]
        yield ListedArticle(
            link=str(_field(entry, "link") or ""),
            title=_name(_field(entry, "title")),
            published=published,
            modified=changed,
            source=_name(_field(_field(entry, "source") or {}, "title")),
            listed_by=name,
            authors=authors_of([_field(author, "name") for author in _field(entry, "authors") or ()]),
            language=language,
            section=_name(_field(tags[0], "term")),
            text=_text(entry),
        )


def _field(record: Any, name: str) -> Any:  # noqa: ANN401
    """Return a field as it is written: feedparser's own look-up takes one date for another."""
    return dict.get(record, name)


def _day(entry: Any, name: str) -> date | None:  # noqa: ANN401
    """Return the day as the publisher wrote it; in UTC only where the form is one we don't know."""
    if day := parse_published(_field(entry, name)):
        return day
    parsed = _field(entry, f"{name}_parsed")
    return parse_published(f"{parsed[0]:04}-{parsed[1]:02}-{parsed[2]:02}") if parsed else None


def _name(value: object) -> str | None:
    text = _plain(value) if isinstance(value, str) else ""
    return one_line(text)[:LONGEST_NAME] or None


def _text(entry: Any) -> str:  # noqa: ANN401
    """Return the longest text that the feed holds of an entry."""
    values = [_field(content, "value") for content in _field(entry, "content") or ()]
    texts = [_plain(value) for value in [*values, _field(entry, "summary")] if isinstance(value, str)]
    return max(texts, key=len, default="")


def _plain(value: str) -> str:
    return clean_text(fragment_text(value) if has_markup(value) else unescape(value)).strip()
