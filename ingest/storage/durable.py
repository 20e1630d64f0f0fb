"""Durable writes: fsync of files and of their folders, so that a power cut loses nothing acknowledged."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def sync_file(file: Path) -> None:
    """Flush a file's content to the disk (fsync)."""
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())


def sync_folder(folder: Path) -> None:
    """Flush a folder's entries to the disk (fsync); where folders can't be synced, the system does it."""
    with suppress(OSError):  # Windows has no such call
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def put_in_place(fresh: Path, place: Path) -> None:
    """Move a complete file to its name atomically: afterwards the old one or the new one is there."""
    sync_file(fresh)
    fresh.replace(place)
    sync_folder(place.parent)
