"""all-MiniLM-L6-v2 as an ONNX graph with 8-bit weights, written node by node.

The graph takes the token ids of texts of equal length and has no mask: the caller runs one text at
a time, which measured as fast as batches, and no text changes the vector of another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from minilm_reference import EPSILON, HEADS, LAYERS, WIDTH, joined
from onnx import TensorProto, helper, numpy_helper

if TYPE_CHECKING:
    from minilm_reference import Array
    from onnx import ModelProto

MAX_TOKENS = 256
OPSET, IR_VERSION = 21, 10
ONNXRUNTIME_DOMAIN = "com.microsoft"

WEIGHT_LIMIT = 96
"""Largest 8-bit weight. Processors without VNNI add pairs of products in 16 bits, and with 127 a share of
2e-5 of these sums overflows: simulated on news, the cosine to the reference falls from .998 to .995. With
96 the share is 1e-7 and nothing is lost (.998); with 63, which can't overflow, it is .996."""

BALANCE = 0.75
"""How much of a channel's range moves from the values, which share one scale, to the weights, which have
one for each output (SmoothQuant's alpha). On news the cosine to the reference is .994 without, .998 from
.7 to .9 with ranges from news, and .997 with those from minilm_texts.txt. One scale for each token
would give .999 and take a tenth more time."""


class Graph:
    """Collects nodes and constants. Methods take and return the names of values."""

    def __init__(self, weights: dict[str, Array], ranges: dict[str, Array]) -> None:
        self._weights = weights
        self._ranges = ranges
        self._nodes: list[Any] = []
        self._constants: list[Any] = []

    def build(self) -> ModelProto:
        """Return the whole model: token ids in; vectors of the sentence and of its tokens out."""
        tokens = self._start()
        for layer in range(LAYERS):
            tokens = self._layer(layer, tokens)
        mean = self._node("ReduceMean", tokens, self._constant("axis", np.array([1])), keepdims=0)
        self._node("LpNormalization", mean, name="sentence", axis=-1, p=2)
        self._node("LpNormalization", tokens, name="tokens", axis=-1, p=2)
        return self._model()

    def _model(self) -> ModelProto:
        value = helper.make_tensor_value_info
        outputs = [
            value("sentence", TensorProto.FLOAT, ["texts", WIDTH]),
            value("tokens", TensorProto.FLOAT, ["texts", "length", WIDTH]),
        ]
        ids = value("ids", TensorProto.INT64, ["texts", "length"])
        graph = helper.make_graph(self._nodes, "all-MiniLM-L6-v2", [ids], outputs, self._constants)
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(ONNXRUNTIME_DOMAIN, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION)

    def _start(self) -> str:
        words, scale = self.words()
        picked = self._node("Cast", self._rows(words), to=TensorProto.FLOAT)
        scaled = self._node("Mul", picked, self._constant("words.scale", scale))
        return self._normalise(self._node("Add", scaled, self._places()), "embeddings")

    def words(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the table of words in 8 bits, and the scale of each of its columns."""
        words = self._weights["embeddings.word_embeddings.weight"]
        scale = np.abs(words).max(axis=0) / 127
        return np.rint(words / scale).astype(np.int8), scale.astype(np.float32)

    def _rows(self, words: np.ndarray) -> str:
        return self._node("Gather", self._constant("words", words), "ids")

    def _places(self) -> str:
        places = self._weights["embeddings.position_embeddings.weight"][:MAX_TOKENS]
        places = places + self._weights["embeddings.token_type_embeddings.weight"][0]
        zero = self._constant("zero", np.array([0]))
        length = self._node("Shape", "ids", start=1, end=2)
        return self._node("Slice", self._constant("places", places.astype(np.float32)), zero, length, zero)

    def _layer(self, layer: int, tokens: str) -> str:
        prefix = f"encoder.layer.{layer}"
        seen = self._linear(f"{layer}.qkv", tokens, *joined(self._weights, layer))
        parts = [f"{layer}.query", f"{layer}.key", f"{layer}.value"]
        self._nodes.append(helper.make_node("Split", [seen], parts, axis=-1, num_outputs=3))
        mixed = self._attention(parts)
        out = self._linear(f"{layer}.out", mixed, *self._dense(f"{prefix}.attention.output"))
        tokens = self._normalise(self._node("Add", out, tokens), f"{prefix}.attention.output")
        weight, bias = self._dense(f"{prefix}.intermediate")
        wide = self._linear(f"{layer}.up", tokens, weight)
        shift = self._constant(f"{layer}.up.shift", bias.astype(np.float32))
        wide = self._node("BiasGelu", wide, shift, domain=ONNXRUNTIME_DOMAIN)
        narrow = self._linear(f"{layer}.down", wide, *self._dense(f"{prefix}.output"))
        return self._normalise(self._node("Add", narrow, tokens), f"{prefix}.output")

    def _attention(self, parts: list[str]) -> str:
        return self._node("MultiHeadAttention", *parts, domain=ONNXRUNTIME_DOMAIN, num_heads=HEADS)

    def _dense(self, name: str) -> tuple[Array, Array]:
        return self._weights[f"{name}.dense.weight"], self._weights[f"{name}.dense.bias"]

    def _linear(self, name: str, values: str, weight: Array, bias: Array | None = None) -> str:
        """Multiply by 8-bit weights, with one scale for each output; the values are scaled as they come."""
        factor = balance(self._ranges[name], weight)
        values = self._node("Mul", values, self._constant(f"{name}.factor", (1 / factor).astype(np.float32)))
        small, scale = rounded(weight * factor)
        inputs = [
            values,
            self._constant(f"{name}.weight", small),
            self._constant(f"{name}.scale", scale),
            self._constant(f"{name}.zero", np.zeros(len(scale), np.int8)),
        ]
        if bias is not None:
            inputs.append(self._constant(f"{name}.bias", bias.astype(np.float32)))
        return self._node("DynamicQuantizeMatMul", *inputs, domain=ONNXRUNTIME_DOMAIN)

    def _normalise(self, values: str, name: str) -> str:
        gain, shift = (
            self._constant(f"{name}.{part}", self._weights[f"{name}.LayerNorm.{part}"].astype(np.float32))
            for part in ("weight", "bias")
        )
        return self._node("LayerNormalization", values, gain, shift, axis=-1, epsilon=EPSILON)

    def _constant(self, name: str, values: np.ndarray) -> str:
        if not any(constant.name == name for constant in self._constants):
            self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _node(self, operator: str, *inputs: str, name: str | None = None, **settings: object) -> str:
        output = name or f"{operator}.{len(self._nodes)}"
        self._nodes.append(helper.make_node(operator, list(inputs), [output], name=output, **settings))
        return output


def rounded(weight: Array) -> tuple[np.ndarray, np.ndarray]:
    """Return weights in 8 bits, inputs × outputs, and the scale of each output."""
    scale = np.abs(weight).max(axis=1) / WEIGHT_LIMIT
    return np.rint(weight / scale[:, None]).astype(np.int8).T, scale.astype(np.float32)


def balance(ranges: Array, weight: Array) -> Array:
    """Return by what to divide each channel of the values and multiply that of the weights."""
    largest = np.abs(weight).max(axis=0)
    factor = ranges**BALANCE / largest ** (1 - BALANCE)
    # Rounded, so that the last bits of another machine's arithmetic don't change the file.
    return np.round(factor / np.exp(np.log(factor).mean()), 3)
