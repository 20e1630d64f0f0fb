"""When each paper was last read: a small document beside the record, which a library can do without."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ingest.errors import LibraryError
from ingest.storage.documents import document_beside

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ingest.database_address import LibraryLocation

LAST_READ_FILE = "last-read.json"
LARGEST = 5_000_000  # characters


def note_read(library: LibraryLocation, papers: Iterable[str], now: datetime | None = None) -> None:
    """Note that papers have just been read. What can't be written is not noted: nothing depends on it.

    Whoever calls it for a folder is the one who writes there.
    """
    moment = (now or datetime.now(UTC)).isoformat()
    noted = dict.fromkeys(papers, moment)

    def edit(text: str | None) -> str:
        return json.dumps({name: day.isoformat() for name, day in _days(text).items()} | noted)

    if noted:
        with suppress(OSError, LibraryError):
            document_beside(library, LAST_READ_FILE, locks=False).change(edit)


def last_read(library: LibraryLocation) -> dict[str, datetime]:
    """Return when each paper was last read, in UTC; nothing where it was never noted, or is damaged."""
    try:
        return _days(document_beside(library, LAST_READ_FILE, locks=False).read())
    except (OSError, UnicodeDecodeError, LibraryError):
        return {}


def _days(text: str | None) -> dict[str, datetime]:
    try:
        found = json.loads((text or "{}")[:LARGEST])
        return {str(name): datetime.fromisoformat(moment).astimezone(UTC) for name, moment in found.items()}
    except (ValueError, TypeError, AttributeError):
        return {}
