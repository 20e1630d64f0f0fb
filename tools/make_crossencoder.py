"""Make ingest/embedding/models/crossencoder/ from trained weights: rounded to 8 bits, written, measured.

    python tools/make_crossencoder.py --state FILE --examples FILE

Needs the environment of make_minilm.py; the state and the examples are made by train_crossencoder.py.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from crossencoder_graph import PairGraph
from minilm_graph import MAX_TOKENS

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = Path(__file__).parent.parent / "ingest" / "embedding" / "models" / "crossencoder"
TOKENIZER = Path(__file__).parent.parent / "ingest" / "embedding" / "models" / "minilm" / "tokenizer.json"
RANGE = "range."


def main() -> None:
    """Write the model with its checksum, and print how well it tells on the pages kept back."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--examples", type=Path, required=True)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where to write (default: the package)")
    options = parser.parse_args()
    stored = dict(np.load(options.state))
    ranges = {name.removeprefix(RANGE): stored.pop(name) for name in list(stored) if name.startswith(RANGE)}
    model = PairGraph(stored, ranges).build().SerializeToString(deterministic=True)
    options.folder.mkdir(parents=True, exist_ok=True)
    (options.folder / "model.onnx").write_bytes(model)
    line = f"{hashlib.sha256(model).hexdigest()}  model.onnx\n"
    (options.folder / "CHECKSUMS").write_text(line, "utf-8")
    print(line, end="")
    measure(model, options.examples)


def measure(model: bytes, examples: Path) -> None:
    """Print the AUROC of statements about the pages kept back."""
    with examples.open(encoding="utf-8") as lines:
        kept = [item for item in map(json.loads, lines) if item["kept"]]
    score = _scorer(model)
    told = [(score(item["say"], " ".join(item["of"])), item["right"]) for item in kept if "say" in item]
    true, false = (np.array([value for value, right in told if right == each]) for each in (True, False))
    print(f"statements: AUROC {(true[:, None] > false).mean():.3f} of {len(told)}")


def _scorer(model: bytes) -> Callable[[str, str], float]:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(TOKENIZER))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    session = InferenceSession(model, providers=["CPUExecutionProvider"])

    def score(first: str, second: str) -> float:
        read = tokenizer.encode(first, second)
        inputs = {"ids": np.array([read.ids]), "kinds": np.array([read.type_ids])}
        return float(session.run(None, inputs)[0][0, 0])

    return score


if __name__ == "__main__":
    main()
