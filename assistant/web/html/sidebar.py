"""The list of conversations as HTML: to open, rename, export and delete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.web.html.display_text import long_date, short_date
from assistant.web.html.elements import element, fragment

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from assistant.store.conversations import ConversationSummary
    from assistant.web.html.elements import Html

NO_CONVERSATIONS_YET = "Conversations are kept here, on this machine."
NONE_FOUND = "No conversation has these words."


OUT_OF_DATE = "out of date"


def conversations_html(
    found: Sequence[ConversationSummary],
    *,
    current: str | None,
    searched: bool,
    outdated: Collection[str] = (),
) -> Html:
    """Show conversations, the latest first, the current one marked, and those with answers out of date."""
    if not found:
        return element("p", NONE_FOUND if searched else NO_CONVERSATIONS_YET, class_="notice")
    rows = [_row(item, is_current=item.id == current, is_old=item.id in outdated) for item in found]
    return element("ul", *rows, class_="kept")


def _row(item: ConversationSummary, *, is_current: bool, is_old: bool) -> Html:
    title = element(
        "button",
        item.title,
        type="button",
        class_="kept-title",
        data_do="resume",
        dir="auto",
        aria_current="true" if is_current else None,
        title=f"{item.title} · {long_date(item.changed.date())}",
    )
    old = element("span", OUT_OF_DATE, class_="old") if is_old else None
    day = element(
        "span", short_date(item.changed.date()), fragment(" · ", old) if old else None, class_="kept-day"
    )
    return element("li", title, day, _menu(item.title), data_conversation=item.id, data_title=item.title)


def _menu(title: str) -> Html:
    entries = fragment(
        _entry("Rename", "rename"),
        _entry("Save as Markdown", "export", data_how="save", data_format="markdown"),
        _entry("Save as HTML", "export", data_how="save", data_format="html"),
        _entry("Save as JSON", "export", data_how="save", data_format="json"),
        _entry("Delete", "forget"),
    )
    summary = element("summary", "⋯", class_="icon", aria_label=f"More about {title}")
    return element("details", summary, element("div", entries, class_="entries"), class_="menu")


def _entry(label: str, action: str, **attributes: str) -> Html:
    return element("button", label, type="button", class_="quiet", data_do=action, **attributes)
