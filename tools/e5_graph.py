"""multilingual-e5-small as ONNX graphs with 8-bit weights: its layers alone, in two halves.

The table of words has 250,000 rows, of which a text needs a hundred. It stays outside, in 4 bits, and the
lower half takes the rows of a text's pieces. What it gives is read by two upper halves: the model's own,
which makes the text's vector, and that of the model for answers, whose tokens are held against a question's.
All else is as in the graph of the bundled embedder.
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
LOWER = 6
"""Layers of the lower half."""
TOKENS: list[str | int] = ["texts", "length", WIDTH]
PLACES, KINDS = "embeddings.position_embeddings.weight", "embeddings.token_type_embeddings.weight"
CENTRE = 0.85
"""About how like each other the tokens of any two texts are; it only moves the score."""


class E5Graph(Graph):
    """Collects the nodes and constants of a half, for one text at a time."""

    def _finished(self, name: str, inputs: Sequence[str], output: tuple[str, list[str | int]]) -> ModelProto:
        """Return the model. Its inputs are tokens, its output is of the shape given."""
        given = [helper.make_tensor_value_info(each, TensorProto.FLOAT, TOKENS) for each in inputs]
        made = helper.make_tensor_value_info(output[0], TensorProto.FLOAT, output[1])
        graph = helper.make_graph(self._nodes, name, given, [made], self._constants)
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(ONNXRUNTIME_DOMAIN, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION)

    def _mean(self, tokens: str) -> str:
        return self._node("ReduceMean", tokens, self._constant("axis", np.array([1])), keepdims=0)


class LowerHalf(E5Graph):
    """The rows of one text's pieces in, its tokens as the sixth layer sees them out."""

    def build(self) -> ModelProto:
        """Return the whole model."""
        tokens = self._start()
        for layer in range(LOWER):
            tokens = self._layer(layer, tokens)
        self._node("Identity", tokens, name="tokens")
        return self._finished(f"{NAME}, lower half", ["words"], ("tokens", TOKENS))

    def _start(self) -> str:
        places = (self._weights[PLACES][:MAX_TOKENS] + self._weights[KINDS][0]).astype(np.float32)
        zero = self._constant("zero", np.array([0]))
        length = self._node("Shape", "words", start=1, end=2)
        placed = self._node("Slice", self._constant("places", places), zero, length, zero)
        return self._normalise(self._node("Add", "words", placed), "embeddings")


class UpperHalf(E5Graph):
    """The tokens of the lower half in, the text's vector of length 1 out."""

    def build(self) -> ModelProto:
        """Return the whole model."""
        tokens = "tokens"
        for layer in range(LOWER, LAYERS):
            tokens = self._layer(layer, tokens)
        self._node("LpNormalization", self._mean(tokens), name="sentence", axis=-1, p=2)
        return self._finished(f"{NAME}, upper half", ["tokens"], ("sentence", ["texts", WIDTH]))


class AnswersHalf(E5Graph):
    """The tokens of the lower half in, as the model for answers sees them out."""

    def build(self) -> ModelProto:
        """Return the whole model."""
        tokens = "tokens"
        for layer in range(LOWER, LAYERS):
            tokens = self._layer(layer, tokens)
        self._node("Identity", tokens, name="read")
        return self._finished("footnote-answers, upper half", ["tokens"], ("read", TOKENS))


class HeldAgainst(E5Graph):
    """The tokens of a question and of a text in, the logit of the text's answering it out.

    It is the sum of how like each other the means are, of how like each token of the question is to the
    likest of the text (MaxSim; Khattab and Zaharia 2020), and of what a small network makes of both means.
    """

    def build(self) -> ModelProto:
        """Return the whole model."""
        asked, told = self._mean("question"), self._mean("text")
        one, other = (self._node("LpNormalization", each, axis=-1, p=2) for each in (asked, told))
        both = self._node("Mul", one, other)
        cosine = self._node("ReduceSum", both, self._constant("axis", np.array([1])), keepdims=0)
        tokens, others = (self._node("LpNormalization", each, axis=-1, p=2) for each in ("question", "text"))
        turned = self._node("Transpose", others, perm=[0, 2, 1])
        near = self._node(
            "ReduceMax",
            self._node("MatMul", tokens, turned),
            self._constant("last", np.array([2])),
            keepdims=0,
        )
        likest = self._node("ReduceMean", near, self._constant("axis", np.array([1])), keepdims=0)
        apart = self._node("Abs", self._node("Sub", one, other))
        wide, half = (
            self._constant(name, np.array(value, np.float32))
            for name, value in (("wide", WIDTH**0.5), ("half", 0.5))
        )
        seen = [self._node("Mul", both, wide), self._node("Mul", apart, wide), self._node("Mul", asked, half)]
        hidden = self._node("Tanh", self._plain(self._node("Concat", *seen, axis=-1), "h1"))
        judged = self._node("Squeeze", self._plain(hidden, "h2"), self._constant("axis", np.array([1])))
        first, second, centre = (float(each) for each in self._weights["mix"])
        parts = [
            self._scaled(cosine, first, first * centre + float(self._weights["bias"])),
            self._scaled(likest, second, -second * CENTRE),
            judged,
        ]
        self._node("Sum", *parts, name="logit")
        return self._finished("footnote-answers, head", ["question", "text"], ("logit", ["texts"]))

    def _scaled(self, values: str, factor: float, shift: float) -> str:
        times, plus = (
            self._constant(f"{values}.{name}", np.array(number, np.float32))
            for name, number in (("times", factor), ("plus", shift))
        )
        return self._node("Add", self._node("Mul", values, times), plus)

    def _plain(self, values: str, name: str) -> str:
        """Multiply by weights of 32 bits: they are few, and their values decide."""
        weight, bias = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        product = self._node("MatMul", values, self._constant(f"{name}.weight", weight.T.astype(np.float32)))
        return self._node("Add", product, self._constant(f"{name}.bias", bias.astype(np.float32)))


class E5Reference(Reference):
    """The model in double precision, one text at a time; `words` is its table, rows × 216 bytes."""

    def __init__(self, weights: Mapping[str, Array], words: np.ndarray) -> None:
        super().__init__(dict(weights))
        self._words = words

    def _start(self, ids: Sequence[int], kinds: Sequence[int]) -> Array:
        placed = self._weights[PLACES][: len(ids)] + self._weights[KINDS][list(kinds)]
        return self._normalise(whole(self._words[list(ids)]) + placed, "embeddings")
