"""What an ingestion did: its counts, what failed or was kept and why, and how long it took."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Failure:
    """One source that could not be ingested, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Kept:
    """Articles that a source did not give this time and that were not removed, and why."""

    source: str
    articles: int
    reason: str


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What happened to every article of a run. `seconds` is wall time.

    `unread` counts what the documents of added and updated articles have and their texts have not, by kind.
    `passed_over` counts the files in folders that are of types that are not read, by the end of their names.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: tuple[Failure, ...] = ()
    chunks: int = 0
    seconds: float = 0.0
    removed: int = 0
    kept: tuple[Kept, ...] = ()
    passed_over: Mapping[str, int] = field(default_factory=dict)
    unread: Mapping[str, int] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return plain values that `json.dumps` takes."""
        return asdict(self)


def named_counts(counts: Iterable[tuple[str, int]]) -> str:
    """Return counts by kind in words: `3 pictures, 1 formula`."""
    return ", ".join(f"{count:,} {kind}{'' if count == 1 else 's'}" for kind, count in counts)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingestion is: articles done, articles known to exist (None while counting).

    `rate` is how many articles a second were done lately, and `seconds_left` how long the rest takes at
    that rate; None while neither can be told honestly.
    """

    done: int
    total: int | None
    failed: int
    current: str
    rate: float | None = None
    seconds_left: float | None = None
