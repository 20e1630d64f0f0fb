"""Embedding on a Ray cluster: a real one on this machine, where ray is installed."""

from __future__ import annotations

import os
import signal
import sys
import time

import numpy as np
import pytest
from newssite import story

from ingest import SettingsError, library_settings, load_embedder
from ingest.embedding.minilm import MiniLM


def test_without_the_package_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The setting alone does nothing; few texts are embedded here."""
    monkeypatch.setenv("FOOTNOTE_EMBEDDINGS", "ray")
    monkeypatch.setitem(sys.modules, "ray", None)
    embedder = load_embedder(library_settings())
    assert (embedder.name, embedder.dimension) == (MiniLM.name, MiniLM.dimension)
    assert embedder.embed(["The ferry left."]).shape == (1, MiniLM.dimension)
    with pytest.raises(SettingsError, match=r"pip install 'footnote\[ray\]'"):
        embedder.embed([story(number) for number in range(20)])


@pytest.mark.slow
def test_vectors_are_those_of_the_bundled_embedder_also_when_an_actor_dies(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What a killed actor had in hand is embedded by another."""
    ray = pytest.importorskip("ray", reason="the extra footnote[ray] is not installed")
    from ingest.embedding import ray_embeddings

    monkeypatch.setenv("RAY_AUTH_MODE", "disabled")
    texts = [story(number) for number in range(40)]
    embedder = ray_embeddings.RayEmbeddings(threads=2)
    try:
        expected = MiniLM(threads=2).embed(texts)
        assert np.array_equal(embedder.embed(texts), expected)
        _, actors = ray_embeddings._pool(2)
        assert len(actors) == 2
        os.kill(ray.get(actors[0].process.remote()), signal.SIGKILL)
        time.sleep(0.1)
        assert np.array_equal(embedder.embed(texts), expected)
    finally:
        ray.shutdown()
        ray_embeddings._pool.cache_clear()
