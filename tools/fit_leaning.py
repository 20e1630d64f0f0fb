"""Learn how much a question's words speak for its going on: assistant/weights/leaning.json.

    python -m tools.fit_leaning

From short questions on invented news (bench/invented.py, `following`), half of which go on with a first one
and half of which begin anew. Prints how well they are told apart by folds, each of which leaves a writer out.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from assistant.question.leaning import WEIGHTS_FILE, words_in
from bench.invented import following
from bench.metrics import auroc
from ingest import bundled_encoder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

PENALTY = 3.0
"""Ridge penalty on all weights but the bias: 1 to 10 came out alike by folds."""
VECTOR, LIKENESS = 3.0, 5.0
"""What a vector of length 1 and a likeness are multiplied with: the penalty holds them as it holds words."""
LEAST = 4
"""Questions that must have a word or a pair for it to count."""
STEPS = 8
"""Steps of Newton's method."""


class Learned(NamedTuple):
    """Weights over the columns of a design, and the words that the last of them stand for."""

    weight: NDArray[np.float64]
    bias: float
    words: tuple[str, ...]


class Asked(NamedTuple):
    """A question, that before it, whether it goes on with that, and who wrote it."""

    text: str
    before: str
    goes_on: bool
    writer: int


def main() -> None:
    """Fit by folds, print, fit on everything and write the weights."""
    asked = list(_asked())
    rows = _vectors(asked)
    goes_on = np.array([each.goes_on for each in asked])
    writers = np.array([each.writer for each in asked])
    told = np.zeros(len(asked))
    for writer in set(writers.tolist()):
        left = writers != writer
        learned = fit(rows[left], goes_on[left], [each for each in asked if each.writer != writer])
        told[~left] = judged(learned, rows[~left], [each for each in asked if each.writer == writer])
    area = auroc(told[goes_on].tolist(), told[~goes_on].tolist())
    right = np.mean((told > 0) == goes_on)
    print(f"by folds: AUROC {area:.3f} of {len(asked)}; {right:.3f} on the right side of even odds")
    learned = fit(rows, goes_on, asked)
    size = rows.shape[1] - 1
    weights = {
        "vector": [round(float(each) * VECTOR, 4) for each in learned.weight[:size]],
        "likeness": round(float(learned.weight[size]) * LIKENESS, 4),
        "words": {
            word: round(float(each), 4)
            for word, each in zip(learned.words, learned.weight[size + 1 :], strict=True)
        },
        "bias": round(learned.bias, 4),
    }
    stored = {
        "made_by": "tools/fit_leaning.py",
        "learned_from": "questions on invented news, written for this project",
        "examples": len(asked),
        "weights": weights,
    }
    WEIGHTS_FILE.write_text(json.dumps(stored, indent=0) + "\n", encoding="utf-8")


def _asked() -> list[Asked]:
    """Return every question with the one before it; a first one begins anew behind that of another talk."""
    found: list[Asked] = []
    before = ""
    for each in following():
        found += [Asked(text, each.first, goes_on=True, writer=each.writer) for text in each.goes_on]
        found += [Asked(text, each.first, goes_on=False, writer=each.writer) for text in each.anew]
        if before:
            found.append(Asked(each.first, before, goes_on=False, writer=each.writer))
        before = each.first
    return found


def _vectors(asked: Sequence[Asked]) -> NDArray[np.float64]:
    """Return the columns that are no words: the vector of each question, and its likeness to that before."""
    own, before = (
        bundled_encoder().embed([each[place] for each in asked]).astype(np.float64) for place in (0, 1)
    )
    return np.c_[own * VECTOR, (own * before).sum(axis=1) * LIKENESS]


def fit(rows: NDArray[np.float64], goes_on: NDArray[np.bool_], asked: Sequence[Asked]) -> Learned:
    """Fit a logistic regression with a ridge penalty on the columns and the words that occur often enough."""
    counted = Counter(word for each in asked for word in words_in(each.text))
    words = tuple(sorted(word for word, count in counted.items() if count >= LEAST))
    design: NDArray[Any] = np.c_[rows, _having(asked, words), np.ones(len(rows))]
    held = np.full(design.shape[1], PENALTY)
    held[-1] = 0.0
    weight = np.zeros(design.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-design @ weight))
        slope = design.T @ (chance - goes_on) + held * weight
        curve = (design * (chance * (1 - chance))[:, None]).T @ design
        curve[np.diag_indices_from(curve)] += held
        weight -= np.linalg.solve(curve, slope)
    return Learned(weight[:-1], float(weight[-1]), words)


def judged(learned: Learned, rows: NDArray[np.float64], asked: Sequence[Asked]) -> NDArray[np.float64]:
    """Return the log odds of each question's going on."""
    told: NDArray[np.float64] = np.c_[rows, _having(asked, learned.words)] @ learned.weight + learned.bias
    return told


def _having(asked: Sequence[Asked], words: Sequence[str]) -> NDArray[np.float64]:
    """Return a row for each question: 1 where it has the word, 0 elsewhere."""
    places = {word: place for place, word in enumerate(words)}
    found = np.zeros((len(asked), len(words)))
    for row, each in enumerate(asked):
        found[row, [places[word] for word in words_in(each.text) if word in places]] = 1.0
    return found


if __name__ == "__main__":
    main()
