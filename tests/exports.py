"""Libraries with articles for some people alone, and their exports."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from stored import article, fill, open_library

from assistant.cli.commands.export import _records

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ingest.database_address import LibraryLocation

DESK = "/srv/desks/sports"
Record = dict[str, Any]


def grouped(place: LibraryLocation) -> LibraryLocation:
    """Make a library with articles for all, for one group and for two, and with a source for one."""
    fill(place, *[article(number) for number in range(4)], article(5, origin=f"{DESK}/open.txt"))
    with open_library(place, write=True) as library:
        library.restrict([article(1).id], ["sports"])
        library.restrict([article(2).id], ["sports", "editors"])
        library.restrict_source(DESK, ["sports"])
    return place


def exported(place: LibraryLocation, *groups: str) -> list[Record]:
    with open_library(place) as library:
        return list(_records(library.seen_by(frozenset(groups)) if groups else library))


def record_of(number: int, **said: object) -> Record:
    """Return a record as an export has it."""
    one = article(number)
    return {"format": "footnote/1", "title": one.title, "text": one.text, "origin": one.origin, **said}


def written(file: Path, records: Iterable[object]) -> Path:
    file.parent.mkdir(exist_ok=True, parents=True)
    file.write_text("".join(f"{json.dumps(record)}\n" for record in records), "utf-8")
    return file


def audience_of(place: LibraryLocation) -> dict[str, list[str] | None]:
    """Map the places of articles to their groups."""
    with open_library(place) as library:
        return {each.origin: sorted(each.groups) for each in library.articles()}


def sources_of(place: LibraryLocation) -> dict[str, list[str]]:
    with open_library(place) as library:
        return {source: sorted(groups) for source, groups in library.restricted_sources().items()}
