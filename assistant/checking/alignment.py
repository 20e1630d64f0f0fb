"""Word alignment of a statement with its sources: by stem and synonym, and by the cosine of token vectors."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from assistant.checking.encodings import encoded
from assistant.language.dates import dates
from assistant.language.frequency import rarity
from assistant.language.quantities import quantities
from assistant.language.synonyms import synonyms
from assistant.language.words import Word, all_bases, between

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SYNONYM = 0.85
"""How much a word counts as found when only one that may stand for it is there."""


_FAMILY = 5
"""Letters that words of one family share at least."""


@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """The n content words of a statement, aligned with the words of m sources.

    Arrays of shape (n,): `weights` is the inverse document frequency (`rarity`), `exact` the match by form
    (1 the stem, `SYNONYM` a synonym or a word of the family, else 0), `near` the highest cosine with a word
    of any source, `source` the index of the source with the best match. `cosines`, shape (m,), compares
    whole sentences. `tokens` is the mean over the statement's tokens of the best cosine (MaxSim).
    """

    words: tuple[Word, ...]
    weights: NDArray[np.float64]
    exact: NDArray[np.float64]
    near: NDArray[np.float64]
    source: NDArray[np.int64]
    cosines: NDArray[np.float64]
    tokens: float

    def cover(self, found: NDArray[np.float64]) -> float:
        """Return the weighted share, 0 to 1, of the words that are found; `found` has shape (n,)."""
        total = float(self.weights.sum())
        return float(self.weights @ found) / total if total else 1.0


@lru_cache(maxsize=512)
def _word_vectors(text: str) -> tuple[tuple[Word, ...], NDArray[np.float32]]:
    """Return the words of a text that carry content with the mean vector of the tokens of each."""
    (whole,) = encoded([text])
    words, rows = [], []
    read_to = max((end for _, end in whole.spans), default=0)
    for word in between(text, 0, read_to):
        inside = [
            place for place, (start, end) in enumerate(whole.spans) if start < word.end and end > word.start
        ]
        if word.content and inside and word.start not in _settled(text):
            row = whole.tokens[inside].mean(axis=0)
            words.append(word)
            rows.append(row / (np.linalg.norm(row) or 1.0))
    return tuple(words), np.array(rows, np.float32).reshape(len(rows), whole.sentence.size)


@lru_cache(maxsize=256)
def _settled(text: str) -> frozenset[int]:
    """Return the places of numbers and dates: those are compared as values, not as words."""
    spans = [(when.start, when.end) for when in dates(text)]
    spans += [(each.numeral.start, each.numeral.end) for each in quantities(text)]
    return frozenset(place for span in spans for place in range(*span))


@dataclass(frozen=True, slots=True, eq=False)
class _Pair:
    """A statement beside one source: for each word its form and its best cosine, for each token its best."""

    exact: NDArray[np.float64]
    near: NDArray[np.float64]
    tokens: NDArray[np.float32]
    cosine: float


@lru_cache(maxsize=512)
def _pair(statement: str, source: str) -> _Pair:
    """Hold a statement against one source; kept because it is needed for all sources together too."""
    words, rows = _word_vectors(statement)
    _, their_rows = _word_vectors(source)
    mine, theirs = encoded([statement, source])
    both = len(mine.tokens) and len(theirs.tokens)
    return _Pair(
        exact=np.array([_form(word.base, source) for word in words], np.float64),
        near=(rows @ their_rows.T).max(axis=1) if len(words) and len(their_rows) else np.zeros(len(words)),
        # Late interaction (ColBERT): the best cosine of each token of the statement.
        tokens=(mine.tokens @ theirs.tokens.T).max(axis=1) if both else np.zeros(0, np.float32),
        cosine=float(mine.sentence @ theirs.sentence),
    )


def align(statement: str, sources: Sequence[str]) -> Alignment:
    """Align each content word of the statement with the best word of any source.

    Token vectors are those of the bundled embedder; a word is the mean of its tokens, at length 1. Numbers
    and dates are left out: they are compared as values.
    """
    encoded([statement, *sources])  # all in one run
    words, _ = _word_vectors(statement)
    near = np.zeros(len(words))
    exact = np.zeros(len(words))
    place = np.zeros(len(words), np.int64)
    pairs = [_pair(statement, source) for source in sources]
    for number, pair in enumerate(pairs):
        place[pair.exact + pair.near > exact + near] = number
        exact, near = np.maximum(exact, pair.exact), np.maximum(near, pair.near)
    tokens = [pair.tokens for pair in pairs if len(pair.tokens)]
    return Alignment(
        words=words,
        weights=np.array([rarity(word.base) for word in words]),
        exact=exact,
        near=near,
        source=place,
        cosines=np.array([pair.cosine for pair in pairs]),
        tokens=float(np.max(tokens, axis=0).mean()) if tokens else 0.0,
    )


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
