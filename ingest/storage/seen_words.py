"""Which words articles have for whoever may see only a part of them: the keyword index has those of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ingest.storage.keywords import Keywords
    from ingest.storage.record import Record


class SeenWords:
    """Counts words in what some groups may see, by leaving out what they may not. Safe for many threads."""

    def __init__(self, whole: Record, groups: frozenset[str]) -> None:
        self._whole = whole
        self._groups = groups
        self._known: tuple[object, list[str]] = (None, [])

    def hidden(self) -> list[str]:
        """Return the ids of the articles that are left out, also of those that are being stored."""
        state = self._whole.audience_state()
        if self._known[0] != state:
            self._known = (state, self._whole.hidden_from(self._groups))
        return self._known[1]

    def frequencies(self, stems: Iterable[str], keywords: Keywords) -> dict[str, int]:
        """Return how many chunks that may be seen have each stem in their text."""
        hidden = self.hidden()
        if not hidden:
            return keywords.frequencies(stems)
        return {stem: keywords.count_without(stem, hidden) for stem in stems}

    def absent(self, stems: Iterable[str], keywords: Keywords) -> set[str]:
        """Return those of the stems that nothing has that may be seen, in text or title."""
        hidden = self.hidden()
        if not hidden:
            return keywords.absent(stems)
        return {stem for stem in stems if not keywords.count_without(stem, hidden, titles=True)}
