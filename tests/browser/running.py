"""Start and stop a chat in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import FilePayload

HERE = Path(__file__).parent


@contextmanager
def served(mode: str, folder: Path) -> Iterator[str]:
    """Serve a chat in another process; yield its address."""
    paths = os.pathsep.join([str(HERE.parent), str(HERE.parent.parent)])
    command = [sys.executable, str(HERE / "chatserver.py"), mode, str(folder)]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": paths},
    ) as process:
        assert process.stdout is not None
        try:
            address = process.stdout.readline().strip()
            assert address.startswith("http://"), "the server did not start"
            yield address
        finally:
            process.communicate(timeout=120)


def text_file(name: str, words: bytes) -> FilePayload:
    """Make a file for the page's file chooser."""
    return {"name": name, "mimeType": "text/plain", "buffer": words}
