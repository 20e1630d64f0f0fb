"""Sources that differ, side by side with their dates, the newest first."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from assistant.web.html.display_text import long_date
from assistant.web.html.elements import element
from assistant.web.html.footnotes import footnote_button

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.answers import Answer, Citation, Conflict
    from assistant.web.html.elements import Html

SUPERSEDED = "The later report of the same source corrects the earlier one."


def conflicts_html(answer: Answer) -> Html | None:
    """Show each disagreement of an answer, None where there is none."""
    if not answer.conflicts:
        return None
    citations = {citation.number: citation for citation in answer.citations}
    return element("div", *(_conflict(item, citations) for item in answer.conflicts), class_="conflicts")


def _conflict(conflict: Conflict, citations: Mapping[int, Citation]) -> Html:
    values = conflict.values or ("",) * len(conflict.citations)
    pairs = [(citations[number], value) for number, value in zip(conflict.citations, values, strict=False)]
    pairs.sort(key=lambda pair: pair[0].published or date.min, reverse=True)
    return element(
        "section",
        element("h3", f"≠ Sources differ on {conflict.about}"),
        element("ul", *(_side(citation, value) for citation, value in pairs), class_="sides"),
        element("p", SUPERSEDED, class_="notice") if conflict.superseded else None,
        class_="conflict",
    )


def _side(citation: Citation, value: str) -> Html:
    """Name what one side says, with its number; its quotation stands below, under its source."""
    return element(
        "li",
        element("span", value, class_="value", dir="auto") if value else None,
        footnote_button(citation),
        element("span", long_date(citation.published), class_="date"),
    )
