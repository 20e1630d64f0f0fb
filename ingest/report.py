"""What an ingestion did: four counts, the failures with their reasons, and how long it took."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Failure:
    """One source that could not be ingested, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What happened to every article of a run. `seconds` is wall time."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: tuple[Failure, ...] = ()
    chunks: int = 0
    seconds: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """Return plain values that `json.dumps` takes."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingestion is: articles stored, articles known to exist (None while counting)."""

    done: int
    total: int | None
    failed: int
    current: str
