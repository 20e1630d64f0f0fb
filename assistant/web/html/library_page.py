"""The page of the library as HTML: adding, plots, and the list of articles to search, sort, remove from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from assistant.web.html.display_text import long_date, number_with_noun
from assistant.web.html.elements import element, fragment
from assistant.web.html.filters import NO_SOURCE, name_of
from assistant.web.html.freshness import freshness_html
from assistant.web.html.library_view import adding_html
from assistant.web.html.plots import sources_html, timeline_html
from ingest import LANGUAGES, named_counts, named_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import datetime

    from assistant.web.html.elements import Html
    from ingest import ArticleSummary

PAGE = 50  # articles of the list at a time
NAMED = 3  # near-duplicates of an article that its row names; a text of an agency may have a hundred
SORTS = (
    ("published", "Published, newest first"),
    ("oldest", "Published, oldest first"),
    ("added", "Added, latest first"),
    ("title", "Title"),
    ("source", "Source"),
)
FIRST_DAY = "0000-00-00"  # where an unknown date is sorted
LAST_DAY = "9999-99-99"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which articles the list shows: words searched, a source, an order, a page counted from 0."""

    words: str = ""
    source: str = ""
    sort: str = "published"
    page: int = 0
    only_copies: bool = False


def selected(articles: Sequence[ArticleSummary], wanted: Wanted) -> list[ArticleSummary]:
    """Return the articles that are wanted, in the wanted order."""
    words = wanted.words.casefold().split()
    found = [
        item
        for item in articles
        if (not wanted.source or item.source == wanted.source)
        and (item.group or not wanted.only_copies)
        and all(word in _searched(item) for word in words)
    ]
    key, backwards = _order(wanted.sort)
    return sorted(found, key=key, reverse=backwards)


