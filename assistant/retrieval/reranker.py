"""Reranking by a cross-encoder that the settings name: it reads question and sentence together.

None comes with Footnote. The package that runs it is installed by the user, and the model is downloaded by
that package to the user's machine the first time.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Protocol

import numpy as np

from assistant.retrieval.relevance import behind
from ingest import SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

RERANKED = 30
"""Sentences that the cross-encoder reads, the best of the own ranking: it takes milliseconds for each."""

PACKAGES = ("fastembed", "sentence-transformers")


class Reranker(Protocol):
    """What a cross-encoder can do."""

    def score(self, question: str, texts: Sequence[str], /) -> Sequence[float]:
        """Return one number for each text; higher answers better. Its scale is the model's own."""
        ...


def load_reranker(name: str) -> Reranker | None:
    """Return the cross-encoder that the setting names as package:model; None for an empty name.

    Raises:
        SettingsError: the name has another form, or the package is not installed or can't load the model.
    """
    return _load(name.strip()) if name.strip() else None


@cache
def _load(name: str) -> Reranker:
    package, _, model = name.partition(":")
    if package not in PACKAGES or not model:
        raise SettingsError(
            f"FOOTNOTE_RERANKER={name} names no cross-encoder. Write package:model, for example "
            "fastembed:Xenova/ms-marco-MiniLM-L-6-v2; packages are " + " and ".join(PACKAGES) + "."
        )
    try:
        if package == "fastembed":
            from assistant.retrieval.reranker_fastembed import FastembedReranker

            return FastembedReranker(model)
        from assistant.retrieval.reranker_transformers import TransformersReranker

        return TransformersReranker(model)
    except ModuleNotFoundError as error:
        raise SettingsError(
            f"FOOTNOTE_RERANKER needs the package {package}, which is not installed. "
            f"Run `pip install {package}` in Footnote's environment, or leave the setting empty."
        ) from error
    except Exception as error:  # whatever the package raises for a model that it can't fetch or read
        raise SettingsError(
            f"The cross-encoder {model} could not be loaded by {package} ({type(error).__name__}). Check its "
            "name and, the first time, that this machine may download it; or leave FOOTNOTE_RERANKER empty."
        ) from error


def rerank(
    reranker: Reranker, question: str, texts: Sequence[str], scores: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the scores with the best of them reordered by both rankings, theirs counting double.

    Who names a cross-encoder wants its order; with equal weights, two sentences that they differ about tie.

    Level and spread stay those of the own scores, so that what is shown beside the best stays the same rule.
    The other sentences keep their scores and come after.
    """
    best = np.argsort(-scores, kind="stable")[:RERANKED]
    if not len(best):
        return scores
    theirs = np.asarray(reranker.score(question, [texts[place] for place in best]), dtype=np.float32)
    own = scores[best]
    both = _standard(own) + 2 * _standard(_finite(theirs))
    result = scores.copy()
    result[best] = own.mean() + _standard(both) * own.std()
    return behind(result, best)


def _finite(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return numbers that can be calculated with: a model's scores lie within a few hundred of 0."""
    return np.clip(np.nan_to_num(values), -1e3, 1e3)


def _standard(values: NDArray[np.float32]) -> NDArray[np.float32]:
    spread = float(values.std())
    return (values - values.mean()) / spread if spread else np.zeros_like(values)
