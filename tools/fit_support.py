"""Learn the weights of the check of statements, and how rare words are, from openly licensed texts.

    python -m tools.fit_support --data ../shared/data

The check's cross-encoder has seen two thirds of each source (entailment_examples.py) and is surer of
these than of anything else, so the scale of its logit is learned from the third that was kept back. Every
figure printed is by folds. News, HealthVer, COVID-Fact and the statements of bench/data are never used.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.checking.entailment import entailments
from assistant.checking.mistakes import Sources, find_mistakes
from assistant.checking.values import in_their_words
from assistant.language.words import SUPPORT_WEIGHTS_FILE, read_words
from bench.support import auroc
from tools.entailment_examples import CARRIED, examples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tools.entailment_examples import EntailmentExample

SEED = 7
LEAST = 3
"""Paragraphs that have to have a word before it is counted."""
MOST = 500
"""Examples of each source, so that none outweighs the others."""
FOLDS = 5


def main() -> None:
    """Count words, judge the examples that the model hasn't seen, and write what was learned."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    data = parser.parse_args().data
    _write(_stored() | {"frequencies": _frequencies(_paragraphs(data))})
    chosen = _chosen(data)
    logits, clean = _judged(chosen)
    truth = np.array([example.label == CARRIED for example in chosen])
    sources = np.array([_source(example) for example in chosen])
    shares = _shares(sources, truth)
    _report(logits, truth, sources, clean)
    weight, bias = fit(logits[clean], truth[clean], shares[clean])
    weights = {"carried": round(weight, 6), "bias": round(bias, 6)}
    _write(_stored() | {"examples": int(clean.sum()), "weights": weights})


def _stored() -> dict[str, Any]:
    stored: dict[str, Any] = (
        json.loads(SUPPORT_WEIGHTS_FILE.read_text("utf-8")) if SUPPORT_WEIGHTS_FILE.exists() else {}
    )
    return {
        "made_by": "tools/fit_support.py",
        "learned_from": "Fool Me Twice, CLAPnq (Apache-2.0), Breaking NLI, SQuAD 1.1/2.0 (CC BY-SA 4.0), "
        "negated sentences of RTE, MNLI and SNLI (MIT), WiCE (annotations ODC-BY), pairs composed by rule",
        **{name: stored[name] for name in ("examples", "weights", "frequencies") if name in stored},
    }


def _write(stored: dict[str, Any]) -> None:
    SUPPORT_WEIGHTS_FILE.write_text(json.dumps(stored, indent=0) + "\n", encoding="utf-8")


def _paragraphs(data: Path) -> list[str]:
    with gzip.open(data / "questions" / "squad.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line)["context"] for line in lines]


def _frequencies(paragraphs: Sequence[str]) -> dict[str, int]:
    """Count the paragraphs that have each word in lower case; the empty word stands for all of them."""
    counted = Counter(
        base
        for paragraph in paragraphs
        for base in {word.base for word in read_words(paragraph) if word.content and not word.capital}
    )
    return {"": len(paragraphs)} | {base: count for base, count in sorted(counted.items()) if count >= LEAST}


def _chosen(data: Path) -> list[EntailmentExample]:
    """Return examples that the model has not seen, at most `MOST` of each source."""
    kept: dict[str, list[EntailmentExample]] = {}
    for example in examples(data):
        if example.kept:
            kept.setdefault(_source(example), []).append(example)
    draw = np.random.default_rng(SEED)
    return [of[place] for of in kept.values() for place in draw.permutation(len(of))[:MOST]]


def _source(example: EntailmentExample) -> str:
    return example.source.split("-", 1)[0]


def _judged(chosen: Sequence[EntailmentExample]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the logit of each example's being carried, and whether no rule found anything wrong with it."""
    logits, clean = [], []
    for example in chosen:
        texts = (example.text,)
        told = in_their_words(example.statement, texts, None)
        logits.append(entailments((told, told), texts)[0].carried)
        clean.append(not find_mistakes(example.statement, Sources(texts)))
    return np.array(logits), np.array(clean)


def _shares(sources: NDArray[np.str_], truth: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return what each example weighs: every source the same, and in it true ones as much as false ones."""
    counted = Counter(zip(sources.tolist(), truth.tolist(), strict=True))
    mean = len(sources) / len(counted)
    return np.array([mean / counted[key] for key in zip(sources.tolist(), truth.tolist(), strict=True)])


def fit(
    logits: NDArray[np.float64], truth: NDArray[np.bool_], shares: NDArray[np.float64]
) -> tuple[float, float]:
    """Fit a logistic regression on one number by Newton's method; return weight and bias."""
    design = np.c_[logits, np.ones(len(logits))]
    weight = np.zeros(2)
    for _ in range(30):
        chance = 1 / (1 + np.exp(-design @ weight))
        slope = design.T @ (shares * (chance - truth))
        curve = (design * (shares * chance * (1 - chance))[:, None]).T @ design
        weight -= np.linalg.solve(curve, slope)
    return float(weight[0]), float(weight[1])


def _report(
    logits: NDArray[np.float64],
    truth: NDArray[np.bool_],
    sources: NDArray[np.str_],
    clean: NDArray[np.bool_],
) -> None:
    """Print for each source, by folds, how well true ones are told, and both shares that are accepted."""
    fold = np.random.default_rng(SEED).permutation(len(logits)) % FOLDS
    accepted = np.zeros(len(logits), dtype=bool)
    for each in range(FOLDS):
        left = (fold != each) & clean
        weight, bias = fit(logits[left], truth[left], _shares(sources[left], truth[left]))
        accepted[fold == each] = (logits[fold == each] * weight + bias > 0) & clean[fold == each]
    for source in np.unique(sources):
        of = sources == source
        area = auroc(logits[of].tolist(), truth[of].tolist())
        true, false = (accepted[of & (truth == each)].mean() for each in (True, False))
        print(
            f"{source:10} AUROC {area:.3f} of {of.sum()}, accepted {true:.2f} of true, {false:.2f} of false"
        )


if __name__ == "__main__":
    main()
