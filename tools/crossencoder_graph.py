"""The cross-encoder as an ONNX graph: two texts read together, one number out.

The encoder is that of the bundled model, 8-bit weights and all (minilm_graph.py); what differs is that each
token knows which of the two texts it belongs to, and the head.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from minilm_graph import IR_VERSION, MAX_TOKENS, ONNXRUNTIME_DOMAIN, OPSET, Graph
from minilm_reference import layers_of
from onnx import TensorProto, helper

if TYPE_CHECKING:
    from onnx import ModelProto


class PairGraph(Graph):
    """Collects nodes and constants of the cross-encoder."""

    name = "footnote-crossencoder"

    def build(self) -> ModelProto:
        """Return the whole model: token ids and which text each is of in, one number out."""
        tokens = self._start()
        for layer in range(layers_of(self._weights)):
            tokens = self._layer(layer, tokens)
        first = self._node("Gather", tokens, self._constant("first", np.array([0])), axis=1)
        first = self._node("Squeeze", first, self._constant("axis", np.array([1])))
        pooled = self._node("Tanh", self._plain(first, "pooler.dense"))
        self._node("Identity", self._plain(pooled, "head"), name="score")
        value = helper.make_tensor_value_info
        inputs = [value(name, TensorProto.INT64, ["pairs", "length"]) for name in ("ids", "kinds")]
        outputs = [value("score", TensorProto.FLOAT, ["pairs", 1])]
        graph = helper.make_graph(self._nodes, self.name, inputs, outputs, self._constants)
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(ONNXRUNTIME_DOMAIN, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION)

    def _places(self) -> str:
        """Return what a token's place and text add to its word."""
        places = self._weights["embeddings.position_embeddings.weight"][:MAX_TOKENS]
        zero = self._constant("zero", np.array([0]))
        length = self._node("Shape", "ids", start=1, end=2)
        place = self._node("Slice", self._constant("places", places.astype(np.float32)), zero, length, zero)
        kinds = self._weights["embeddings.token_type_embeddings.weight"].astype(np.float32)
        kind = self._node("Gather", self._constant("kinds.table", kinds), "kinds")
        return self._node("Add", place, kind)

    def _plain(self, values: str, name: str) -> str:
        """Multiply by weights of 32 bits: the head is small, and its values decide."""
        weight, bias = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        product = self._node("MatMul", values, self._constant(f"{name}.weight", weight.T.astype(np.float32)))
        return self._node("Add", product, self._constant(f"{name}.bias", bias.astype(np.float32)))
