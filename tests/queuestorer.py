"""Stores articles whose vectors are given, for bench.workers: `queuestorer.py ADDRESS FIRST COUNT`.

It says that it is ready, and begins when it is told to.
"""

from __future__ import annotations

import random
import sys

import numpy as np
from newssite import WORDS

from ingest import Article, Library, Prepared, make_chunks
from ingest.database_address import DatabaseAddress

DIMENSION = 384
SENTENCES, SENTENCE_WORDS = 45, 18  # an article of about 16 chunks, as news have
VOCABULARY = [f"{first}{last}" for first in WORDS for last in WORDS]  # no two articles are near-duplicates
BATCH = 32
NAME = "given"


def prepared(number: int) -> Prepared:
    """Return an article of the length of a news article, with vectors by chance."""
    chance = random.Random(number)  # noqa: S311  # words, no secret
    sentences = (" ".join(chance.choice(VOCABULARY) for _ in range(SENTENCE_WORDS)) for _ in range(SENTENCES))
    text = "".join(f"The {sentence} ended. " for sentence in sentences)
    article = Article(text, f"District {number}", f"file{number}.txt")
    chunks = make_chunks(article)
    vectors = np.random.default_rng(number).normal(size=(len(chunks), DIMENSION)).astype(np.float32)
    return Prepared(article, chunks, vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def main() -> None:
    """Prepare, wait, store."""
    address, first, count = DatabaseAddress.parse(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    works = [prepared(number) for number in range(first, first + count)]
    with Library.open(address, embedder=NAME, dimension=DIMENSION, write=True, create=True) as library:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        for start in range(0, count, BATCH):
            library.put(works[start : start + BATCH])


if __name__ == "__main__":
    main()
