"""Small real stand-ins that tests pass through the public doors. No mock objects."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

import numpy as np

from ingest import SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


class WordEmbeddings:
    """An Embedder whose vectors can be worked out by hand: every word adds 1 at its place.

    A word's place is the CRC-32 of its lower-case form, modulo the dimension; the row is then made
    length 1. Texts with the same words have cosine 1. A text without words points at place 0.
    """

    def __init__(self, *, dimension: int = 32, name: str = "words-32") -> None:
        self.name = name
        self.dimension = dimension

    def place(self, word: str) -> int:
        """Return where a word is counted."""
        return zlib.crc32(word.lower().encode("utf-8", "replace")) % self.dimension

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Count the words of each text and make the rows length 1."""
        rows = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in re.findall(r"\w+", text) or [""]:
                row[self.place(word)] += 1
        unit: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit


class Recording(WordEmbeddings):
    """Word-count vectors that remember what they were asked for, and fail where told to."""

    def __init__(self, *, poison: str = "", outage: str = "") -> None:
        super().__init__()
        self.texts: list[str] = []
        self.poison, self.outage = poison, outage

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Note the texts, then fail or count words."""
        self.texts += texts
        if self.poison and any(self.poison in text for text in texts):
            raise RecursionError("poisoned")
        if self.outage and any(self.outage in text for text in texts):
            raise SettingsError("The provider refused the key. Check it.")
        return super().embed(texts)
