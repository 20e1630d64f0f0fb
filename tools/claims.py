"""Texts whose sentences were marked by people: answers in passages (CLAPNQ), grounds of claims (WiCE)."""

from __future__ import annotations

import gzip
import json
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.question.query import understand
from assistant.retrieval.relevance import passage
from assistant.retrieval.sentence_ranking import alone, weights
from ingest import relevance

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from tools.learning import Example


def passages(folder: Path) -> Iterator[Example]:
    """Yield CLAPNQ's answerable questions (Apache-2.0) with the sentences that their answers rest on."""
    for question, title, texts, right in _answerable(folder):
        yield alone(understand(question), texts, title=title), right


def reread_passages(folder: Path) -> Iterator[Example]:
    """Yield the same with two numbers a sentence: the learned score, and what the cross-encoder says."""
    for question, title, texts, right in _answerable(folder):
        own = weights("alone").score(alone(understand(question), texts, title=title))
        yield np.column_stack([own, relevance(question, [passage(title, text) for text in texts])]), right


def _answerable(folder: Path) -> Iterator[tuple[str, str, list[str], NDArray[np.bool_]]]:
    for item in _lines(folder / "clapnq_answerable.jsonl.gz"):
        read = item["passages"][0]
        chosen = set(chain.from_iterable(output["selected_sentences"] for output in item["output"]))
        right = np.array([sentence in chosen for sentence in read["sentences"]], dtype=bool)
        yield item["input"], read["title"], read["sentences"], right


def grounds(path: Path) -> Iterator[Example]:
    """Yield WiCE's claims (annotations ODC-BY) with the sentences of a page that support them."""
    for item in _lines(path):
        right = np.zeros(len(item["evidence"]), dtype=bool)
        right[sorted(set(chain.from_iterable(item["supporting_sentences"])))] = True
        if right.any():
            yield alone(understand(item["claim"]), item["evidence"]), right


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
