"""Batching and embedding: articles with their chunks, between reading and storing."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Self

from ingest.article import Article
from ingest.storage.library import Prepared
from ingest.text.chunks import embedding_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from threading import Event

    import numpy as np
    from numpy.typing import NDArray

    from ingest.article import Chunk
    from ingest.embedding.embedders import Embedder

# About five seconds of embedding on two cores: storing costs little a chunk, and readers wait little.
BATCH_CHUNKS = 512
# The first batch is small so that the first articles can be found at once; each next one is twice as large.
FIRST_BATCH_CHUNKS = 64
# A slow source (a generator that fetches) does not keep finished articles waiting for a full batch.
BATCH_SECONDS = 5.0
# Chunks handed to the embedder at once: how long Ctrl-C waits, about a second.
SLICE_CHUNKS = 128


class StoppedError(Exception):
    """The run was interrupted: what is being embedded is not wanted any more."""


@dataclass(frozen=True, slots=True)
class Work:
    """An article that is to be stored, with its chunks. `known` says that an older version is stored.

    `vectors` are those that are stored already, by the text that was embedded: of an older version, or
    of a copy. `groups` are those that it is for, unless the library knows it already.
    """

    article: Article
    chunks: tuple[Chunk, ...]
    known: bool
    vectors: Mapping[str, NDArray[np.float32]] = field(default_factory=dict)
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Copy:
    """An article that was skipped since another holds the same content; its text stays with that one."""

    origin: str
    content: str
    original_id: str
    original_version: str
    article: Callable[[str], Article]
    source: str | None = None
    groups: frozenset[str] = frozenset()

    @classmethod
    def of(cls, article: Article, content: str, original_id: str, original_version: str) -> Self:
        """Keep all of an article but its text, which `article` takes to make it again."""
        again = partial(
            Article,
            title=article.title,
            origin=article.origin,
            published=article.published,
            source=article.source,
            url=article.url,
            authors=article.authors,
            modified=article.modified,
            language=article.language,
            section=article.section,
            pages=article.pages,
            dated_by=article.dated_by,
            unread=article.unread,
            ocr_pages=article.ocr_pages,
            picture_pages=article.picture_pages,
        )
        return cls(article.origin, content, original_id, original_version, again)


def in_batches(works: Iterable[Work]) -> Iterator[list[Work]]:
    """Group works into batches by their chunks, a small one first; no article is in one batch twice."""
    batch: dict[str, Work] = {}
    limit = FIRST_BATCH_CHUNKS
    chunks, since = 0, time.monotonic()
    for work in works:
        article_id = work.article.id
        if article_id in batch:
            yield list(batch.values())
            batch, chunks = {}, 0
        if not batch:
            since = time.monotonic()
        batch[article_id] = work
        chunks += len(work.chunks)
        if chunks >= limit or time.monotonic() - since > BATCH_SECONDS:
            yield list(batch.values())
            batch, chunks = {}, 0
            limit = min(limit * 2, BATCH_CHUNKS)
    if batch:
        yield list(batch.values())


def embed_batch(embedder: Embedder, batch: Sequence[Work], stop: Event) -> NDArray[np.float32]:
    """Return the vectors of all chunks of a batch, in order; raise `StoppedError` once `stop` is set."""
    import numpy as np

    texts = [embedding_text(work.article, chunk) for work in batch for chunk in work.chunks]
    stored = [work.vectors for work in batch for _ in work.chunks]
    vectors = np.empty((len(texts), embedder.dimension), dtype=np.float32)
    new = []
    for place, text in enumerate(texts):
        if text in stored[place]:
            vectors[place] = stored[place][text]
        else:
            new.append(place)
    size = getattr(embedder, "at_once", SLICE_CHUNKS)  # more where they are spread over many machines
    for start in range(0, len(new), size):
        if stop.is_set():
            raise StoppedError
        part = new[start : start + size]
        vectors[part] = embedder.embed([texts[place] for place in part])
    return vectors


def prepared(batch: Sequence[Work], vectors: NDArray[np.float32]) -> list[Prepared]:
    """Split the vectors of a batch, shape (chunks, dimension), by article."""
    done: list[Prepared] = []
    start = 0
    for work in batch:
        end = start + len(work.chunks)
        done.append(Prepared(work.article, work.chunks, vectors[start:end], groups=work.groups))
        start = end
    return done
