"""What an examination of a library finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong: what, how much of the library it affects, and how to repair it."""

    what: str
    affected: str
    repair: str
