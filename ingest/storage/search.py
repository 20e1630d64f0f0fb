"""Hybrid search: the best chunks by BM25 and by cosine, checked against the record, in one list."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

import numpy as np

from ingest.errors import LibraryDamagedError, LibraryError, SettingsError
from ingest.storage.filters import Filters
from ingest.storage.hits import Hit
from ingest.storage.near_spellings import spellings
from ingest.storage.scan import Scan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from ingest.storage.index_reader import Readable
    from ingest.storage.near_spellings import Spelling
    from ingest.storage.record import Meta, Record
    from ingest.storage.seen_words import SeenWords
    from ingest.storage.vector_index import VectorIndex

    Vector = NDArray[np.float32]

# Up to this many chunks, comparing with every vector takes under 3 ms and misses nothing; loading
# Chroma alone takes a second.
SCAN_UP_TO = 5000
# Chunks fetched beyond the limit, for those that turn out not to be live any more.
SPARE = 16
# Chunks read at once where all that have a word are looked at.
READ_AT_ONCE = 500
# How many times more are fetched when that was not enough.
WIDEN = 8


class ChunkSearch:
    """Searches one library, or what some groups may see of it. Safe to use from many threads."""

    def __init__(self, record: Record, readable: Readable) -> None:
        self._record = record
        self._readable = readable
        self._dimension = record.meta().dimension
        self._scan = Scan(record, self._dimension)
        self._chunks = (-1, 0)  # a generation and how many chunks it has
        self._seen: SeenWords | None = None
        self._whole = self

    def part(self, record: Record, seen: SeenWords) -> ChunkSearch:
        """Return what searches the part of the library that is in `record`, whose words `seen` counts."""
        part = copy(self)
        part._record, part._seen, part._chunks = record, seen, (-1, 0)  # noqa: SLF001  # one of ours
        return part

    def __call__(self, words: str, vector: Vector, filters: Filters | None, limit: int) -> list[Hit]:
        """Return the union of the best `limit` chunks by BM25 and the best `limit` by cosine."""
        query = self._normalised(vector)
        meta = self._record.meta()
        filters = self._limits(filters)
        scores = self._by_words(words, filters, limit, meta)
        near = self._by_vector(query, filters, limit, meta)
        return self._hits(query, scores, near)

    def size(self, meta: Meta) -> int:
        """Return how many chunks may be found."""
        if self._chunks[0] != meta.generation:
            self._chunks = (meta.generation, self._record.count()[1])
        return self._chunks[1]

    def frequencies(self, stems: Sequence[str]) -> tuple[dict[str, int], int]:
        """Return the document frequency of each stem, and the number of chunks."""
        meta = self._record.meta()
        keywords = self._readable.keywords_at(meta)
        total = self.size(meta)
        try:
            if keywords is None:
                return dict.fromkeys(stems, 0), total
            seen = self._seen
            return (seen.frequencies(stems, keywords) if seen else keywords.frequencies(stems)), total
        except LibraryDamagedError:
            return dict.fromkeys(stems, 0), total

    def absent(self, stems: Sequence[str]) -> set[str]:
        """Return those of the stems that no article has; none without a keyword index."""
        keywords = self._readable.keywords_at(self._record.meta())
        try:
            if keywords is None:
                return set()
            return self._seen.absent(stems, keywords) if self._seen else keywords.absent(stems)
        except LibraryDamagedError:
            return set()

    def all_having(self, stems: Sequence[str]) -> Iterator[Hit]:
        """Yield every live chunk that has the rarest of some stems, all of them without a keyword index."""
        keywords = self._readable.keywords_at(self._record.meta())
        try:
            having = keywords.frequencies(stems) if keywords else {}
            ids = (
                keywords.all_having(min(having, key=lambda stem: having[stem]))
                if keywords and having
                else None
            )
        except LibraryDamagedError:
            ids = None
        if ids is None:
            parts = self._record.everything(READ_AT_ONCE)
        else:
            slices = (ids[first : first + READ_AT_ONCE] for first in range(0, len(ids), READ_AT_ONCE))
            parts = (list(self._record.chunks(part).values()) for part in slices)
        for part in parts:
            for entry in part:
                yield Hit(entry.chunk, entry.article, 0.0, None, None, group=entry.group)

    def spellings(self, word: str, others: Sequence[str], most: int) -> list[Spelling]:
        """Return words that are spelt nearly like a word (see `spellings`); none without a keyword index."""
        keywords = self._readable.keywords_at(self._record.meta())
        if keywords is None:
            return []
        try:
            return spellings(word, others, most, keywords=keywords, record=self._record, seen=self._seen)
        except LibraryDamagedError:
            return []

    def hits(self, near: Mapping[str, float], filters: Filters | None, limit: int) -> list[Hit]:
        """Return the first `limit` of some chunks, given with their likeness, that are live and pass."""
        live = self._record.live(list(near), filters)
        best = [chunk_id for chunk_id in near if chunk_id in live][:limit]
        found = self._record.chunks(best)
        return [
            Hit(entry.chunk, entry.article, near[chunk_id], None, rank, group=entry.group)
            for rank, chunk_id in enumerate(best)
            if (entry := found.get(chunk_id))  # it may have been removed a moment ago
        ]

    def _normalised(self, vector: Vector) -> Vector:
        if vector.shape != (self._dimension,):
            raise SettingsError(
                f"A question's vector of shape {vector.shape} does not fit a library of {self._dimension} "
                "numbers. Use the embeddings that the library was made with."
            )
        length = float(np.linalg.norm(vector))
        return np.asarray(vector / length if length > 0 else vector, dtype=np.float32)

    def _by_words(self, words: str, filters: Filters | None, limit: int, meta: Meta) -> dict[str, float]:
        keywords = self._readable.keywords_at(meta)
        wanted = limit + SPARE
        while keywords is not None:
            try:
                found = keywords.best(words, filters, wanted)
            except LibraryDamagedError:
                break
            live = self._record.live([chunk_id for chunk_id, _ in found], filters)
            kept = [each for each in found if each[0] in live]
            if len(kept) >= limit or len(found) < wanted:
                kept.sort(key=lambda each: (-each[1], each[0]))
                return dict(kept[:limit])
            wanted *= WIDEN
        return {}

    def _by_vector(self, query: Vector, filters: Filters | None, limit: int, meta: Meta) -> list[str]:
        size = self._whole.size(meta)
        if size > SCAN_UP_TO:
            if (vectors := self._readable.vectors_at(meta)) is not None:
                found = self._by_index(vectors, query, filters, limit, size)
                if found is not None:
                    self._scan.unneeded()
                    return found
            if self._is_too_large(size):
                return self._of_few(query, filters, limit) or []
        ids = self._scan.nearest(query, limit, generation=meta.generation, filters=filters, seen=self._record)
        return _nearest(query, self._record.live(ids, filters))

    def _is_too_large(self, size: int) -> bool:
        """Say whether so many chunks are never compared one by one."""
        return self._readable.exact_up_to is not None and size > self._readable.exact_up_to

    def _by_index(
        self, vectors: VectorIndex, query: Vector, filters: Filters | None, limit: int, size: int
    ) -> list[str] | None:
        """Return the nearest that Chroma finds, or all of the few that there are; None where it can't.

        Where most that is near may not be shown, and there is no other way, those are returned that may.
        """
        wanted = (limit + SPARE) * (1 if filters is None else WIDEN)
        try:
            found = [chunk_id for chunk_id, _ in vectors.nearest(query, wanted)]
            live = self._record.live(found, filters)
        except LibraryError as error:  # damaged, or on a server that is away
            self._readable.vectors_doubted(error)
            return None
        if len(live) >= limit:
            return _nearest(query, live)[:limit]
        if filters is None:
            self._readable.vectors_doubted(None)
        few = self._of_few(query, filters, limit)
        return _nearest(query, live) if few is None and filters and self._is_too_large(size) else few

    def _of_few(self, query: Vector, filters: Filters | None, limit: int) -> list[str] | None:
        """Return the nearest of those that the filters let through; None where these are not few."""
        few = (
            self._scan.nearest_of_few(query, limit, filters, seen=self._record)
            if filters is not None
            else None
        )
        return None if few is None else _nearest(query, self._record.live(few, filters))

    def _limits(self, filters: Filters | None) -> Filters | None:
        """Return the filters of a search; for who sees only a part there always are some."""
        return Filters() if filters is None and self._seen is not None else filters

    def _hits(self, query: Vector, scores: dict[str, float], near: list[str]) -> list[Hit]:
        by_words = {chunk_id: rank for rank, chunk_id in enumerate(scores)}
        by_vector = {chunk_id: rank for rank, chunk_id in enumerate(near)}
        found = self._record.chunks(list(by_vector | by_words))
        return [
            Hit(
                chunk=found[chunk_id].chunk,
                article=found[chunk_id].article,
                similarity=_similarity(query, found[chunk_id].vector),
                keyword_rank=by_words.get(chunk_id),
                vector_rank=by_vector.get(chunk_id),
                keyword_score=scores.get(chunk_id, 0.0),
                group=found[chunk_id].group,
            )
            for chunk_id in by_vector | by_words
            if chunk_id in found  # it may have been removed a moment ago
        ]


def _nearest(query: Vector, vectors: dict[str, Vector]) -> list[str]:
    """Return the ids by descending cosine, ties by id."""
    return sorted(vectors, key=lambda chunk_id: (-_similarity(query, vectors[chunk_id]), chunk_id))


def _similarity(query: Vector, vector: Vector) -> float:
    return min(1.0, max(-1.0, float(query @ vector)))
