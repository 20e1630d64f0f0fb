"""An answer in a terminal while it is written: its text as it comes, until the answer takes its place."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from assistant.events import Finished, Marker, StatementChecked, TextArrived
from assistant.rendering.render import printable, stated_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.answers import Answer
    from assistant.events import Event


def show_live(events: Iterable[Event]) -> Answer:
    """Show the events where a person watches, and return the answer; elsewhere show nothing."""
    if not sys.stdout.isatty():
        return next(event.answer for event in events if isinstance(event, Finished))
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

    shown: dict[int, str] = {}
    with Live(console=Console(), transient=True) as live:
        for event in events:
            if isinstance(event, Finished):
                return event.answer
            add_event(event, shown)
            live.update(Text(" ".join(shown.values())))
    raise RuntimeError("the stream ended without an answer")


def add_event(event: Event, shown: dict[int, str]) -> None:
    """Add an event to the statements that are shown, by index."""
    if isinstance(event, TextArrived):
        words = (f" [{part.number}]" if isinstance(part, Marker) else part for part in event.parts)
        shown[event.index] = shown.get(event.index, "") + printable("".join(words))
    elif isinstance(event, StatementChecked):
        shown[event.index] = stated_text(event.statement)
