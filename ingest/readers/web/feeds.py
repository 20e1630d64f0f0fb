"""feedparser: the entries of an RSS or Atom feed, from bytes and never from an address."""

from __future__ import annotations

import io
import re
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

LARGEST_FEED = 10_000_000  # bytes; feeds of a thousand full articles have about 5 million
MOST_TAGS = 300_000  # feedparser needs some 40 µs for a tag of a hostile feed, so at worst a dozen seconds
MOST_ENTRIES = 1000  # feeds name their newest few dozen; a few hundred at most

# A section that was escaped once too often: XML has it as text, HTML as a comment, and nobody sees it.
_ESCAPED_SECTION = (b"&lt;![CDATA[", b"]]&gt;")
_SIGNED = re.compile(
    r"(?:The post|This (?:post|article)) .{1,400} (?:appeared first|first appeared) on .{1,100}"
)
_MOST_AROUND = 40  # characters of a signature before the title, and between title and name


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
            io.BytesIO(_without_escaped_section(data)),
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
        # The day as the publisher wrote it. feedparser's own reading fills what it can't read with today.
        published = parse_published(_field(entry, "published")) or parse_published(_field(entry, "created"))
        changed = parse_published(_field(entry, "updated"))
        if published is None and dated_by_update:
            published, changed = changed, None
        tags = _field(entry, "tags") or [{}]
        title = _name(_field(entry, "title"))
        yield ListedArticle(
            link=str(_field(entry, "link") or ""),
            title=title,
            published=published,
            modified=changed,
            source=_name(_field(_field(entry, "source") or {}, "title")),
            listed_by=name,
            authors=authors_of([_field(author, "name") for author in _field(entry, "authors") or ()]),
            language=language,
            section=_name(_field(tags[0], "term")),
            text=_without_signature(_text(entry), title, name),
        )


def _field(record: Any, name: str) -> Any:  # noqa: ANN401
    """Return a field as it is written: feedparser's own look-up takes one date for another."""
    return dict.get(record, name)


def _name(value: object) -> str | None:
    text = _plain(value) if isinstance(value, str) else ""
    return one_line(text)[:LONGEST_NAME] or None


def _text(entry: Any) -> str:  # noqa: ANN401
    """Return the longest text that the feed holds of an entry."""
    values = [_field(content, "value") for content in _field(entry, "content") or ()]
    texts = [_plain(value) for value in [*values, _field(entry, "summary")] if isinstance(value, str)]
    return max(texts, key=len, default="")


def _without_escaped_section(data: bytes) -> bytes:
    begins, ends = _ESCAPED_SECTION
    return data.replace(begins, b"").replace(ends, b"") if begins in data else data


def _without_signature(text: str, title: str | None, feed: str | None) -> str:
    """Drop `The post … appeared first on …`, in any language, that WordPress puts below each entry."""
    rest, _, last = text.rpartition("\n\n")
    last = one_line(last)
    around = re.escape(title or ""), re.escape(feed or "")
    signed = (
        title
        and feed
        and re.fullmatch(rf".{{3,{_MOST_AROUND}}}{around[0]}.{{3,{_MOST_AROUND}}}{around[1]}\W*", last)
    )
    return rest if rest and (signed or _SIGNED.fullmatch(last)) else text


def _plain(value: str) -> str:
    return clean_text(fragment_text(value) if has_markup(value) else unescape(value)).strip()
