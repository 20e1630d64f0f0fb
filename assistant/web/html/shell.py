"""The page as it stands before anything is asked: conversations, chat, library, draft, source panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.stories.had_this import MOST_CHARACTERS
from assistant.web.html.draft_view import draft_page_html
from assistant.web.html.elements import element
from assistant.web.html.library_view import QUOTES_MODE, WRITTEN_MODE
from assistant.web.html.settings_view import TITLE as SETTINGS
from assistant.web.html.settings_view import language_options
from assistant.web.html.story_view import TITLE as STORY
from assistant.web.html.story_view import story_page_html
from ingest import SUFFIXES_READ

if TYPE_CHECKING:
    from assistant.web.html.elements import Html

ACCEPTED = ",".join([*sorted(SUFFIXES_READ), ".gz"])
MEGABYTE = 1_000_000  # bytes, as the readers count them


def shell_html(
    *,
    question_limit: int,
    draft_limit: int,
    max_file_mb: int,
    sign_out: bool = False,
    writes: bool = False,
) -> Html:
    """Build the page; `writes`: a model writes answers. Nothing in it comes from articles or users."""
    return element(
        "div",
        element("a", "Skip to the question", href="#fn-question", class_="skip"),
        _header(),
        _side(sign_out=sign_out),
        _main(question_limit, draft_limit, WRITTEN_MODE if writes else QUOTES_MODE),
        element(
            "section", element("div", class_="source-body"), class_="source", aria_label="Source", hidden=True
        ),
        element("div", class_="backdrop", data_do="close", hidden=True),
        element("div", element("p", "Drop to add these articles"), class_="drop-veil", hidden=True),
        *_pickers(),
        class_="fn-page",
        data_view="chat",
        data_limit=question_limit,
        data_max_bytes=max_file_mb * MEGABYTE,
    )


def _header() -> Html:
    menu = element(
        "button",
        "☰",
        type="button",
        class_="icon side-button",
        data_do="side",
        aria_label="Conversations",
        aria_expanded="false",
        aria_controls="fn-side",
    )
    brand = element("h1", "Footnote", element("sup", "1", aria_hidden="true"), class_="brand")
    limits = element(
        "details",
        element("summary", element("span", class_="library"), class_="summary"),
        element("form", class_="limits-form", aria_label="Which articles are asked"),
        class_="limits",
    )
    return element("header", menu, brand, limits, class_="top")


def _side(*, sign_out: bool) -> Html:
    search = element(
        "input", id="fn-search", type="search", placeholder="Search conversations", autocomplete="off"
    )
    return element(
        "nav",
        _go("+ New chat", "new"),
        _go("Library", "library"),
        _go("Check a draft", "draft"),
        _go(STORY, "storyPage"),
        element(
            "button",
            "Kept questions",
            element("span", class_="news", hidden=True),
            type="button",
            class_="go",
            data_do="kept",
        ),
        element("label", "Search conversations", for_="fn-search", class_="sr-only"),
        search,
        element("div", class_="kept-place"),
        element(
            "label",
            element("span", "Language"),
            element("select", *language_options("Automatic"), id="fn-language"),
            class_="tongues",
        ),
        element(
            "button", "Settings", type="button", class_="go settings-go", data_do="settings", hidden=True
        ),
        element("a", "Sign out", href="/sign-out", class_="go") if sign_out else None,
        id="fn-side",
        class_="side",
        aria_label="Conversations",
    )


def _go(label: str, action: str) -> Html:
    return element("button", label, type="button", class_="go", data_do=action)


def _main(question_limit: int, draft_limit: int, mode: str) -> Html:
    scroll = element(
        "div",
        element("section", class_="welcome-place", aria_label="Begin"),
        element("ol", class_="turns", aria_label="Conversation"),
        class_="scroll",
        tabindex=0,
        role="region",
        aria_label="Answers",
    )
    return element(
        "div",  # Gradio wraps the page in a main of its own
        element("div", scroll, _form(question_limit, mode), class_="chat-view"),
        element(
            "div", class_="library-view", hidden=True, tabindex=0, role="region", aria_label="The library"
        ),
        element(
            "div",
            draft_page_html(draft_limit),
            class_="draft-view",
            hidden=True,
            tabindex=0,
            role="region",
            aria_label="Check a draft",
        ),
        element(
            "div",
            story_page_html(MOST_CHARACTERS),
            class_="story-view",
            hidden=True,
            tabindex=0,
            role="region",
            aria_label=STORY,
        ),
        element("div", class_="settings-view", hidden=True, tabindex=0, role="region", aria_label=SETTINGS),
        element(
            "div", class_="kept-view", hidden=True, tabindex=0, role="region", aria_label="Kept questions"
        ),
        element("div", id="fn-card", class_="card", role="tooltip", hidden=True),
        element(
            "button",
            "Find in the articles",
            type="button",
            class_="chooser quiet",
            data_do="similar",
            hidden=True,
        ),
        element("div", class_="toast", role="status", hidden=True),
        element("div", class_="sr-only", data_live=True, role="log", aria_label="What happens"),
        class_="main",
    )


def _form(question_limit: int, mode: str) -> Html:
    label = element("label", "Your question", for_="fn-question", class_="sr-only")
    box = element(
        "textarea",
        id="fn-question",
        rows=1,
        placeholder="Ask about your articles …",
        autocomplete="off",
        aria_describedby="fn-count",
    )
    send = element("button", "↑", type="submit", class_="icon send", aria_label="Ask", title="Ask (Enter)")
    editing = element(
        "p",
        "Editing your question; the answers after it are replaced. ",
        element("button", "Cancel", type="button", class_="quiet", data_do="unedit"),
        class_="editing notice",
        hidden=True,
    )
    count = element("span", id="fn-count", class_="count", data_limit=question_limit, aria_live="polite")
    return element(
        "form",
        editing,
        element("div", class_="chips", role="group", aria_label="Which articles are asked", hidden=True),
        element(
            "div",
            label,
            _icon("+", "choose", "Add articles", "attach"),
            box,
            send,
            _icon("■", "stop", "Stop", "stop", hidden=True),
            class_="box",
        ),
        element("p", element("span", mode), count, class_="mode"),
        class_="ask",
        autocomplete="off",
    )


def _icon(sign: str, action: str, label: str, kind: str, *, hidden: bool = False) -> Html:
    return element(
        "button",
        sign,
        type="button",
        class_=f"icon {kind}",
        data_do=action,
        aria_label=label,
        title=label,
        hidden=hidden,
    )


def _pickers() -> tuple[Html, Html]:
    """Build the two file choosers, which only scripts open: one for files, one for a folder."""
    return (
        element(
            "input",
            type="file",
            multiple=True,
            hidden=True,
            accept=ACCEPTED,
            data_files=True,
            tabindex=-1,
            aria_label="Files to add",
        ),
        element(
            "input",
            type="file",
            webkitdirectory=True,
            hidden=True,
            data_folder=True,
            tabindex=-1,
            aria_label="Folder to add",
        ),
    )
