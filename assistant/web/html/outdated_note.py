"""What stands above a kept answer whose articles were corrected or removed since, as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.vocabulary.changed_answers import Outdating
from assistant.web.html.difference import marked_difference
from assistant.web.html.elements import element, fragment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.vocabulary.changed_answers import Outdated
    from assistant.web.html.elements import Html

TITLE = "Out of date"
REMOVED = "The article is no longer in your library. It said:"
CORRECTED = "The article was corrected. It said:"
TAKEN_OUT = "The article was changed, and this sentence is not in it any more:"
SAYS_NOW = "It says now:"


def outdated_html(found: Sequence[Outdated]) -> Html | None:
    """Show what became of the articles of an answer; None where nothing did.

    What a removed article said stands in the answer below and is not said twice.
    """
    if not found:
        return None
    gone = [item.number for item in found if item.what is Outdating.REMOVED]
    changed = [element("li", difference_html(item)) for item in found if item.number not in gone]
    return element(
        "section",
        element("h3", TITLE),
        element("ul", element("li", _gone(gone), class_="notice") if gone else None, *changed),
        class_="outdated",
        aria_label=TITLE,
    )


def _gone(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"The article of footnote {numbers[0]} is no longer in your library."
    first = ", ".join(map(str, numbers[:-1]))
    return f"The articles of footnotes {first} and {numbers[-1]} are no longer in your library."


def difference_html(item: Outdated) -> Html:
    """Show the sentence that was cited and the one that stands there now."""
    said = {Outdating.REMOVED: REMOVED, Outdating.CORRECTED: CORRECTED if item.now else TAKEN_OUT}[item.what]
    before, now = marked_difference(item.before, item.now) if item.now else (fragment(item.before), None)
    return fragment(
        element("p", f"Footnote {item.number}. {said}", class_="notice"),
        element("blockquote", before, class_="was", dir="auto"),
        fragment(element("p", SAYS_NOW, class_="notice"), element("blockquote", now, dir="auto"))
        if now
        else None,
    )
