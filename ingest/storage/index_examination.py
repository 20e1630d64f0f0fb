"""Whether an index holds what the record says, every chunk compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.errors import LibraryDamagedError
from ingest.storage.indexes import VECTOR_TOLERANCE, vectors_fault

if TYPE_CHECKING:
    from ingest.storage.keywords import Keywords
    from ingest.storage.record import LiveChunk, Record
    from ingest.storage.vector_index import VectorIndex

ROWS_AT_ONCE = 2000  # chunks compared at once
DOCTOR_SAMPLE = 1000  # chunks looked up by their own vectors, at 3 ms each


def wrong_vectors(vectors: VectorIndex, record: Record) -> str | None:
    """Say how a vector index differs from the record, every chunk compared; None where it does not."""
    try:
        if difference := _difference({each for page in vectors.ids() for each in page}, record):
            return difference
        if wrong := sum(_changed(vectors, entries) for entries in record.everything(ROWS_AT_ONCE)):
            return f"{wrong:,} vectors are lost or not the chunk's own"
        return vectors_fault(vectors, record, DOCTOR_SAMPLE)
    except LibraryDamagedError as error:
        return error.fault


def _changed(vectors: VectorIndex, entries: list[LiveChunk]) -> int:
    """Count the chunks for which Chroma has no vector, or another one than the record."""
    stored = vectors.stored([entry.chunk.id for entry in entries])
    kept = (stored.get(entry.chunk.id) for entry in entries)
    return sum(
        vector is None or float(vector @ entry.vector) < 1 - VECTOR_TOLERANCE
        for vector, entry in zip(kept, entries, strict=True)
    )


def wrong_keywords(keywords: Keywords, record: Record) -> str | None:
    """Say how a keyword index differs from the record; None where it does not."""
    try:
        return _difference(keywords.ids(), record)
    except LibraryDamagedError as error:
        return error.fault


def _difference(listed: set[str], record: Record) -> str | None:
    expected = record.chunk_ids()
    if listed == expected:
        return None
    return f"{len(expected - listed):,} chunks are missing and {len(listed - expected):,} too many"
