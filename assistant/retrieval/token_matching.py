"""Late interaction (MaxSim): question tokens against sentence tokens, each sentence encoded in its context.

Sentences that stand together are read together, so that "he" and "the company" carry what they stand for;
it is also quicker than reading each alone. What counts is then kept apart sentence by sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from assistant.retrieval.passage_cache import read
from ingest import Encoded, bundled_encoder, content_stems

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

_WORD = re.compile(r"[^\W_]+")
TYPICAL = 4
"""Baseline: the mean of each question token's four best scores; only what exceeds it counts."""


@dataclass(frozen=True, slots=True, eq=False)
class Matches:
    """What the model sees of each sentence, one value (or row) for each, in the order given.

    `best` has the best match of each token of the question among the sentence's (ColBERT's MaxSim, Khattab
    and Zaharia 2020), `cosine` compares the sentence's mean vector with the question's. `weight` says how
    much each token of the question counts: the rarity of its word, 0 for words without content.
    """

    best: NDArray[np.float32]
    cosine: NDArray[np.float32]
    weight: NDArray[np.float32]

    @property
    def tokens(self) -> NDArray[np.float32]:
        """The mean best match: every token of the question counts alike."""
        return self._mean(np.ones_like(self.weight))

    @property
    def weighted(self) -> NDArray[np.float32]:
        """The mean best match where rare words of the question count more and empty ones nothing."""
        return self._mean(self.weight)

    @property
    def gain(self) -> NDArray[np.float32]:
        """How far a sentence goes beyond what several others match as well."""
        if not len(self.best):
            return np.zeros(0, np.float32)
        typical = np.sort(self.best, axis=0)[-TYPICAL:].mean(axis=0)
        return Matches(np.maximum(self.best - typical, 0), self.cosine, self.weight).weighted

    def _mean(self, weight: NDArray[np.float32]) -> NDArray[np.float32]:
        total = float(weight.sum())
        if not total:
            return np.zeros(len(self.best), np.float32)
        return np.asarray(self.best @ weight / total, dtype=np.float32)


def match(
    question: str, sentences: Sequence[str], runs: Sequence[int], rarity: Mapping[str, float]
) -> Matches:
    """Match a question with sentences; neighbours of the same number in `runs` are read together."""
    asked = encoded_question(question)
    best = np.zeros((len(sentences), len(asked.tokens)), np.float32)
    cosine = np.zeros(len(sentences), np.float32)
    for place, tokens in enumerate(_tokens_of(sentences, runs)):
        if len(tokens) and len(asked.tokens):
            best[place] = (asked.tokens @ tokens.T).max(axis=1)
            mean = tokens.mean(axis=0)
            cosine[place] = float(mean @ asked.sentence) / max(float(np.linalg.norm(mean)), 1e-9)
    return Matches(best, cosine, _weight(question, asked, rarity))


@lru_cache(maxsize=64)
def encoded_question(text: str) -> Encoded:
    """Return the question as the bundled model reads it."""
    return bundled_encoder().encode([text])[0]


def _tokens_of(sentences: Sequence[str], runs: Sequence[int]) -> list[NDArray[np.float32]]:
    """Return the token vectors of each sentence; one beyond what the model reads is read on its own."""
    groups = [list(places) for _, places in groupby(range(len(sentences)), key=lambda place: runs[place])]
    together = read([" ".join(sentences[place] for place in places) for places in groups])
    found = [np.zeros((0, 0), np.float32)] * len(sentences)
    for places, (tokens, begins) in zip(groups, together, strict=True):
        exact, start = tokens.astype(np.float32), 0
        for place in places:
            end = start + len(sentences[place])
            first, after = np.searchsorted(begins, (start, end))
            found[place] = exact[first:after]
            start = end + 1
    unread = [place for place, tokens in enumerate(found) if not len(tokens) and sentences[place].strip()]
    for place, (tokens, _) in zip(unread, read([sentences[place] for place in unread]), strict=True):
        found[place] = tokens.astype(np.float32)
    return found


def _weight(question: str, asked: Encoded, rarity: Mapping[str, float]) -> NDArray[np.float32]:
    """Return the rarity of the word that each token of the question belongs to."""
    words = [(found.start(), found.end(), found.group()) for found in _WORD.finditer(question)]
    weight = np.zeros(len(asked.tokens), np.float32)
    for place, (begin, _) in enumerate(asked.spans):
        word = next((text for start, end, text in words if start <= begin < end), "")
        weight[place] = max((rarity.get(stem, 0.0) for stem in content_stems(word)), default=0.0)
    return weight
