"""SQuAD as a library: paragraphs as articles, some of them left out, and what its questions find."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.question.query import understand
from assistant.retrieval.open_libraries import open_library
from assistant.retrieval.retrieve import gather
from ingest import Article

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from assistant.retrieval.chunk_ranking import Found
    from assistant.retrieval.retrieve import Gathered

SEED = 7
LOWER_EVERY = 4
"""Every fourth question is asked in lower case and without its question mark, as many people type."""


class Known(StrEnum):
    """What the library has for a question."""

    ANSWER = "answer"
    SUBJECT = "subject"  # the page, without the paragraph that answers
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the paragraph it was written for and the answer strings found there."""

    text: str
    article: Article
    answers: tuple[str, ...]
    known: Known


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What a question finds, and which of the chunks and of the sentences answer it."""

    asked: Asked
    gathered: Gathered
    chunks: NDArray[np.bool_]
    sentences: NDArray[np.bool_]


def paragraphs(path: Path) -> tuple[list[Article], list[Asked]]:
    """Return the articles of the library and all questions that have an answer.

    Of every three pages one is left out as a whole and one has every other paragraph left out: a library
    may have nothing on a subject, or much on it and not what is asked.
    """
    articles, asked = [], []
    pages: dict[str, int] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            item: dict[str, Any] = json.loads(line)
            page = pages.setdefault(item["title"], len(pages))
            known = _known(page, number)
            article = Article(text=item["context"], title=item["title"], origin=f"squad#{number}")
            if known is Known.ANSWER:
                articles.append(article)
            asked += [
                Asked(question["question"], article, tuple(question["answers"]), known)
                for question in item["questions"]
                if question["answers"]
            ]
    return articles, asked


def _known(page: int, number: int) -> Known:
    if page % 3 == 0:
        return Known.NOTHING
    return Known.SUBJECT if page % 3 == 1 and number % 2 else Known.ANSWER


def some(asked: Sequence[Asked], known: Known, most: int) -> list[Asked]:
    """Draw questions, the same ones every time, in the order of the file."""
    able = [item for item in asked if item.known is known]
    drawn = sorted(np.random.default_rng(SEED).permutation(len(able))[:most])
    return [
        Asked(spoken(able[place].text, number), able[place].article, able[place].answers, known)
        for number, place in enumerate(drawn)
    ]


def spoken(question: str, number: int) -> str:
    """Return some of the questions as they are typed in a hurry."""
    return question if number % LOWER_EVERY else question.lower().rstrip("? ")


def seen(asked: Sequence[Asked], folder: str) -> Iterator[Seen]:
    """Ask each question to the library."""
    opened = open_library(folder)
    for item in asked:
        gathered = gather(understand(item.text), opened)
        chunks = np.array([hit.article.id == item.article.id for hit in gathered.hits], dtype=bool)
        yield Seen(item, gathered, chunks, _labels(item, gathered.found))


def _labels(item: Asked, found: Sequence[Found]) -> NDArray[np.bool_]:
    """Say which candidate sentences, in the order of `rows`, hold the answer in its own paragraph."""
    return np.array(
        [
            each.hit.article.id == item.article.id and holds(sentence.text, item.answers)
            for each in found
            for sentence in each.hit.chunk.sentences
        ],
        dtype=bool,
    )


def holds(sentence: str, answers: Sequence[str]) -> bool:
    """Say whether one of the answer strings stands in a sentence."""
    return any(answer.lower() in sentence.lower() for answer in answers)
