"""Learn when articles tell of what a question is about: assistant/weights/presence.json.

    python -m tools.fit_presence

From two thirds of the invented reports that conversations are held about (bench/invented.py): what is asked
first there, and details of those reports that nobody tells, in a library of all reports and in one without
these. Prints how well the two are told apart by folds.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from assistant.question.query import understand
from assistant.retrieval.open_libraries import close_libraries, read_library
from assistant.retrieval.retrieve import gather
from assistant.retrieval.subject_present import SIGNS, WEIGHTS_FILE, signs
from bench.conversations import libraries
from bench.invented import conversations, reports
from bench.metrics import auroc
from tools.fit_context import FOLDS, fit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.question.query import Query
    from assistant.retrieval.open_libraries import OpenLibrary


def main() -> None:
    """Ask, fit, print what folds say and write the weights."""
    parser = ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--libraries", type=Path, help="folder of the two libraries, made where missing")
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        rows, present, groups = _seen(libraries(parser.parse_args().libraries or Path(folder)))
    told = np.zeros(len(rows))
    for fold in range(FOLDS):
        left = groups % FOLDS != fold
        weight, bias = fit(rows[left], present[left])
        told[~left] = rows[~left] @ weight + bias
    area = auroc(told[present].tolist(), told[~present].tolist())
    right = np.mean((told > 0) == present)
    print(f"by folds: AUROC {area:.3f} of {len(rows)}; {right:.2f} on the right side of even odds")
    weight, bias = fit(rows, present)
    weights = {name: round(float(each), 6) for name, each in zip(SIGNS, weight, strict=True)}
    stored = {
        "made_by": "tools/fit_presence.py",
        "learned_from": "questions on invented reports, written for this project",
        "examples": len(rows),
        "weights": weights | {"bias": round(bias, 6)},
    }
    WEIGHTS_FILE.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def _seen(where: tuple[Path, Path]) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.int_]]:
    """Return the signs of each question, whether its report is there, and its conversation's number."""
    details = {each.title: each.not_told for each in reports()}
    rows: list[tuple[dict[str, float], bool, int]] = []
    for number, each in enumerate(item for item in conversations() if not item.kept):
        for question in (each.first, *details.get(each.title, ())[:1]):
            query = understand(question)
            for library, present in zip(where, (True, False), strict=True):
                found = read_library(library, partial(_signs, query))
                rows.append((found, present, number))
    close_libraries()
    values = np.array([[row[name] for name in SIGNS] for row, _, _ in rows])
    return values, np.array([present for _, present, _ in rows]), np.array([number for *_, number in rows])


def _signs(query: Query, opened: OpenLibrary) -> dict[str, float]:
    found, _ = signs(gather(query, opened), opened)
    return found


if __name__ == "__main__":
    main()
