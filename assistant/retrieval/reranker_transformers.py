"""sentence-transformers: cross-encoders run by PyTorch, where the user has installed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class TransformersReranker:
    """A cross-encoder of sentence-transformers, loaded when it is made."""

    def __init__(self, model: str) -> None:
        from sentence_transformers import CrossEncoder  # type: ignore[import-not-found]  # optional

        self._model = CrossEncoder(model)

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        """Return one number for each text; higher answers better."""
        scores = self._model.predict([(question, text) for text in texts], show_progress_bar=False)
        return [float(score) for score in scores]
