"""Batches between reading and storing: which articles go together, and the vectors of their chunks."""

from __future__ import annotations

from threading import Event

import numpy as np
import pytest
from fakes import Recording, WordEmbeddings
from hypothesis import given
from hypothesis import strategies as st

from ingest import Article, make_chunks
from ingest.runs.batches import BATCH_CHUNKS, FIRST_BATCH_CHUNKS, StoppedError, Work, embed_batch, in_batches


def article(name: str, text: str = "The bridge is open. The mayor cut a ribbon.") -> Article:
    return Article(text=text, title=f"About {name}", origin=name)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(1, 700)), max_size=60))
def test_batches_keep_every_work_in_order_and_within_bounds(plan: list[tuple[int, int]]) -> None:
    """Nothing is lost or moved; no article twice in a batch; no batch goes on when it is full."""
    chunk = make_chunks(article("any"))[0]
    works = [Work(article(str(name)), (chunk,) * size, known=False) for name, size in plan]
    batches = list(in_batches(works))
    assert [work for batch in batches for work in batch] == works
    for batch in batches:
        ids = [work.article.id for work in batch]
        assert len(set(ids)) == len(ids)
        assert sum(len(work.chunks) for work in batch[:-1]) < BATCH_CHUNKS
    assert sum(len(work.chunks) for work in (batches[0][:-1] if batches else [])) < FIRST_BATCH_CHUNKS


def test_vectors_come_back_in_the_order_of_the_chunks() -> None:
    """Each chunk gets its own vector, however long the others are."""
    works = [
        Work(item, make_chunks(item), known=False)
        for item in (
            article("a", "Long " * 80 + "end."),
            article("b", "Short."),
            article("c", "Of medium length."),
        )
    ]
    embedder = WordEmbeddings()
    texts = [f"{work.article.title}\n{chunk.text}" for work in works for chunk in work.chunks]
    assert np.array_equal(embed_batch(embedder, works, Event()), embedder.embed(texts))


def test_embedding_ends_when_it_is_not_wanted_any_more() -> None:
    """After Ctrl-C the embedder is not asked again."""
    stop, embedder = Event(), Recording()
    stop.set()
    item = article("a")
    with pytest.raises(StoppedError):
        embed_batch(embedder, [Work(item, make_chunks(item), known=False)], stop)
    assert embedder.texts == []
