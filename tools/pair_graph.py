"""A cross-encoder as an ONNX graph: two texts read together, one number or several out.

Its values are rounded with scales fixed beforehand. So pairs can be run in small batches, which reads the
weights once for all of them, and no pair changes the numbers of another beyond the last digits. The table of
words stands in a file of its own, which the models that have the same one share; its rows are an input.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np
from make_minilm import FOLDER as MINILM
from minilm_graph import IR_VERSION, MAX_TOKENS, ONNXRUNTIME_DOMAIN, OPSET, Graph, balance, rounded
from minilm_reference import HEADS, WIDTH, joined, layers_of
from onnx import TensorProto, helper

if TYPE_CHECKING:
    from pathlib import Path

    from minilm_reference import Array
    from onnx import ModelProto
    from tokenizers import Encoding

GELU_LOWEST = 0.17
"""How far below 0 the values are that come out of the layers' activation."""

PARTS = ("query", "key", "value")
WORDS = MINILM.parent / "relevance" / "words.bin"
"""The table of words of both cross-encoders: training leaves it as it is."""


class PairGraph(Graph):
    """Collects nodes and constants. Token 0 fills up shorter pairs of a batch and is not looked at."""

    def __init__(self, weights: dict[str, Array], ranges: dict[str, Array], name: str) -> None:
        super().__init__(weights, ranges)
        self._name = name

    def build(self) -> ModelProto:
        """Return the model: token ids, the text and the row of words of each in, the head's numbers out."""
        tokens = self._start()
        for layer in range(layers_of(self._weights)):
            tokens = self._layer(layer, tokens)
        first = self._node("Gather", tokens, self._constant("first", np.array([0])), axis=1)
        first = self._node("Squeeze", first, self._constant("axis", np.array([1])))
        pooled = self._node("Tanh", self._plain(first, "pooler.dense"))
        self._node("Identity", self._plain(pooled, "head"), name="score")
        value = helper.make_tensor_value_info
        inputs = [value(name, TensorProto.INT64, ["pairs", "length"]) for name in ("ids", "kinds")]
        inputs.append(value("words", TensorProto.INT8, ["pairs", "length", WIDTH]))
        outputs = [value("score", TensorProto.FLOAT, ["pairs", len(self._weights["head.bias"])])]
        graph = helper.make_graph(self._nodes, self._name, inputs, outputs, self._constants)
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

    def write(self, folder: Path, words: Path) -> bytes:
        """Write the model with its checksums, and return it.

        The table of words is written where `words` lies in the folder, too; elsewhere it has to be the same.
        """
        folder.mkdir(parents=True, exist_ok=True)
        table = self.words()[0].tobytes()
        files = {"model.onnx": self.build().SerializeToString(deterministic=True)}
        if words.parent == folder:
            files[words.name] = table
        elif words.read_bytes() != table:
            raise SystemExit(f"{words} is not this model's table of words.")
        for name, content in files.items():
            (folder / name).write_bytes(content)
        lines = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
        (folder / "CHECKSUMS").write_text(lines, "utf-8")
        print(lines, end="")
        return files["model.onnx"]

    def _rows(self, words: np.ndarray) -> str:  # noqa: ARG002  # they stand in their own file
        return "words"

    def _start(self) -> str:
        filled = self._node("Cast", "ids", to=TensorProto.BOOL)
        self._node("Cast", filled, name="mask", to=TensorProto.INT32)
        return super()._start()

    def _layer(self, layer: int, tokens: str) -> str:
        """Return the tokens after a layer; after the last only the first one, which the head reads."""
        prefix = f"encoder.layer.{layer}"
        weight, bias = self._dense(f"{prefix}.attention.output")
        factor = balance(self._ranges[f"{layer}.out"], weight)
        last = layer == layers_of(self._weights) - 1
        mixed = self._mixed(layer, tokens, factor, first_only=last)
        tokens = self._first(tokens) if last else tokens
        small = self._small(f"{layer}.out", mixed, self._ranges[f"{layer}.out"] / factor)
        out = self._product(f"{layer}.out", small, weight * factor, bias)
        tokens = self._normalise(self._node("Add", out, tokens), f"{prefix}.attention.output")
        wide = self._balanced(f"{layer}.up", tokens, *self._dense(f"{prefix}.intermediate"))
        wide = self._node("Gelu", wide, domain=ONNXRUNTIME_DOMAIN)
        narrow = self._balanced(f"{layer}.down", wide, *self._dense(f"{prefix}.output"), lowest=GELU_LOWEST)
        return self._normalise(self._node("Add", narrow, tokens), f"{prefix}.output")

    def _mixed(self, layer: int, tokens: str, factor: Array, *, first_only: bool) -> str:
        """Return what each token takes from the others, divided by `factor`, which the weights take over."""
        name = f"{layer}.qkv"
        weight, bias = joined(self._weights, layer)
        weight[2 * WIDTH :] /= factor[:, None]
        bias[2 * WIDTH :] /= factor
        own = balance(self._ranges[name], weight)
        small = self._small(name, self._divided(name, tokens, own), self._ranges[name] / own)
        parts = []
        for part, rows, offset in zip(PARTS, np.split(weight * own, 3), np.split(bias, 3), strict=True):
            values, scale, zero = small
            if first_only and part == PARTS[0]:
                values = self._first(values)
            parts.append(self._product(f"{layer}.{part}", (values, scale, zero), rows, offset))
        return self._node(
            "MultiHeadAttention", *parts, "", "mask", domain=ONNXRUNTIME_DOMAIN, num_heads=HEADS
        )

    def _first(self, tokens: str) -> str:
        zero, one = self._constant("zero", np.array([0])), self._constant("one", np.array([1]))
        return self._node("Slice", tokens, zero, one, one)

    def _balanced(
        self, name: str, values: str, weight: Array, bias: Array, *, lowest: float | None = None
    ) -> str:
        """Multiply by 8-bit weights after moving a part of the channels' ranges into these."""
        factor = balance(self._ranges[name], weight)
        low = None if lowest is None else float((lowest / factor).max())
        divided = self._divided(name, values, factor)
        small = self._small(name, divided, self._ranges[name] / factor, low=low)
        return self._product(name, small, weight * factor, bias)

    def _divided(self, name: str, values: str, factor: Array) -> str:
        return self._node("Mul", values, self._constant(f"{name}.factor", (1 / factor).astype(np.float32)))

    def _small(
        self, name: str, values: str, ranges: Array, *, low: float | None = None
    ) -> tuple[str, str, str]:
        """Round to 8 bits between `low` (the largest range, below 0) and the largest range."""
        largest = float(ranges.max())
        low = largest if low is None else low
        scale = np.float32((largest + low) / 255)
        place = int(np.rint(low / scale))
        inputs = (
            self._constant(f"{name}.step", np.array(scale, np.float32)),
            self._constant(f"zero.{place}", np.array(place, np.uint8)),
        )
        return self._node("QuantizeLinear", values, *inputs), *inputs

    def _product(self, name: str, small: tuple[str, str, str], weight: Array, bias: Array) -> str:
        values, scale, zero = small
        matrix, scales = rounded(weight)
        return self._node(
            "MatMulIntegerToFloat",
            values,
            self._constant(f"{name}.weight", matrix),
            scale,
            self._constant(f"{name}.scale", scales),
            zero,
            self._constant("weight.zero", np.array(0, np.int8)),
            self._constant(f"{name}.bias", bias.astype(np.float32)),
            domain=ONNXRUNTIME_DOMAIN,
        )


def inputs_of(pair: Encoding, words: Path = WORDS) -> dict[str, np.ndarray]:
    """Return the inputs of a written model for one pair."""
    ids, kinds = np.array([pair.ids]), np.array([pair.type_ids])
    return {"ids": ids, "kinds": kinds, "words": np.asarray(table_of(words)[ids])}


def table_of(words: Path = WORDS) -> np.ndarray:
    """Return the table of words of a file, 8 bits, tokens × width; what is not looked at is not read."""
    return np.memmap(words, np.int8, "r").reshape(-1, WIDTH)
