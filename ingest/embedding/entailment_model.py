"""What a text says of a statement, by the bundled cross-encoder of the check.

It needs no key, no network and no GPU; models/entailment/PROVENANCE.md says where the file comes from.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ingest.settings import library_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ingest.embedding.crossencoder import CrossEncoder

FOLDER = Path(__file__).parent / "models" / "entailment"
LABELS = ("carried", "denied", "not said")


def entailment(pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
    """Return for each statement and text the probabilities of `LABELS`, shape (pairs, 3).

    The text carries the statement, says the reverse, or says nothing of it. It is best given as "title.
    sentences": sentences alone often leave out what they are about. What comes after the first 256 tokens
    of both together is not read.

    Raises:
        SettingsError: the model's file is not the one that Footnote came with.
    """
    logits = bundled_entailment().scores(pairs)
    odds = np.exp(logits - logits.max(axis=1, keepdims=True, initial=-np.inf))
    shares: NDArray[np.float32] = odds / odds.sum(axis=1, keepdims=True)
    return shares


def bundled_entailment() -> CrossEncoder:
    """Return the bundled model with the threads of the settings; it is loaded when it is first used."""
    return _model(library_settings().threads)


@cache
def _model(threads: int) -> CrossEncoder:
    from ingest.embedding.crossencoder import CrossEncoder

    return CrossEncoder(FOLDER, threads=threads, outputs=len(LABELS))
