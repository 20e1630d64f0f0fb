"""`footnote chat`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from assistant.cli.console import progress_bar, report_text, say
from assistant.settings import answer_settings
from assistant.web.chat.examples import examples_folder
from ingest import (
    DatabaseAddress,
    Library,
    LibraryError,
    home_of,
    ingest_articles,
    lacks_library,
    library_settings,
)

if TYPE_CHECKING:
    from ingest import LibraryLocation


def chat(*, examples: bool, host: str | None, port: int | None, open_browser: bool) -> int:
    """Serve the chat until it is stopped."""
    settings, answering = library_settings(), answer_settings()
    if examples and is_empty(settings.library):
        _add_examples(settings.library)
    from assistant.web import launch

    launch(
        settings.library,
        host=host or answering.host,
        port=answering.port if port is None else port,
        open_browser=open_browser and has_screen(),
    )
    return 0


def has_screen() -> bool:
    """Say whether a browser window can open: on Linux that takes a display."""
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def is_empty(library: LibraryLocation) -> bool:
    """Say whether there is no library yet, or none with an article."""
    try:
        if isinstance(library, DatabaseAddress):
            if lacks_library(library):
                return True
        elif not (folder := home_of(library)).exists() or not any(folder.iterdir()):
            return True
        with Library.open(library) as opened:
            return opened.count()[0] == 0
    except (LibraryError, OSError):
        return False  # the chat says what is wrong with it


def _add_examples(library: LibraryLocation) -> None:
    say("Adding the example articles …")
    with progress_bar(shown=sys.stderr.isatty()) as progress:
        report = ingest_articles(examples_folder(), library, progress=progress)
    say(report_text(report))
