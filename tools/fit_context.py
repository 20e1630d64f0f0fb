"""Learn when a question is taken with its conversation: assistant/weights/context.json.

    python -m tools.fit_context

From two thirds of the conversations about invented reports (bench/invented.py), held over a library of all
reports, over one without those that are talked about, and over small ones: of the short questions that may
lean on what was said before, two in three do, answered or not. There are weights for subjects that the
articles tell of and for others. Prints how well they are told apart by folds.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import numpy as np

from assistant import answer
from assistant.retrieval import abstention
from assistant.retrieval.context_choice import SIGNS, WEIGHTS_FILE, signs
from assistant.retrieval.open_libraries import close_libraries
from bench.conversations import ANEW, libraries, turns
from bench.details import articles_of
from bench.invented import conversations, reports
from bench.metrics import auroc
from ingest import ingest_articles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from assistant.question.query import Query
    from assistant.retrieval.context_choice import Tries
    from bench.invented import Conversation

    Where = tuple[Path, Sequence[tuple[int, Conversation]]]

FOLDS = 5
PENALTY = 1.0
"""Ridge penalty on the weights of signs of standard deviation 1."""
FEW = 12
"""Conversations that are held over one small library."""
LEAST = 0.95
"""Probability from which a question is taken with its conversation: one on another subject that is dragged
into it is worse than one that is answered alone."""


@dataclass(frozen=True, slots=True)
class Row:
    """A question that may lean: its signs, whether it goes on, whether its subject is told of, its group."""

    signs: dict[str, float]
    goes_on: bool
    told_of: bool
    group: int


def main() -> None:
    """Hold the conversations, fit, print what folds say and write the weights."""
    parser = ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--libraries", type=Path, help="folder of the two libraries, made where missing")
    held = [each for each in conversations() if not each.kept]
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        where = parser.parse_args().libraries or Path(folder)
        rows = _seen([(library, list(enumerate(held))) for library in libraries(where)])
        rows += _seen(list(_small_libraries(held, where)))
    close_libraries()
    stored: dict[str, Any] = {
        "made_by": "tools/fit_context.py",
        "learned_from": "conversations about invented reports, written for this project",
        "examples": len(rows),
        "least": LEAST,
    }
    for name, told_of in (("told_of", True), ("not_told_of", False)):
        stored[name] = _learned(name, [row for row in rows if row.told_of is told_of])
    WEIGHTS_FILE.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def _learned(name: str, rows: Sequence[Row]) -> dict[str, float]:
    """Print what folds say, and return the weights learned from all rows."""
    values = np.array([[row.signs[sign] for sign in SIGNS] for row in rows])
    goes_on = np.array([row.goes_on for row in rows])
    groups = np.array([row.group for row in rows])
    told = np.zeros(len(rows))
    for fold in range(FOLDS):
        left = groups % FOLDS != fold
        weight, bias = fit(values[left], goes_on[left])
        told[~left] = values[~left] @ weight + bias
    taken = told >= np.log(LEAST / (1 - LEAST))
    area = auroc(told[goes_on].tolist(), told[~goes_on].tolist())
    print(
        f"{name}, by folds: AUROC {area:.3f} of {len(rows)}; "
        f"taken are {taken[goes_on].mean():.2f} of those that go on, {taken[~goes_on].mean():.2f} of others"
    )
    weight, bias = fit(values, goes_on)
    weights = {sign: round(float(each), 6) for sign, each in zip(SIGNS, weight, strict=True)}
    return weights | {"bias": round(bias, 6)}


def _small_libraries(held: Sequence[Conversation], folder: Path) -> Iterator[Where]:
    """Yield libraries of what a few conversations are about, with these: there no word is rare."""
    some = list(reports())
    numbered = list(enumerate(held))
    for place in range(0, len(held), FEW):
        few = numbered[place : place + FEW]
        titles = {each.title for _, each in few}
        pieces = [piece for _, each in few for piece in each.other_pieces]
        kept = [
            each
            for each in some
            if each.title in titles or any(piece in " ".join(each.sentences) for piece in pieces)
        ]
        library = folder / f"few-{place}"
        if not library.exists():
            ingest_articles(articles_of(kept), library)
        yield library, few


def _seen(where: Sequence[Where]) -> list[Row]:
    """Return what is seen of each question that may lean."""
    seen: list[tuple[dict[str, float], bool]] = []

    def note(query: Query, tries: Tries) -> bool:
        if tries.together.chunks and tries.alone.chunks:
            seen.append((signs(query, tries), tries.told_of))
        return True

    rows: list[Row] = []
    with patch.object(abstention, "goes_on", note):
        for library, held in where:
            for number, each in held:
                for turn in turns(each, library):
                    seen.clear()
                    answer(turn.question, library=library, history=turn.history)
                    rows += [Row(found, turn.kind != ANEW, told_of, number) for found, told_of in seen]
    return rows


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
