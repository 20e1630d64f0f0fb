"""For which groups the articles of a run are: those that were named, or those of their source.

What is in the library keeps its groups, unless groups are named: then all that the run reads is for them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.storage.library import Library


class Audience:
    """The groups of the articles of one run."""

    def __init__(self, library: Library, named: frozenset[str]) -> None:
        self._library = library
        self._named = named
        self._known = library.audience()
        self._sources = library.restricted_sources()
        self._anew: set[str] = set()

    def of(self, article_id: str) -> frozenset[str]:
        """Return for which groups an article is."""
        return self._known.get(article_id, frozenset())

    def coming(self, article_id: str, source: str | None) -> frozenset[str]:
        """Return for which groups an article is to be that is read now, from a source if it has one."""
        return self._named or self.of(article_id) or (self._of_source(source) if source else frozenset())

    def read_from(self, source: str) -> None:
        """Note that the articles of a source are for the groups that were named."""
        if self._named and self._sources.get(source) != self._named:
            self._library.restrict_source(source, self._named)
            self._sources[source] = self._named

    def known(self, article_id: str) -> None:
        """Note that an article which is in the library was read again."""
        if self._named and self._known.get(article_id) != self._named:
            self._anew.add(article_id)

    def stored(self, article_id: str, groups: frozenset[str]) -> None:
        """Note for which groups an article is that is about to be stored."""
        if groups:
            self._known[article_id] = groups

    def note(self) -> None:
        """Write down what was noted."""
        if self._anew:
            self._library.restrict(self._anew, self._named)
            self._known |= dict.fromkeys(self._anew, self._named)
            self._anew.clear()

    def _of_source(self, source: str) -> frozenset[str]:
        """Return the groups of a source, or of the folder that it lies in."""
        if source in self._sources or "://" in source:
            return self._sources.get(source, frozenset())
        folders = (self._sources.get(str(folder)) for folder in Path(source).parents)
        return next(filter(None, folders), frozenset())
