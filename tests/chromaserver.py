"""A real Chroma server in a process of its own, which a test may kill and start again."""

from __future__ import annotations

import os
import socket
import sys
import time
from pathlib import Path

from warm import Started, start

CHROMA = Path(sys.executable).parent / "chroma"
START_SECONDS = 60.0  # 1.4 s on a machine with nothing else to do


class ChromaServer:
    """`chroma run` over one folder, at the same port each time that it is started."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: Started | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.folder.mkdir(exist_ok=True)
        where = ("--path", self.folder, "--host", "127.0.0.1", "--port", str(self.port))
        self._process = start(CHROMA, "run", *where, cwd=self.folder.parent, out=Path(os.devnull))
        wait_for(self.port)

    def kill(self) -> None:
        """End it as a power cut would: nothing is told."""
        if self._process is not None:
            with self._process as dying:
                dying.kill()
            self._process = None


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    """Wait until somebody listens on a port of this machine."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=2).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return
