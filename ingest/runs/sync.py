"""Synchronization: which articles of a source are gone since the last run, and which may be removed.

An article is removed only if its source was read to its end without it, and no other source has it. A
source that can't be reached, that is suddenly empty, or that has lost most of what it held is not believed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ingest.readers.common.folders import shown_path
from ingest.readers.common.globs import WILDCARDS
from ingest.readers.sources import is_address
from ingest.report import Kept

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from ingest.fetch.outcome import Validators
    from ingest.readers.common.items import Listed
    from ingest.report import Failure
    from ingest.storage.places import Place, Places

Sync = bool | Literal["all"]
"""False removes nothing; True what has vanished from a source; "all" also most of what a source held."""

SMALL_SOURCE = 20  # articles: of a source that held no more, any share may vanish
BELIEVED = 0.5  # of what a larger source held may vanish at once; more looks like a fault of the source

UNFILTERED = json.dumps([[], []])  # neither include nor exclude
NOT_WHOLE = "it could not be read to its end"
KEPT_EMPTY_SOURCE = "nothing at all was found in it this time"
KEPT_MOST_GONE = "they are more than half of its {known:,} articles; --sync-all removes them"
PATTERNS = "it was read with other patterns than before; --sync-all removes them"
KEPT_UNREAD_SOURCE = "they could not be read this time"


def source_key(source: str | Path) -> str:
    """Return what a source is remembered by: an address as it is, a path in full."""
    return str(source).strip() if is_address(source) else shown_path(Path(source))


@dataclass(slots=True)
class Visit:
    """One source while it is read. It is also the readers' memory of addresses (`items.Memory`)."""

    name: str
    places: Places
    patterns: str
    known: dict[str, Place]
    changed_patterns: bool
    seen: set[str] = field(default_factory=set)
    failed: list[str] = field(default_factory=list)
    said: dict[str, Validators] = field(default_factory=dict)
    complete: bool = False

    @classmethod
    def begin(cls, source: str | Path, places: Places, patterns: Sequence[Sequence[str]]) -> Visit:
        """Look up what the source held before."""
        name, written = source_key(source), json.dumps(patterns)
        before = places.patterns(name)
        known = places.of(name)
        if before is None:
            places.name(name, written)
        return cls(name, places, written, known, changed_patterns=before not in (None, written))

    def hold(self, articles: Collection[str]) -> None:
        """Go by what the source held when the run began: what came since may be of another run."""
        held = set(articles)
        self.known = {key: place for key, place in self.known.items() if key in held}

    @property
    def shows_all(self) -> bool:
        """Say whether it is a path read without patterns: what it does not show is not there."""
        return self.patterns == UNFILTERED and not is_address(self.name)

    def recall(self, url: str) -> Validators | None:
        """Return the validators of an address whose article is stored, or None."""
        return self.places.recall(url)

    def remember(self, url: str, validators: Validators) -> None:
        """Keep the validators of an address until its article is stored."""
        self.said[url] = validators

    def unchanged(self, origin: str) -> list[Place]:
        """Note that a place was found as it was; return what is stored of it."""
        found = self.places.at(origin)
        self.seen.update(place.article for place in found)
        return found

    def missed(self, failure: Failure) -> None:
        """Note what could not be read: what was there before may be there still."""
        self.failed.append(failure.source)

    def listed(self, end: Listed) -> None:
        """Note whether the source was read to its end."""
        self.complete = end.complete

    def vanished(self, sync: Sync) -> tuple[list[Place], list[Kept]]:
        """Return what the source does not have any more, and what is kept nevertheless, with the reason."""
        gone = [place for key, place in self.known.items() if key not in self.seen]
        if not gone or not sync:
            return [], []
        if reason := self._doubt(len(gone), sync):
            return [], [Kept(self.name, len(gone), reason)]
        sure = [place for place in gone if not self._may_be_unread(place)]
        kept = [Kept(self.name, len(gone) - len(sure), KEPT_UNREAD_SOURCE)] if len(sure) < len(gone) else []
        return sure, kept

    def _may_be_unread(self, place: Place) -> bool:
        """Say whether a place could not be read this time, or may be that of a record which could not.

        A record of an export is not at the place that it names; which article it was is not known then.
        """
        elsewhere = not is_address(self.name) and not place.origin.startswith(WILDCARDS.split(self.name)[0])
        records = elsewhere and any("#" in each for each in self.failed)
        return records or _is_part(place.origin, tuple(self.failed))

    def end(self, kept: Sequence[Kept]) -> None:
        """Note with which patterns the source was read, unless something was kept for that."""
        if self.changed_patterns and not any(each.reason == PATTERNS for each in kept):
            self.places.name(self.name, self.patterns)

    def _doubt(self, gone: int, sync: Sync) -> str | None:
        if not self.seen:
            return KEPT_EMPTY_SOURCE if self.complete else NOT_WHOLE
        if not self.complete:
            return NOT_WHOLE
        if sync == "all":
            return None
        if self.changed_patterns:
            return PATTERNS
        known = len(self.known)
        return (
            KEPT_MOST_GONE.format(known=known) if known > SMALL_SOURCE and gone > BELIEVED * known else None
        )


def _is_part(origin: str, wholes: tuple[str, ...]) -> bool:
    """Say whether a place is one of others or lies within: a record of a file, a member of an archive."""
    return any(
        origin == whole or (origin.startswith(whole) and not origin[len(whole)].isalnum()) for whole in wholes
    )
