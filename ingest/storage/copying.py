"""Copying a library between a folder and a database, with its vectors: nothing is embedded again.

Articles go in the order in which they were stored and keep the time at which they were added, so that an
export of the copy is the same, byte for byte. What is there already is passed over: cut short, it goes on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from ingest.database_address import home_of
from ingest.errors import LibraryError, SourceError
from ingest.report import Failure
from ingest.storage.journal import Prepared
from ingest.storage.last_read import last_read, note_read
from ingest.storage.library import Library
from ingest.storage.second_vectors import SecondVectors

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ingest.database_address import LibraryLocation
    from ingest.storage.record import LiveChunk, Record, Version

VERSIONS_AT_ONCE = 100  # stored in one step: some 1,500 chunks


@dataclass(slots=True)
class Copied:
    """What was copied: live articles, older versions of articles, what was there already, what can't be."""

    articles: int = 0
    older: int = 0
    present: int = 0
    failed: list[Failure] = field(default_factory=list)


def copy_library(
    source: LibraryLocation,
    target: LibraryLocation,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Copied:
    """Copy a library to another place, where it is made if there is none.

    Conversations and people are not its matter (see assistant/store/copying.py). Articles that only the
    target has are left there.

    Args:
        source: Where it is.
        target: Where it is to be.
        progress: Called with how many versions of articles have been looked at, and how many there are.

    Raises:
        LibraryError: one of them can't be used, or both are the same.
        SettingsError: the target was made with another embedder.
    """
    if source == target or home_of(source).resolve() == home_of(target).resolve():
        raise LibraryError("A library can't be copied to where it is. Name another folder or database.")
    with Library.open(source) as original:
        meta = original.record.meta()
        with Library.open(
            target, embedder=meta.embedder, dimension=meta.dimension, write=True, create=True
        ) as other:
            audience = _Audience(original, other)
            copied = _copy_articles(original.record, other, audience, progress)
            _copy_places(original, other)
            audience.take_along()  # as it is by now
            SecondVectors(original.path).copy_to(SecondVectors(other.path))
            there = last_read(other.place)
            for paper, moment in last_read(original.place).items():
                if paper not in there or there[paper] < moment:
                    note_read(other.place, [paper], moment)
    return copied


class _Audience:
    """Says in a copy which articles are for which groups: before they are stored, so that none is for all.

    Somebody may give articles to groups, or add such articles, while the library is being copied.
    """

    def __init__(self, original: Library, other: Library) -> None:
        self._original = original
        self._other = other
        self._state: tuple[int, int] | None = None
        self._said: dict[str, frozenset[str]] = {}
        self._sources: dict[str, frozenset[str]] = {}

    def take_along(self) -> None:
        """Say what has changed since it was said last."""
        state = self._original.record.audience_state()
        if state == self._state:
            return
        by_groups: dict[frozenset[str], list[str]] = {}
        for article_id, groups in self._original.audience().items():
            if self._said.get(article_id) != groups:
                by_groups.setdefault(groups, []).append(article_id)
        for groups, article_ids in by_groups.items():
            self._other.restrict(article_ids, groups)
            self._said |= dict.fromkeys(article_ids, groups)
        for source, groups in self._original.restricted_sources().items():
            if self._sources.get(source) != groups:
                self._other.restrict_source(source, groups)
                self._sources[source] = groups
        self._state = state


def _copy_articles(
    record: Record, other: Library, audience: _Audience, progress: Callable[[int, int], None] | None
) -> Copied:
    copied = Copied()
    total, done = record.count_versions(), 0
    present = other.versions()
    last = 0
    while versions := record.versions_after(last, VERSIONS_AT_ONCE):
        audience.take_along()  # after they were read: they are for no more people than they were then
        wanted = [each for each in versions if each.live and not _is_in(present, each)]
        copied.present += sum(each.live for each in versions) - len(wanted)
        chunks: dict[str, list[LiveChunk]] = {each.article.id: [] for each in wanted}
        for entry in record.entries("c.article = ANY(?) ORDER BY c.row", [each.row for each in wanted]):
            chunks[entry.chunk.article_id].append(entry)
        # What was replaced or removed since the page was read has no chunks any more.
        there = [each for each in wanted if chunks[each.article.id]]
        _store(other, [_prepared(each, chunks[each.article.id]) for each in there], copied)
        _keep(other, [each for each in versions if not each.live], copied)
        last = versions[-1].row
        done += len(versions)
        if progress:
            progress(done, max(done, total))
    return copied


def _is_in(present: dict[str, str], version: Version) -> bool:
    return present.get(version.article.id) == version.article.version


def _prepared(version: Version, chunks: Sequence[LiveChunk]) -> Prepared:
    vectors = np.stack([each.vector for each in chunks])
    return Prepared(version.article, tuple(each.chunk for each in chunks), vectors, version.added)


def _store(other: Library, batch: Sequence[Prepared], copied: Copied) -> None:
    if not batch:
        return
    try:
        other.put(batch)
    except SourceError as error:  # one of them can't be held there
        if len(batch) == 1:
            copied.failed.append(Failure(error.source, error.reason))
        else:
            for each in batch:
                _store(other, [each], copied)
    else:
        copied.articles += len(batch)


def _keep(other: Library, older: Sequence[Version], copied: Copied) -> None:
    """Store texts that were replaced: answers that were given from them cite them."""
    for version in older:
        try:
            copied.older += other.keep(version.article, version.added)
        except SourceError as error:
            copied.failed.append(Failure(error.source, error.reason))


def _copy_places(original: Library, other: Library) -> None:
    for source, patterns in original.places.sources().items():
        other.places.name(source, patterns)
        other.places.note([(source, place) for place in original.places.of(source).values()], {})
    other.places.note([], original.places.validators())
