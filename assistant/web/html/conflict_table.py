"""Sources that differ, side by side with their dates, the newest first."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from assistant.web.html.elements import element
from assistant.web.html.footnotes import excerpt_item

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.answers import Answer, Conflict
    from assistant.web.html.elements import Html
    from assistant.web.html.excerpts import Excerpt

SUPERSEDED = "The later report of the same source corrects the earlier one."


def conflicts_html(answer: Answer, cited: Sequence[Excerpt]) -> Html | None:
    """Show each disagreement of an answer, None where there is none."""
    if not answer.conflicts:
        return None
    return element("div", *(_conflict(item, cited) for item in answer.conflicts), class_="conflicts")


def _conflict(conflict: Conflict, cited: Sequence[Excerpt]) -> Html:
    values = conflict.values or ("",) * len(conflict.citations)
    pairs = list(zip(conflict.citations, values, strict=False))
    pairs.sort(key=lambda pair: cited[pair[0] - 1].citation.published or date.min, reverse=True)
    return element(
        "section",
        element("h3", f"≠ Sources differ on {conflict.about}"),
        element("ul", *(_side(number, value, cited) for number, value in pairs), class_="sides"),
        element("p", SUPERSEDED, class_="notice") if conflict.superseded else None,
        class_="conflict",
    )


def _side(number: int, value: str, cited: Sequence[Excerpt]) -> Html:
    said = element("p", value, class_="value", dir="auto") if value else None
    row = element("ul", excerpt_item(cited[number - 1], mark=number - 1), class_="sources plain")
    return element("li", said, row)
