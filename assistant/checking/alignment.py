"""Which content words of a statement stand in its sources, by stem, synonym or family."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.language.dates import dates
from assistant.language.quantities import quantities
from assistant.language.thesaurus import synonyms
from assistant.language.words import Word, all_bases, rarity, read_words

if TYPE_CHECKING:
    from collections.abc import Sequence

SYNONYM = 0.85
"""How much a word counts as found when only one that may stand for it is there."""
FOUND = 0.5
"""What a word counts from which it is found."""
_FAMILY = 5
"""Letters that words of one family share at least."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The n content words of a statement beside its sources; numbers and dates are left out.

    Each has n entries: `weights` is the inverse document frequency (`rarity`), `found` is 1 for a word
    whose stem stands in a source, `SYNONYM` for one of the same meaning or family, else 0, `source` is the
    place of the first source that has most of it.
    """

    words: tuple[Word, ...]
    weights: tuple[float, ...]
    found: tuple[float, ...]
    source: tuple[int, ...]

    @property
    def cover(self) -> float:
        """The share, 0 to 1, of the words' weight that is found; 1 where there are none."""
        total = sum(self.weights)
        found = sum(weight * found for weight, found in zip(self.weights, self.found, strict=True))
        return found / total if total else 1.0

    @property
    def closest(self) -> tuple[int, ...]:
        """The places of the sources that have words, in order; all where none has any."""
        pairs = zip(self.source, self.found, strict=True)
        return tuple(sorted({place for place, found in pairs if found})) or tuple(sorted(set(self.source)))

    @property
    def lost(self) -> str:
        """The rarest word that is not found, empty where all are."""
        missing = [
            (weight, word.text)
            for weight, word, found in zip(self.weights, self.words, self.found, strict=True)
            if found < FOUND
        ]
        return max(missing)[1] if missing else ""


def align(statement: str, sources: Sequence[str]) -> Alignment:
    """Hold each content word of the statement against the words of each source; there must be one."""
    settled = _settled(statement)
    words = tuple(word for word in read_words(statement) if word.content and word.start not in settled)
    held = [[_form(word.base, source) for source in sources] for word in words]
    return Alignment(
        words=words,
        weights=tuple(rarity(word.base) for word in words),
        found=tuple(max(row) for row in held),
        source=tuple(row.index(max(row)) for row in held),
    )


def _settled(text: str) -> frozenset[int]:
    """Return the places of numbers and dates: those are compared as values, not as words."""
    spans = [(when.start, when.end) for when in dates(text)]
    spans += [(each.numeral.start, each.numeral.end) for each in quantities(text)]
    return frozenset(place for span in spans for place in range(*span))


def _form(base: str, source: str) -> float:
    if base in all_bases(source):
        return 1.0
    begun = _by_beginning(source).get(base[:_FAMILY], ())
    if synonyms().get(base, frozenset()) & all_bases(source) or any(_akin(base, other) for other in begun):
        return SYNONYM
    return 0.0


@lru_cache(maxsize=512)
def _by_beginning(text: str) -> dict[str, list[str]]:
    """Return the base forms of a text by the letters that a family has in common; not to be changed."""
    found: dict[str, list[str]] = {}
    for base in all_bases(text):
        found.setdefault(base[:_FAMILY], []).append(base)
    return found


def _akin(one: str, other: str) -> bool:
    """Say whether two words are of one family: march and marcher, investigation and investigator."""
    shared = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        shared += 1
    return shared >= max(_FAMILY, 0.7 * max(len(one), len(other)))
