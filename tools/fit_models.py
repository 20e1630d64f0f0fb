"""Learn the weights of the sentence ranking and of the confidence from SQuAD (CC BY-SA 4.0).

    python tools/fit_models.py --data ../shared/data

Every paragraph of the data becomes an article of a temporary library, so the weights are learned on
what the program really sees: sentences of chunks that its own search found. The ranking learns from
questions whose answer is in the library; the confidence from those and from questions about
pages that were left out. News questions are never used here: they are what the result is
measured on (bench/news.py).
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.confidence import SIGNS, signs
from assistant.evidence import seek
from assistant.features import NAMES
from assistant.libraries import close_libraries, open_library
from assistant.ranking import weights
from assistant.understand import understand
from ingest import Article, ingest_articles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from assistant.retrieval import Found

MODELS = Path(__file__).parent.parent / "assistant" / "models"
SEED = 7
PENALTY = 1e-3
"""Ridge penalty a question: it only keeps features that say the same from growing against each other."""
STEPS = 600
RATE = 0.05
BY_HAND = {"recency": 2.0, "lead": 1.5, "misfits": -3.0}
"""Weights that SQuAD can't teach: its paragraphs have no dates and no top of an article, and almost every
sentence of an encyclopedia has a number. Recency and lead were chosen on news questions from a grid of 0
to 3, where everything around them scores alike; a question for a number is not answered without one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the paragraph it was written for and the answer strings found there."""

    text: str
    article_id: str
    answers: tuple[str, ...]
    held_out: bool


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What a question finds: a feature row for each sentence, and whether the sentence answers it."""

    rows: NDArray[np.float32]
    labels: NDArray[np.bool_]


def main() -> None:
    """Fit both models and write them with their provenance."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--questions", type=int, default=1000, help="questions of each kind")
    arguments = parser.parse_args()
    articles, asked = _squad(arguments.data / "questions" / "squad.jsonl.gz")
    with tempfile.TemporaryDirectory() as folder:
        ingest_articles(articles, folder)
        seen = [*_seen(asked, folder, held_out=False, most=arguments.questions)]
        missing = [*_seen(asked, folder, held_out=True, most=arguments.questions)]
        close_libraries()
    learned = [(item.rows, item.labels) for item in seen if item.labels.any() and not item.labels.all()]
    _write("ranking", {"features": _fit_ranking(learned)}, len(learned))
    rows = np.array([_confidence_row(item.rows) for item in [*seen, *missing]])
    known = np.array([True] * len(seen) + [False] * len(missing))
    _write("confidence", {"weights": _fit_confidence(rows, known)}, len(rows))


def _seen(asked: Sequence[Asked], folder: str, *, held_out: bool, most: int) -> Iterator[Seen]:
    opened = open_library(folder)
    some = [item for item in asked if item.held_out is held_out]
    for place in np.random.default_rng(SEED).permutation(len(some))[:most]:
        found, rows = seek(understand(some[place].text), opened)
        yield Seen(rows, _labels(some[place], found))


def _confidence_row(rows: NDArray[np.float32]) -> list[float]:
    seen = signs(rows, np.argsort(-weights().score(rows), kind="stable").tolist())
    return [seen[name] for name in SIGNS]


def _squad(path: Path) -> tuple[list[Article], list[Asked]]:
    """Return the paragraphs of the library and all questions; every third page is held out.

    Whole pages are held out, so that a library without the answer has nothing on the subject. Only
    answerable questions are used: SQuAD's others were written to look like their paragraph's, which
    is not how a question misses a library.
    """
    articles, asked = [], []
    pages: dict[str, int] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            item = json.loads(line)
            article = Article(text=item["context"], title=item["title"], origin=f"squad#{number}")
            held_out = pages.setdefault(item["title"], len(pages)) % 3 == 0
            if not held_out:
                articles.append(article)
            asked += [
                Asked(question["question"], article.id, tuple(question["answers"]), held_out)
                for question in item["questions"]
                if question["answers"]
            ]
    return articles, asked


def _labels(item: Asked, found: Sequence[Found]) -> NDArray[np.bool_]:
    """Say which candidate sentences, in the order of `rows`, hold the answer in its own paragraph."""
    return np.array(
        [
            each.hit.article.id == item.article_id
            and any(answer.lower() in sentence.text.lower() for answer in item.answers)
            for each in found
            for sentence in each.hit.chunk.sentences
        ]
    )


def _fit_ranking(looks: Sequence[tuple[NDArray[np.float32], NDArray[np.bool_]]]) -> dict[str, Any]:
    """Fit a softmax over each question's candidates: the answer's sentences against the others."""
    every = np.concatenate([rows for rows, _ in looks])
    mean, scale = every.mean(axis=0), every.std(axis=0) + 1e-6
    rows = (every - mean) / scale
    labels = np.concatenate([label for _, label in looks]).astype(float)
    starts = np.cumsum([0, *(len(label) for _, label in looks[:-1])])
    owner = np.repeat(np.arange(len(looks)), [len(label) for _, label in looks])

    def gradient(weight: NDArray[np.float64]) -> NDArray[np.float64]:
        raw = rows @ weight
        odds = np.exp(raw - np.maximum.reduceat(raw, starts)[owner])
        share = odds / np.add.reduceat(odds, starts)[owner]
        right = odds * labels / np.add.reduceat(odds * labels, starts)[owner]
        result: NDArray[np.float64] = rows.T @ (share - right) / len(looks) + PENALTY * weight
        return result

    weight = _descend(gradient, rows.shape[1])
    for name, chosen in BY_HAND.items():
        place = NAMES.index(name)
        mean[place], scale[place], weight[place] = 0.0, 1.0, chosen
    return {
        name: {"mean": round(float(m), 6), "scale": round(float(s), 6), "weight": round(float(w), 6)}
        for name, m, s, w in zip(NAMES, mean, scale, weight, strict=True)
    }


def _fit_confidence(rows: NDArray[np.float64], known: NDArray[np.bool_]) -> dict[str, float]:
    """Fit a logistic regression; half of the questions are answerable, which sets the base rate.

    No weight may be negative: every sign speaks for an answer, and a negative weight would only have
    learned how paragraphs of one SQuAD page resemble each other.
    """
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    standard = np.column_stack([(rows - mean) / scale, np.ones(len(rows))])

    def gradient(weight: NDArray[np.float64]) -> NDArray[np.float64]:
        chance = 1 / (1 + np.exp(-standard @ weight))
        result: NDArray[np.float64] = standard.T @ (chance - known) / len(rows) + PENALTY * weight
        return result

    least = np.array([0.0] * len(SIGNS) + [-np.inf])
    weight = _descend(gradient, standard.shape[1], least=least)
    own = {name: float(w / s) for name, w, s in zip(SIGNS, weight, scale, strict=False)}
    bias = float(weight[-1] - sum(own[name] * m for name, m in zip(SIGNS, mean, strict=True)))
    return {name: round(value, 6) for name, value in {**own, "bias": bias}.items()}


def _descend(
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


def _write(name: str, fitted: dict[str, Any], questions: int) -> None:
    made = {
        "made_by": "tools/fit_models.py",
        "learned_from": "SQuAD 1.1/2.0 development questions, CC BY-SA 4.0 (Rajpurkar et al. 2016, 2018)",
        "questions": questions,
    }
    (MODELS / f"{name}.json").write_text(json.dumps({**made, **fitted}, indent=1) + "\n", encoding="utf-8")
    print(f"{name}: {questions:,} questions")


if __name__ == "__main__":
    main()
