"""A footnote as HTML: its number, and its source with the quote, which the page also shows as a card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.rendering.quote_display import pieces
from assistant.web.html.display_text import long_date, shown_source
from assistant.web.html.elements import element, fragment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.answers import Citation
    from assistant.web.html.elements import Html
    from assistant.web.html.excerpts import Excerpt

UNCHECKED = (
    "The library no longer has this text at its place, so the quote can't be checked now. "
    "It is shown as it was quoted."
)


def citation_label(citation: Citation) -> str:
    """Name a citation by its source and date: Harbour Gazette, 4 May 2026."""
    name = shown_source(source=citation.source, url=citation.url, title=citation.title)
    page = f", {citation.where}" if citation.where else ""
    return f"{name}, {long_date(citation.published)}{page}"


def footnote_button(citation: Citation) -> Html:
    """Build the number behind a statement: a real button, so that the keyboard reaches it."""
    return element(
        "button",
        str(citation.number),
        type="button",
        class_="fn-number",
        data_mark=citation.number - 1,
        aria_label=f"Footnote {citation.number}: {citation_label(citation)}",
    )


def excerpt_item(item: Excerpt, *, mark: int, numbered: bool = True, verdict: str | None = None) -> Html:
    """Build a source with its quote. The page shows a copy of it as the card of its footnote."""
    return element(
        "li",
        _heading(item.citation, mark=mark, numbered=numbered),
        quote_html(item),
        _referent(item.citation),
        _also_in(item.citation),
        element("p", verdict, class_="verdict") if verdict else None,
        None if item.checked else element("p", UNCHECKED, class_="notice"),
        data_item=mark,
    )


def excerpt_list(items: Sequence[Excerpt]) -> Html:
    """Build a list of sentences that are no footnotes."""
    rows = [excerpt_item(item, mark=mark, numbered=False) for mark, item in enumerate(items)]
    return element("ul", *rows, class_="sources unnumbered")


def quote_html(item: Excerpt) -> Html:
    """Show a quote in its surroundings, the decisive words strong."""
    return element(
        "blockquote",
        element("span", item.before, class_="around") if item.before else None,
        element("span", *emphasised(item.citation), class_="quote"),
        element("span", item.after, class_="around") if item.after else None,
        dir="auto",
    )


def emphasised(citation: Citation) -> Iterator[str]:
    """Cut a quote at its decisive words; joined, the pieces are the quote."""
    return (element("strong", text) if strong else text for text, strong in pieces(citation))


def _heading(citation: Citation, *, mark: int, numbered: bool) -> Html:
    name = shown_source(source=citation.source, url=citation.url, title=citation.title)
    return element(
        "button",
        element("span", str(citation.number), class_="number") if numbered else None,
        element("span", name, class_="source-name", dir="auto"),
        element("span", long_date(citation.published), class_="date"),
        element("span", citation.where, class_="date") if citation.where else None,
        element("span", citation.title, class_="title", dir="auto") if citation.title != name else None,
        type="button",
        class_="open-source",
        data_mark=mark,
        aria_label=f"Open {citation.title} ({citation_label(citation)})",
    )


def _referent(citation: Citation) -> Html | None:
    if not citation.referent:
        return None
    name = element("span", citation.referent, dir="auto")
    return element("p", fragment("This is about ", name, "."), class_="beside")


def _also_in(citation: Citation) -> Html | None:
    if not citation.also_in:
        return None
    return element("p", f"Also printed by: {', '.join(citation.also_in)}", class_="beside", dir="auto")
