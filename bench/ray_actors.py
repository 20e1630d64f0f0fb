"""Embedding by two Ray actors beside two threads of one process: how much longer does it take?

    python -m bench.ray_actors [--data ../shared/data] [--rounds 3]

Needs the extra `footnote[ray]`. Both embed the same chunks of news in turns, on this machine; starting Ray
and loading the models is not counted. The rows have to be equal.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from bench.news import news_slice
from ingest import make_chunks
from ingest.embedding.minilm import MiniLM
from ingest.embedding.ray_embeddings import AT_ONCE, RayEmbeddings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ingest import Embedder

PROCESSORS = 2
CHUNKS, ROUNDS = 2_048, 3
MOST_TIMES = 1.3
"""The time that the actors may take beside the threads."""


def embedded(embedder: Embedder, texts: Sequence[str]) -> tuple[float, NDArray[np.float32]]:
    """Embed texts as an ingestion does, so many at once; return the seconds and the rows."""
    begun = perf_counter()
    rows = [embedder.embed(texts[start : start + AT_ONCE]) for start in range(0, len(texts), AT_ONCE)]
    return perf_counter() - begun, np.concatenate(rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the times and their ratio; return 1 where it is crossed or rows differ."""
    parser = ArgumentParser(description="Embedding by Ray's actors and by threads.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--chunks", type=int, default=CHUNKS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args(arguments)
    os.environ.setdefault("RAY_AUTH_MODE", "disabled")
    every = (chunk.text for article in news_slice(options.data)[0] for chunk in make_chunks(article))
    texts = [text for text, _ in zip(every, range(options.chunks), strict=False)]
    threads, actors = MiniLM(threads=PROCESSORS), RayEmbeddings(PROCESSORS)
    for embedder in (threads, actors):
        embedder.embed(texts[:64])  # starts what there is to start
    taken: dict[str, list[float]] = {"threads": [], "actors": []}
    for turn in range(options.rounds):
        rows = []
        for name, embedder in (("threads", threads), ("actors", actors)):
            seconds, found = embedded(embedder, texts)
            taken[name].append(seconds)
            rows.append(found)
        if not np.array_equal(rows[0], rows[1]):
            print("The actors' rows are others than those of the threads.")
            return 1
        print(
            f"turn {turn + 1}: " + ", ".join(f"{name} {taken[name][-1]:.1f} s" for name in taken), flush=True
        )
    times = median(actors / threads for threads, actors in zip(*taken.values(), strict=True))
    print(f"{len(texts):,} chunks: {PROCESSORS} actors take {times:.2f} times as long (at most {MOST_TIMES})")
    return int(times > MOST_TIMES)


if __name__ == "__main__":
    sys.exit(main())
