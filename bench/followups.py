"""Are follow-up questions found? The last question alone against what is made of it from the conversation.

The data: conversations of MTRAG-UN with their gold passages. All gold passages together are one library;
for each last turn that has any, the share of its own among the first five is counted, as asked and as
understood. The words-only rows are BM25 over whole passages, the others are the library's own search.
"""

from __future__ import annotations

import gzip
import json
import math
import sys
from argparse import ArgumentParser
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from assistant.question.follow_up import question_vector
from assistant.question.query import understand
from assistant.retrieval.abstention import look_for
from assistant.retrieval.open_libraries import open_library
from assistant.retrieval.retrieve import look
from assistant.settings import answer_settings
from ingest import Article, content_stems, ingest_articles

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from assistant.question.query import Query
    from assistant.retrieval.open_libraries import OpenLibrary
    from ingest import Hit

FIRST = 5
SEARCHED = 50
RRF_K = 60
"""Reciprocal rank fusion's constant (Cormack, Clarke and Büttcher 2009)."""

K1, B = 1.2, 0.75
"""BM25 as Robertson and Zaragoza (2009) have it."""

FLOOR = 0.85
"""Recall among the first five, resolved; measured .896 (last turn alone .829)."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The last question of a conversation, what was said before, and the passages that answer it."""

    question: str
    history: tuple[tuple[str, str], ...]
    gold: frozenset[str]
    follows: bool


def conversations(data: Path) -> tuple[dict[str, str], list[Turn]]:
    """Read all passages, and the last turns that follow something and have passages."""
    with gzip.open(data / "conversations" / "mtrag_un.jsonl.gz", "rt", encoding="utf-8") as lines:
        tasks = [json.loads(line) for line in lines]
    passages = {item["document_id"]: item["text"] for task in tasks for item in task["contexts"]}
    return passages, [_turn(task) for task in tasks if task["contexts"] and len(task["input"]) > 1]


def _turn(task: Mapping[str, Any]) -> Turn:
    asked = ""
    history = []
    for said in task["input"][:-1]:
        if said["speaker"] == "user":
            asked = said["text"]
        else:
            history.append((asked, said["text"]))
    gold = frozenset(item["document_id"] for item in task["contexts"])
    return Turn(task["input"][-1]["text"], tuple(history), gold, "Follow-up" in task["Multi-Turn"])


def recall(found: Sequence[str], gold: frozenset[str]) -> float:
    """Return the share of the gold passages among the first five found."""
    return len(gold.intersection(found[:FIRST])) / len(gold)


class Words:
    """BM25 over whole passages: what the share is by words alone."""

    def __init__(self, passages: Mapping[str, str]) -> None:
        self._counts = {key: Counter(content_stems(text)) for key, text in passages.items()}
        self._having = Counter(stem for counts in self._counts.values() for stem in counts)
        self._mean = sum(counts.total() for counts in self._counts.values()) / len(self._counts)

    def __call__(self, text: str) -> list[str]:
        """Return the keys of the passages, best first."""
        wanted = set(content_stems(text))
        return sorted(self._counts, key=lambda key: -self._score(self._counts[key], wanted))

    def _score(self, counts: Counter[str], wanted: set[str]) -> float:
        norm = K1 * (1 - B + B * counts.total() / self._mean)
        return sum(
            self._rarity(stem) * counts[stem] * (K1 + 1) / (counts[stem] + norm)
            for stem in wanted
            if stem in counts
        )

    def _rarity(self, stem: str) -> float:
        having = self._having[stem]
        return math.log(1 + (len(self._counts) - having + 0.5) / (having + 0.5))


def asked(turn: Turn, folder: Path, *, alone: bool) -> Query:
    """Return the question alone, or with what an answer would take from the conversation."""
    query = understand(turn.question, () if alone else turn.history)
    if not query.context:
        return query
    return look_for(query, library=folder, filters=None, settings=answer_settings()).query


def read(opened: OpenLibrary, query: Query, origins: Mapping[str, str]) -> list[str]:
    """Return the passages in the order in which they are read for an answer."""
    return list(dict.fromkeys(origins[found.hit.article.id] for found in look(query, opened).chunks))


def searched(opened: OpenLibrary, query: Query, origins: Mapping[str, str]) -> list[str]:
    """Return the passages that the library's search finds, best first."""
    vector = question_vector(query.text, query.full_text, opened.embedder)
    hits = opened.library.search(query.search_text, vector, limit=SEARCHED)
    best = sorted(hits, key=lambda hit: (-_fused(hit), hit.chunk.id))
    return list(dict.fromkeys(origins[hit.article.id] for hit in best))


def _fused(hit: Hit) -> float:
    """Put both rankings together; passages have no date, so there is nothing else to order them by."""
    return sum(1 / (RRF_K + 1 + rank) for rank in (hit.keyword_rank, hit.vector_rank) if rank is not None)


def measure(folder: Path, data: Path) -> dict[str, tuple[float, float]]:
    """Return recall over all turns and over those marked as follow-ups, for each way of asking."""
    passages, turns = conversations(data)
    articles = [Article(text=text, title="-", origin=key) for key, text in passages.items()]
    ingest_articles(articles, folder)
    opened, words = open_library(folder), Words(passages)
    origins = {article.id: article.origin for article in articles}
    ways: dict[str, Callable[[Turn], list[str]]] = {
        "words, last turn": lambda turn: words(turn.question),
        "words, all user turns": lambda turn: words(
            " ".join([*(asked for asked, _ in turn.history), turn.question])
        ),
        "words, resolved": lambda turn: words(understand(turn.question, turn.history).search_text),
        "search, last turn": lambda turn: searched(opened, asked(turn, folder, alone=True), origins),
        "search, resolved": lambda turn: searched(opened, asked(turn, folder, alone=False), origins),
        "answer, last turn": lambda turn: read(opened, asked(turn, folder, alone=True), origins),
        "answer, resolved": lambda turn: read(opened, asked(turn, folder, alone=False), origins),
    }
    return {name: _mean(way, turns) for name, way in ways.items()}


def _mean(way: Callable[[Turn], list[str]], turns: Sequence[Turn]) -> tuple[float, float]:
    shares = [(recall(way(turn), turn.gold), turn.follows) for turn in turns]
    following = [share for share, follows in shares if follows]
    return sum(share for share, _ in shares) / len(shares), sum(following) / len(following)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; exit 1 where the floor is crossed."""
    parser = ArgumentParser(description="Follow-up questions, as asked and as understood.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as scratch:
        figures = measure(Path(scratch) / "library", options.data)
    table = Table("recall@5", "all", "follow-ups", title="Questions within conversations")
    for name, (every, following) in figures.items():
        table.add_row(name, f"{every:.3f}", f"{following:.3f}")
    Console().print(table)
    return int(figures["search, resolved"][0] < FLOOR)


if __name__ == "__main__":
    sys.exit(main())
