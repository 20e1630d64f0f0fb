"""Learn when a question is taken with its conversation: assistant/weights/context.json.

    python -m tools.fit_context

From two thirds of the conversations about invented reports (bench/invented.py), all reports being one
library: of the short questions that may lean on what was said before, two in three do, answered or not.
Prints how well they are told apart by folds.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import numpy as np

from assistant import answer
from assistant.retrieval import abstention
from assistant.retrieval.context_choice import SIGNS, SOME, WEIGHTS_FILE, signs
from assistant.retrieval.open_libraries import close_libraries
from bench.conversations import ANEW, turns
from bench.details import articles_of
from bench.invented import conversations, reports
from bench.metrics import auroc
from ingest import ingest_articles

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.question.query import Query
    from assistant.retrieval.retrieve import Look

FOLDS = 5
PENALTY = 1.0
"""Ridge penalty on the weights of signs of standard deviation 1."""
LEAST = 0.9
"""Probability from which a question is taken with its conversation: one on another subject that is dragged
into it is worse than one that is answered alone."""


def main() -> None:
    """Hold the conversations, fit, print what folds say and write the weights."""
    parser = ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--library", type=Path, help="library of the reports, made where it is missing")
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        rows, goes_on, groups = _seen(parser.parse_args().library or Path(folder) / "library")
    told = np.zeros(len(rows))
    for fold in range(FOLDS):
        left = groups % FOLDS != fold
        weight, bias = fit(rows[left], goes_on[left])
        told[~left] = rows[~left] @ weight + bias
    taken = (told >= np.log(LEAST / (1 - LEAST))) & (rows[:, SIGNS.index("about_together")] >= SOME)
    area = auroc(told[goes_on].tolist(), told[~goes_on].tolist())
    print(
        f"by folds: AUROC {area:.3f} of {len(rows)}; taken are "
        f"{taken[goes_on].mean():.2f} of those that go on, {taken[~goes_on].mean():.2f} of the others"
    )
    weight, bias = fit(rows, goes_on)
    weights = {name: round(float(each), 6) for name, each in zip(SIGNS, weight, strict=True)}
    stored = {
        "made_by": "tools/fit_context.py",
        "learned_from": "conversations about invented reports, written for this project",
        "examples": len(rows),
        "least": LEAST,
        "weights": weights | {"bias": round(bias, 6)},
    }
    WEIGHTS_FILE.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def _seen(library: Path) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.int_]]:
    """Return the signs of each question that may lean, whether it goes on, and its conversation's number."""
    seen: list[dict[str, float]] = []

    def note(
        query: Query, together: Look, alone: Look, *, confidences: tuple[float, float], least: float
    ) -> bool:
        del least
        if together.chunks and alone.chunks:
            seen.append(signs(query, together, alone, confidences))
        return True

    rows: list[tuple[dict[str, float], bool, int]] = []
    if not library.exists():
        ingest_articles(articles_of(list(reports())), library)
    with patch.object(abstention, "finds_more", note):
        for number, each in enumerate(item for item in conversations() if not item.kept):
            for turn in turns(each, library):
                seen.clear()
                answer(turn.question, library=library, history=turn.history)
                rows += [(seen[0], turn.kind != ANEW, number)] if seen else []
    close_libraries()
    values = np.array([[row[name] for name in SIGNS] for row, _, _ in rows])
    return values, np.array([goes_on for _, goes_on, _ in rows]), np.array([number for *_, number in rows])


def fit(rows: NDArray[np.float64], goes_on: NDArray[np.bool_]) -> tuple[NDArray[np.float64], float]:
    """Fit a logistic regression with a ridge penalty by Newton's method; return weights and bias."""
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    design: NDArray[Any] = np.c_[(rows - mean) / scale, np.ones(len(rows))]
    held = np.diag([PENALTY] * rows.shape[1] + [0.0])
    weight = np.zeros(design.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-design @ weight))
        slope = design.T @ (chance - goes_on) + held @ weight
        curve = (design * (chance * (1 - chance))[:, None]).T @ design + held
        weight -= np.linalg.solve(curve, slope)
    own = weight[:-1] / scale
    return own, float(weight[-1] - own @ mean)


if __name__ == "__main__":
    main()
