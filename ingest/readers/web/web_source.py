"""An address of the web as a source: a page, a feed with its articles, or a sitemap with those of a site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.errors import SourceError
from ingest.fetch import Fetcher, FetchError, parse_address
from ingest.fetch.unpacking import GZIP, UnpackedTooLargeError, gunzipped
from ingest.readers.common.items import Listed, fetcher_of
from ingest.readers.web.feeds import MOST_ENTRIES, feed_entries
from ingest.readers.web.list_fetching import Following, fetched_items, is_wanted_address, recalled
from ingest.readers.web.sitemaps import Nested, sitemap_entries
from ingest.readers.web.web_document import DOCTYPE, DocumentKind, document_items, document_kind, same_site
from ingest.report import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.fetch import Address, Fetched
    from ingest.readers.common.items import Item, ReadOptions
    from ingest.readers.web.listed import ListedArticle

MOST_HOSTS = 20  # other sites that the entries of one feed may lie on: collections of links have about ten
MOST_WEB_PAGES = 100_000  # of one sitemap with all that it nests; at a page a second that is a day
MOST_SITEMAPS = 1000  # that one index may lead to
DEEPEST_SITEMAPS = 3  # index, index, list: the standard allows one index above the lists, sites have two
LARGEST_SITEMAP = 52_428_800  # bytes unpacked (sitemaps.org)


def iter_address(source: str, options: ReadOptions) -> Iterator[Item]:
    """Yield the articles of an address, and a Failure with its reason for all that isn't one.

    What it is (page, feed, sitemap, PDF…) is told from the document itself. Never raises for what it
    reads. What is listed in a feed or sitemap is fetched as robots.txt allows; the address itself is
    what the user asked for.
    """
    try:
        address = parse_address(source)
        fetcher = options.fetcher or own_fetcher()
        known = recalled(address, options)
        fetched = fetcher.fetch(address, max_bytes=options.max_bytes, known=known, asked=True)
    except FetchError as error:
        yield Failure(error.source, error.reason)
        return
    try:
        fetched = unpacked_list(fetched, options.max_bytes)
        kind, declared = document_kind(fetched.data)
        if kind in {DocumentKind.FEED, DocumentKind.SITEMAP} and declared:
            yield Failure(address.text, f"It is refused. {DOCTYPE}")
        elif kind is DocumentKind.FEED:
            yield from _feed(fetched, fetcher, options)
            yield Listed(source, complete=False)
        elif kind is DocumentKind.SITEMAP:
            walk = _Walk(address, fetcher, options)
            yield from Following(fetcher, options).read(walk.pages(fetched))
            yield Listed(source, complete=walk.complete)
        elif kind is DocumentKind.XML:
            yield Failure(address.text, "It is XML, and neither a feed nor a sitemap nor a page.")
        else:
            yield from fetched_items(fetched, options, document_items)
    except SourceError as error:
        yield Failure(address.text, error.reason)


def own_fetcher() -> Fetcher:
    """Return a fetcher as the settings have it, for a source that is read by itself."""
    from ingest.settings import library_settings

    return fetcher_of(library_settings())


def unpacked_list(fetched: Fetched, max_bytes: int) -> Fetched:
    """Return a list that is served as a .gz file unpacked; anything else packed stays for its reader."""
    from dataclasses import replace

    if not fetched.data.startswith(GZIP):
        return fetched
    try:
        data = gunzipped(fetched.data, min(max_bytes, LARGEST_SITEMAP))
    except UnpackedTooLargeError:
        raise SourceError(fetched.requested, "Unpacked it is larger than FOOTNOTE_MAX_FILE_MB.") from None
    except ValueError:
        raise SourceError(fetched.requested, "Its gzip data is damaged or cut off.") from None
    return (
        fetched
        if document_kind(data)[0] in {DocumentKind.PAGE, DocumentKind.XML}
        else replace(fetched, data=data)
    )


def _feed(fetched: Fetched, fetcher: Fetcher, options: ReadOptions) -> Iterator[Item]:
    """Fetch the article behind every entry; the entry fills what its page lacks."""
    entries = feed_entries(fetched.data, fetched.url)
    yield from Following(fetcher, options).read(_linked(entries, parse_address(fetched.url), options))


def _linked(
    entries: tuple[ListedArticle, ...], feed: Address, options: ReadOptions
) -> Iterator[tuple[Address, ListedArticle] | Failure]:
    seen: set[str] = set()
    hosts: set[str] = set()
    passed_over = 0
    for number, entry in enumerate(entries[:MOST_ENTRIES], start=1):
        try:
            address = feed.join(entry.link) if entry.link else None
        except FetchError as error:
            yield Failure(f"{feed.text}#{number}", error.reason)
            continue
        if address is None:
            yield Failure(f"{feed.text}#{number}", "The feed names no address for this entry.")
            continue
        if address.text in seen or not is_wanted_address(address, options):
            continue
        seen.add(address.text)
        if not same_site(address.text, feed.text) and len(hosts | {address.host}) > MOST_HOSTS:
            passed_over += 1
            continue
        hosts.add(address.host)
        yield address, entry
    if passed_over:
        reason = f"It leads to more than {MOST_HOSTS} sites; {passed_over} entries were not fetched."
        yield Failure(feed.text, reason)
    if len(entries) > MOST_ENTRIES:
        reason = f"It has more than {MOST_ENTRIES} entries; the first {MOST_ENTRIES} were taken."
        yield Failure(feed.text, reason)


class _Walk:
    """Goes through a sitemap and those that it nests; `complete` says whether nothing of it was left out."""

    def __init__(self, start: Address, fetcher: Fetcher, options: ReadOptions) -> None:
        self._start = start
        self._fetcher = fetcher
        self._options = options
        self._size = min(options.max_bytes, LARGEST_SITEMAP)
        self._sitemaps = {start.text}
        self._seen: set[str] = set()
        self._elsewhere = 0
        self.complete = True

    def pages(self, fetched: Fetched) -> Iterator[tuple[Address, ListedArticle] | Failure]:
        """Yield every page that the sitemap leads to once, in its order."""
        self._sitemaps.add(fetched.url)
        yield from self._within(fetched, 1)
        if self._elsewhere:
            reason = f"{self._elsewhere:,} of its addresses lie on other sites and were passed over."
            yield Failure(self._start.text, reason)

    def _within(self, fetched: Fetched, depth: int) -> Iterator[tuple[Address, ListedArticle] | Failure]:
        here = parse_address(fetched.url)
        try:
            for found in sitemap_entries(fetched.data, fetched.url):
                try:
                    address = here.join(found.link)
                except FetchError as error:
                    yield Failure(error.source, error.reason)
                    continue
                if not same_site(address.text, self._start.text):
                    self._elsewhere += 1
                elif isinstance(found, Nested):
                    yield from self._nested(address, depth + 1)
                elif len(self._seen) >= MOST_WEB_PAGES:
                    yield self._left_out(f"It has more than {MOST_WEB_PAGES:,} pages; the rest was not read.")
                    return
                elif address.text not in self._seen and is_wanted_address(address, self._options):
                    self._seen.add(address.text)
                    yield address, found
        except SourceError as error:
            yield self._left_out(error.reason, fetched.requested)

    def _nested(self, address: Address, depth: int) -> Iterator[tuple[Address, ListedArticle] | Failure]:
        if address.text in self._sitemaps or len(self._seen) >= MOST_WEB_PAGES:
            return
        if depth > DEEPEST_SITEMAPS or len(self._sitemaps) >= MOST_SITEMAPS:
            limit = f"{DEEPEST_SITEMAPS} deep" if depth > DEEPEST_SITEMAPS else f"{MOST_SITEMAPS:,} sitemaps"
            yield self._left_out(f"Sitemaps are read up to {limit}; this one is beyond.", address.text)
            return
        self._sitemaps.add(address.text)
        try:
            fetched = self._fetcher.fetch(address, max_bytes=self._size)
            if fetched.status != _OK:
                yield self._left_out("There is no such sitemap any more (HTTP 410).", address.text)
                return
            fetched = unpacked_list(fetched, self._size)
        except SourceError as error:
            yield self._left_out(error.reason, address.text)
            return
        kind, declared = document_kind(fetched.data)
        if kind is DocumentKind.SITEMAP and not declared:
            yield from self._within(fetched, depth)
        else:
            reason = f"It is refused. {DOCTYPE}" if declared else "The index names it, but it is no sitemap."
            yield self._left_out(reason, address.text)

    def _left_out(self, reason: str, source: str = "") -> Failure:
        self.complete = False
        return Failure(source or self._start.text, reason)


_OK = 200
