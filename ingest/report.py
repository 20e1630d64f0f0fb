"""What an ingestion did: its counts, what failed or was kept and why, and how long it took."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

HOW_TO_READ_PICTURES = "To have it read, install OCR (pip install 'footnote[ocr]') and ingest again."
MOST_RUNS = 12
"""Runs of pages that are named; a scan in which every other page is blank would fill the screen."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One source that could not be ingested, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class PageNote:
    """Pages of one source that something is to be said of, by their numbers from 1."""

    source: str
    pages: tuple[int, ...]


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
    `ocr_pages` names pages whose text was recognised in pictures (OCR), `picture_pages` those that are
    pictures and were not read.
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
    ocr_pages: tuple[PageNote, ...] = ()
    picture_pages: tuple[PageNote, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return plain values that `json.dumps` takes."""
        return asdict(self)


def named_counts(counts: Iterable[tuple[str, int]]) -> str:
    """Return counts by kind in words: `3 pictures, 1 formula`."""
    return ", ".join(f"{count:,} {kind}{'' if count == 1 else 's'}" for kind, count in counts)


def named_pages(pages: Sequence[int]) -> str:
    """Return numbers of pages in words, runs of them as such: `page 2`, `pages 1–3 and 7`."""
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and runs[-1][1] == page - 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    shown = [f"{first:,}" if first == last else f"{first:,}–{last:,}" for first, last in runs]
    if len(shown) > MOST_RUNS:
        shown = [*shown[:MOST_RUNS], f"{len(runs) - MOST_RUNS:,} more"]
    noun = "page" if len(set(pages)) == 1 else "pages"
    return f"{noun} {', '.join(shown[:-1])}{' and ' if shown[:-1] else ''}{shown[-1]}"


def page_notes(report: IngestReport) -> list[tuple[PageNote, str]]:
    """Return what is to be said of pages that are pictures: which were read by OCR, and which not at all."""
    said = []
    for note in report.picture_pages:
        those = "is a picture: its text was" if len(note.pages) == 1 else "are pictures: their text was"
        said.append((note, f"{named_pages(note.pages)} {those} not read. {HOW_TO_READ_PICTURES}"))
    for note in report.ocr_pages:
        those = "was" if len(note.pages) == 1 else "were"
        said.append(
            (note, f"{named_pages(note.pages)} {those} read by OCR, which may misread words and numbers.")
        )
    return said


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
