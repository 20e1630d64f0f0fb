"""The publication date that a web page states in so many words; a guess from its text is none.

trafilatura's own date is not used: where a page states none, it takes dates from running text, image
names and copyright lines.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ingest.readers.dates import parse_published

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
    "citation_publication_date", "article_date_original", "published_at", "rnews:datepublished",
}  # fmt: skip
_ARTICLE_TYPE = re.compile(r"Article|Posting|Report\b|Review\b")
_STATED = (
    "//*[@itemprop='datePublished' or @property='datePublished']",
    "//time[@pubdate]",
    "//time[contains(@class, 'publish') or contains(@class, 'entry-date') or contains(@class, 'pubdate')]",
    "//article//header//time",
)
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:/|-|$)", re.ASCII)
_MOST_NODES = 2000  # of one JSON-LD block; real ones have a few dozen


def page_date(tree: Any, url: str | None) -> date | None:  # noqa: ANN401  # lxml has no types
    """Return the date in JSON-LD, meta tags, elements marked as publication date, or the address."""
    return (
        _first_date(_linked_data(tree))
        or _first_date(_meta(tree))
        or _first_date(_marked(tree))
        or _address_date(url)
    )


def _first_date(values: Iterator[object]) -> date | None:
    return next((day for value in values if (day := parse_published(value))), None)


def _meta(tree: Any) -> Iterator[object]:  # noqa: ANN401
    for meta in tree.iterfind(".//meta[@content]"):
        names = (meta.get("property"), meta.get("name"), meta.get("itemprop"))
        if any(name and name.strip().lower() in _META_NAMES for name in names):
            yield meta.get("content")


def _marked(tree: Any) -> Iterator[object]:  # noqa: ANN401
    for path in _STATED:
        for element in tree.xpath(path):
            yield element.get("datetime") or element.get("content") or "".join(element.itertext())


def _linked_data(tree: Any) -> Iterator[object]:  # noqa: ANN401
    """Yield `datePublished` of the articles in JSON-LD; lists of related articles are not looked into."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            nodes = [json.loads(script.text or "", strict=False)]
        except (ValueError, RecursionError):
            continue
        for node in nodes:  # grows while it is walked: breadth first
            if isinstance(node, list) and len(nodes) < _MOST_NODES:
                nodes.extend(node)
            elif isinstance(node, Mapping):
                nodes.extend(node[name] for name in ("@graph", "mainEntity") if name in node)
                if _ARTICLE_TYPE.search(str(node.get("@type"))):
                    yield node.get("datePublished")


def _address_date(url: str | None) -> date | None:
    found = _IN_ADDRESS.search(url or "")
    return parse_published("-".join(found.groups())) if found else None
