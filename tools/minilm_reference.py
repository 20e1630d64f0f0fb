"""MiniLM written out in numpy and double precision: one text, or two read together.

It reads as the paper does, and two things rest on it: the quantisation is fitted to the values that
it sees, and the bundled model is held against its vectors. Double precision makes both the same on
every machine once they are rounded.
"""

from __future__ import annotations

import json
import math
import struct
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

HEADS, WIDTH = 12, 384
LAYERS = 6
"""Layers of all-MiniLM-L6-v2. The model for relevance has twelve."""
EPSILON = 1e-12

_erf = np.vectorize(math.erf)


def read_weights(safetensors: bytes) -> dict[str, Array]:
    """Read the float32 tensors of a safetensors file: a length, a JSON header, then the numbers."""
    (length,) = struct.unpack("<Q", safetensors[:8])
    body = safetensors[8 + length :]
    weights = {}
    for name, entry in json.loads(safetensors[8 : 8 + length]).items():
        if entry.get("dtype") == "F32":
            start, end = entry["data_offsets"]
            weights[name] = np.frombuffer(body[start:end], "<f4").reshape(entry["shape"]).astype(np.float64)
    return weights


def layers_of(weights: dict[str, Array]) -> int:
    """Return how many layers the weights are of."""
    return sum(name.endswith(".intermediate.dense.bias") for name in weights)


def joined(weights: dict[str, Array], layer: int) -> tuple[Array, Array]:
    """Return weight and bias of query, key and value as one, so that they are one product."""
    prefix = f"encoder.layer.{layer}.attention.self"
    names = [f"{prefix}.{part}" for part in ("query", "key", "value")]
    weight = np.concatenate([weights[f"{name}.weight"] for name in names])
    return weight, np.concatenate([weights[f"{name}.bias"] for name in names])


class Reference:
    """The model for one text at a time. `ranges` collects the largest input of every product."""

    def __init__(self, weights: dict[str, Array]) -> None:
        self._weights = weights
        self.ranges: dict[str, Array] = defaultdict(lambda: np.zeros(1))

    def embed(self, ids: Sequence[int]) -> Array:
        """Return the vector of a text, of length 1."""
        mean = self._tokens(ids, [0] * len(ids)).mean(axis=0)
        unit: Array = mean / np.linalg.norm(mean)
        return unit

    def score(self, ids: Sequence[int], kinds: Sequence[int]) -> float:
        """Return the one number of a cross-encoder; `kinds` says which of two texts a token is of, 0 or 1."""
        first = self._tokens(ids, kinds)[0]
        pooled = np.tanh(self._weights["pooler.dense.weight"] @ first + self._weights["pooler.dense.bias"])
        return float((self._weights["head.weight"] @ pooled + self._weights["head.bias"])[0])

    def _tokens(self, ids: Sequence[int], kinds: Sequence[int]) -> Array:
        tokens = self._start(ids, kinds)
        for layer in range(layers_of(self._weights)):
            tokens = self._layer(layer, tokens)
        return tokens

    def _start(self, ids: Sequence[int], kinds: Sequence[int]) -> Array:
        table = "embeddings.{}_embeddings.weight"
        words = self._weights[table.format("word")][list(ids)]
        places = self._weights[table.format("position")][: len(ids)]
        kind = self._weights[table.format("token_type")][list(kinds)]
        return self._normalise(words + places + kind, "embeddings")

    def _layer(self, layer: int, tokens: Array) -> Array:
        prefix = f"encoder.layer.{layer}"
        seen = self._product(f"{layer}.qkv", tokens, *joined(self._weights, layer))
        out = self._linear(f"{layer}.out", _attend(seen), f"{prefix}.attention.output.dense")
        tokens = self._normalise(out + tokens, f"{prefix}.attention.output")
        wide = self._linear(f"{layer}.up", tokens, f"{prefix}.intermediate.dense")
        wide = wide * (1 + _erf(wide / math.sqrt(2))) / 2
        narrow = self._linear(f"{layer}.down", wide, f"{prefix}.output.dense")
        return self._normalise(narrow + tokens, f"{prefix}.output")

    def _linear(self, name: str, values: Array, weights: str) -> Array:
        return self._product(
            name, values, self._weights[f"{weights}.weight"], self._weights[f"{weights}.bias"]
        )

    def _product(self, name: str, values: Array, weight: Array, bias: Array) -> Array:
        self.ranges[name] = np.maximum(self.ranges[name], np.abs(values).max(axis=0))
        product: Array = values @ weight.T + bias
        return product

    def _normalise(self, values: Array, name: str) -> Array:
        centred = values - values.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + EPSILON)
        gain, shift = self._weights[f"{name}.LayerNorm.weight"], self._weights[f"{name}.LayerNorm.bias"]
        normal: Array = centred / spread * gain + shift
        return normal


def _attend(seen: Array) -> Array:
    query, key, value = (
        part.reshape(len(seen), HEADS, -1).transpose(1, 0, 2) for part in np.split(seen, 3, axis=-1)
    )
    scores = query @ key.transpose(0, 2, 1) / math.sqrt(WIDTH // HEADS)
    shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares /= shares.sum(axis=-1, keepdims=True)
    mixed: Array = (shares @ value).transpose(1, 0, 2).reshape(len(seen), WIDTH)
    return mixed
