"""Which sentence answers the question: learned weights over what `features` sees."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.features import NAMES, Candidate, features
from assistant.understand import understand
from ingest import Encoded, bundled_encoder, stems

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from assistant.understand import Query

WEIGHTS_FILE = Path(__file__).parent / "models" / "ranking.json"
"""Made by tools/fit_models.py from SQuAD questions; docs/evaluation.md has the figures."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A linear score over standardised features."""

    mean: NDArray[np.float32]
    scale: NDArray[np.float32]
    weight: NDArray[np.float32]

    def score(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return one score a row; higher is better."""
        return np.asarray(((rows - self.mean) / self.scale) @ self.weight, dtype=np.float32)


@cache
def weights() -> Weights:
    """Read the learned weights, in the order of `features.NAMES`."""
    stored = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))["features"]
    return Weights(*(_column(stored, part) for part in ("mean", "scale", "weight")))


def _column(stored: Mapping[str, Mapping[str, float]], part: str) -> NDArray[np.float32]:
    return np.array([stored[name][part] for name in NAMES]).astype(np.float32)


def see(query: Query, candidates: Sequence[Candidate], *, rarity: Mapping[str, float]) -> NDArray[np.float32]:
    """Return the features of each candidate, one row each: columns as in `features.NAMES`."""
    question, encoded = _encode(query, candidates)
    return features(query, candidates, rarity=rarity, question=question, encoded=encoded)


def _encode(query: Query, candidates: Sequence[Candidate]) -> tuple[Encoded, dict[str, Encoded]]:
    """Run the bundled model over the question and every sentence, each text once."""
    texts = list(dict.fromkeys(candidate.text for candidate in candidates))
    encoder = bundled_encoder()
    return _encode_question(query.full_text or query.text), dict(
        zip(texts, encoder.encode(texts), strict=True)
    )


@lru_cache(maxsize=64)
def _encode_question(text: str) -> Encoded:
    return bundled_encoder().encode([text])[0]


def rank_sentences(question: str, sentences: Sequence[str], *, title: str | None = None) -> list[float]:
    """Score the sentences of one text for a question, in their order; higher is better.

    Raises:
        QuestionError: the question is empty or too long.
    """
    query = understand(question)
    texts = list(sentences)
    candidates = [
        Candidate(
            text=text,
            before=texts[index - 1] if index else "",
            after=texts[index + 1] if index + 1 < len(texts) else "",
            title=title or "",
            position=sum(map(len, texts[:index])),
        )
        for index, text in enumerate(texts)
    ]
    if not candidates:
        return []
    rows = see(query, candidates, rarity=_rarities_among(query.words, texts))
    return [float(score) for score in weights().score(rows)]


def rarities(having: Mapping[str, int], total: int) -> dict[str, float]:
    """Return BM25's inverse document frequency of words: `having` counts the texts, of `total`, with each."""
    return {word: log(1.0 + (total - count + 0.5) / (count + 0.5)) for word, count in having.items()}


def _rarities_among(words: Sequence[str], texts: Sequence[str]) -> dict[str, float]:
    sets = [set(stems(text)) for text in texts]
    return rarities({word: sum(word in there for there in sets) for word in words}, len(sets))
