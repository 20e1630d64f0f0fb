"""A feed saved as a file: the text that it holds of each entry. Nothing that it names is fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.errors import SourceError
from ingest.readers.common.fields import Metadata, canonical_url, host_of
from ingest.readers.common.items import Listed
from ingest.readers.formats.plain_text import build_article
from ingest.readers.web.feeds import feed_entries
from ingest.readers.web.web_document import DOCTYPE, DocumentKind, document_kind
from ingest.report import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.article import Article
    from ingest.readers.common.document import Document
    from ingest.readers.web.listed import ListedArticle

NO_FEED = "It is XML, but no RSS or Atom feed. Other XML is not read."
NO_ENTRY_TEXT = (
    "The feed holds no text of this entry. Ingest the address of the feed: then its pages are fetched."
)


def feed_articles(document: Document) -> Iterator[Article | Failure | Listed]:
    """Yield an article for every entry that has text; a file says all that it holds, so it is a whole."""
    data = document.data()
    kind, declared = document_kind(data)
    if kind is not DocumentKind.FEED:
        raise SourceError(document.origin, NO_FEED)
    if declared:
        raise SourceError(document.origin, f"It is refused. {DOCTYPE}")
    for number, entry in enumerate(feed_entries(data, document.origin), start=1):
        origin = f"{document.origin}#{number}"
        try:
            yield _article(entry, origin)
        except SourceError:
            yield Failure(origin, NO_ENTRY_TEXT)
    yield Listed(document.origin, complete=True)


def _article(entry: ListedArticle, origin: str) -> Article:
    url = canonical_url(entry.link)
    known = Metadata(
        title=entry.title,
        published=entry.published,
        source=entry.source or entry.listed_by or host_of(url),
        url=url,
        authors=entry.authors,
        modified=entry.modified,
        language=entry.language,
        section=entry.section,
        dated_by=entry.dated_by,
    )
    return build_article(entry.text, origin, known=known)
