"""Conflict detection: sentences of different articles with other numbers, days or outcomes of one event.

A false alarm is worse than an unnoticed conflict, so precision comes first: what is counted, what happened
to it, the names, the event and the time must all agree before something may differ. Rounded numbers and
bounds ("more than 20") contradict nothing, parts are not held against wholes, and near-duplicates of
one report are one voice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from assistant.answers import Conflict
from assistant.conflicts.differences import differing
from assistant.conflicts.same_event import Telling, same_event, same_names, telling_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assistant.conflicts.differences import Discrepancy
    from assistant.retrieval.found import Ranked

MOST_READ = 12
"""Sentences that are held against each other: 66 pairs, a few milliseconds."""


MOST_RIVALS = 3
"""Sentences that are shown only because they say otherwise."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A conflict: `places` are indices into the sentences compared, `values` what each says; newest first.

    `superseded`: a later report of the same source corrects an earlier one.
    """

    places: tuple[int, ...]
    about: str
    values: tuple[str, ...]
    superseded: bool

    def touches(self, quoted: int) -> bool:
        """Say whether one of the first `quoted` sentences is part of it."""
        return any(place < quoted for place in self.places)

    def moved(self, where: Mapping[int, int]) -> Disagreement | None:
        """Translate the places by `where`; sentences without a new place are dropped, None if one is left."""
        kept = [
            (where[place], value)
            for place, value in zip(self.places, self.values, strict=True)
            if place in where
        ]
        if len(kept) == 1 or not kept:
            return None
        return replace(
            self,
            places=tuple(at for at, _ in kept),
            values=tuple(value for _, value in kept),
            superseded=self.superseded and self.places[0] in where,
        )

    def numbered(self, numbers: Sequence[int]) -> Conflict:
        """Return it as the public `Conflict`; `numbers` are the footnotes, in the order of `places`."""
        return Conflict(tuple(numbers), self.about, self.values, self.superseded)


def brought_in(chosen: Sequence[Ranked], ranked: Sequence[Ranked]) -> tuple[list[Ranked], list[Disagreement]]:
    """Append to the chosen sentences the ranked ones that contradict them; return both and the conflicts."""
    pool = [*chosen, *(item for item in ranked if item not in chosen)][:MOST_READ]
    found = [item for item in disagreements([telling_of(item) for item in pool]) if item.touches(len(chosen))]
    rivals = dict.fromkeys(place for item in found for place in item.places if place >= len(chosen))
    added = list(rivals)[:MOST_RIVALS]
    shown = [*range(len(chosen)), *added]
    where = {place: at for at, place in enumerate(shown)}
    kept = [moved for item in found if (moved := item.moved(where))]
    return [*chosen, *(pool[place] for place in added)], kept


def disagreements(tellings: Sequence[Telling]) -> list[Disagreement]:
    """Return what the sentences differ about, in the order of the best sentence that is part of it."""
    read = tellings[:MOST_READ]
    found: dict[str, dict[int, str]] = {}
    for (one, first), (two, second) in combinations(enumerate(read), 2):
        if not same_event(first, second):
            continue
        difference = differing(first, second)
        if difference is not None and same_names(first, second):
            _join(found, difference, one, two)
    return [_told(read, about, values) for about, values in found.items()]


def _join(found: dict[str, dict[int, str]], difference: Discrepancy, one: int, two: int) -> None:
    """Put a difference to an earlier one about the same, or begin a new one."""
    about = next((name for name, values in found.items() if one in values or two in values), difference.about)
    values = found.setdefault(about, {})
    values.setdefault(one, difference.values[0])
    values.setdefault(two, difference.values[1])


def _told(read: Sequence[Telling], about: str, values: dict[int, str]) -> Disagreement:
    """Order the sentences by date, each value once: who only repeats it adds no voice."""
    newest = sorted(values, key=lambda place: (read[place].published or date.min, -place), reverse=True)
    places: list[int] = []
    for place in newest:
        if values[place].casefold() not in {values[other].casefold() for other in places}:
            places.append(place)
    return Disagreement(
        places=tuple(places),
        about=about,
        values=tuple(values[place] for place in places),
        superseded=_superseded([read[place] for place in places]),
    )


def _superseded(told: Sequence[Telling]) -> bool:
    """Say whether the newest is a later report of a source that had said otherwise before."""
    newest = told[0]
    return any(
        newest.source
        and newest.source == other.source
        and newest.published
        and other.published
        and newest.published > other.published
        for other in told[1:]
    )
