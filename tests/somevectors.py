"""Vectors for tests of an index, and what it lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ingest.storage.vector_index import VectorIndex


def random_vectors(count: int, dimension: int = 8) -> NDArray[np.float32]:
    """Return so many vectors of length 1, the same ones each time."""
    rows = np.random.default_rng(7).standard_normal((count, dimension)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))


def ids_of(vectors: VectorIndex) -> set[str]:
    """Return all ids that an index lists."""
    return {each for page in vectors.ids() for each in page}
