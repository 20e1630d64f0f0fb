"""A statement with its footnotes and its state: readable without colour, the reason on demand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.answers import Support
from assistant.messages import ENGLISH, Message, told
from assistant.web.html.elements import element, fragment
from assistant.web.html.footnotes import footnote_button

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assistant.answers import Answer, Citation, Statement
    from assistant.web.html.elements import Html

CHECKING = "being checked"
VERDICTS = {
    Support.SUPPORTED: Message.CHECKED,
    Support.UNSUPPORTED: Message.NOT_SAID,
    Support.DOUBTED: Message.CHECKS_DISAGREE,
    Support.CONFLICTING: Message.SAID_DIFFERENTLY,
    Support.NO_CLAIM: Message.NO_CLAIM,
    Support.UNCHECKED_LANGUAGE: Message.NOBODY_CHECKED,
}
WORDS = {support: told(message) for support, message in VERDICTS.items()}
BADGES = {
    Support.UNSUPPORTED: "not in the sources",
    Support.DOUBTED: "in doubt",
    Support.CONFLICTING: "≠ sources differ",
    Support.UNCHECKED_LANGUAGE: "not checked in this language",
}
CORRECTED_LABEL = "corrected"


@dataclass(frozen=True, slots=True)
class Shown:
    """A statement that has been checked. `support` is None while it is being checked a second time."""

    text: str
    citations: Sequence[int]
    support: Support | None = None
    reason: str | None = None
    original: str | None = None

    @classmethod
    def of(cls, statement: Statement) -> Shown:
        """Show a statement whose check is done."""
        return cls(
            statement.text,
            statement.citations,
            statement.support,
            statement.reason,
            statement.original,
        )


def statements_html(shown: Sequence[Shown], citations: Mapping[int, Citation]) -> Html:
    """Show the statements of prose with their footnotes."""
    parts = [_statement(item, citations) for item in shown]
    return element("div", *parts, class_="statements written", dir="auto")


def verdict_of(answer: Answer, number: int, language: str = ENGLISH) -> str:
    """Say what the check found for a footnote: the worst state among the statements that cite it."""
    citing = [item for item in answer.statements if number in item.citations]
    order = (
        Support.UNSUPPORTED,
        Support.DOUBTED,
        Support.UNCHECKED_LANGUAGE,
        Support.CONFLICTING,
        Support.SUPPORTED,
        Support.NO_CLAIM,
    )
    for support in order:
        found = next((item for item in citing if item.support is support), None)
        if found:
            return _why(Shown.of(found)) or told(VERDICTS[support], language)
    disputed = any(number in conflict.citations for conflict in answer.conflicts)
    return told(VERDICTS[Support.CONFLICTING if disputed else Support.NO_CLAIM], language)


def _statement(shown: Shown, citations: Mapping[int, Citation]) -> Html:
    numbers = [footnote_button(citations[number]) for number in shown.citations if number in citations]
    return element(
        "p",
        element("span", shown.text, class_=_class(shown), dir="auto"),
        *numbers,
        state_html(shown),
        " ",
        class_="statement",
        data_verdict=_told(shown),
    )


def _told(shown: Shown) -> str | None:
    """Say what the check found, for the cards of its footnotes; None while it is being checked again."""
    return None if shown.support is None else _why(shown) or WORDS[shown.support]


def _class(shown: Shown) -> str:
    return "said unsupported" if shown.support is Support.UNSUPPORTED else "said"


def state_html(shown: Shown, *, differs: bool = False) -> Html | None:
    """Say the state of a statement in words, None for what is plainly supported. `differs`: sources do."""
    if shown.support is None:
        return _checking()
    support = Support.CONFLICTING if differs and shown.support is Support.SUPPORTED else shown.support
    label = BADGES.get(support) or (CORRECTED_LABEL if shown.original else None)
    return _badge(label, shown, support) if label else None


def _checking() -> Html:
    return element(
        "span",
        element("span", "…", aria_hidden="true"),
        element("span", CHECKING, class_="sr-only"),
        class_="checking",
        title=CHECKING,
    )


def _badge(label: str, shown: Shown, support: Support) -> Html:
    """Name the state in words; pressed, it tells the reason."""
    return fragment(
        element("button", label, type="button", class_="badge", data_do="why", aria_expanded="false"),
        element("span", _why(shown) or WORDS[support], class_="why", hidden=True, dir="auto"),
    )


def _why(shown: Shown) -> str:
    was = f"It first read: “{shown.original}”" if shown.original else None
    return " · ".join(part for part in (shown.reason, was) if part)  # the page has words for each part
