"""A footnote as HTML: its number, and its quote in its surroundings with the decisive words strong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.rendering.quote_display import language_of_quote, pieces
from assistant.web.html.display_text import long_date, shown_source
from assistant.web.html.elements import element

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.answers import Citation
    from assistant.web.html.elements import Html
    from assistant.web.html.excerpts import Excerpt


def citation_label(citation: Citation) -> str:
    """Name a citation by its source and date: Harbour Gazette, 4 May 2026."""
    name = shown_source(source=citation.source, url=citation.url, title=citation.title)
    about = (name, long_date(citation.published), citation.where, language_of_quote(citation))
    return ", ".join(said for said in about if said)


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


def quote_html(item: Excerpt, beside: Html | None = None) -> Html:
    """Show a quote in its surroundings, the decisive words strong. Answers hide the surroundings."""
    return element(
        "blockquote",
        element("span", item.before, class_="around") if item.before else None,
        element("span", *emphasised(item.citation), class_="quote", dir="auto", lang=item.citation.language),
        beside,
        element("span", item.after, class_="around") if item.after else None,
        dir="auto",
    )


def emphasised(citation: Citation) -> Iterator[str]:
    """Cut a quote at its decisive words; joined, the pieces are the quote."""
    return (element("strong", text) if strong else text for text, strong in pieces(citation))
