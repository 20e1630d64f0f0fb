"""Front ends of one library for tests: real processes, each as on a machine of its own.

Run as a program it is the command `footnote`.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import warm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest import DatabaseAddress


@dataclass(frozen=True)
class FrontEnd:
    """A chat that is being served."""

    process: warm.Started
    address: str


@contextmanager
def front_ends(library: DatabaseAddress, home: Path, count: int, **settings: str) -> Iterator[list[FrontEnd]]:
    """Serve a library from several processes that share nothing but its database."""
    started = [_start(library, home / f"machine{number}", settings) for number in range(count)]
    try:
        found = []
        for process in started:
            said = re.search(r"http://\S+", process.stdout.readline())
            assert said
            found.append(FrontEnd(process, said[0]))
        yield found
    finally:
        for process in started:
            process.kill()
            with process:
                pass


def _start(library: DatabaseAddress, home: Path, settings: dict[str, str]) -> warm.Started:
    home.mkdir(parents=True, exist_ok=True)
    own = {
        "FOOTNOTE_LIBRARY": f"{library.conninfo}?library={library.name}",
        "FOOTNOTE_CACHE": str(home / "cache"),
        "HOME": str(home),
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**own, **settings}.items():
            patch.setenv(name, value)
        return warm.start(Path(__file__), "chat", "--no-browser", "--port", "0", cwd=home)


if __name__ == "__main__":
    from assistant.cli.main import main

    main()
