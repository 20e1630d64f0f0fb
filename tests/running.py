"""Runs the command inside the test: its exit code and what it printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Ran:
    """What a run of the command left behind."""

    code: object
    out: str
    err: str


class Footnote(Protocol):
    """Runs the command with arguments."""

    def __call__(self, *arguments: str | Path) -> Ran:
        """Run `footnote` with these arguments."""


@dataclass
class Launched:
    """Stands in for the chat's `launch` and keeps what it was called with."""

    calls: list[dict[str, object]]

    def __call__(self, library: Path, **options: object) -> None:
        """Note the call and return at once."""
        self.calls.append({"library": library, **options})
