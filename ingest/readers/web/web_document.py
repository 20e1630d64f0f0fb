"""What an address turned out to hold: a feed, a sitemap, or a document for one of the file readers."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import Enum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from ingest.article import Article
from ingest.readers.common.decoding import decode_bytes
from ingest.readers.common.dispatch import articles_of_bytes
from ingest.readers.common.exported import Exported, article_of
from ingest.readers.common.fields import canonical_url, host_of
from ingest.readers.common.file_kinds import is_read
from ingest.readers.common.items import Listed
from ingest.report import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.fetch import Fetched
    from ingest.readers.common.items import Item, ReadOptions


class DocumentKind(Enum):
    """What a document is, told from its root element and not from what its server calls it."""

    FEED = "feed"
    SITEMAP = "sitemap"
    XML = "XML"
    PAGE = "page"


_ROOT_WITHIN = 65_536  # bytes that may come before the root element
_PROLOG = r"(?>\s++|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*+(?>\[.*?\]\s*+)?>)*+"
_ROOT = re.compile(
    rf"(?P<prolog>{_PROLOG})<(?:[\w.-]{{1,40}}:)?(?P<name>[\w.-]{{1,40}})", re.DOTALL | re.IGNORECASE
)
_KINDS = {
    "rss": DocumentKind.FEED,
    "rdf": DocumentKind.FEED,
    "feed": DocumentKind.FEED,
    "urlset": DocumentKind.SITEMAP,
    "sitemapindex": DocumentKind.SITEMAP,
}
DOCTYPE = "It declares a document type, which feeds and sitemaps have no use for and attacks have."

# The suffixes under which the file readers know what servers send. What servers send for everything,
# and for the kinds that are not here, the path decides.
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/markdown": ".md",
    "application/json": ".json",
    "application/ld+json": ".json",
    "application/feed+json": ".json",
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/epub+zip": ".epub",
    "message/rfc822": ".eml",
    "application/mbox": ".mbox",
    "application/warc": ".warc",
    "application/zip": ".zip",
    "application/x-tar": ".tar",
}
_HOST = re.compile(r"(?:[\w-]+\.)+[A-Za-z]{2,}")
_NO_TEXT = re.compile(r"(?:image|audio|video|font)/.*", re.DOTALL)
_TEXTS = frozenset({"text/html", "application/xhtml+xml", "text/plain", "text/markdown"})


def document_kind(data: bytes) -> tuple[DocumentKind, bool]:
    """Return what a document is, and whether it declares a document type of its own."""
    root = _ROOT.match(decode_bytes(data[:_ROOT_WITHIN]))
    if not root:
        return DocumentKind.PAGE, False
    declared = "<!doctype" in root["prolog"].lower()
    if kind := _KINDS.get(root["name"].lower()):
        return kind, declared
    is_xml = root["prolog"].lstrip().startswith("<?xml") and root["name"].lower() != "html"
    return (DocumentKind.XML if is_xml else DocumentKind.PAGE), declared


def document_items(fetched: Fetched, options: ReadOptions) -> Iterator[Item]:
    """Yield the articles of a document that is neither feed nor sitemap; `origin` is what was asked for."""
    if _NO_TEXT.fullmatch(fetched.media_type):
        reason = f"It is {fetched.media_type.partition('/')[0]}, not text. Give the page that it belongs to."
        yield Failure(fetched.requested, reason)
        return
    items = articles_of_bytes(
        _as_utf8(fetched), _name(fetched), options, origin=fetched.requested, url=fetched.url
    )
    for item in items:
        if not isinstance(item, Article | Exported) or article_of(item).origin != fetched.requested:
            yield item
            continue
        article = article_of(item)
        url = shown_url(article.url, fetched.url)
        article = replace(article, url=url, source=_own_source(article.source, url))
        yield item.holding(article) if isinstance(item, Exported) else article


def page_items(fetched: Fetched, options: ReadOptions) -> Iterator[Item]:
    """Yield the articles of a document that a list names: lists in it are not followed."""
    kind, _ = document_kind(fetched.data)
    if kind is not DocumentKind.PAGE:
        yield Failure(
            fetched.requested, f"It is a {kind.value} and no page; lists in lists are not followed."
        )
        return
    yield from (item for item in document_items(fetched, options) if not isinstance(item, Listed))


def shown_url(stated: str | None, fetched: str) -> str | None:
    """Return the address that a footnote shows: the one that was fetched, or what the page states for itself.

    A page may only name another address of its own site, and not the start page, which badly made
    sites name on every page.
    """
    final = canonical_url(fetched)
    if stated and final and same_site(stated, final):
        start_page = urlsplit(stated).path in {"", "/"} and not urlsplit(stated).query
        if not start_page or urlsplit(final).path in {"", "/"}:
            return stated
    return final


def _own_source(source: str | None, url: str | None) -> str | None:
    """Return the name of a source, but not the host of another site, which a page may name as its own."""
    own = host_of(url) or ""
    elsewhere = source and url and _HOST.fullmatch(source) and not _are_related(source.lower(), own)
    return own if elsewhere else source


def same_site(one: str, other: str) -> bool:
    """Say whether two addresses are of one site: the same host, or one below the other, and the same port."""
    hosts = [(urlsplit(each).hostname or "").removeprefix("www.") for each in (one, other)]
    ports = [None if urlsplit(each).port in {80, 443} else urlsplit(each).port for each in (one, other)]
    if ports[0] != ports[1]:
        return False
    return _are_related(*hosts)


def _are_related(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return short == long or ("." in short and long.endswith(f".{short}"))


def _name(fetched: Fetched) -> str:
    """Return a file name whose suffix says what the document should be."""
    path = PurePosixPath(unquote(urlsplit(fetched.url).path))
    if suffix := _SUFFIXES.get(fetched.media_type):
        return f"document{suffix}"
    return f"document{''.join(path.suffixes[-2:])}" if is_read(path) else "document.txt"


def _as_utf8(fetched: Fetched) -> bytes:
    """Return a text in UTF-8 where its server named another encoding: readers see the bytes alone."""
    if fetched.charset is None or fetched.media_type not in _TEXTS:
        return fetched.data
    return decode_bytes(fetched.data, declared=fetched.charset).encode("utf-8", "replace")
