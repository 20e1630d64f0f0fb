"""Learn the weights of the check of statements, and how rare words are, from openly licensed texts.

    python tools/fit_support.py --data ../shared/data

Four sources: claims with gold sentences (WiCE, annotations ODC-BY), long answers with the sentences that
they rest on (CLAPnq, Apache-2.0), and sentences of SQuAD paragraphs (CC BY-SA 4.0), reworded or
mutilated by rule (bench/rewordings.py, bench/mistakes.py). News sentences and the statements of
bench/data are never used here: they are what the result is measured on.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.checking.alignment import align
from assistant.checking.entailment import entailments
from assistant.checking.mistakes import Sources, find_mistakes
from assistant.checking.score import FEATURE_NAMES, MISTAKE_KINDS, support_features
from assistant.language.frequency import SUPPORT_WEIGHTS_FILE
from assistant.language.names import find_names
from assistant.language.words import read_words
from bench.mistakes import KINDS as MISTAKES
from bench.mistakes import plant
from bench.rewordings import WAYS, merge
from bench.support import auroc, claims
from ingest import split_sentences
from tools.train_crossencoder import KEPT_BACK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from numpy.typing import NDArray

SEED = 7
LEAST = 3
"""Paragraphs that have to have a word before it is counted."""
PENALTY = 20.0
"""Ridge penalty; from 5 to 60 the cross-validated figure moves by .01."""
FOLDS = 10
HELD_OUT = 5
"""Every fifth claim is kept back from the weights that are reported, never from those that are written."""
ACCEPTED = 0.987
"""Share of the supported claims without a mistake that passes the threshold of .5. People wrote them freely,
as models write answers; sentences reworded by rule keep so many words that they would set it far too high."""
SHARES = {"wice": 1.0, "clapnq": 0.5, "squad": 0.3}
"""What an example of each source weighs: the claims are the hardest and the most like real answers."""


@dataclass(frozen=True, slots=True)
class Example:
    """A statement with sentences that carry it or don't."""

    source: str
    statement: str
    sentences: tuple[str, ...]
    true: bool


def main() -> None:
    """Count words, make the examples, fit, and write weights with their provenance."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--paragraphs", type=int, default=50, help="SQuAD paragraphs to make examples of")
    arguments = parser.parse_args()
    _write(_stored() | {"frequencies": _frequencies(_paragraphs(arguments.data))})
    random = np.random.default_rng(SEED)
    # The cross-encoder knows the other pages: of what it has seen it is surer than of anything else.
    paragraphs = _paragraphs(arguments.data, KEPT_BACK)
    chosen = random.permutation(len(paragraphs))[: arguments.paragraphs]
    examples = [
        *_wice(arguments.data),
        *_clapnq(arguments.data),
        *_squad([paragraphs[at] for at in chosen], random),
    ]
    rows, clean = _rows(examples)
    truth = np.array([example.true for example in examples])
    shares = np.array([SHARES[example.source] for example in examples])
    wice = np.array([example.source == "wice" for example in examples])
    _report(rows, truth, shares, wice)
    weights, bias = _fit(rows, truth, shares)
    passing = (rows @ weights)[truth & clean & wice]
    bias = -float(np.quantile(passing, 1 - ACCEPTED)) if len(passing) else bias
    named = {name: round(float(weight), 6) for name, weight in zip(FEATURE_NAMES, weights, strict=True)}
    _write(_stored() | {"examples": len(examples), "weights": named | {"bias": round(bias, 6)}})


def _stored() -> dict[str, Any]:
    stored: dict[str, Any] = (
        json.loads(SUPPORT_WEIGHTS_FILE.read_text("utf-8")) if SUPPORT_WEIGHTS_FILE.exists() else {}
    )
    return {
        "made_by": "tools/fit_support.py",
        "learned_from": "WiCE (annotations ODC-BY), CLAPnq (Apache-2.0), SQuAD 1.1/2.0 (CC BY-SA 4.0)",
        **{name: stored[name] for name in ("examples", "weights", "frequencies") if name in stored},
    }


def _write(stored: dict[str, Any]) -> None:
    SUPPORT_WEIGHTS_FILE.write_text(json.dumps(stored, indent=0) + "\n", encoding="utf-8")


def _paragraphs(data: Path, pages: AbstractSet[str] | None = None) -> list[str]:
    with gzip.open(data / "questions" / "squad.jsonl.gz", "rt", encoding="utf-8") as lines:
        items = [json.loads(line) for line in lines]
    return [item["context"] for item in items if pages is None or item["title"] in pages]


def _frequencies(paragraphs: Sequence[str]) -> dict[str, int]:
    """Count the paragraphs that have each word in lower case; the empty word stands for all of them."""
    counted = Counter(
        base
        for paragraph in paragraphs
        for base in {word.base for word in read_words(paragraph) if word.content and not word.capital}
    )
    return {"": len(paragraphs)} | {base: count for base, count in sorted(counted.items()) if count >= LEAST}


def _wice(data: Path) -> Iterator[Example]:
    for claim in claims(data):
        if claim.sentences:
            yield Example("wice", claim.text, claim.sentences, claim.supported)


def _clapnq(data: Path) -> Iterator[Example]:
    """Sentences of long answers with the sentences they rest on, and with sentences of another passage."""
    with gzip.open(data / "passages" / "clapnq_answerable.jsonl.gz", "rt", encoding="utf-8") as lines:
        items = [json.loads(line) for line in lines]
    chosen = [(item, _selected(item)) for item in items]
    for place, (item, sentences) in enumerate(chosen):
        other = chosen[(place + 1) % len(chosen)][1]
        for answer in split_sentences(_answer(item)):
            if sentences:
                yield Example("clapnq", answer.text, sentences, true=True)
            if other:
                yield Example("clapnq", answer.text, other, true=False)


def _answer(item: dict[str, Any]) -> str:
    return str(item["output"][0]["answer"])


def _selected(item: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(sentence) for sentence in item["output"][0]["selected_sentences"])


def _squad(paragraphs: Sequence[str], random: np.random.Generator) -> Iterator[Example]:
    for paragraph in paragraphs:
        texts = [sentence.text for sentence in split_sentences(paragraph)]
        people = [name.text for text in texts for name in find_names(text) if len(name.words) > 1]
        for place, text in enumerate(texts[:-1]):
            following = texts[place + 1]
            for made in {way(text, random) for way in WAYS.values()} - {None}:
                yield Example("squad", str(made), (text,), true=True)
                yield Example("squad", str(made), (following,), true=False)
            if merged := merge(text, following):
                yield Example("squad", merged, (text, following), true=True)
                yield Example("squad", merged, (text,), true=False)
            kind = MISTAKES[int(random.integers(len(MISTAKES)))]
            if planted := plant(kind, text, people, random):
                yield Example("squad", planted, (text,), true=False)
            break  # one sentence a paragraph, so that no page weighs more than another


def _rows(examples: Sequence[Example]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the features of each example and whether no check found anything wrong with it."""
    rows, clean = [], []
    for example in examples:
        found = find_mistakes(example.statement, Sources(example.sentences))
        alignment = align(example.statement, example.sentences)
        reading, _ = entailments(example.statement, example.sentences)
        rows.append(
            support_features(example.statement, example.sentences, alignment, found=found, reading=reading)
        )
        clean.append(not found)
    return np.array(rows), np.array(clean)


