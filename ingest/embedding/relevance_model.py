"""How well passages answer a question, by the bundled cross-encoder for relevance.

It needs no key, no network and no GPU; models/relevance/PROVENANCE.md says where the file comes from.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.settings import library_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from ingest.embedding.crossencoder import CrossEncoder

FOLDER = Path(__file__).parent / "models" / "relevance"


def relevance(question: str, passages: Sequence[str]) -> NDArray[np.float32]:
    """Return a logit for each passage, about -11 (about something else) to 10; higher answers better.

    A passage is best given as "title. sentence": a sentence alone often leaves out what it is about. What
    comes after the first 256 tokens of question and passage together is not read.

    Raises:
        SettingsError: the model's file is not the one that Footnote came with.
    """
    return bundled_relevance().scores([(question, passage) for passage in passages])[:, 0]


def bundled_relevance() -> CrossEncoder:
    """Return the bundled model with the threads of the settings; it is loaded when it is first used."""
    return _model(library_settings().threads)


@cache
def _model(threads: int) -> CrossEncoder:
    from ingest.embedding.crossencoder import CrossEncoder

    return CrossEncoder(FOLDER, threads=threads)
