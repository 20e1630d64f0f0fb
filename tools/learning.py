"""What is learned: which of several candidates is right, and whether one is. Convex, so always the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

Example = tuple["NDArray[np.float32]", "NDArray[np.bool_]"]
"""A row of features for each candidate of a question, and which of them are right."""

PENALTY = 1e-2
"""Ridge penalty a question: it only keeps features that say the same from growing against each other."""
SHARED = 3.0
"""Penalty under which signs that agree share their weight; from 1 on nothing changes but the scale."""
STEPS = 600
RATE = 0.05


def fit_choice(
    examples: Sequence[Example],
    names: Sequence[str],
    *,
    by_hand: Mapping[str, float],
    leave_out: Sequence[str],
) -> dict[str, Any]:
    """Fit a softmax over each question's candidates: the right ones against the others.

    `by_hand` has weights that the data can't teach; those of `leave_out` are 0.
    """
    looks = [(rows, right) for rows, right in examples if right.any() and not right.all()]
    every = np.concatenate([rows for rows, _ in looks]).astype(np.float64)
    mean, scale = every.mean(axis=0), every.std(axis=0) + 1e-6
    fixed = [list(names).index(name) for name in (*by_hand, *leave_out)]
    rows = (every - mean) / scale
    rows[:, fixed] = 0.0
    labels = np.concatenate([right for _, right in looks]).astype(float)
    starts = np.cumsum([0, *(len(right) for _, right in looks[:-1])])
    owner = np.repeat(np.arange(len(looks)), [len(right) for _, right in looks])

    def gradient(weight: NDArray[np.float64]) -> NDArray[np.float64]:
        raw = rows @ weight
        odds = np.exp(raw - np.maximum.reduceat(raw, starts)[owner])
        share = odds / np.add.reduceat(odds, starts)[owner]
        right = odds * labels / np.add.reduceat(odds * labels, starts)[owner]
        slope: NDArray[np.float64] = rows.T @ (share - right) / len(looks) + PENALTY * weight
        return slope

    weight = descend(gradient, rows.shape[1])
    for place in fixed:
        mean[place], scale[place], weight[place] = 0.0, 1.0, by_hand.get(names[place], 0.0)
    return {
        name: {"mean": round(float(m), 6), "scale": round(float(s), 6), "weight": round(float(w), 6)}
        for name, m, s, w in zip(names, mean, scale, weight, strict=True)
    }


def fit_chance(
    rows: NDArray[np.float64], right: NDArray[np.bool_], names: Sequence[str], *, penalty: float = SHARED
) -> dict[str, float]:
    """Fit a logistic regression whose signs share the weight, then the scale of its outcome.

    Every sign speaks for an answer and they say much the same, so that without a strong penalty one set of
    questions decides which of them gets all the weight. The penalty draws every chance towards a half; what
    is learned last, two numbers without one, makes the outcome a probability again.
    """
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    standard = (rows - mean) / scale
    direction, _ = _logistic(standard, right, penalty=penalty)
    slope, bias = _logistic((standard @ direction)[:, None], right, penalty=0.0)
    own = {name: float(slope[0] * w / s) for name, w, s in zip(names, direction, scale, strict=True)}
    bias -= sum(own[name] * m for name, m in zip(names, mean, strict=True))
    return {name: round(float(value), 6) for name, value in {**own, "bias": bias}.items()}


def _logistic(
    rows: NDArray[np.float64], right: NDArray[np.bool_], *, penalty: float
) -> tuple[NDArray[np.float64], float]:
    """Return the weights, none below 0, and the bias of a logistic regression; rows are about standard."""
    spread = rows.std(axis=0)
    standard = np.column_stack([rows / spread, np.ones(len(rows))])
    held = np.array([penalty] * rows.shape[1] + [0.0])

    def gradient(weight: NDArray[np.float64]) -> NDArray[np.float64]:
        chance = 1 / (1 + np.exp(-standard @ weight))
        slope: NDArray[np.float64] = standard.T @ (chance - right) / len(rows) + held * weight
        return slope

    least = np.array([0.0] * rows.shape[1] + [-np.inf])
    weight = descend(gradient, standard.shape[1], least=least)
    return weight[:-1] / spread, float(weight[-1])


def descend(
    gradient: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    size: int,
    *,
    least: NDArray[np.float64] | None = None,
) -> NDArray[np.float64]:
    """Minimise a smooth convex function by Adam (Kingma and Ba 2015), from zero, not below `least`."""
    weight, first, second = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, STEPS + 1):
        slope = gradient(weight)
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        weight -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
        weight = weight if least is None else np.maximum(weight, least)
    return weight
