"""What questions are limited to, as HTML: period, sources, languages, the day, a plot of what matches."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.web.html.display_text import number_with_noun, short_date, shown_source
from assistant.web.html.elements import element, fragment
from assistant.web.html.plots import timeline_html
from ingest import LANGUAGES, Filters

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from assistant.web.html.elements import Html
    from ingest import ArticleSummary

MOST_SOURCES_SHOWN = 200  # sources with a box of their own, the largest first
MOST_AUTHORS_SHOWN = 100
NOBODY = "-"  # the id of no article: of an author without articles none is asked
AS_OF = "“Last month” and “the latest” are counted from that day."
NO_SOURCE = "Source unknown"


@dataclass(frozen=True, slots=True)
class AskedLimits:
    """What a question is limited to: which articles, and the day that it is asked as of.

    `authors` narrow `filters` further; `filters_of` makes one filter of both.
    """

    filters: Filters | None = None
    asked_on: date | None = None
    authors: frozenset[str] = frozenset()


def matching(articles: Sequence[ArticleSummary], limits: AskedLimits) -> list[ArticleSummary]:
    """Return the articles that the limits let through."""
    filters = limits.filters
    if filters is None and not limits.authors:
        return list(articles)
    return [
        item
        for item in articles
        if _allowed(item, filters) and _in_period(item, limits) and _by(item, limits.authors)
    ]


def filters_of(limits: AskedLimits, articles: Callable[[], Sequence[ArticleSummary]]) -> Filters | None:
    """Return the filter of a question; the articles are looked at only where it names authors."""
    given = limits.filters
    if not limits.authors:
        return given
    ids = frozenset(item.id for item in articles() if _by(item, limits.authors)) or frozenset({NOBODY})
    if given is None:
        return Filters(article_ids=ids)
    return replace(given, article_ids=ids)


def limits_html(articles: Sequence[ArticleSummary], limits: AskedLimits) -> Html:
    """Build the form with the plot of what matches."""
    found = matching(articles, limits)
    is_open = limits == AskedLimits()
    return fragment(
        element("h2", "Ask only some articles"),
        element("p", found_line(len(found), len(articles)), class_="matching", role="status"),
        timeline_html(_days(articles), _days(found)),
        _dates(limits),
        _sources(articles, limits),
        _authors(articles, limits),
        _languages(articles, limits),
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
        parts += (
            [f"in {' or '.join(map(language_name, sorted(filters.languages)))}"] if filters.languages else []
        )
    parts += [f"by {' or '.join(sorted(limits.authors))}"] if limits.authors else []
    parts += [f"as of {short_date(limits.asked_on)}" if limits.asked_on else None]
    return " · ".join(part for part in parts if part)


def found_line(found: int, everything: int) -> str:
    """Say how many articles match."""
    return f"{found:,} of {number_with_noun(everything, 'article')} match"


def chips_html(articles: Sequence[ArticleSummary], limits: AskedLimits) -> Html | str:
    """Show each limit as a chip that can be changed or taken off, and how many articles are left."""
    filters = limits.filters
    chips = []
    if filters and (period := _period(filters.published_from, filters.published_to)):
        chips.append(_chip(period, "period"))
    chips += [_chip(name, "sources", name) for name in sorted(filters.sources if filters else ())]
    chips += [_chip(f"by {name}", "authors", name) for name in sorted(limits.authors)]
    codes = sorted(filters.languages) if filters else ()
    chips += [_chip(f"in {language_name(code)}", "languages", code) for code in codes]
    if limits.asked_on:
        chips.append(_chip(f"as of {short_date(limits.asked_on)}", "on"))
    if not chips:
        return ""
    found = found_line(len(matching(articles, limits)), len(articles))
    return fragment(*chips, element("span", found, class_="chips-count"))


def _chip(label: str, name: str, value: str = "") -> Html:
    return element(
        "span",
        element("button", label, type="button", class_="chip-name", data_do="editLimits", dir="auto"),
        element(
            "button",
            "✕",
            type="button",
            class_="chip-off",
            data_do="dropLimit",
            data_name=name,
            data_value=value,
            aria_label=f"Remove the filter {label}",
        ),
        class_="chip",
    )


def _by(item: ArticleSummary, authors: frozenset[str]) -> bool:
    return not authors or not authors.isdisjoint(item.authors)


def _allowed(item: ArticleSummary, filters: Filters | None) -> bool:
    if filters is None:
        return True
    of_source = not filters.sources or (item.source or "") in filters.sources
    return of_source and (not filters.languages or item.language in filters.languages)


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


def language_name(code: str) -> str:
    """Name a language in English; one that is never told but stated goes by its code."""
    return LANGUAGES.get(code, code)


def _day(name: str, label: str, value: date | None) -> Html:
    field = element("input", type="date", name=name, value=value.isoformat() if value else None)
    return element("label", f"{label} ", field)


def _sources(articles: Sequence[ArticleSummary], limits: AskedLimits) -> Html | None:
    counted = Counter(item.source for item in articles if item.source).most_common(MOST_SOURCES_SHOWN)
    chosen = limits.filters.sources if limits.filters else frozenset[str]()
    boxes = [_box("sources", name, name, number, checked=name in chosen) for name, number in counted]
    return _choice("Sources", boxes)


def _authors(articles: Sequence[ArticleSummary], limits: AskedLimits) -> Html | None:
    counted = Counter(name for item in articles for name in item.authors).most_common(MOST_AUTHORS_SHOWN)
    chosen = limits.authors
    boxes = [_box("authors", name, name, number, checked=name in chosen) for name, number in counted]
    return _choice("Authors", boxes)


def _languages(articles: Sequence[ArticleSummary], limits: AskedLimits) -> Html | None:
    """Offer the languages of the articles; where all are in one, there is nothing to choose."""
    counted = Counter(item.language for item in articles if item.language).most_common()
    chosen = limits.filters.languages if limits.filters else frozenset[str]()
    boxes = [
        _box("languages", code, language_name(code), number, checked=code in chosen)
        for code, number in counted
        if len(counted) > 1 or code in chosen
    ]
    return _choice("Languages", boxes)


def _choice(legend: str, boxes: Sequence[Html]) -> Html | None:
    return element("fieldset", element("legend", legend), *boxes) if boxes else None


def _box(name: str, value: str, label: str, number: int, *, checked: bool) -> Html:
    return element(
        "label",
        element("input", type="checkbox", name=name, value=value, checked=checked),
        element("span", f" {label}", dir="auto"),
        element("span", f" {number:,}", class_="notice"),
    )


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