def list_html(articles: Sequence[ArticleSummary], wanted: Wanted) -> Html:
    """Show one page of the list, with how many there are and where it goes on."""
    found = selected(articles, wanted)
    pages = max(1, -(-len(found) // PAGE))
    page = min(wanted.page, pages - 1)
    groups: defaultdict[str, list[ArticleSummary]] = defaultdict(list)
    for item in articles:
        if item.group:
            groups[item.group].append(item)
    rows = [
        _row(item, groups[item.group] if item.group else [])
        for item in found[page * PAGE : (page + 1) * PAGE]
    ]
    named = number_with_noun(len(found), "article") if rows else "No article matches."
    return fragment(
        element("p", named, class_="matching", role="status"),
        element("ul", *rows, class_="articles") if rows else None,
        _pager(page, pages) if pages > 1 else None,
    )


def library_html(
    articles: Sequence[ArticleSummary],
    *,
    paths: bool,
    adding: bool = True,
    read: Mapping[str, datetime] | None = None,
) -> Html:
    """Show the page: adding, the list with its controls, when papers were read, plots."""
    plots = element(
        "section",
        element("h3", "Over time and by source"),
        timeline_html([item.published for item in articles if item.published]),
        sources_html(name_of(item) for item in articles),
        class_="plots",
    )
    return fragment(
        element("p", element("button", "‹ Back to the chat", type="button", class_="back", data_do="chat")),
        element("h2", "Library", tabindex=-1),
        _adding(paths=paths) if adding else None,
        _list(articles) if articles else None,
        freshness_html(articles, read or {}),
        plots if articles else None,
    )


def _adding(*, paths: bool) -> Html:
    what = "Address of a page or feed" + (", or a folder of this machine" if paths else "")
    return element(
        "section",
        element("h3", "Add articles"),
        adding_html("Drop files or a folder here", what, field="fn-address"),
        element("ul", class_="added", aria_label="What was added"),
        class_="adding-place",
    )


def _list(articles: Sequence[ArticleSummary]) -> Html:
    names = sorted({item.source for item in articles if item.source})
    sources = [element("option", "All sources", value="")] + [
        element("option", name, value=name) for name in names
    ]
    return element(
        "section",
        element("h3", "Articles"),
        element(
            "form",
            _field(
                "Search", element("input", id="fn-words", type="search", name="words", autocomplete="off")
            ),
            _field("Source", element("select", *sources, id="fn-source", name="source")),
            _field(
                "Order",
                element(
                    "select",
                    *(element("option", label, value=key) for key, label in SORTS),
                    id="fn-sort",
                    name="sort",
                ),
            ),
            element(
                "label",
                element("input", type="checkbox", name="copies"),
                " Only near-duplicates",
                class_="check",
            ),
            class_="controls",
        ),
        element("div", class_="list"),
    )


def _field(label: str, field: Html) -> Html:
    return element("label", element("span", label), field)


def _row(item: ArticleSummary, group: Sequence[ArticleSummary]) -> Html:
    title = element("button", item.title, type="button", class_="article-title", data_do="read", dir="auto")
    remove = element(
        "button",
        "Remove",
        type="button",
        class_="quiet",
        data_do="remove",
        aria_label=f"Remove {item.title}",
    )
    name = name_of(item)
    foreign = LANGUAGES.get(item.language or "") if item.language != "en" else None
    facts = [
        element("span", name, class_="source-name", dir="auto" if name != NO_SOURCE else None),
        element("span", _published(item), _dated_by(item)),
        element("span", f"added {long_date(item.added.date())}", class_="added-on"),
        element("span", f"in {foreign}") if foreign else None,
        element("span", number_with_noun(item.versions, "version")) if item.versions > 1 else None,
        element("span", f"not read: {named_counts(item.unread)}") if item.unread else None,
        element("span", f"{named_pages(item.ocr_pages)} read by OCR") if item.ocr_pages else None,
        element("span", _pictures(item.picture_pages)) if item.picture_pages else None,
    ]
    return element(
        "li",
        element("div", title, element("p", *facts, class_="facts"), _copies(item, group), class_="named"),
        remove,
        data_article=item.id,
        data_title=item.title,
    )


def _pictures(pages: Sequence[int]) -> str:
    return f"{named_pages(pages)} {'is a picture' if len(pages) == 1 else 'are pictures'}, not read"


def _published(item: ArticleSummary) -> str:
    return f"published {long_date(item.published)}" if item.published else "date unknown"


def _dated_by(item: ArticleSummary) -> Html | None:
    """Say where the day of publication stands, which isn't known of older libraries; a phone hides it."""
    if not (item.published and item.dated_by):
        return None
    return element("span", f" (date from {item.dated_by})", class_="dated-by")


def _copies(item: ArticleSummary, group: Sequence[ArticleSummary]) -> Html | None:
    """Name the near-duplicates of an article, each to be opened, with its source: titles are often one."""
    others = (other for other in group if other.id != item.id)
    named = [
        element(
            "span",
            element("button", other.title, type="button", class_="open-article", data_do="read", dir="auto"),
            element("span", f" {name_of(other)}", dir="auto"),
            data_article=other.id,
        )
        for other in islice(others, NAMED)
    ]
    if not named:
        return None
    more = len(group) - 1 - len(named)
    return element(
        "p",
        element("span", "≈ nearly the same as"),
        *named,
        element("span", f"and {more:,} more") if more else None,
        class_="facts copies",
    )


def _pager(page: int, pages: int) -> Html:
    return element(
        "p",
        element(
            "button",
            "‹ Before",
            type="button",
            class_="quiet",
            data_do="turnPage",
            data_page=page - 1,
            disabled=page == 0,
        ),
        element("span", f"{page + 1:,} of {pages:,}"),
        element(
            "button",
            "Next ›",
            type="button",
            class_="quiet",
            data_do="turnPage",
            data_page=page + 1,
            disabled=page + 1 == pages,
        ),
        class_="pager",
    )


def _searched(item: ArticleSummary) -> str:
    parts = [item.title, item.source, item.url, item.origin, *item.authors]
    return " ".join(part for part in parts if part).casefold()


def _order(sort: str) -> tuple[Callable[[ArticleSummary], str], bool]:
    orders: dict[str, tuple[Callable[[ArticleSummary], str], bool]] = {
        "oldest": (lambda item: item.published.isoformat() if item.published else LAST_DAY, False),
        "added": (lambda item: item.added.isoformat(), True),
        "title": (lambda item: item.title.casefold(), False),
        "source": (lambda item: name_of(item).casefold(), False),
    }
    newest = (lambda item: item.published.isoformat() if item.published else FIRST_DAY), True
    return orders.get(sort, newest)


def without(articles: Sequence[ArticleSummary], removed: Collection[str]) -> list[ArticleSummary]:
    """Leave out articles whose removal is under way."""
    return [item for item in articles if item.id not in removed]
