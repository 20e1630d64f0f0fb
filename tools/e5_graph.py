"""multilingual-e5-small as an ONNX graph with 8-bit weights: the layers alone.

The table of words has 250,000 rows, of which a text needs a hundred. It stays outside, in 4 bits, and the
graph takes the rows of a text's pieces; all else is as in the graph of the bundled embedder.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from e5_package import LAYERS, whole
from minilm_graph import IR_VERSION, MAX_TOKENS, ONNXRUNTIME_DOMAIN, OPSET, Graph
from minilm_reference import WIDTH, Reference
from onnx import TensorProto, helper

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from minilm_reference import Array
    from onnx import ModelProto

NAME = "multilingual-e5-small"
PLACES, KINDS = "embeddings.position_embeddings.weight", "embeddings.token_type_embeddings.weight"


class E5Graph(Graph):
    """Collects nodes and constants: the rows of one text's pieces in, its vector of length 1 out."""

    def build(self) -> ModelProto:
        """Return the whole model."""
        tokens = self._start()
        for layer in range(LAYERS):
            tokens = self._layer(layer, tokens)
        mean = self._node("ReduceMean", tokens, self._constant("axis", np.array([1])), keepdims=0)
        self._node("LpNormalization", mean, name="sentence", axis=-1, p=2)
        value = helper.make_tensor_value_info
        words = value("words", TensorProto.FLOAT, ["texts", "length", WIDTH])
        vector = value("sentence", TensorProto.FLOAT, ["texts", WIDTH])
        graph = helper.make_graph(self._nodes, NAME, [words], [vector], self._constants)
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(ONNXRUNTIME_DOMAIN, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION)

    def _start(self) -> str:
        places = (self._weights[PLACES][:MAX_TOKENS] + self._weights[KINDS][0]).astype(np.float32)
        zero = self._constant("zero", np.array([0]))
        length = self._node("Shape", "words", start=1, end=2)
        placed = self._node("Slice", self._constant("places", places), zero, length, zero)
        return self._normalise(self._node("Add", "words", placed), "embeddings")


class E5Reference(Reference):
    """The model in double precision, one text at a time; `words` is its table, rows × 216 bytes."""

    def __init__(self, weights: Mapping[str, Array], words: np.ndarray) -> None:
        super().__init__(dict(weights))
        self._words = words

    def _start(self, ids: Sequence[int], kinds: Sequence[int]) -> Array:
        placed = self._weights[PLACES][: len(ids)] + self._weights[KINDS][list(kinds)]
        return self._normalise(whole(self._words[list(ids)]) + placed, "embeddings")
