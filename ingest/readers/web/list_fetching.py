"""Fetching what feeds and sitemaps list: side by side, in their order, and knowing what was stored before."""

from __future__ import annotations

import re
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.article import Article
from ingest.fetch import FetchError
from ingest.fetch.outcome import Validators
from ingest.readers.common.exported import Exported
from ingest.readers.common.globs import is_wanted
from ingest.readers.common.items import Gone, Unchanged
from ingest.readers.web.web_document import page_items
from ingest.report import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future

    from ingest.fetch import Address, Fetched, Fetcher
    from ingest.readers.common.items import Item, ReadOptions
    from ingest.readers.web.listed import ListedArticle

WORKERS = 4  # requests at once; one host still gets one a pause
_LARGEST_PAGE = 20_000_000  # bytes of a listed page; trafilatura's own limit. Four are held at once
ENOUGH_TEXT = 400  # characters of an entry that make an article; most teasers have fewer than 300
_GONE, _UNCHANGED = 410, 304
INSTEAD = "The text that the feed itself has of it was taken instead."


class Following:
    """Reads the pages of one list."""

    def __init__(self, fetcher: Fetcher, options: ReadOptions) -> None:
        self._fetcher = fetcher
        self._options = options
        self._size = min(options.max_bytes, _LARGEST_PAGE)

    def read(self, listed: Iterable[tuple[Address, ListedArticle] | Failure]) -> Iterator[Item]:
        """Yield what comes of every address, in the order of the list, fetching a few ahead."""
        pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="footnote-fetching")
        waiting: deque[_Waiting | Failure] = deque()
        done = False
        try:
            for each in listed:
                waiting.append(each if isinstance(each, Failure) else self._begun(pool, *each))
                if len(waiting) > WORKERS:
                    yield from self._result(waiting.popleft())
            while waiting:
                yield from self._result(waiting.popleft())
            done = True
        finally:
            if not done:  # nobody wants the rest: requests that are under way end
                self._fetcher.stop()
            pool.shutdown(cancel_futures=True)

    def _begun(self, pool: ThreadPoolExecutor, address: Address, entry: ListedArticle) -> _Waiting:
        known = recalled(address, self._options)  # here: memory belongs to the thread that stores
        future = pool.submit(self._fetcher.fetch, address, max_bytes=self._size, known=known)
        return _Waiting(address, entry, future)

    def _result(self, waiting: _Waiting | Failure) -> Iterator[Item]:
        if isinstance(waiting, Failure):
            yield waiting
            return
        address, entry = waiting.address, waiting.entry
        try:
            fetched = waiting.future.result()
        except FetchError as error:
            failure = Failure(address.text, error.reason)
            yield from [failure] if error.temporary else _instead(entry, failure)
            return
        items = list(fetched_items(fetched, self._options, page_items))
        if len(items) == 1 and isinstance(items[0], Failure):
            items = list(_instead(entry, items[0]))
        yield from (_filled(entry, item) for item in items)


def _filled(entry: ListedArticle, item: Item) -> Item:
    if isinstance(item, Exported):
        return item.holding(entry.fill(item.article))
    return entry.fill(item) if isinstance(item, Article) else item


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An address that is being fetched."""

    address: Address
    entry: ListedArticle
    future: Future[Fetched]


def recalled(address: Address, options: ReadOptions) -> Validators | None:
    """Return what its server said when the article of an address was stored."""
    return options.memory.recall(address.text) if options.memory else None


def fetched_items(
    fetched: Fetched, options: ReadOptions, read: Callable[[Fetched, ReadOptions], Iterator[Item]]
) -> Iterator[Item]:
    """Yield what a fetched document holds, and remember what recognises it the next time.

    Only an address that answered by itself and gave one article is remembered: of what a redirect led
    to, the next redirect may lead elsewhere, and of several articles none has this address.
    """
    if fetched.status == _UNCHANGED:
        yield Unchanged(fetched.requested)
        return
    if fetched.status == _GONE:
        yield Gone(fetched.requested)
        return
    items = read(fetched, options)
    first, second = next(items, None), next(items, None)
    one = isinstance(first, Article) and second is None and first.origin == fetched.url
    if one and options.memory and (fetched.etag or fetched.last_modified):
        options.memory.remember(fetched.requested, Validators(fetched.etag, fetched.last_modified))
    yield from (item for item in (first, second) if item is not None)
    yield from items


def _instead(entry: ListedArticle, failure: Failure) -> Iterator[Item]:
    """Yield what the feed itself holds of an article whose page can't be had for good, and say so.

    Not where the page may come back: a teaser must not take the place of the article for an hour.
    """
    if len(entry.text) < ENOUGH_TEXT:
        yield failure
        return
    yield entry.to_article(failure.source, address=failure.source)
    yield Failure(failure.source, f"{failure.reason} {INSTEAD}")


def is_wanted_address(address: Address, options: ReadOptions) -> bool:
    """Say whether an address is to be read: globs are held against host and path, and the path alone."""
    path = address.target.strip("/")
    forms = (path, f"{address.authority}/{path}")
    include, exclude = _without_scheme(options.include), _without_scheme(options.exclude)
    included = any(is_wanted(form, include, ()) for form in forms)
    return included and all(is_wanted(form, (), exclude) for form in forms)


def _without_scheme(patterns: Sequence[str]) -> list[str]:
    return [re.sub(r"^https?://", "", pattern) for pattern in patterns]
