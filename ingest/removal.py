"""What a run removes: what vanished from its sources and what is gone for good, if no other place has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ingest.intake import Intake
    from ingest.library import Library
    from ingest.sync import Sync, Visit
    from ingest.tally import Tally

REMOVING = "removing {count:,} articles from every file"


class Removal:
    """Decided when everything was read; carried out when everything else is stored."""

    def __init__(self, library: Library, intake: Intake, visits: Iterable[Visit], sync: Sync) -> None:
        self._library = library
        self._visits = list(visits)
        self._kept = {visit.name: visit.vanished(sync) for visit in self._visits}
        gone = {place for origin in intake.gone for place in library.places.at(origin)}
        leaving = {
            (name, place.article): place for name, (places, _) in self._kept.items() for place in places
        }
        holders = {place.holder for place in [*leaving.values(), *gone]}
        unplaced = {article_id for origin in intake.gone for article_id in library.found_at(origin)}
        held = library.places.holding(holders | unplaced)
        never = {place.article for place in gone}
        self._heirs = {
            holder: [
                article
                for source, article in places
                if (source, article) not in leaving and article not in never
            ]
            for holder, places in held.items()
        }
        # Somebody else's own article stays; one that only copies are left of is stored under a copy's id.
        self.doomed = {
            holder
            for holder, heirs in self._heirs.items()
            if not heirs or (holder not in heirs and any(heir in intake.copies for heir in heirs))
        }

    def carry_out(self, tally: Tally) -> None:
        """Remove what is to go, forget where it was, and report what is kept."""
        self._hand_over()
        if self.doomed:
            tally.busy(REMOVING.format(count=len(self.doomed)))
            tally.removed(self._library.remove(sorted(self.doomed)))
        for visit in self._visits:
            places, kept = self._kept[visit.name]
            if places:
                self._library.places.forget(visit.name, [place.article for place in places])
            visit.end(kept)
            tally.kept(kept)

    def _hand_over(self) -> None:
        """Have the copies that other sources hold point to the one that is stored now."""
        live = self._library.versions() if self.doomed else {}
        for holder in self.doomed:
            if heir := next((each for each in self._heirs[holder] if each in live), None):
                self._library.places.rehome(holder, heir)
