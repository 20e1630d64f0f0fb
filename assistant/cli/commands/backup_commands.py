"""`footnote backup` and `footnote restore`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.cli.console import say
from ingest import DatabaseAddress, LibraryError, backup_library, library_settings, restore_library

if TYPE_CHECKING:
    from pathlib import Path


def backup(file: Path) -> int:
    """Write the library into one file and say how to tell later that it is whole."""
    made = backup_library(_folder(), file)
    say(
        f"{made.articles:,} articles and all conversations are in {made.file} ({made.bytes / 2**20:,.1f} MB)."
    )
    say(f"SHA-256: {made.checksum}")
    return 0


def restore(file: Path) -> int:
    """Make a library of a backup and say what it has."""
    path = _folder()
    say(f"{restore_library(file, path):,} articles are in {path} again, searchable as before.")
    return 0


def _folder() -> Path:
    place = library_settings().library
    if isinstance(place, DatabaseAddress):
        raise LibraryError(
            f"A backup is made of a library in a folder. For {str(place)!r} use PostgreSQL's own, "
            f"`pg_dump --schema={place.schema}`, or `footnote copy` it into a folder."
        )
    return place
