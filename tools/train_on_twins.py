"""Train the check's cross-encoder on with invented twins: two texts alike, and claims that part them.

    python tools/train_on_twins.py --examples FILE --state FILE [--bundled FILE]

The examples are made by entailment_examples.py; this needs torch (tools/README.md has the commands). It
starts from the model that train_entailment.py has made, as it is bundled, weights back to floating point.

Each claim stands once beside a text that carries it and once beside one that is worded much alike and
doesn't, both in one step (contrast sets; Gardner et al. 2020): neither the claim's own words nor how many of
them a text has tell which is which. What is stored is the mean of the weights after each phase (model
soups; Wortsman et al. 2022): the first is best at long claims, the last at twins.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from bundled_weights import bundled_weights
from entailment_model import CrossEncoder
from make_minilm import FOLDER, tokenizer_of
from train_entailment import SIZE, loss_of
from training import go_through

if TYPE_CHECKING:
    from collections.abc import Sequence

SEED = 21
LONGEST = 224
"""Tokens of a claim with its text: some twins have ten sentences."""
TWINS = "twins"
WARM = 0.05
PHASES = ((8e-5, 0.7, 1.0, 0.5), (8e-5, 0.7, 1.0, 0.3), (6e-5, 0.02, 1.5, 0.7))
"""Of each phase the rate, what is left of it at the end, how often twins are seen, and others of `SHARES`.

What is bundled saw in its first phase only the half of the twins that was written by then, in the second the
other half (PROVENANCE.md)."""
SHARES = {
    "squad carried": 0.12,
    "squad not_carried": 0.09,
    "clapnq carried": 1.0,
    "clapnq not_said": 0.7,
    "fm2 carried": 4.0,
    "fm2 denied": 4.0,
    "oneword carried": 1.5,
    "oneword not_carried": 0.25,
    "negation-mnli carried": 3.0,
    "negation-rte carried": 3.0,
    "negation-snli carried": 3.0,
    "negation-mnli not_carried": 1.0,
    "negation-rte not_carried": 1.0,
    "negation-snli not_carried": 1.0,
    "wice carried": 5.0,
    "wice not_carried": 2.5,
    "wice part not_carried": 1.0,
    "composed carried": 0.2,
    "composed denied": 0.2,
    "composed not_said": 0.15,
}
"""How often the other examples of a source and label are seen, so that nothing is forgotten."""


def drawn(items: Sequence[dict[str, Any]], times: float, others: float) -> list[dict[str, Any]]:
    """Return what a phase learns from in a random order; both examples of a claim on twins stay together."""
    learned = [item for item in items if not item["kept"]]
    pairs = [item for item in learned if item["source"] == TWINS]
    units = [
        unit
        for unit in zip(pairs[::2], pairs[1::2], strict=True)  # as entailment_examples.py writes them
        for _ in range(_often(times))
    ]
    for item in learned:
        share = SHARES.get(f"{item['source']} {item['label']}", 0.0)
        units += [(item,)] * _often(share * others)
    random.shuffle(units)
    return [item for unit in units for item in unit]


def _often(times: float) -> int:
    """Return a whole number that is `times` in the mean."""
    whole = int(times)
    return whole + (random.random() < times - whole)  # noqa: S311  # not for secrets


def train(options: argparse.Namespace) -> None:
    """Train, and store weights and the ranges that the 8 bits are fitted to."""
    torch.set_num_threads(options.threads)
    torch.manual_seed(SEED)
    random.seed(SEED)
    items = [json.loads(line) for line in options.examples.read_text("utf-8").splitlines()]
    tokenizer = tokenizer_of((FOLDER / "tokenizer.json").read_bytes())
    model = CrossEncoder(bundled_weights(options.bundled))
    states = []
    for rate, last, times, others in PHASES:
        learned = drawn(items, times, others)
        print(Counter(item["source"] for item in learned), flush=True)
        steps = len(learned) // SIZE

        def loss(step: int, learned: Sequence[dict[str, Any]] = learned) -> torch.Tensor:
            return loss_of(model, learned[step * SIZE : (step + 1) * SIZE], tokenizer, LONGEST)

        def share(step: int, steps: int = steps, last: float = last) -> float:
            return min(1.0, (step + 1) / (steps * WARM)) * max(last, 1 - step / steps)

        go_through(model, loss, steps=steps, rate=rate, share=share)
        states.append(model.stored())
    model = CrossEncoder({name: sum(state[name] for state in states) / len(states) for name in states[0]})
    model.eval()
    pairs = [(item["statement"], item["text"]) for item in random.sample(learned, 300)]
    ranges = {f"range.{name}": largest for name, largest in model.ranges(pairs, tokenizer).items()}
    np.savez(options.state, **model.stored(), **ranges)


def main() -> None:
    """Train on the examples of a file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--examples", type=Path, required=True)
    parser.add_argument("--state", type=Path, required=True, help="where the trained weights go (.npz)")
    parser.add_argument("--bundled", type=Path, default=FOLDER.parent / "entailment" / "model.onnx")
    parser.add_argument("--threads", type=int, default=2)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
