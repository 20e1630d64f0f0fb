"""fastembed: classifiers of pairs run by onnxruntime, where the user has installed it.

fastembed itself gives the first output of a model alone, which is enough for ranking; here it downloads and
loads the model and cuts texts into tokens, and all outputs are read.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOGETHER = 16
"""Pairs that are run at once."""


class FastembedClassifier:
    """A classifier of fastembed, loaded when it is made: any repository with onnx/model.onnx, or a folder."""

    def __init__(self, model: str) -> None:
        from fastembed.common.model_description import (  # type: ignore[import-not-found]  # optional
            ModelSource,
        )
        from fastembed.rerank.cross_encoder import (  # type: ignore[import-not-found]  # optional
            TextCrossEncoder,
        )

        known = {item["model"].lower() for item in TextCrossEncoder.list_supported_models()}
        if model.lower() not in known:
            TextCrossEncoder.add_custom_model(model, sources=ModelSource(hf=model))
        place = {"specific_model_path": model} if Path(model).is_dir() else {}
        self._inner = TextCrossEncoder(model_name=model, **place).model
        config = json.loads((Path(self._inner._model_dir) / "config.json").read_text("utf-8"))  # noqa: SLF001
        names = config.get("id2label", {})
        self.labels: Sequence[str] = [str(names[place]) for place in sorted(names, key=int)]

    def logits(self, pairs: Sequence[tuple[str, str]]) -> list[list[float]]:
        """Return the outputs for each text and statement."""
        found: list[list[float]] = []
        for start in range(0, len(pairs), _TOGETHER):
            found += self._run(list(pairs[start : start + _TOGETHER]))
        return found

    def _run(self, pairs: list[tuple[str, str]]) -> list[list[float]]:
        read = self._inner.tokenize(pairs)
        given = {
            "input_ids": [each.ids for each in read],
            "attention_mask": [each.attention_mask for each in read],
            "token_type_ids": [each.type_ids for each in read],
        }
        wanted = {node.name for node in self._inner.model.get_inputs()}
        inputs = {name: np.array(ids, dtype=np.int64) for name, ids in given.items() if name in wanted}
        (outputs, *_) = self._inner.model.run(None, inputs)
        return [[float(value) for value in row] for row in outputs]
