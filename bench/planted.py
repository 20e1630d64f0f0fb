"""News sentences with planted mistakes, and reworded truly: what is caught, what wrongly rejected?"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from assistant.answers import Support
from assistant.checking.check import check_statement
from assistant.language.names import find_names
from bench.mistakes import KINDS, plant
from bench.rewordings import WAYS, merge, name_day
from ingest import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.random import Generator

SEED = 11
EACH = 200
FLOORS = {
    "number": 0.97,
    "date": 0.97,
    "name": 0.97,
    "negation": 0.90,
    "speaker": 0.80,
    "relation": 0.80,
}
"""Share of planted mistakes that has to be caught."""
MOST_REJECTED = 0.10
"""Share of true rewordings that may be rejected."""
ARTICLES = 3000


@dataclass(frozen=True, slots=True)
class Case:
    """A statement with the sentences that it cites; `kind` is the mistake planted or the way of rewording."""

    kind: str
    true: bool
    statement: str
    sources: tuple[str, ...]
    published: date | None
    title: str


def cases(data: Path, *, each: int = EACH, seed: int = SEED) -> list[Case]:
    """Return the same cases for the same seed: `each` of every mistake and of every rewording."""
    random = np.random.default_rng(seed)
    wanted = dict.fromkeys((*KINDS, *WAYS, "day", "merge", "same"), each)
    found: list[Case] = []
    for texts, published, title in _articles(data, random):
        for case in _of_article(texts, published, title, random):
            if wanted[case.kind]:
                wanted[case.kind] -= 1
                found.append(case)
        if not any(wanted.values()):
            break
    return found


def _articles(data: Path, random: Generator) -> Iterator[tuple[list[str], date | None, str]]:
    with gzip.open(data / "news" / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        every = [json.loads(line) for line in lines]
    for place in random.permutation(len(every))[:ARTICLES]:
        article = every[place]
        published = date.fromisoformat(article["published"][:10]) if article.get("published") else None
        texts = [sentence.text for sentence in split_sentences(article["text"])]
        yield texts, published, article["title"]


def _of_article(texts: list[str], published: date | None, title: str, random: Generator) -> Iterator[Case]:
    """Make at most one case of each kind from an article."""
    usable = [place for place, text in enumerate(texts) if _usable(text)]
    people = [
        name.text
        for text in texts
        for name in find_names(text)
        if len(name.words) == 2 and len(name.text) < 30
    ]
    for kind in (*KINDS, *WAYS, "day", "merge", "same"):
        for place in random.permutation(usable)[:12]:
            text = texts[place]
            sources: tuple[str, ...] = (text,)
            made: str | None
            if kind in KINDS:
                present = text.lower()
                strangers = [
                    who for who in people if not any(word.lower() in present for word in who.split())
                ]
                made = plant(kind, text, strangers, random)
            elif kind == "same":
                made = text
            elif kind == "day":
                made = name_day(text, published)
            elif kind == "merge":
                following = texts[place + 1] if place + 1 in usable else ""
                made, sources = (merge(text, following) if following else None), (text, following)
            else:
                made = WAYS[kind](text, random)
            if made:
                yield Case(kind, kind not in KINDS, made, sources, published, title)
                break


def _usable(text: str) -> bool:
    words = text.split()
    return (
        8 <= len(words) <= 40
        and text[0].isupper()
        and text.endswith((".", "”", '"'))
        and "\n" not in text
        and not text.endswith(("?”", "!"))
        and ":" not in text
    )


def measure(found: list[Case]) -> tuple[dict[str, list[bool]], list[float], list[tuple[Case, str]]]:
    """Check every case; return whether each was judged rightly, the seconds each took, and the failures."""
    right: dict[str, list[bool]] = defaultdict(list)
    seconds, wrong = [], []
    for case in found:
        began = perf_counter()
        verdict = check_statement(case.statement, case.sources, published=case.published)
        seconds.append(perf_counter() - began)
        good = (verdict.support is Support.SUPPORTED) is case.true
        right[case.kind].append(good)
        if not good:
            wrong.append((case, f"{verdict.score:.2f} {verdict.reason}"))
    return right, seconds, wrong


def main(arguments: list[str] | None = None) -> int:
    """Print the share judged rightly of every kind; return 1 where a floor is crossed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--each", type=int, default=EACH)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--wrong", type=int, default=0, help="print so many wrong verdicts of every kind")
    options = parser.parse_args(arguments)
    if not (options.data / "news").is_dir():
        print(f"{options.data}/news is not there: name the data folder with --data.", file=sys.stderr)
        return 2
    right, seconds, wrong = measure(cases(options.data, each=options.each, seed=options.seed))
    for kind, judged in right.items():
        print(
            f"{'caught' if kind in KINDS else 'accepted':9} {kind:9} {np.mean(judged):.3f} of {len(judged)}"
        )
    true = [good for kind, judged in right.items() if kind not in (*KINDS, "same") for good in judged]
    rejected = 1 - float(np.mean(true))
    print(f"true rewordings rejected {rejected:.3f}; median {1000 * median(seconds):.1f} ms a statement")
    for kind in right:
        for case, why in [each for each in wrong if each[0].kind == kind][: options.wrong]:
            print(f"\n[{kind}] {why}\n  statement: {case.statement}\n  source: {' | '.join(case.sources)}")
    low = [kind for kind, floor in FLOORS.items() if np.mean(right[kind]) < floor]
    return int(bool(low) or rejected > MOST_REJECTED)


if __name__ == "__main__":
    sys.exit(main())
