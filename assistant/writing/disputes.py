"""What the sources of a written answer differ about: sentences that say otherwise get footnotes too."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from assistant.answers import Conflict, Support
from assistant.conflicts.differences import differing
from assistant.conflicts.disagreements import brought_in
from assistant.conflicts.same_event import telling_of
from assistant.language.dates import agrees, dates
from assistant.language.quantities import quantities

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant.answers import Statement
    from assistant.retrieval.found import Ranked

DIFFER = "sources differ about {}"


@dataclass(frozen=True, slots=True)
class Settled:
    """Statements with what is known of their sources: all cited sentences in order, and the conflicts."""

    statements: tuple[Statement, ...]
    cited: tuple[Ranked, ...]
    conflicts: tuple[Conflict, ...]


def cite_disputes(
    statements: Sequence[Statement], cited: Sequence[Ranked], ranked: Sequence[Ranked]
) -> Settled:
    """Bring in the sentences that say otherwise than those that supported statements cite.

    A statement is conflicting where it says itself what another source says differently, or gives both
    sides; one that merely cites a disputed sentence for something else stays as it is.
    """
    shown, found = brought_in(cited, ranked)
    relied = {number for item in statements if _holds(item) for number in item.citations}
    numbered = (item.numbered([place + 1 for place in item.places]) for item in found)
    conflicts = tuple(item for item in numbered if relied & set(item.citations))
    kept = _without_unused(shown, len(cited), conflicts)
    conflicts = tuple(replace(item, citations=tuple(kept[n] for n in item.citations)) for item in conflicts)
    left = tuple(shown[number - 1] for number in kept)
    return Settled(tuple(_judged(item, conflicts, left) for item in statements), left, conflicts)


def denied(text: str, numbers: Iterable[int], cited: Sequence[Ranked]) -> Conflict:
    """Return the conflict between footnotes of one statement, of which the check found some to deny it."""
    newest = sorted(numbers, key=lambda number: cited[number - 1].article.published or date.min, reverse=True)
    return Conflict(tuple(newest), f"“{text.rstrip('.')}”")


def _holds(statement: Statement) -> bool:
    return statement.support in (Support.SUPPORTED, Support.CONFLICTING)


def _without_unused(shown: Sequence[Ranked], cited: int, conflicts: Sequence[Conflict]) -> dict[int, int]:
    """Return the new number of each footnote that a statement or a conflict has."""
    used = {number for item in conflicts for number in item.citations}
    kept = [number for number in range(1, len(shown) + 1) if number <= cited or number in used]
    return {number: place for place, number in enumerate(kept, start=1)}


def _judged(statement: Statement, conflicts: Sequence[Conflict], cited: Sequence[Ranked]) -> Statement:
    if statement.support is not Support.SUPPORTED:
        return statement
    dispute = next((item for item in conflicts if _is_part(statement, item, cited)), None)
    if dispute is None:
        return statement
    return replace(statement, support=Support.CONFLICTING, reason=DIFFER.format(dispute.about))


def _is_part(statement: Statement, conflict: Conflict, cited: Sequence[Ranked]) -> bool:
    mine = set(statement.citations) & set(conflict.citations)
    if not mine or (conflict.superseded and conflict.citations[0] in mine):
        return False  # what corrects an earlier report is not in dispute
    if len(mine) > 1:  # it gives both sides, or is about something that both of them say
        values = dict(zip(conflict.citations, conflict.values, strict=False))
        return any(_says(statement.text, values.get(number, "")) for number in mine)
    own = telling_of(cited[min(mine) - 1])
    others = [telling_of(cited[number - 1]) for number in conflict.citations if number not in mine]
    return any(differing(replace(own, text=statement.text), other) for other in others)


def _says(text: str, value: str) -> bool:
    """Say whether a statement has one side's value: a date, a number, or a word."""
    if days := dates(value):
        return any(agrees(mine, day) for mine in dates(text) for day in days)
    if numbers := {each.size for each in quantities(value)}:
        return bool(numbers & {each.size for each in quantities(text)})
    return bool(value) and value.casefold() in text.casefold()
