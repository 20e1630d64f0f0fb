"""Front ends of one library for tests: real processes, each as on a machine of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest import DatabaseAddress

ROOT = Path(__file__).parent.parent
CODE = "from assistant.cli.main import main; main()"


@dataclass(frozen=True)
class FrontEnd:
    """A chat that is being served."""

    process: subprocess.Popen[str]
    address: str


@contextmanager
def front_ends(library: DatabaseAddress, home: Path, count: int, **settings: str) -> Iterator[list[FrontEnd]]:
    """Serve a library from several processes that share nothing but its database."""
    started = [_start(library, home / f"machine{number}", settings) for number in range(count)]
    try:
        found = []
        for process in started:
            assert process.stdout is not None
            said = re.search(r"http://\S+", process.stdout.readline())
            assert said
            found.append(FrontEnd(process, said[0]))
        yield found
    finally:
        for process in started:
            process.kill()
            process.communicate()


def _start(library: DatabaseAddress, home: Path, settings: dict[str, str]) -> subprocess.Popen[str]:
    home.mkdir(parents=True, exist_ok=True)
    own = {
        "FOOTNOTE_LIBRARY": f"{library.conninfo}?library={library.name}",
        "FOOTNOTE_CACHE": str(home / "cache"),
        "HOME": str(home),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-c", CODE, "chat", "--no-browser", "--port", "0"]
    return subprocess.Popen(
        command, env={**os.environ, **own, **settings}, stdout=subprocess.PIPE, text=True, cwd=home
    )
