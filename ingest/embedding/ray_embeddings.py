"""ray: the bundled embedder on every machine of a Ray cluster, or on every processor of this one.

The vectors are those of the bundled embedder, so that a library may be filled with Ray and asked without it.
Each actor has the model loaded and is kept for as long as this process lives; Ray Data's map_batches would
start its actors anew for each batch. When an actor's process or machine dies, Ray starts another and gives it
the texts again.
"""

from __future__ import annotations

import logging
import os
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest.embedding.loading import bundled_model
from ingest.embedding.minilm import DIMENSION, MiniLM
from ingest.errors import FootnoteError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

AT_ONCE = 512
"""Texts that are worth spreading at once; a batch of an ingestion has so many."""
PART = 16  # texts that an actor gets at a time: a quarter of a second of embedding
FEW = 8  # texts, such as a question, that are quicker embedded here
TRIES = 5  # for the same texts, where actors die

NEEDS_EXTRA = "FOOTNOTE_EMBEDDINGS=ray needs the package ray. Install it: pip install 'footnote[ray]'."


class RayEmbeddings:
    """An Embedder that spreads texts over a pool of actors."""

    name = MiniLM.name
    dimension = DIMENSION
    at_once = AT_ONCE

    def __init__(self, threads: int) -> None:
        self._threads = threads

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row of length 1 for each text, in the order of the texts."""
        if len(texts) <= FEW:
            return bundled_model(self._threads).embed(texts)
        ray, actors = _pool(self._threads)
        parts = [list(texts[start : start + PART]) for start in range(0, len(texts), PART)]
        try:
            waiting = [actors[place % len(actors)].embed.remote(part) for place, part in enumerate(parts)]
            rows: list[NDArray[np.float32]] = ray.get(waiting)
        except ray.exceptions.RayError as error:
            raise FootnoteError(
                f"The Ray cluster can't embed ({type(error).__name__}). Check that it runs, and try again."
            ) from error
        return np.concatenate(rows)


class Actor:
    """What an actor does: one text at a time on its one processor."""

    def __init__(self) -> None:
        self._model = MiniLM(threads=1)
        self._model.embed(["warm"])

    def embed(self, texts: list[str]) -> NDArray[np.float32]:
        """Embed a part."""
        return self._model.embed(texts)

    def process(self) -> int:
        """Return the number of its process, for whoever looks after it."""
        return os.getpid()


@cache
def _pool(threads: int) -> tuple[Any, list[Any]]:
    """Join the cluster that RAY_ADDRESS names, or start one on this machine; an actor a processor."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # it would tell its makers
    try:
        import ray
    except ImportError:
        raise SettingsError(NEEDS_EXTRA) from None
    own = {} if os.environ.get("RAY_ADDRESS") else {"num_cpus": threads, "include_dashboard": False}
    try:
        ray.init(log_to_driver=False, logging_level=logging.ERROR, ignore_reinit_error=True, **own)
        count = max(1, int(ray.cluster_resources().get("CPU", 1)))
        kind = ray.remote(num_cpus=1, max_restarts=-1, max_task_retries=TRIES)(Actor)
        return ray, [kind.remote() for _ in range(count)]
    except (ConnectionError, ValueError, RuntimeError) as error:
        raise FootnoteError(
            f"The Ray cluster can't be reached ({type(error).__name__}). Check RAY_ADDRESS, and that it runs."
        ) from error
