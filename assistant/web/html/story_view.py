"""A story as HTML: the page to ask for it, and its tables, each row with the sentences that say so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.rendering.report_list import NOT_HAD, report_heading
from assistant.rendering.report_list import TITLE as HAD_THIS
from assistant.rendering.story_tables import grid_of
from assistant.vocabulary.story_reports import HadThis, Timeline, WhoSaidWhat
from assistant.web.html.display_text import long_date
from assistant.web.html.elements import element, fragment
from assistant.web.html.excerpts import marks_of
from assistant.web.html.footnotes import emphasised
from assistant.web.html.source_cards import source_heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.answers import Citation
    from assistant.vocabulary.story_reports import Printing
    from assistant.web.html.elements import Html

    Found = Timeline | WhoSaidWhat | HadThis

TITLE = "Follow a story"
ABOUT = "Name a story in a few words. Or paste a headline to see whether you had it."
KINDS = {"timeline": "Timeline", "who-said-what": "Who said what", "had-this": HAD_THIS}
EXPORTS = (("docx", "Word"), ("csv", "CSV"), ("md", "Markdown"))


@dataclass(frozen=True, slots=True)
class _Row:
    """A row: what stands before its sentences, these, and the copies of their articles."""

    cells: tuple[str, ...]
    citations: tuple[Citation, ...]
    copies: tuple[Printing, ...] = ()


def story_page_html(limit: int) -> Html:
    """Build the page before anything is asked; a text has `limit` characters at most."""
    kinds = [
        element(
            "button",
            name,
            type="button",
            class_="secondary",
            data_do="story",
            data_kind=kind,
            aria_pressed="false",
        )
        for kind, name in KINDS.items()
    ]
    return fragment(
        element("p", element("button", "‹ Back to the chat", type="button", class_="back", data_do="chat")),
        element("h2", TITLE, tabindex=-1),
        element("p", ABOUT, class_="notice", id="fn-story-about"),
        element(
            "form",
            element("label", "Story, headline or paragraph", for_="fn-story"),
            element(
                "textarea",
                id="fn-story",
                rows=2,
                maxlength=limit,
                placeholder="the ferry fire",
                autocomplete="off",
                aria_describedby="fn-story-about",
            ),
            element("div", *kinds, class_="story-kinds", role="group", aria_label="What to show"),
            class_="story-form",
            autocomplete="off",
        ),
        element("div", class_="story-result", aria_live="polite"),
    )


def story_html(found: Found, *, key: str, limited: str = "") -> Html:
    """Show a table or a list of reports; `key` is what it is saved by."""
    title, summary, rows = _rows(found)
    marks = marks_of(found.citations, numbered=False)
    return element(
        "section",
        element("h3", title, tabindex=-1, dir="auto"),
        element("p", summary, class_="notice", role="status"),
        element("p", f"Limited to: {limited}", class_="notice") if limited else None,
        element("ol", *(_row_html(row) for row in rows), class_="story-rows") if rows else None,
        *(element("p", notice, class_="notice") for notice in found.notices),
        _exports(key) if rows else None,
        class_="story",
        aria_label=title,
        data_marks=marks,
    )


def _rows(found: Found) -> tuple[str, str, list[_Row]]:
    if isinstance(found, HadThis):
        rows = [
            _Row((report_heading(place, each),), (found.citations[each.citation - 1],), each.copies)
            for place, each in enumerate(found.reports)
        ]
        many = f"{len(rows)} report{'' if len(rows) == 1 else 's'}, the earliest first." if rows else NOT_HAD
        return KINDS["had-this"], many, rows
    grid = grid_of(found)
    marked = _said_words(found)
    rows = [_Row(cells, tuple(marked[item.number] for item in cited)) for cells, cited in grid.rows]
    return grid.title, grid.summary, rows


def _said_words(found: Timeline | WhoSaidWhat) -> dict[int, Citation]:
    """Return the sentences by number, with the words made strong that say when, or that somebody said."""
    spans: dict[int, tuple[tuple[int, int], ...]] = {}
    if isinstance(found, Timeline):
        spans = {each.citations[0]: (each.said,) for each in found.happenings if each.said}
    else:
        spans = {each.citation: each.words for each in found.sayings}
    return {item.number: replace(item, emphasis=spans.get(item.number, ())) for item in found.citations}


def _row_html(row: _Row) -> Html:
    first, *others = row.citations
    return element(
        "li",
        element("div", *_cells(row.cells), class_="story-cells"),
        element(
            "div",
            element("blockquote", *emphasised(first), dir="auto"),
            source_heading(first, mark=first.number - 1),
            _also(others),
            _copies(row.copies),
            class_="story-said",
        ),
    )


def _cells(cells: tuple[str, ...]) -> list[Html]:
    return [element("p", cell, dir="auto") for cell in cells]


def _also(others: Sequence[Citation]) -> Html | None:
    if not others:
        return None
    told = [element("li", source_heading(item, mark=item.number - 1)) for item in others]
    return fragment(element("p", "Also told by:", class_="beside"), element("ul", *told, class_="also"))


def _copies(copies: Sequence[Printing]) -> Html | None:
    if not copies:
        return None
    rows = [
        element(
            "li",
            element("button", item.title, type="button", class_="copy-of", data_do="read", dir="auto"),
            element("span", _where(item), class_="beside"),
            data_article=item.article_id,
        )
        for item in copies
    ]
    name = "Copy:" if len(rows) == 1 else f"{len(rows)} copies:"
    return fragment(element("p", name, class_="beside"), element("ul", *rows, class_="also"))


def _where(item: Printing) -> str:
    return " · ".join(part for part in ("", item.source, long_date(item.published)) if part is not None)


def _exports(key: str) -> Html:
    buttons = [
        element(
            "button",
            f"Save as {name}",
            type="button",
            class_="quiet",
            data_do="exportStory",
            data_key=key,
            data_format=form,
        )
        for form, name in EXPORTS
    ]
    return element("p", *buttons, class_="story-exports")
