"""What questions are limited to, as HTML: period, sources, the day of asking, and a plot of what matches."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.web.html.display_text import number_with_noun, short_date, shown_source
from assistant.web.html.elements import element, fragment
from assistant.web.html.plots import timeline_html

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from assistant.web.html.elements import Html
    from ingest import ArticleSummary, Filters

MOST_SOURCES_SHOWN = 200  # sources with a box of their own, the largest first
AS_OF = "“Last month” and “the latest” are counted from that day."
NO_SOURCE = "Source unknown"


@dataclass(frozen=True, slots=True)
class AskedLimits:
    """What a question is limited to: which articles, and the day that it is asked as of."""

    filters: Filters | None = None
    asked_on: date | None = None


def matching(articles: Sequence[ArticleSummary], limits: AskedLimits) -> list[ArticleSummary]:
    """Return the articles that the limits let through."""
    filters = limits.filters
    if filters is None:
        return list(articles)
    return [item for item in articles if _allowed(item, filters.sources) and _in_period(item, limits)]


def limits_html(articles: Sequence[ArticleSummary], limits: AskedLimits) -> Html:
    """Build the form with the plot of what matches."""
    found = matching(articles, limits)
    is_open = limits.filters is None and limits.asked_on is None
    return fragment(
        element("h2", "Ask only some articles"),
        element("p", found_line(len(found), len(articles)), class_="matching", role="status"),
        timeline_html(_days(articles), _days(found)),
        _dates(limits),
        _sources(articles, limits),
        element(
            "button",
            "Ask all articles again",
            type="button",
            class_="quiet",
            data_do="unlimit",
            disabled=is_open,
        ),
    )


def limits_line(limits: AskedLimits) -> str:
    """Say in a few words what questions are limited to; empty when they are not."""
    filters, parts = limits.filters, []
    if filters is not None:
        parts = [_period(filters.published_from, filters.published_to), _named(filters.sources)]
    parts += [f"as of {short_date(limits.asked_on)}" if limits.asked_on else None]
    return " · ".join(part for part in parts if part)


def found_line(found: int, everything: int) -> str:
    """Say how many articles match."""
    return f"{found:,} of {number_with_noun(everything, 'article')} match"


def _allowed(item: ArticleSummary, sources: frozenset[str]) -> bool:
    return not sources or (item.source or "") in sources


def _in_period(item: ArticleSummary, limits: AskedLimits) -> bool:
    filters = limits.filters
    if filters is None or not (filters.published_from or filters.published_to):
        return True
    if item.published is None:
        return filters.undated
    after = filters.published_from is None or item.published >= filters.published_from
    return after and (filters.published_to is None or item.published <= filters.published_to)


def _days(articles: Sequence[ArticleSummary]) -> list[date]:
    return [item.published for item in articles if item.published]


def _dates(limits: AskedLimits) -> Html:
    filters = limits.filters
    undated = filters.undated if filters else True
    return element(
        "div",
        _day("from", "Published from", filters.published_from if filters else None),
        _day("to", "to", filters.published_to if filters else None),
        _day("on", "Asked as of", limits.asked_on),
        element("p", AS_OF, class_="notice"),
        element(
            "label",
            element("input", type="checkbox", name="undated", checked=undated),
            " also articles without a date",
        ),
        class_="dates",
    )


def _day(name: str, label: str, value: date | None) -> Html:
    field = element("input", type="date", name=name, value=value.isoformat() if value else None)
    return element("label", f"{label} ", field)


def _sources(articles: Sequence[ArticleSummary], limits: AskedLimits) -> Html | None:
    counted = Counter(item.source for item in articles if item.source).most_common(MOST_SOURCES_SHOWN)
    if not counted:
        return None
    chosen = limits.filters.sources if limits.filters else frozenset()
    boxes = [
        element(
            "label",
            element("input", type="checkbox", name="sources", value=name, checked=name in chosen),
            element("span", f" {name}", dir="auto"),
            element("span", f" {number:,}", class_="notice"),
        )
        for name, number in counted
    ]
    return element("fieldset", element("legend", "Sources"), *boxes)


def _period(first: date | None, last: date | None) -> str | None:
    if first and last:
        return f"{short_date(first)} – {short_date(last)}"
    return f"from {short_date(first)}" if first else f"to {short_date(last)}" if last else None


def _named(sources: frozenset[str]) -> str | None:
    if not sources:
        return None
    first = min(sources)
    return first if len(sources) == 1 else f"{first} and {number_with_noun(len(sources) - 1, 'other source')}"


def name_of(item: ArticleSummary) -> str:
    """Name where an article of a list is from, which may be unknown."""
    return shown_source(source=item.source, url=item.url, title=NO_SOURCE)
