"""The writer's side of both indexes: updating, checking, and rebuilding them from the record.

The record names the current ones. A rebuilt index gets a new name and is switched to when it is
complete, so that readers always have a whole one and a crash changes nothing.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import numpy as np

from ingest.errors import LibraryDamagedError
from ingest.storage.keywords import Keywords, version_key
from ingest.storage.vector_folders import next_number
from ingest.storage.vectors import VECTORS_AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ingest.errors import LibraryError
    from ingest.storage.journal import Journal, Leftovers, Prepared
    from ingest.storage.record import Meta, Record
    from ingest.storage.vector_index import VectorHome, VectorIndex

VECTORS, KEYWORDS = "vectors", "keywords"

# Chunks whose own vectors are looked up on opening: an index that has lost a tenth of its vectors
# passes with a probability of .9 ** 32 = .03; `footnote doctor` looks up every one.
REBUILD_SAMPLE = 32
DOUBTED = 1000  # looked up before the index is written anew: 3 ms each
# A share that may be out of a graph's reach without damage: an HNSW graph loses up to 2 % of vectors
# that are nearly the same. Two writers at once lose 3 %, a lost graph nearly all.
OUT_OF_REACH = 0.05
VECTOR_TOLERANCE = 0.01  # cosine distance within which a stored vector has found itself; float16 costs 0.0005
REBUILD_BATCH = 4000  # chunks read at once: 4,000 × (1.5 KB vector + 1 KB text) = 10 MB


class Indexes:
    """Both indexes, open for writing. `notices` says what had to be repaired."""

    exact_up_to: int | None = None  # a writer's own library may be searched in any case

    def __init__(self, root: Path, record: Record, journal: Journal, home: VectorHome) -> None:
        self._root = root
        self._record = record
        self._journal = journal
        self._home = home
        self.notices: list[str] = []
        self._closed = False
        self.vectors = self._open_vectors()
        self.keywords = self._open_keywords(record.meta().keywords)

    def close(self) -> None:
        """Close both; a second call does nothing, for another writer may have begun."""
        if self._closed:
            return
        self._closed = True
        self.vectors.close()
        self._home.left(self._record.meta().vectors)
        self._home.close()
        self.keywords.close()

    def vectors_at(self, meta: Meta) -> VectorIndex:  # noqa: ARG002  # the writer's own are always current
        """Return the vector index."""
        return self.vectors

    def vectors_doubted(self, error: LibraryError | None) -> None:
        """Nothing is to be noted: the next write says what is wrong."""

    def ping(self) -> list[str]:
        """Nothing is away: a writer could not have begun."""
        return []

    def keywords_at(self, meta: Meta) -> Keywords:  # noqa: ARG002  # the writer's own are always current
        """Return the keyword index."""
        return self.keywords

    def add(self, batch: Sequence[Prepared]) -> None:
        """Add the chunks of new versions."""
        ids = [chunk.id for prepared in batch for chunk in prepared.chunks]
        self.vectors.upsert(ids, np.concatenate([prepared.vectors for prepared in batch]))
        self.keywords.add((chunk, prepared.article) for prepared in batch for chunk in prepared.chunks)

    def delete(self, leftovers: Leftovers) -> None:
        """Forget chunks of versions that are not live."""
        if leftovers.chunk_ids:
            self.vectors.delete(leftovers.chunk_ids)
        if leftovers.versions:
            self.keywords.delete([version_key(*each) for each in leftovers.versions])

    def delete_anyhow(self, leftovers: Leftovers) -> None:
        """Delete chunks even from damaged indexes: one that fails is rebuilt from the record without them."""
        self._delete_vectors(leftovers)
        try:
            self.keywords.delete([version_key(*each) for each in leftovers.versions])
        except LibraryDamagedError as error:
            self.rebuild_keywords(error.fault)

    def purge(self, leftovers: Leftovers) -> None:
        """Take what is removed out of every file of ours."""
        if self._home.deletes_for_good:
            self._delete_vectors(leftovers)
        else:
            self.rebuild_vectors()
        self.rebuild_keywords()
        self.tidy()

    def verify(self) -> None:
        """Compare both with the record, and rebuild the one that does not hold what it should."""
        if reason := vectors_fault(self.vectors, self._record, REBUILD_SAMPLE, DOUBTED):
            self.rebuild_vectors(reason)
        if reason := keywords_fault(self.keywords, self._record):
            self.rebuild_keywords(reason)
        self.tidy()

    def rebuild_vectors(self, reason: str | None = None) -> None:
        """Write the vector index anew from the record and switch to it; note the reason if any."""
        self.vectors.close()
        self.vectors = self._new_vectors()
        self._note(VECTORS, reason)

    def rebuild_keywords(self, reason: str | None = None) -> None:
        """Write the keyword index anew from the record and switch to it; note the reason if any."""
        self.keywords.close()
        self.keywords = self._new_keywords()
        self._note(KEYWORDS, reason)

    def _delete_vectors(self, leftovers: Leftovers) -> None:
        try:
            self.vectors.delete(leftovers.chunk_ids)
        except LibraryDamagedError as error:
            self.rebuild_vectors(error.fault)

    def _open_vectors(self) -> VectorIndex:
        name = self._record.meta().vectors
        try:
            vectors = self._home.open(name)
        except LibraryDamagedError as error:
            self._note(VECTORS, error.fault)
            return self._new_vectors()
        self._home.begun(name)
        return vectors

    def _open_keywords(self, folder: str) -> Keywords:
        try:
            return Keywords.open(self._root / KEYWORDS / folder, check=True)
        except LibraryDamagedError as error:
            self._note(KEYWORDS, error.fault)
            return self._new_keywords()

    def _new_vectors(self) -> VectorIndex:
        meta = self._record.meta()
        name = self._home.next_name(meta)
        # Noted before anything is made, so that a crash leaves none on a server that nobody knows of;
        # folders are found by looking.
        named = {*meta.unneeded, meta.vectors, name}
        self._journal.note_unneeded({each for each in named if not each.isdecimal()})
        index = self._home.make(name)
        for entries in self._record.everything(REBUILD_BATCH):
            stacked = np.stack([entry.vector for entry in entries])
            index.upsert([entry.chunk.id for entry in entries], stacked)
        index.settle()
        self._journal.switch(VECTORS, name)
        return index

    def _new_keywords(self) -> Keywords:
        parent = self._root / KEYWORDS
        folder = parent / next_number(parent, self._record.meta().keywords)
        folder.mkdir(mode=0o700, parents=True)
        index = Keywords.open(folder, create=True)
        for entries in self._record.everything(REBUILD_BATCH):
            # An article may begin in one batch and end in the next, which must not replace the beginning.
            index.fill((entry.chunk, entry.article) for entry in entries)
        self._journal.switch(KEYWORDS, folder.name)
        return index

    def _note(self, name: str, reason: str | None) -> None:
        if reason and self._record.count()[1]:
            self.notices.append(f"The index of {name} was rebuilt from the record: {reason}.")

    def tidy(self) -> None:
        """Delete indexes that the record does not name."""
        meta = self._record.meta()
        for name, current in ((VECTORS, meta.vectors), (KEYWORDS, meta.keywords)):
            for folder in (self._root / name).glob("*"):
                if folder.name != current:
                    shutil.rmtree(folder, ignore_errors=True)
        if unneeded := set(meta.unneeded) - {meta.vectors}:
            self._journal.note_unneeded(unneeded.difference(self._home.drop(sorted(unneeded))))


def vectors_fault(vectors: VectorIndex, record: Record, *sizes: int) -> str | None:
    """Say what is wrong with the vector index, having looked up chunks by their own vectors.

    `sizes` are how many, the smallest first; a larger number is looked up only where the one before
    looked wrong, because 3 of 32 may be chance.
    """
    expected = record.count()[1]
    try:
        if (count := vectors.count()) != expected:
            return f"it listed {count:,} chunks instead of {expected:,}"
        return _lost(vectors, record, [min(size, expected) for size in sizes])
    except LibraryDamagedError as error:
        return error.fault


def _lost(vectors: VectorIndex, record: Record, sizes: Sequence[int]) -> str | None:
    fault = None
    for size in sizes:
        lost = unreachable(vectors, record, size)
        if lost <= 1 + OUT_OF_REACH * size:
            return None
        fault = f"{lost:,} of {size:,} chunks were not found by their own vectors"
    return fault


def unreachable(vectors: VectorIndex, record: Record, size: int) -> int:
    """Count which of `size` chunks, spread over the library, their own vectors don't find."""
    sample = list(record.sample(size).values())
    lost = 0
    for start in range(0, len(sample), VECTORS_AT_ONCE):
        distances = vectors.distance_to_nearest(np.stack(sample[start : start + VECTORS_AT_ONCE]))
        lost += sum(far > VECTOR_TOLERANCE for far in distances)
    return lost


def keywords_fault(keywords: Keywords, record: Record) -> str | None:
    """Say what is wrong with the keyword index."""
    expected = record.count()[1]
    try:
        if (count := keywords.count()) != expected:
            return f"it held {count:,} chunks instead of {expected:,}"
        # One that is older than the record (copied while somebody wrote, say) may hold as many.
        lost = [each for each in _newest(record) if not keywords.holds(version_key(*each))]
    except LibraryDamagedError as error:
        return error.fault
    return f"it lacked {len(lost):,} of the newest articles" if lost else None


def _newest(record: Record) -> list[tuple[str, str]]:
    query = "SELECT id, version FROM articles WHERE state = 'live' ORDER BY row DESC LIMIT ?"
    with record.reading() as connection:
        return [(article_id, version) for article_id, version in connection.execute(query, (REBUILD_SAMPLE,))]
