"""When each paper was last read, as HTML for the page of the library."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from assistant.web.html.display_text import UNKNOWN_DATE, short_date
from assistant.web.html.elements import element

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from assistant.web.html.elements import Html
    from ingest import ArticleSummary

HEADS = ("Paper", "Articles", "Newest", "Last read")


def freshness_html(articles: Sequence[ArticleSummary], read: Mapping[str, datetime]) -> Html | None:
    """Show each paper with its articles, the newest, and when it was last read; None where there are none."""
    counts = Counter(item.source for item in articles if item.source)
    newest: dict[str, date] = {}
    for item in articles:
        if item.source and item.published:
            newest[item.source] = max(item.published, newest.get(item.source, item.published))
    if not counts:
        return None
    rows = [
        element(
            "tr",
            element("th", name, scope="row", dir="auto"),
            element("td", f"{count:,}"),
            element("td", short_date(newest[name]) if name in newest else UNKNOWN_DATE),
            element("td", short_date(read[name].astimezone().date()) if name in read else UNKNOWN_DATE),
        )
        for name, count in sorted(counts.items())
    ]
    head = element("thead", element("tr", *(element("th", name, scope="col") for name in HEADS)))
    table = element("table", head, element("tbody", *rows))
    return element("section", element("h3", "When each paper was last read"), table, class_="freshness")
