"""Sentences marked by people: those a claim rests on (WiCE), those an answer rests on (CLAPNQ), SQuAD's."""

from __future__ import annotations

import gzip
import json
from itertools import chain
from statistics import mean
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant import rank_sentences
from bench.metrics import average_precision, f1, ndcg, recall, reciprocal_rank
from ingest import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

SHOWN = 5
MARGIN = 4.0
"""What an answer shows: at most five sentences, within four points of the best (docs/evaluation.md)."""


def claims(data: Path, most: int | None = None) -> dict[str, float]:
    """Rank each page's sentences for a claim; the gold is any of the sets that support it."""
    five, ten = [], []
    for item in [*lines(data / "claims" / "wice.jsonl.gz")][:most]:
        if any(item["supporting_sentences"]):
            order = ordered(item["claim"], item["evidence"], None)
            five.append(recall(order, item["supporting_sentences"], 5))
            ten.append(recall(order, item["supporting_sentences"], 10))
    return {"wice recall@5": mean(five), "wice recall@10": mean(ten)}


def passages(data: Path, most: int | None = None) -> dict[str, float]:
    """Rank each passage's sentences for its question, and choose as an answer does."""
    measured: dict[str, list[float]] = {
        "MAP": [],
        "MRR": [],
        "nDCG@5": [],
        "precision": [],
        "recall": [],
        "F1": [],
    }
    for item in [*lines(data / "passages" / "clapnq_answerable.jsonl.gz")][:most]:
        passage = item["passages"][0]
        chosen = set(chain.from_iterable(output["selected_sentences"] for output in item["output"]))
        gold = {place for place, sentence in enumerate(passage["sentences"]) if sentence in chosen}
        scores = np.array(rank_sentences(item["input"], passage["sentences"], title=passage["title"]))
        order = np.argsort(-scores, kind="stable")
        shown = [int(place) for place in order[:SHOWN] if scores[place] >= scores.max() - MARGIN]
        for name, value in zip(("precision", "recall", "F1"), f1(shown, gold), strict=True):
            measured[name].append(value)
        if 0 < len(gold) < len(scores):
            right = [int(place) in gold for place in order]
            measured["MAP"].append(average_precision(right))
            measured["MRR"].append(reciprocal_rank(right))
            measured["nDCG@5"].append(ndcg(right, 5))
    return {f"clapnq {name}": mean(values) for name, values in measured.items()}


def paragraphs(data: Path, most: int = 300) -> dict[str, float]:
    """Rank the sentences of SQuAD's paragraphs: the set most of the weights were learned on."""
    every, first = [], []
    items = [*lines(data / "questions" / "squad.jsonl.gz")]
    for item in items[:: max(1, len(items) // most)]:
        texts = [sentence.text for sentence in split_sentences(item["context"])]
        for question in [each for each in item["questions"] if each["answers"]][:1]:
            right = [
                any(answer.lower() in texts[place].lower() for answer in question["answers"])
                for place in ordered(question["question"], texts, item["title"])
            ]
            if any(right) and not all(right):
                every.append(average_precision(right))
                first.append(reciprocal_rank(right))
    return {"squad MAP": mean(every), "squad MRR": mean(first)}


def ordered(question: str, texts: Sequence[str], title: str | None) -> list[int]:
    """Return the places of the sentences, best first."""
    scores = rank_sentences(question, texts, title=title)
    return sorted(range(len(texts)), key=lambda place: -scores[place])


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of a compressed file."""
    with gzip.open(path, "rt", encoding="utf-8") as records:
        for line in records:
            yield json.loads(line)
