"""When each paper was last read: a small file beside the record, which a library can do without."""

from __future__ import annotations

import json
import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.storage.durable import put_in_place

if TYPE_CHECKING:
    from collections.abc import Iterable

LAST_READ_FILE = "last-read.json"
LARGEST = 5_000_000  # bytes


def note_read(folder: Path, papers: Iterable[str], now: datetime | None = None) -> None:
    """Note that papers have just been read. What can't be written is not noted: nothing depends on it."""
    moment = (now or datetime.now(UTC)).isoformat()
    known = {name: day.isoformat() for name, day in last_read(folder).items()}
    fresh = known | dict.fromkeys(papers, moment)
    if fresh == known:
        return
    with suppress(OSError):
        with tempfile.NamedTemporaryFile("w", dir=folder, encoding="utf-8", delete=False) as kept:
            json.dump(fresh, kept)
        put_in_place(Path(kept.name), folder / LAST_READ_FILE)


def last_read(folder: Path) -> dict[str, datetime]:
    """Return when each paper was last read, in UTC; nothing where it was never noted, or is damaged."""
    try:
        with (folder / LAST_READ_FILE).open("rb") as opened:
            found = json.loads(opened.read(LARGEST))
        return {str(name): datetime.fromisoformat(moment).astimezone(UTC) for name, moment in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
