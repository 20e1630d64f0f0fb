"""What a reader can do with an answer: copy or save it, and say what it was worth."""

from __future__ import annotations

from assistant.web.html.elements import Html, element
from assistant.web.html.story_view import KINDS

SAVE_FORMATS = (
    ("word", "Word"),
    ("markdown", "Markdown"),
    ("html", "HTML"),
    ("json", "JSON"),
    ("ris", "RIS"),
    ("csl", "CSL-JSON"),
)
NOT_COPIED = frozenset({"word"})
"""Formats that are no text, so that they can only be saved."""


def actions_html(turn: str, *, good: bool | None, asks: str = "") -> Html:
    """Build the row below a kept answer; the page marks it as kept where its question, `asks`, is."""
    return element(
        "div",
        _action("☆ Keep", "keep", "Ask this question again whenever articles come or go", pressed="false"),
        _action("Copy", "copy", "Copy the answer with its sources"),
        _action("Link", "link", "Copy a link to this answer"),
        _more(),
        element(
            "span",
            _thumb("Good answer", "▲", is_good=True, pressed=good is True),
            _thumb("Bad answer", "▼", is_good=False, pressed=good is False),
            class_="thumbs",
        ),
        _reason(turn),
        class_="actions",
        data_turn=turn,
        data_asks=asks,
    )


def _action(label: str, action: str, about: str, *, pressed: str | None = None) -> Html:
    """Build a button that is short enough for a phone; what it does stands in its title."""
    return element(
        "button", label, type="button", class_="quiet", data_do=action, title=about, aria_pressed=pressed
    )


def _more() -> Html:
    """Build a menu with what goes on from an answer: its story, and every format to copy and to save."""
    stories = [
        element(
            "li",
            element("button", name, type="button", class_="quiet", data_do="storyOf", data_kind=kind),
            class_="onward",
        )
        for kind, name in KINDS.items()
    ]
    rows = [
        element(
            "li",
            element("span", name),
            None if key in NOT_COPIED else _export("Copy", key, name, "copy"),
            _export("Save", key, name, "save"),
        )
        for key, name in SAVE_FORMATS
    ]
    return element(
        "details", element("summary", "More", class_="quiet"), element("ul", *stories, *rows), class_="menu"
    )


def _export(label: str, key: str, name: str, how: str) -> Html:
    return element(
        "button",
        label,
        type="button",
        class_="quiet",
        data_do="export",
        data_how=how,
        data_format=key,
        aria_label=f"{label} as {name}",
    )


def _thumb(label: str, sign: str, *, is_good: bool, pressed: bool) -> Html:
    return element(
        "button",
        sign,
        type="button",
        class_="icon thumb",
        data_do="rate",
        data_good="1" if is_good else "0",
        aria_label=label,
        title=label,
        aria_pressed="true" if pressed else "false",
    )


def _reason(turn: str) -> Html:
    key = f"fn-reason-{turn}"
    return element(
        "form",
        element("label", "What was good or bad about it? (optional)", for_=key),
        element("input", id=key, type="text", name="reason", maxlength=2000, autocomplete="off"),
        element("button", "Send", type="submit", class_="quiet"),
        class_="reason",
        hidden=True,
    )
