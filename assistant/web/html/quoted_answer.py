"""An answer in quotations as HTML: the decisive one first and large, then each source with its quotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.answers import Mode
from assistant.web.html.elements import element, fragment
from assistant.web.html.source_cards import numbered_quotation, quotation_html, source_cards
from assistant.web.html.statements import Shown, state_html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.answers import Answer
    from assistant.web.html.elements import Html
    from assistant.web.html.excerpts import Excerpt


def is_quoted(answer: Answer) -> bool:
    """Say whether every statement is a sentence of an article, so that its source can show it."""
    quotes = {citation.number: citation.quote for citation in answer.citations}
    return answer.mode is Mode.QUOTES and all(
        len(item.citations) == 1 and quotes[item.citations[0]] == item.text for item in answer.statements
    )


def quotations_html(answer: Answer, cited: Sequence[Excerpt], after: Html | None = None) -> Html:
    """Show the quotations, each once. `after` comes between the decisive one and the sources."""
    stated = {item.citations[0]: item for item in answer.statements}
    disputed = {number for conflict in answer.conflicts for number in conflict.citations}
    lead = answer.statements[0].citations[0] if answer.statements else 0

    def said(item: Excerpt, mark: int, name: str = "li") -> Html:
        number = item.citation.number
        if number not in stated:
            return quotation_html(item, mark, name=name)
        state = state_html(Shown.of(stated[number]), differs=number in disputed)
        return numbered_quotation(item, mark, state, name=name)

    def below(mark: int, item: Excerpt) -> Html | None:
        return None if item.citation.number == lead else said(item, mark)

    first = [said(item, lead - 1, "div") for item in cited if item.citation.number == lead]
    return fragment(
        element("div", *first, class_="decisive"),
        after,
        element("h3", "Sources", class_="sr-only"),
        source_cards(cited, below),
    )
