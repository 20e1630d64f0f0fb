"""Texts whose sentences were marked by people: answers in passages (CLAPNQ), grounds of claims (WiCE)."""

from __future__ import annotations

import gzip
import json
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.question.query import understand
from assistant.retrieval.sentence_ranking import alone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tools.learning import Example


def passages(folder: Path) -> Iterator[Example]:
    """Yield CLAPNQ's answerable questions (Apache-2.0) with the sentences that their answers rest on."""
    for item in _lines(folder / "clapnq_answerable.jsonl.gz"):
        passage = item["passages"][0]
        chosen = set(chain.from_iterable(output["selected_sentences"] for output in item["output"]))
        right = np.array([sentence in chosen for sentence in passage["sentences"]], dtype=bool)
        yield alone(understand(item["input"]), passage["sentences"], title=passage["title"]), right


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
