"""The members of an archive: which are read, which are refused, and how much they may unpack to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.errors import SourceError
from ingest.readers.common.file_kinds import is_read
from ingest.readers.common.globs import is_wanted

if TYPE_CHECKING:
    from ingest.readers.common.document import Document

from pathlib import PurePosixPath

MOST_MEMBERS = 500_000  # a year of a large news site has about 100,000 pages
MOST_UNPACKED = 50_000_000_000  # bytes of all members together; they are read one at a time
MOST_RATIO = 200  # unpacked to packed; text packs to 1:3 to 1:30, bombs to 1:1,000 and more
RATIO_FROM = 10_000_000  # bytes unpacked below which a ratio does no harm
DEEPEST_ARCHIVES = 2  # an archive in an archive is read, one within that is not

LEADS_OUT = "Its name leads out of the archive, so it is not read. Pack it under a plain name."
IS_LINK = "It is a link, which is not followed. Pack the file itself."
TOO_DEEP = "It is an archive in an archive in an archive, which is not read. Unpack one of them."
ARCHIVE_BOMB = (
    "It is refused: it unpacks to {unpacked:,} bytes in {members:,} members, as bombs do. Split it."
)

_DRIVE = re.compile(r"[A-Za-z]:")


def refuse_bomb(document: Document, *, members: int, unpacked: int, packed: int) -> None:
    """Raise SourceError for an archive that would unpack to too much, before anything is unpacked."""
    swollen = unpacked > RATIO_FROM and unpacked > MOST_RATIO * max(packed, 1)
    if members > MOST_MEMBERS or unpacked > MOST_UNPACKED or swollen:
        raise SourceError(document.origin, ARCHIVE_BOMB.format(unpacked=unpacked, members=members))


def refuse_depth(document: Document) -> None:
    """Raise SourceError for an archive that lies too deep in others."""
    if document.depth >= DEEPEST_ARCHIVES:
        raise SourceError(document.origin, TOO_DEEP)


def leads_out(name: str) -> bool:
    """Say whether a member's name is no plain path below the archive."""
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or not parts[0] or bool(_DRIVE.match(name)) or "\0" in name


def is_member(name: str, document: Document) -> bool:
    """Say whether a member is to be read: of a type that is, not hidden, and wanted."""
    path = PurePosixPath(name)
    hidden = any(part.startswith((".", "__MACOSX")) and part not in {".", ".."} for part in path.parts)
    options = document.options
    if not is_read(path) or leads_out(name):
        return is_read(path)  # a name that leads out is refused aloud, not passed over
    return not hidden and is_wanted(name.removeprefix("./"), options.include, options.exclude)


def own_name(name: str, taken: set[str]) -> str:
    """Return a member's name, numbered where one before it has the same, and take it.

    Archives may hold a name twice. Under one name the second would look like a new version of the
    first, at every run.
    """
    name = shown_name(name)
    folder, slash, file = name.rpartition("/")
    stem, dot, suffix = file.partition(".")
    number = 1
    while name in taken:
        number += 1
        name = f"{folder}{slash}{stem} ({number}){dot}{suffix}"
    taken.add(name)
    return name


def shown_name(name: str) -> str:
    """Return a member's name as text that can be stored."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
