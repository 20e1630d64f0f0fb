"""A feed saved as a file: the text that it holds of each entry. Nothing that it names is fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.errors import SourceError
from ingest.readers.common.items import Listed
from ingest.readers.web.feeds import feed_entries
from ingest.readers.web.web_document import DOCTYPE, DocumentKind, document_kind
from ingest.report import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.article import Article
    from ingest.readers.common.document import Document

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
            yield entry.to_article(origin, address=entry.link)
        except SourceError:
            yield Failure(origin, NO_ENTRY_TEXT)
    yield Listed(document.origin, complete=True)
