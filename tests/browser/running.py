"""Start and stop a chat in a process of its own."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from warm import start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import FilePayload

HERE = Path(__file__).parent


@contextmanager
def served(mode: str, folder: Path) -> Iterator[str]:
    """Serve a chat in another process; yield its address."""
    with start(HERE / "chatserver.py", mode, folder) as process:
        address = process.stdout.readline().strip()
        assert address.startswith("http://"), "the server did not start"
        yield address


def text_file(name: str, words: bytes) -> FilePayload:
    """Make a file for the page's file chooser."""
    return {"name": name, "mimeType": "text/plain", "buffer": words}
