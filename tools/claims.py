"""Sentences that people marked: answers in passages and in a library (CLAPNQ), grounds of claims (WiCE)."""

from __future__ import annotations

import gzip
import json
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.question.query import understand
from assistant.retrieval.open_libraries import open_library
from assistant.retrieval.relevance import passage
from assistant.retrieval.retrieve import gather
from assistant.retrieval.sentence_ranking import alone, of_claim, weights
from ingest import Article, relevance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from tools.learning import Example

COMPARED = 60
"""Characters by which a sentence is known."""


def passages(folder: Path) -> Iterator[Example]:
    """Yield CLAPNQ's answerable questions (Apache-2.0) with the sentences that their answers rest on."""
    for question, title, texts, right in _answerable(folder):
        yield alone(understand(question), texts, title=title), right


def reread_passages(folder: Path) -> Iterator[Example]:
    """Yield the same with two numbers a sentence: the learned score, and what the cross-encoder says."""
    for question, title, texts, right in _answerable(folder):
        own = weights("alone").score(alone(understand(question), texts, title=title))
        yield np.column_stack([own, relevance(question, [passage(title, text) for text in texts])]), right


def library_articles(folder: Path) -> list[Article]:
    """Return all of CLAPNQ's passages, also those of questions that they don't answer, as articles."""
    read = {
        passage["text"]: passage["title"]
        for name in ("answerable", "unanswerable")
        for item in _lines(folder / f"clapnq_{name}.jsonl.gz")
        for passage in item["passages"]
    }
    return [
        Article(text=text, title=title, origin=f"clapnq#{number}")
        for number, (text, title) in enumerate(read.items())
    ]


def clapnq_questions(folder: Path) -> tuple[list[str], list[str]]:
    """Return CLAPNQ's questions that its passages answer, and the others."""
    known, others = (
        [item["input"] for item in _lines(folder / f"clapnq_{name}.jsonl.gz")]
        for name in ("answerable", "unanswerable")
    )
    return known, others


def in_library(folder: Path, library: str) -> Iterator[Example]:
    """Yield what CLAPNQ's answerable questions find in a library that has its passages."""
    opened = open_library(library)
    for question, _, texts, right in _answerable(folder):
        gathered = gather(understand(question), opened)
        marked = [" ".join(text.split()) for text, chosen in zip(texts, right, strict=True) if chosen]
        found = [sentence.text for item in gathered.found for sentence in item.hit.chunk.sentences]
        yield gathered.rows, np.array([_marked(text, marked) for text in found], dtype=bool)


def _marked(text: str, marked: Sequence[str]) -> bool:
    """Say whether a sentence is one of the marked ones: its end may be cut elsewhere than the data's."""
    words = " ".join(text.split())
    return any(words[:COMPARED] in sentence or sentence[:COMPARED] in words for sentence in marked)


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
            yield of_claim(understand(item["claim"]), item["evidence"])[0], right


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
