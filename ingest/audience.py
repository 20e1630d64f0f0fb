"""Groups of people: how they are called, and a library as those in some groups may see it.

An article that belongs to no group is for all. One that belongs to some is for whoever is in one of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ingest.database_address import DatabaseAddress

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")
MOST_GROUPS = 50  # of one person or article


@dataclass(frozen=True, slots=True)
class SeenLibrary:
    """Where a library is, and the groups of whoever reads it: nothing else of it can be seen through this."""

    place: Path | DatabaseAddress
    groups: frozenset[str]

    def __str__(self) -> str:
        return str(self.place)


def group_names(written: str | Iterable[str]) -> frozenset[str]:
    """Return names of groups; a text has them with commas between.

    Raises:
        SettingsError: one can't be a name. No name has a sign that means something to SQL or a shell.
    """
    names = written.split(",") if isinstance(written, str) else written
    groups = frozenset(name.strip().lower() for name in names if name.strip())
    if not all(map(_NAME.fullmatch, groups)):
        raise SettingsError("The name of a group has letters a to z, digits, and . _ - within, up to 40.")
    if len(groups) > MOST_GROUPS:
        raise SettingsError(f"These are more than {MOST_GROUPS} groups. Name fewer.")
    return groups
