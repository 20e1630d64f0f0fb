"""What a web page says about its article: JSON-LD first, then OpenGraph, then meta tags, then trafilatura."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from ingest.readers.common.decoding import one_line
from ingest.readers.common.fields import (
    Metadata,
    authors_of,
    canonical_url,
    host_of,
    known_fields,
    language_code,
    modified_after,
    squeeze_names,
)
from ingest.readers.common.linked_data import linked_articles
from ingest.readers.common.page_dates import modified_date, page_date
from ingest.readers.common.page_title import GUESS, Stated, best_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Names of meta tags, compared in lower case; the first that is there wins.
_TITLES = (
    "og:title",
    "citation_title",
    "dc.title",
    "dcterms.title",
    "twitter:title",
    "parsely-title",
    "sailthru.title",
)
_SITES = ("og:site_name", "citation_journal_title", "application-name", "dc.publisher", "twitter:site")
_AUTHORS = (
    "author",
    "article:author_name",
    "byl",
    "citation_author",
    "dc.creator",
    "parsely-author",
    "sailthru.author",
    "cxenseparse:author",
)
_SECTIONS = ("article:section", "parsely-section", "section", "cxenseparse:section", "dc.subject")
_LANGUAGES = ("og:locale", "content-language", "language", "dc.language", "dcterms.language")
_ADDRESS = re.compile(r"https?://|www\.|@", re.IGNORECASE)
_BEHIND_TITLE = re.compile(r"\s+[|–—·»:-]+\s+")
_MONTH_BEHIND = re.compile(
    r"\s+(January|February|March|April|May|June|July|August|September|October|November|December)$"
)
_SITE_PREFIXES = ("www.", "m.", "mobile.", "amp.", "edition.")


def page_facts(tree: Any, page: Any, *, url: str | None = None) -> Metadata:  # noqa: ANN401  # no types
    """Return what is known of the article on a page; `url` is where it was fetched from."""
    records = linked_articles(tree)
    linked = [_linked(node) for node in records]
    meta = _meta(tree)
    address = _address(tree, meta, page, url)
    source = _first(one.source for one in linked) or _text(meta, _SITES) or one_line(page.sitename or "")
    source = source or host_of(address)
    section = _first(one.section for one in linked) or _text(meta, _SECTIONS)
    stated = [*_linked_titles(records, linked), *_meta_titles(meta)]
    if page.title and one_line(page.title):
        stated.append(Stated(GUESS, one_line(page.title)))
    stated = [Stated(one.place, _without_site(one.title, source) or one.title) for one in stated]
    published, dated_by = page_date(tree, address)
    return Metadata(
        title=best_title(stated, tree, (source, host_of(address), section)),
        published=published,
        source=source,
        url=address,
        authors=_first(one.authors for one in linked)
        or _meta_authors(meta)
        or authors_of([_undated(name, tree) for name in (page.author or "").split("; ")]),
        modified=modified_after(published, modified_date(tree)),
        language=_first(one.language for one in linked) or _language(tree, meta),
        section=section,
        dated_by=dated_by,
    )


def _linked_titles(records: list[Mapping[str, Any]], linked: list[Metadata]) -> Iterator[Stated]:
    """Yield the headlines of records, and behind them the names that some have beside a headline."""
    yield from (Stated("JSON-LD", one.title) for one in linked if one.title)
    names = (one_line(html.unescape(node["name"])) for node in records if isinstance(node.get("name"), str))
    yield from (Stated("JSON-LD", name[:300]) for name in names if name)


def _meta_titles(meta: Mapping[str, list[str]]) -> Iterator[Stated]:
    for name in _TITLES:
        if title := _text(meta, (name,)):
            yield Stated("meta", title)


def _undated(name: str, tree: Any) -> str:  # noqa: ANN401
    """Take the month off a name that trafilatura read from a byline: "By Ann Lee" and "March 25" below."""
    found = _MONTH_BEHIND.search(name)
    if not found:
        return name
    byline = rf"{re.escape(name[: found.start()])}\s*{found[1]}\.?\s*\d"
    return name[: found.start()] if re.search(byline, tree.text_content()) else name


def _linked(node: Mapping[str, Any]) -> Metadata:
    """Read a record of JSON-LD. Many pages write entities into it as if it were HTML."""
    fields = {name: _plain(value) for name, value in squeeze_names(node).items()}
    known = known_fields(
        fields | {"title": fields.get("headline") or fields.get("name"), "source": fields.get("publisher")}
    )
    authors = tuple(name for name in known.authors if not _ADDRESS.search(name))
    return Metadata(
        known.title, None, known.source, None, authors, language=known.language, section=known.section
    )


def _plain(value: object) -> object:
    if isinstance(value, str):
        return html.unescape(value)
    if isinstance(value, list):
        return [_plain(one) for one in value[:50]]
    if isinstance(value, dict) and "name" in value:
        return {"name": _plain(value["name"])}
    return value


def _meta(tree: Any) -> dict[str, list[str]]:  # noqa: ANN401
    """Return the contents of meta tags by their names."""
    found: dict[str, list[str]] = {}
    for meta in tree.iterfind(".//meta[@content]"):
        for kind in ("property", "name", "itemprop", "http-equiv"):
            if (name := meta.get(kind)) and (content := one_line(meta.get("content"))):
                found.setdefault(name.strip().lower(), []).append(content)
    return found


def _text(meta: Mapping[str, list[str]], names: tuple[str, ...]) -> str | None:
    """Return the first content that is more than a sign or an address."""
    values = (value for name in names for value in meta.get(name, ()))
    return next((value[:300] for value in values if len(value) > 1 and not _ADDRESS.match(value)), None)


def _meta_authors(meta: Mapping[str, list[str]]) -> tuple[str, ...]:
    written = next((meta[name] for name in _AUTHORS if name in meta), [])
    return authors_of([name for name in written if not _ADDRESS.search(name)])


def _language(tree: Any, meta: Mapping[str, list[str]]) -> str | None:  # noqa: ANN401
    """Return the language of the root element, which browsers act on, else of the meta tags."""
    root = tree.getroottree().getroot()
    written: Iterator[object] = iter(
        (root.get("lang"), root.get("{http://www.w3.org/XML/1998/namespace}lang"))
    )
    stated = (value for name in _LANGUAGES for value in meta.get(name, ()))
    return next(
        (code for values in (written, stated) for value in values if (code := language_code(value))), None
    )


def _address(tree: Any, meta: Mapping[str, list[str]], page: Any, fetched: str | None) -> str | None:  # noqa: ANN401
    """Return the address that the page calls its own; of a fetched page, only one of the same host.

    `<base href>` has no say: it is the author's, and a canonical link is written in full.
    """
    links = tree.xpath("//link[@rel='canonical' or @rel='Canonical']/@href")
    stated = [*links, *meta.get("og:url", ()), page.url]
    fetched = canonical_url(fetched)
    full = (canonical_url(urljoin(fetched or "", str(value)) if value else None) for value in stated)
    own = (url for url in full if url and (not fetched or _site(url) == _site(fetched)) and _is_page(url))
    return next(own, fetched)


def _is_page(url: str) -> bool:
    """Say whether an address has a path: pages of some sites all name the front page as their own."""
    return urlsplit(url).path not in {"", "/"} or bool(urlsplit(url).query)


def _site(url: str) -> str:
    host = urlsplit(url).hostname or ""
    return next((host.removeprefix(prefix) for prefix in _SITE_PREFIXES if host.startswith(prefix)), host)


def _without_site(title: str | None, source: str | None) -> str | None:
    """Take ` | The Gazette` off a title, where that is the name of the source."""
    if not title or not source:
        return title
    *_, last = _BEHIND_TITLE.split(title)
    cut = title[: -len(last)]
    is_site = last.casefold() == source.casefold() and last != title
    return re.sub(r"\s+[|–—·»:-]+\s+$", "", cut) if is_site else title


def _first(values: Iterator[Any]) -> Any:  # noqa: ANN401
    return next((value for value in values if value), None)
