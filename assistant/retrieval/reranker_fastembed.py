"""fastembed: cross-encoders run by onnxruntime, where the user has installed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class FastembedReranker:
    """A cross-encoder of fastembed, loaded when it is made."""

    def __init__(self, model: str) -> None:
        from fastembed.rerank.cross_encoder import (  # type: ignore[import-not-found]  # optional
            TextCrossEncoder,
        )

        self._model = TextCrossEncoder(model_name=model)

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        """Return one number for each text; higher answers better."""
        return [float(score) for score in self._model.rerank(question, list(texts))]
