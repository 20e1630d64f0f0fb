"""The page as it stands before anything is asked: header, conversation, question box, source panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.app.elements import element
from assistant.app.libraryview import ANSWER_MODE

if TYPE_CHECKING:
    from assistant.app.elements import Html

ACCEPTED = ".txt,.md,.markdown,.html,.htm,.json,.jsonl,.gz"
MEGABYTE = 1_000_000  # bytes, as the readers count them


def shell_html(*, question_limit: int, max_file_mb: int) -> Html:
    """Build the page. Nothing in it comes from articles or users."""
    return element(
        "div",
        element("a", "Skip to the question", href="#fn-question", class_="skip"),
        _header(),
        _main(question_limit),
        element(
            "aside", element("div", class_="source-body"), class_="source", aria_label="Source", hidden=True
        ),
        element("div", class_="backdrop", data_do="close", hidden=True),
        element("div", id="fn-card", class_="card", role="tooltip", hidden=True),
        element("p", class_="sr-only", data_live=True, role="status", aria_live="polite"),
        element("div", element("p", "Drop to add these articles"), class_="drop-veil", hidden=True),
        element(
            "input", type="file", multiple=True, hidden=True, accept=ACCEPTED, data_files=True, tabindex=-1
        ),
        class_="fn-page",
        data_limit=question_limit,
        data_max_bytes=max_file_mb * MEGABYTE,
    )


def _header() -> Html:
    brand = element("span", "Footnote", element("sup", "1", aria_hidden="true"), class_="brand")
    new_chat = element("button", "New chat", type="button", class_="quiet", data_do="new")
    return element("header", brand, element("p", class_="library"), new_chat, class_="top")


def _main(question_limit: int) -> Html:
    scroll = element(
        "div",
        element("section", class_="welcome-place", aria_label="Begin"),
        element("ol", class_="turns", aria_label="Conversation"),
        class_="scroll",
        tabindex=-1,
    )
    return element("main", scroll, _form(question_limit), class_="main")


def _form(question_limit: int) -> Html:
    label = element("label", "Your question", for_="fn-question", class_="sr-only")
    box = element(
        "textarea",
        id="fn-question",
        rows=1,
        placeholder="Ask about your articles …",
        autocomplete="off",
        aria_describedby="fn-count",
    )
    attach = element(
        "button",
        "+",
        type="button",
        class_="icon attach",
        data_do="choose",
        aria_label="Add articles",
        title="Add articles",
    )
    send = element("button", "↑", type="submit", class_="icon send", aria_label="Ask", title="Ask (Enter)")
    count = element("span", id="fn-count", class_="count", data_limit=question_limit, aria_live="polite")
    return element(
        "form",
        element("div", label, attach, box, send, class_="box"),
        element("p", element("span", ANSWER_MODE), count, class_="mode"),
        class_="ask",
        autocomplete="off",
    )
