"""How well sentence ends are found: Wikinews as published, and with the spaces after full stops removed.

An end counts when it is found at exactly the gold offset. The seed article has 15 sentences, and
speed is measured on real news, in characters of text a second of processor time.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import time
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.text.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

F1_FLOORS = {"as published": 0.975, "glued": 0.97}
"""Lower than measured (.989, .987) by what another twelve articles may differ."""

SEED_SENTENCES = 15
SPEED_FLOOR = 0.8
"""Million characters a second; measured 2.5 to 4 on two busy cores."""

SPEED_ARTICLES = 300
_DATELINE = re.compile(r"^\s*date \S+ Islam Times - ")


@dataclass(frozen=True, slots=True)
class EndScores:
    """Sentence ends found and right, found and wrong, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall; 0 when nothing is right."""
        return 2 * self.right / (2 * self.right + self.wrong + self.missed) if self.right else 0.0


@dataclass(frozen=True, slots=True)
class Result:
    """Everything that this bench measures."""

    ends: dict[str, EndScores]
    seed_sentences: int
    speed: float


def score_ends(texts: Iterable[tuple[str, Iterable[int]]]) -> EndScores:
    """Split each text and compare where its sentences end with where they should."""
    right = wrong = missed = 0
    for text, gold_ends in texts:
        gold, found = set(gold_ends), {sentence.end for sentence in split_sentences(text)}
        right, wrong, missed = (
            right + len(gold & found),
            wrong + len(found - gold),
            missed + len(gold - found),
        )
    return EndScores(right, wrong, missed)


def measure(data: Path) -> Result:
    """Measure everything on a folder of evaluation data."""
    rows = list(_rows(data / "sentences" / "wikinews.jsonl.gz"))
    ends = {
        name: score_ends((row["text"], row["ends"]) for row in rows if row["glued"] is glued)
        for name, glued in (("as published", False), ("glued", True))
    }
    seed = next((data / "seed").glob("*.txt")).read_text("utf-8")
    news = [row["text"] for row in islice(_rows(data / "news" / "articles.jsonl.gz"), SPEED_ARTICLES)]
    return Result(ends, len(split_sentences(_DATELINE.sub("", seed))), speed(news))


def speed(texts: list[str]) -> float:
    """Return how many million characters are split in a second of processor time."""
    started = time.process_time()
    for text in texts:
        split_sentences(text)
    return sum(map(len, texts)) / 1e6 / (time.process_time() - started)


def crossed_floors(result: Result) -> list[str]:
    """Return a line for every floor that is crossed."""
    lines = [
        f"{name}: F1 {result.ends[name].f1:.4f} is below {floor}"
        for name, floor in F1_FLOORS.items()
        if result.ends[name].f1 < floor
    ]
    if result.seed_sentences != SEED_SENTENCES:
        lines.append(f"seed: {result.seed_sentences} sentences, not {SEED_SENTENCES}")
    if result.speed < SPEED_FLOOR:
        lines.append(f"speed: {result.speed:.2f} MB/s is below {SPEED_FLOOR}")
    return lines


def main(arguments: list[str] | None = None) -> int:
    """Print the table; return 1 when a floor is crossed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    result = measure(parser.parse_args(arguments).data)
    print(f"{'':14}{'F1':>7}{'right':>7}{'wrong':>7}{'missed':>8}")
    for name, scores in result.ends.items():
        print(f"{name:14}{scores.f1:7.4f}{scores.right:7}{scores.wrong:7}{scores.missed:8}")
    print(f"seed: {result.seed_sentences} sentences; speed: {result.speed:.1f} million characters a second")
    crossed = crossed_floors(result)
    print("\n".join(crossed) or "no floor crossed")
    return 1 if crossed else 0


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


if __name__ == "__main__":
    sys.exit(main())
