"""What a run removes: what vanished from its sources and what is gone for good, if no other place has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.readers.sources import is_address

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ingest.runs.intake import Intake
    from ingest.runs.sync import Sync, Visit
    from ingest.runs.tally import RunTally
    from ingest.storage.library import Library
    from ingest.storage.places import Place

REMOVING = "removing {count:,} articles from every file"


class Removal:
    """The removals of a run: decided once all is read, carried out once all else is stored."""

    def __init__(self, library: Library, intake: Intake, visits: Iterable[Visit], sync: Sync) -> None:
        self._library = library
        self._visits = list(visits)
        self._kept = {visit.name: visit.vanished(sync) for visit in self._visits}
        gone = {place for origin in intake.gone for place in library.places.at(origin)}
        self._leaving = self._vanished()
        holders = {place.holder for place in [*self._leaving.values(), *gone]}
        unplaced = {article_id for origin in intake.gone for article_id in library.found_at(origin)}
        held = library.places.holding(holders | unplaced)
        never = {place.article for place in gone}
        self._heirs = {
            holder: [
                article
                for source, article in places
                if (source, article) not in self._leaving and article not in never
            ]
            for holder, places in held.items()
        }
        # Somebody else's own article stays; one that only copies are left of is stored under a copy's id.
        self.doomed = {
            holder
            for holder, heirs in self._heirs.items()
            if not heirs or (holder not in heirs and any(heir in intake.copies for heir in heirs))
        }

    def carry_out(self, tally: RunTally) -> None:
        """Remove what is to go, forget where it was, and report what is kept."""
        self._hand_over()
        if self.doomed:
            tally.busy(REMOVING.format(count=len(self.doomed)))
            tally.removed(self._library.remove(sorted(self.doomed)))
        for source in {source for source, _ in self._leaving}:
            self._library.places.forget(
                source, [article for name, article in self._leaving if name == source]
            )
        for visit in self._visits:
            _, kept = self._kept[visit.name]
            visit.end(kept)
            tally.kept(kept)

    def _vanished(self) -> dict[tuple[str, str], Place]:
        """Return what is gone, by the name of the source that has lost it and the article.

        A file that is gone is so for every source that found it there: named alone, by a glob, with its
        folder. An address that a sitemap has dropped may still be there.
        """
        gone = {(visit.name, place.article): place for visit in self._visits for place in self._places(visit)}
        files = {place for visit in self._visits if visit.shows_all for place in self._places(visit)}
        shared = self._library.places.sharing([place.origin for place in files]) if files else []
        known = {(place.article, place.origin) for place in files}
        return gone | {
            (source, place.article): place
            for source, place in shared
            if (place.article, place.origin) in known and not is_address(source)
        }

    def _places(self, visit: Visit) -> list[Place]:
        return self._kept[visit.name][0]

    def _hand_over(self) -> None:
        """Have the copies that other sources hold point to the one that is stored now."""
        live = self._library.versions() if self.doomed else {}
        for holder in self.doomed:
            if heir := next((each for each in self._heirs[holder] if each in live), None):
                self._library.places.rehome(holder, heir)
