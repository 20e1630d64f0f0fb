"""Learn when a question's premise is not met: assistant/weights/premises.json, with its threshold.

    python -m tools.fit_premises --data ../shared/data [--passages FOLDER] [--library FOLDER]

Made anew whenever assistant/checking/premise_reading.py reads with another model. The questions are those of
bench/premises.py, true and false, SQuAD's besides CLAPNQ's and news quizzes. Every second one is learned
from; the threshold is the chance under which `WRONGLY` of the true ones of these fall. What the other half
gives is printed and chooses nothing.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import astuple, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from assistant.question.premise import premise_of
from assistant.question.query import understand
from assistant.retrieval.abstention import look_for
from assistant.retrieval.confidence import best_relevance
from assistant.retrieval.premises import SIGNS, WEIGHTS_FILE, borne_out
from assistant.settings import AnswerSettings
from bench.metrics import auroc
from bench.news import news_slice
from bench.premise_questions import TRUE, Case, cases, pages, passages, quizzes
from bench.replaced import passages as passage_articles
from ingest import ingest_articles
from tools.learning import fit_chance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

WRONGLY = 0.04
"""Share of true premises that may fall under the threshold: others differ, and .05 is promised."""
SQUAD_QUESTIONS = 800
PENALTY = 0.03
LEARNED_FROM = [
    "CLAPNQ development questions, Apache-2.0 (Rosenthal et al. 2024)",
    "SQuAD 1.1 development questions, CC BY-SA 4.0 (Rajpurkar et al. 2016)",
]


@dataclass(frozen=True, slots=True)
class Read:
    """A question with its signs; `denied` and `worded` decide whatever they are (retrieval/premises.py)."""

    case: Case
    signs: list[float]
    denied: bool
    worded: bool


def main() -> None:
    """Fit, choose the threshold, write both, and print what the other half gives."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--passages", type=Path, help="library of all passages, made where it is missing")
    parser.add_argument("--library", type=Path, help="library of the news slice, made where it is missing")
    parser.add_argument("--squad", type=int, default=SQUAD_QUESTIONS, help="questions of SQuAD")
    parser.add_argument("--signs", type=Path, help="keep the signs here, and read them where they are kept")
    options = parser.parse_args()
    if options.signs and options.signs.exists():
        kept = json.loads(options.signs.read_text(encoding="utf-8"))
        halves = [[Read(Case(*case), *others) for case, *others in half] for half in kept]
    else:
        halves = _halves(options)
    if options.signs:
        kept = [
            [((*astuple(each.case)[:3], None), each.signs, each.denied, each.worded) for each in half]
            for half in halves
        ]
        options.signs.write_text(json.dumps(kept), encoding="utf-8")
    rows, right = _arrays(halves[0])
    weights = _fit(rows, right)
    made = {
        "made_by": "tools/fit_premises.py",
        "learned_from": LEARNED_FROM,
        "questions": {"met": int(right.sum()), "unmet": int((~right).sum())},
        "weights": weights,
        "least": _threshold(halves[0], weights),
    }
    WEIGHTS_FILE.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(made, indent=1))
    for name, half in zip(("chosen on", "reported"), halves, strict=True):
        _tell(name, half, weights, made["least"])


def _halves(options: argparse.Namespace) -> list[list[Read]]:
    """Read the questions of both halves, the one that is learned from first."""
    halves = []
    with TemporaryDirectory() as scratch:
        read = options.passages or Path(scratch) / "passages"
        news = options.library or Path(scratch) / "news"
        if not read.exists():
            ingest_articles(passage_articles(options.data)[0], read)
        if not news.exists():
            ingest_articles(news_slice(options.data)[0], news)
        squad = pages(options.data, options.squad)
        for half in (0, 1):
            seen = [*_seen(cases([*passages(options.data)], half=half), read)]
            seen += _seen(cases(squad, half=half), read)
            # News is only measured on: its questions have no licence, so nothing is learned from them.
            seen += _seen(cases(quizzes(options.data), half=half), news) if half else []
            halves.append(seen)
    return halves


def _seen(made: Sequence[Case], library: Path) -> list[Read]:
    """Return the questions that find something, with their signs."""
    found = []
    settings = AnswerSettings(min_confidence=0.0)
    for case in made:
        query = understand(case.text, asked_on=case.asked_on)
        premise = premise_of(case.text)
        seen = look_for(query, library=library, filters=None, settings=settings)
        if premise and seen.ranked:
            borne = borne_out(premise, seen.ranked, best_relevance(seen.ranked))
            found.append(
                Read(case, [borne.signs[name] for name in SIGNS], borne.denying is not None, borne.worded)
            )
    print(f"{len(found)} of {len(made)} questions", flush=True)
    return found


def _fit(rows: NDArray[np.float64], right: NDArray[np.bool_]) -> dict[str, float]:
    """Fit the weights; a sign that is always the same, as what the model doesn't tell, has none."""
    told = [place for place in range(len(SIGNS)) if rows[:, place].std() > 0]
    found = fit_chance(rows[:, told], right, [SIGNS[place] for place in told], penalty=PENALTY)
    return {**dict.fromkeys(SIGNS, 0.0), **found}


def _arrays(seen: Sequence[Read]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    return np.array([each.signs for each in seen]), np.array([not each.case.false for each in seen])


def _chances(rows: NDArray[np.float64], weights: dict[str, float]) -> NDArray[np.float64]:
    logits = rows @ np.array([weights[name] for name in SIGNS]) + weights["bias"]
    chances: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-logits))
    return chances


def _threshold(half: Sequence[Read], weights: dict[str, float]) -> float:
    """Return the chance that `WRONGLY` of the true ones that are learned from have less than.

    Those whose words stand close together are never told, whatever their chance.
    """
    rows, right = _arrays(half)
    chances = np.where([each.worded for each in half], 1.0, _chances(rows, weights))
    return round(float(np.quantile(chances[right], WRONGLY)), 4)


def _tell(name: str, seen: Sequence[Read], weights: dict[str, float], least: float) -> None:
    rows, right = _arrays(seen)
    chances = _chances(rows, weights)
    print(f"{name}: AUROC {auroc(chances[right].tolist(), chances[~right].tolist()):.3f}")
    for place, sign in enumerate(SIGNS):
        print(f"  {sign} alone: {auroc(rows[right, place].tolist(), rows[~right, place].tolist()):.3f}")
    worded, denied = (np.array([getattr(each, name) for each in seen]) for name in ("worded", "denied"))
    told = denied | (~worded & (chances < least))
    kinds = np.array([(each.case.origin, each.case.kind) for each in seen])
    for origin, kind in sorted({(each.case.origin, each.case.kind) for each in seen}):
        chosen = (kinds == (origin, kind)).all(axis=1)
        verb = "wrongly told" if kind == TRUE else "told"
        print(f"  {origin} {kind}: {told[chosen].mean():.3f} of {chosen.sum()} {verb}")
    print(f"  all: {told[~right].mean():.3f} of the false told, {told[right].mean():.3f} of the true")


if __name__ == "__main__":
    main()
