"""For which groups the articles of a run are: those that were named, or those of their source or export.

What is in the library keeps its groups, unless groups are named: then all that the run reads is for them.
What an export says of groups takes articles from others, and never opens what is for some alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ingest.readers.sources import is_address

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ingest.article import Article
    from ingest.readers.common.exported import Exported
    from ingest.storage.library import Library


class Audience:
    """The groups of the articles of one run."""

    def __init__(self, library: Library, named: frozenset[str]) -> None:
        self._library = library
        self._named = named
        self._known = library.audience()
        self._sources = library.restricted_sources()
        self._anew: dict[str, frozenset[str]] = {}
        self.told: dict[str, frozenset[str]] = {}

    def of(self, article_id: str) -> frozenset[str]:
        """Return for which groups an article is."""
        return self._known.get(article_id, frozenset())

    def coming(self, article: Article, source: str | None, export: Exported | None) -> frozenset[str]:
        """Return for which groups an article is to be that is read now, from a source if it has one.

        Of a record of an export, that is how the place of the record has it, then how the record has it.
        """
        place = export.place if export else article.origin
        groups = self._named or self.of(article.id) or self._where_it_lies(place, source)
        if groups or not export:
            return groups
        return export.groups or self._where_it_lies(article.origin, None)

    def read_from(self, source: str) -> None:
        """Note that the articles of a source are for the groups that were named."""
        if self._named and self._sources.get(source) != self._named:
            self._library.restrict_source(source, self._named)
            self._sources[source] = self._named

    def known(self, article_id: str, said: frozenset[str] = frozenset()) -> None:
        """Note that an article which is in the library was read again, and the groups that an export has."""
        if self._named:
            if self.of(article_id) != self._named:
                self._anew[article_id] = self._named
        elif said and not self.of(article_id):
            self._anew.setdefault(article_id, said)

    def tell(self, source: str, groups: frozenset[str]) -> None:
        """Note that an export has a source for some groups: it is so from the end of the run on."""
        self.told.setdefault(source, self._named or groups)

    def stored(self, article_id: str, groups: frozenset[str]) -> None:
        """Note for which groups an article is that is about to be stored."""
        if groups:
            self._known[article_id] = groups

    def note(self) -> None:
        """Write down what was noted."""
        by_groups: dict[frozenset[str], list[str]] = {}
        for article_id, groups in self._anew.items():
            by_groups.setdefault(groups, []).append(article_id)
        for groups, article_ids in by_groups.items():
            self._library.restrict(article_ids, groups, only_open=not self._named)
        self._known |= self._anew
        self._anew.clear()

    def note_told(self) -> None:
        """Write down what exports have said of sources; what the library knows better stays."""
        for source, groups in self.told.items():
            self._library.restrict_source(source, groups, only_open=True)

    def after(self, public: Iterable[tuple[str, str, str | None]]) -> None:
        """See to it that articles stored for all are still to be so; of each are given id, place and source.

        Where several write, their source may have been given to a group since they were read. Whoever did so
        has not met them, unless it was noted before where they lie.
        """
        listed = [] if self._named else list(public)
        if not listed:
            return
        self._sources = self._library.restricted_sources()
        for article_id, origin, source in listed:
            if groups := self._where_it_lies(origin, source):
                self._library.restrict([article_id], groups)
                self._known[article_id] = groups

    def _where_it_lies(self, origin: str, source: str | None) -> frozenset[str]:
        """Return the groups of the nearest folder, archive or file around a place, else those of its source.

        A folder that is for a group stays so where the folders above it are read.
        """
        if self._sources and not is_address(origin):
            for end in range(len(origin), 0, -1):
                if (end == len(origin) or origin[end] in "/#") and (found := self._sources.get(origin[:end])):
                    return found
        return self._of_source(source) if source else frozenset()

    def _of_source(self, source: str) -> frozenset[str]:
        """Return the groups of a source, or of the folder that it lies in."""
        if source in self._sources or "://" in source:
            return self._sources.get(source, frozenset())
        folders = (self._sources.get(str(folder)) for folder in Path(source).parents)
        return next(filter(None, folders), frozenset())
