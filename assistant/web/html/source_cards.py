"""The sources of an answer: each article once, with title, paper and date, and its quotations under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.rendering.quote_display import language_of_quote
from assistant.web.html.display_text import long_date, shown_source
from assistant.web.html.elements import element, fragment
from assistant.web.html.footnotes import citation_label, footnote_button, quote_html

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from assistant.answers import Citation
    from assistant.web.html.elements import Html
    from assistant.web.html.excerpts import Excerpt

    Group = list[tuple[int, Excerpt]]
    Quotation = Callable[[int, Excerpt], Html | None]

UNCHECKED = (
    "The library no longer has this text at its place, so the quote can't be checked now. "
    "It is shown as it was quoted."
)


def source_cards(items: Sequence[Excerpt], quotation: Quotation, *, numbered: bool = True) -> Html:
    """Build the list of sources. `quotation` shows one quote by its mark, None where it stands elsewhere."""
    rows = [_card(group, quotation) for group in _by_article(items, numbered=numbered)]
    return element("ol" if numbered else "ul", *rows, class_="sources" if numbered else "sources unnumbered")


def noted_cards(items: Sequence[Excerpt], verdicts: Mapping[int, str]) -> Html:
    """Build the sources of prose: each quote under the number that the prose has for it."""

    def noted(mark: int, item: Excerpt) -> Html:
        citation = item.citation
        label = f"Open quotation {citation.number} in its article ({citation_label(citation)})"
        number = _opener(str(citation.number), mark, "number", label)
        return quotation_html(item, mark, number, verdict=verdicts.get(citation.number))

    return source_cards(items, noted)


def plain_cards(items: Sequence[Excerpt]) -> Html:
    """Build sources of sentences that are no footnotes; those behind the first have a button of their own."""
    first = {group[0][0] for group in _by_article(items, numbered=False)}

    def plain(mark: int, item: Excerpt) -> Html:
        label = f"Open this sentence in its article ({citation_label(item.citation)})"
        return quotation_html(item, mark, None if mark in first else _opener("›", mark, "number", label))

    return source_cards(items, plain, numbered=False)


def quotation_html(
    item: Excerpt, mark: int, beside: Html | None = None, *, verdict: str | None = None, name: str = "li"
) -> Html:
    """Build one quotation with what stands beside it. A copy of it is the card of its footnote."""
    return element(
        name,
        quote_html(item, beside),
        referent_html(item.citation),
        element("p", verdict, class_="verdict") if verdict else None,
        None if item.checked else element("p", UNCHECKED, class_="notice"),
        class_="quotation",
        data_item=mark,
    )


def numbered_quotation(item: Excerpt, mark: int, state: Html | None, *, name: str = "li") -> Html:
    """Build a quotation that is a statement of the answer: with its footnote, and its state in words."""
    return quotation_html(item, mark, fragment(footnote_button(item.citation), state), name=name)


def referent_html(citation: Citation) -> Html | None:
    """Say who a pronoun of a quote stands for."""
    if not citation.referent:
        return None
    name = element("span", citation.referent, dir="auto")
    return element("p", fragment("This is about ", name, "."), class_="beside")


def _by_article(items: Sequence[Excerpt], *, numbered: bool) -> list[Group]:
    """Gather quotations by the article version that they are from, in order of first appearance.

    Each has the place that `data-marks` has for it: that of its number, or of the row where it has none.
    """
    groups: dict[tuple[str, str], Group] = {}
    for place, item in enumerate(items):
        key = (item.citation.article_id, item.citation.version)
        mark = item.citation.number - 1 if numbered else place
        groups.setdefault(key, []).append((mark, item))
    return list(groups.values())


def _card(group: Group, quotation: Quotation) -> Html:
    first, item = group[0]
    shown = [quotation(mark, each) for mark, each in group]
    rows = [row for row in shown if row]
    return element(
        "li",
        source_heading(item.citation, mark=first),
        _also_in([each.citation for _, each in group]),
        element("ul", *rows, class_="quotations") if rows else None,
        class_="source-card",
    )


def source_heading(citation: Citation, *, mark: int) -> Html:
    """Name an article by title, paper and date: a button of that name, which opens it at its quotation."""
    name = shown_source(source=citation.source, url=citation.url, title=citation.title)
    language = language_of_quote(citation)
    return element(
        "button",
        element("span", citation.title, class_="title", dir="auto", lang=citation.language),
        element("span", name, class_="source-name", dir="auto") if name != citation.title else None,
        element("span", long_date(citation.published), class_="date"),
        element("span", citation.where, class_="date") if citation.where else None,
        element("span", language, class_="date") if language else None,
        type="button",
        class_="open-source",
        data_mark=mark,
    )


def _opener(sign: str, mark: int, kind: str, label: str) -> Html:
    return element("button", sign, type="button", class_=kind, data_mark=mark, aria_label=label)


def _also_in(citations: Sequence[Citation]) -> Html | None:
    names = list(dict.fromkeys(name for citation in citations for name in citation.also_in))
    if not names:
        return None
    return element("p", f"Also printed by: {', '.join(names)}", class_="beside", dir="auto")