def _fit(
    rows: NDArray[np.float64], truth: NDArray[np.bool_], shares: NDArray[np.float64]
) -> tuple[NDArray[np.float64], float]:
    """Fit a logistic regression by Newton's method; a mistake never speaks for a statement."""
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    kept = np.ones(len(FEATURE_NAMES), dtype=bool)
    while True:
        design = np.c_[((rows - mean) / scale) * kept, np.ones(len(rows))]
        weight = np.zeros(design.shape[1])
        ridge = np.diag([*([PENALTY] * len(FEATURE_NAMES)), 1e-6])
        for _ in range(30):
            chance = 1 / (1 + np.exp(-design @ weight))
            slope = design.T @ (shares * (chance - truth)) + ridge @ weight
            curve = (design * (shares * chance * (1 - chance))[:, None]).T @ design + ridge
            weight -= np.linalg.solve(curve, slope)
        wrong = [
            at
            for at, name in enumerate(FEATURE_NAMES)
            if name in MISTAKE_KINDS and kept[at] and weight[at] > 0
        ]
        if not wrong:
            break
        kept[wrong] = False
    plain = weight[:-1] * kept / scale
    return plain, float(weight[-1] - plain @ mean)


def _report(
    rows: NDArray[np.float64], truth: NDArray[np.bool_], shares: NDArray[np.float64], wice: NDArray[np.bool_]
) -> None:
    """Print the AUROC on claims, cross-validated by claim and on claims kept back."""
    places = np.flatnonzero(wice)
    order = np.random.default_rng(SEED).permutation(places)
    scores = np.zeros(len(rows))
    for fold in range(FOLDS):
        left = order[fold::FOLDS]
        stay = np.setdiff1d(np.arange(len(rows)), left)
        weight, _ = _fit(rows[stay], truth[stay], shares[stay])
        scores[left] = rows[left] @ weight
    print(
        "claims, cross-validated: AUROC "
        f"{auroc(list(scores[places]), list(truth[places])):.3f} of {len(places)}"
    )
    back = places[::HELD_OUT]
    stay = np.setdiff1d(np.arange(len(rows)), back)
    weight, _ = _fit(rows[stay], truth[stay], shares[stay])
    print(f"claims kept back: AUROC {auroc(list(rows[back] @ weight), list(truth[back])):.3f} of {len(back)}")


if __name__ == "__main__":
    main()
