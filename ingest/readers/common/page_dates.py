"""The publication date that a web page states in so many words; a guess from its text is none.

trafilatura's own date is not used: where a page states none, it takes dates from running text, image
names and copyright lines.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ingest.readers.common.byline_dates import byline_date
from ingest.readers.common.linked_data import linked_articles, linked_pages
from ingest.readers.common.stated_dates import parse_published

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

# Names under which pages put the date of publication, compared in lower case; updates are not among them.
_META_NAMES = {
    "article:published_time", "article:published", "article.published", "og:published_time",
    "og:article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.issued",
    "dcterms.date", "dcterms.created", "dc.date.created", "pubdate", "pub_date", "publishdate",
    "publish-date", "publish_date", "published-date", "publication_date", "publication-date",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "originalpublicationdate",
    "citation_publication_date", "article_date_original", "published_at",
    "article:publicationdate", "publicationdate", "article:publication_date", "article:publishdate",
    "rnews:datepublished",
}  # fmt: skip
_MODIFIED_NAMES = {
    "article:modified_time", "article:modified", "og:updated_time", "datemodified", "dcterms.modified",
    "dc.date.modified", "last-modified", "lastmod", "article_date_updated", "modified_time",
}  # fmt: skip
_STATED = (
    "//*[@itemprop='datePublished' or @property='datePublished']",
    "//time[@pubdate]",
    "//time[contains(@class, 'publish') or contains(@class, 'entry-date') or contains(@class, 'pubdate')]",
    "//article//header//time",
    # Microformats (hAtom): the day stands in the title of an abbreviation, or is the text.
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' published ')]",
)
_NAMED = re.compile(r"(?:^|[\s_-])(?:publish(?:ed)?|pub|article|story)[_-]?date(?:$|\s)", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"(?:^|[\s_-])(?:comments?|replies|reply|disqus|sidebar|side-bar|widgets?|related|recommend(?:ed|ations?)?|more-"
    r"(?:stories|news|articles)|most-(?:read|popular)|read-(?:also|more|next)|latest|trending|teasers?|promo)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Parts of a page that hold what others wrote, or other articles: their dates aren't this one's."""

_OTHER_ARTICLE = re.compile(r"(?:^|\s)(?:comment|reply|related|teaser)", re.IGNORECASE)

_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?:/|-|$)", re.ASCII)


def page_date(tree: Any, url: str | None) -> tuple[date | None, str | None]:  # noqa: ANN401
    """Return the date of publication, and which part of the page states it."""
    return next(((day, where) for day, where in _page_dates(tree, url) if day), (None, None))


def _page_dates(tree: Any, url: str | None) -> Iterator[tuple[date | None, str]]:  # noqa: ANN401
    yield _first_date(_linked(tree, "datePublished")), "JSON-LD"
    yield _first_date(_meta(tree, _META_NAMES)), "a meta tag"
    yield _first_date(_marked(tree)), "an element of the page"
    yield _address_date(url), "the address"
    yield _first_date(node.get("datePublished") for node in linked_pages(tree)), "JSON-LD"
    yield _byline_date(tree), "a line beside the heading"


def modified_date(tree: Any) -> date | None:  # noqa: ANN401
    """Return the date of the last change that JSON-LD or meta tags state."""
    return _first_date(_linked(tree, "dateModified")) or _first_date(_meta(tree, _MODIFIED_NAMES))


def _byline_date(tree: Any) -> date | None:  # noqa: ANN401
    day = byline_date(tree)
    return None if day == modified_date(tree) else day


def _first_date(values: Iterator[object]) -> date | None:
    return next((day for value in values if (day := parse_published(value))), None)


def _meta(tree: Any, wanted: set[str]) -> Iterator[object]:  # noqa: ANN401
    for meta in tree.iterfind(".//meta[@content]"):
        names = (meta.get("property"), meta.get("name"), meta.get("itemprop"))
        if any(name and name.strip().lower() in wanted for name in names):
            yield meta.get("content")


def _marked(tree: Any) -> Iterator[object]:  # noqa: ANN401
    for path in _STATED:
        for element in tree.xpath(path):
            if not _is_elsewhere(element):
                yield _said(element)
    for element in tree.xpath("//*[@class]"):
        if _NAMED.search(element.get("class")) and not _is_elsewhere(element):
            yield _said(element)


def _is_elsewhere(element: Any) -> bool:  # noqa: ANN401
    """Say whether an element stands in a comment, a sidebar, or a list of other articles."""
    body = element.getroottree().getroot().find("body")
    for one in (element, *element.iterancestors()):
        if one.tag == "article":
            return _OTHER_ARTICLE.match(one.get("class", "")) is not None
        if one is body or one.tag in {"main", "html"}:
            return False  # a class of the whole page, like `has-sidebar`, says nothing of a part
        if one.tag == "aside" or _ELSEWHERE.search(f"{one.get('class', '')} {one.get('id', '')}"):
            return True
    return False


def _said(element: Any) -> str:  # noqa: ANN401
    """Return the date of an element as machines are to read it, or else as readers see it."""
    for name in ("datetime", "content", "title", "value"):
        if value := element.get(name):
            return str(value)
    return " ".join("".join(element.itertext()).split())


def _linked(tree: Any, name: str) -> Iterator[object]:  # noqa: ANN401
    return (node.get(name) for node in linked_articles(tree))


def _address_date(url: str | None) -> date | None:
    found = _IN_ADDRESS.search(url or "")
    if not found:
        return None
    year, month, day = found.groups()
    return parse_published(f"{year}-{month}-{day}" if month.isdigit() else f"{day} {month} {year}")
