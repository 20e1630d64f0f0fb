"""lxml: the addresses in a sitemap or an index of sitemaps, with what Google's news extension adds."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ingest.errors import SourceError
from ingest.readers.common.decoding import one_line
from ingest.readers.common.fields import LONGEST_NAME, language_code
from ingest.readers.common.stated_dates import parse_published
from ingest.readers.web.listed import ListedArticle

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_CHILDREN = 200  # elements of one entry that are looked at; with pictures there are some dozens
_NEWS = "schemas/sitemap-news/"  # the name of the extension's elements, in any version and http or https


@dataclass(frozen=True, slots=True)
class Nested:
    """Another sitemap that an index names."""

    link: str


def sitemap_entries(data: bytes, url: str) -> Iterator[ListedArticle | Nested]:
    """Yield what a sitemap names, in its order, while it is parsed; raise SourceError where it breaks.

    Nothing outside of it is loaded and no entity is expanded.
    """
    from lxml import etree  # type: ignore[import-untyped]

    found = etree.iterparse(
        io.BytesIO(data),
        events=("end",),
        tag=("{*}url", "{*}sitemap"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        for _, element in found:
            entry = _entry(element)
            _forget(element)
            if entry:
                yield entry
    except etree.XMLSyntaxError as error:
        line = error.lineno or 0
        reason = f"The sitemap is broken in line {line}; what follows was not read. Tell its publisher."
        raise SourceError(url, reason) from None


def _entry(element: Any) -> ListedArticle | Nested | None:  # noqa: ANN401  # lxml has no types
    space, _, kind = element.tag.rpartition("}")
    link = ""
    news: dict[str, str] = {}
    for number, child in enumerate(element.iter()):
        if number > _MOST_CHILDREN:
            break
        inside, _, name = child.tag.rpartition("}") if isinstance(child.tag, str) else ("", "", "")
        if name == "loc" and inside == space:  # pictures and films have addresses and titles too
            link = link or (child.text or "").strip()
        elif _NEWS in inside:
            news.setdefault(name, one_line(child.text or "")[:LONGEST_NAME])
    if not link:
        return None
    if kind == "sitemap":
        return Nested(link)
    return ListedArticle(
        link,
        title=news.get("title") or None,
        published=parse_published(news.get("publication_date")),
        source=news.get("name") or None,
        language=language_code(news.get("language")),
        dated_by="the sitemap",
    )


def _forget(element: Any) -> None:  # noqa: ANN401
    """Free an element and those before it, so that a sitemap of any length takes little memory."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]
