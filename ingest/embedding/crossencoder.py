"""The bundled cross-encoder: reads a statement together with sentences, and says how far they carry it.

It is the bundled embedder, trained on with openly licensed questions; models/crossencoder/PROVENANCE.md says
how. Pairs are run one at a time, side by side in threads, as texts are (ingest/embedding/minilm.py).
"""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest.embedding.embedders import readable
from ingest.embedding.minilm import FILES, MAX_CHARACTERS, MODEL_FOLDER, session, tokenizer, verify

if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDER = Path(__file__).parent / "models" / "crossencoder"


class CrossEncoder:
    """The model, loaded when it is first used. Threads may share it."""

    def __init__(self, folder: Path = FOLDER, *, threads: int = 1) -> None:
        self._folder = folder
        self._threads = threads
        self._lock = threading.Lock()
        self._engines: tuple[Any, Any] | None = None

    def carries(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Return a logit for each statement and text: above 0 the text rather carries it, below rather not.

        What comes after the first 256 tokens of both together is not read.
        """
        if not pairs:
            return []
        splitter, engine = self._load()
        cut = [(readable(told, MAX_CHARACTERS), readable(text, MAX_CHARACTERS)) for told, text in pairs]

        def run(pair: Any) -> float:  # noqa: ANN401  # the engine has no types
            inputs = {"ids": np.array([pair.ids], np.int64), "kinds": np.array([pair.type_ids], np.int64)}
            return float(engine.run(["score"], inputs)[0][0, 0])

        read = splitter.encode_batch(cut)
        if len(read) == 1:
            return [run(read[0])]
        with ThreadPoolExecutor(min(self._threads, len(read)), "footnote-crossencoder") as pool:
            return [*pool.map(run, read)]

    def load(self) -> None:
        """Load the model ahead of its first use."""
        self._load()

    def _load(self) -> tuple[Any, Any]:
        with self._lock:
            if self._engines is None:
                verify(self._folder, FILES[:1])
                self._engines = tokenizer(MODEL_FOLDER / FILES[1]), session(self._folder / FILES[0])
            return self._engines
