"""Writing so that a power cut changes nothing that was acknowledged: files, then their folders' lists."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def sync_file(file: Path) -> None:
    """Return when the disk has what was written to a file."""
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())


def sync_folder(folder: Path) -> None:
    """Return when the disk has the names in a folder; where folders can't be synced, the system does it."""
    with suppress(OSError):  # Windows has no such call
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def put_in_place(fresh: Path, place: Path) -> None:
    """Give a complete file its name: afterwards the old one or the new one is there, never half of it."""
    sync_file(fresh)
    fresh.replace(place)
    sync_folder(place.parent)
