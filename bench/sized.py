"""Libraries of a given size for timing: part of the news slice, or more of it with stand-in vectors.

A stand-in vector is one of the slice's with chance added, so that questions meet vectors like those of real
text at the cost of drawing them. The words are sentences of the slice in another order.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import numpy as np

from assistant.retrieval.open_libraries import open_library
from ingest import Article, Library, Prepared, make_chunks, split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

CHANCE = 0.8
"""Length of what chance adds to a vector of length 1; both come to a cosine of about .78."""
PUT_AT_ONCE = 64  # articles
SHARE_OF_ARTICLES = 4
"""Every fourth article gives the sentences of the large library: enough words, and quickly read."""


def part_of(slice_folder: Path, folder: Path, chunks: int) -> None:
    """Make a library of the slice's first articles, with their vectors, until it has so many chunks."""
    source = open_library(slice_folder).library
    _fill(folder, _copied(source), chunks, name=open_library(slice_folder).embedder.name)


def more_than(slice_folder: Path, folder: Path, chunks: int) -> None:
    """Make a library of so many chunks: articles as long as the slice's, with stand-in vectors."""
    _fill(folder, drawn_like(slice_folder), chunks, name=open_library(slice_folder).embedder.name)


def drawn_like(slice_folder: Path) -> Iterator[Prepared]:
    """Yield articles as long as the slice's without end, with stand-in vectors, the same at every run."""
    opened = open_library(slice_folder)
    articles = [item for item in opened.library.articles()[::SHARE_OF_ARTICLES] if item.chunks]
    stored = [opened.library.article(item.id) for item in articles]
    vectors = np.stack(
        [v for item in articles for _, v in opened.library.vectors(item.id, item.version)]
    ).astype(np.float32)
    return _drawn([item for item in stored if item], vectors)


def _copied(library: Library) -> Iterator[Prepared]:
    for item in library.articles():
        article, found = library.article(item.id), library.vectors(item.id, item.version)
        if article and found:
            yield Prepared(article, tuple(chunk for chunk, _ in found), np.stack([v for _, v in found]))


def _drawn(articles: Sequence[Article], vectors: NDArray[np.float32]) -> Iterator[Prepared]:
    """Yield articles without end, of the sentences of these and with vectors near these."""
    chance, numbers = random.Random(7), np.random.default_rng(7)  # noqa: S311  # a choice, not a secret
    sentences = [[each.text for each in split_sentences(article.text)] for article in articles]
    every = [text for texts in sentences for text in texts]
    number = 0
    while True:
        for article, own in zip(articles, sentences, strict=True):
            number += 1
            made = Article(
                text=" ".join(chance.choices(every, k=len(own))),
                title=article.title,
                origin=f"drawn {number}",
                published=article.published,
            )
            chunks = make_chunks(made)
            drawn = vectors[numbers.integers(len(vectors), size=len(chunks))]
            added = numbers.normal(scale=CHANCE / vectors.shape[1] ** 0.5, size=drawn.shape)
            mixed = (drawn + added).astype(np.float32)
            yield Prepared(made, chunks, mixed / np.linalg.norm(mixed, axis=1, keepdims=True))


def _fill(folder: Path, prepared: Iterable[Prepared], chunks: int, *, name: str) -> None:
    """Store articles until there are so many chunks."""
    batch: list[Prepared] = []
    stored = 0
    library: Library | None = None
    for item in prepared:
        if library is None:
            dimension = item.vectors.shape[1]
            library = Library.open(folder, embedder=name, dimension=dimension, write=True, create=True)
        batch.append(item)
        stored += len(item.chunks)
        if len(batch) == PUT_AT_ONCE or stored >= chunks:
            library.put(batch)
            batch = []
        if stored >= chunks:
            break
    if library is not None:
        library.put(batch)
        library.close()
