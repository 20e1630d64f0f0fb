"""sentence-transformers: classifiers of pairs run by PyTorch, where the user has installed it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


class TransformersClassifier:
    """A classifier of sentence-transformers 4 or later, loaded when it is made; its code is not trusted."""

    def __init__(self, model: str) -> None:
        from sentence_transformers import CrossEncoder  # type: ignore[import-not-found]  # optional

        self._model = CrossEncoder(model)
        names = self._model.config.id2label
        self.labels: Sequence[str] = [str(names[place]) for place in sorted(names)]

    def logits(self, pairs: Sequence[tuple[str, str]]) -> list[list[float]]:
        """Return the outputs for each text and statement."""
        found = self._model.predict(list(pairs), activation_fn=_unchanged, show_progress_bar=False)
        return [[float(value) for value in row] for row in found]


def _unchanged(logits: Any) -> Any:  # noqa: ANN401  # tensors of PyTorch, which is not imported here
    return logits
