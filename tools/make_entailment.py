"""Make ingest/embedding/models/entailment/ from trained weights: rounded to 8 bits, written, measured.

    python tools/make_entailment.py --state FILE --examples FILE

Needs the environment of make_minilm.py; the state is made by train_entailment.py or train_on_twins.py, the
examples by entailment_examples.py.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from make_minilm import FOLDER as MINILM
from make_minilm import tokenizer_of
from pair_graph import WORDS, PairGraph, inputs_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

NAME = "footnote-entailment"
FOLDER = MINILM.parent / "entailment"
RANGE = "range."
HEADROOM = 1.05
"""How far above the largest values that were seen a value may lie without being cut off."""
MOST = 500
"""Examples of each source that are measured on."""


def main() -> None:
    """Write the model with its checksum, and print how well it tells on the examples kept back."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--examples", type=Path, required=True)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where to write (default: the package)")
    options = parser.parse_args()
    stored = dict(np.load(options.state))
    ranges = {
        name.removeprefix(RANGE): HEADROOM * stored.pop(name)
        for name in list(stored)
        if name.startswith(RANGE)
    }
    model = PairGraph(stored, ranges, NAME).write(options.folder, WORDS)
    measure(model, options.examples)


def measure(model: bytes, examples: Path) -> None:
    """Print for each source of examples how often one that is carried is likelier than one that isn't."""
    kept: dict[str, list[dict[str, Any]]] = defaultdict(list)
    with examples.open(encoding="utf-8") as lines:
        for item in map(json.loads, lines):
            if item["kept"]:
                kept[item["source"]].append(item)
    logits = _reader(model)
    for source, items in sorted(kept.items()):
        some = items[:: max(1, len(items) // MOST)]
        found = np.array([logits(item["statement"], item["text"]) for item in some])
        margin = found[:, 0] - np.logaddexp(found[:, 1], found[:, 2])
        carried = np.array([item["label"] == "carried" for item in some])
        area = (
            (margin[carried][:, None] > margin[~carried]).mean() if 0 < carried.sum() < len(some) else np.nan
        )
        print(f"{source:15} AUROC {area:.3f} of {len(some)}, right: {((margin > 0) == carried).mean():.3f}")


def _reader(model: bytes) -> Callable[[str, str], NDArray[np.float32]]:
    from onnxruntime import InferenceSession

    encode = tokenizer_of((MINILM / "tokenizer.json").read_bytes()).encode
    session = InferenceSession(model, providers=["CPUExecutionProvider"])

    def logits(statement: str, text: str) -> NDArray[np.float32]:
        found: NDArray[np.float32] = session.run(None, inputs_of(encode(statement, text)))[0][0]
        return found

    return logits


if __name__ == "__main__":
    main()
