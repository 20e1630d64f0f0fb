"""Cross-encoders: models that read two texts together and give a few numbers for each pair.

Two are bundled: one says how well a passage answers a question (relevance_model.py), the other what a text
says of a statement (entailment_model.py). Both have the same table of words, which lies beside the first and
of which only the rows of a text are read. PROVENANCE.md in each folder of models/ has where it comes from.
"""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest.embedding.embedders import readable
from ingest.embedding.minilm import (
    DIMENSION,
    FILES,
    MAX_CHARACTERS,
    MODEL_FOLDER,
    session,
    tokenizer,
    verify,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

WORDS_FOLDER, WORDS = MODEL_FOLDER.parent / "relevance", "words.bin"
"""The table of words of both, 30,522 rows in 8 bits."""
TOGETHER = 4
"""Pairs that are run at once: one of 50 tokens takes .67 of the time that it takes alone; 8 take as long."""


class CrossEncoder:
    """A model, loaded when it is first used. Threads may share it.

    `outputs` is how many numbers it gives for a pair. Batches of pairs go side by side in threads; token 0,
    which fills up the shorter ones of a batch, is not looked at.
    """

    def __init__(self, folder: Path, *, threads: int = 1, outputs: int = 1) -> None:
        self._folder = folder
        self._threads = threads
        self._outputs = outputs
        self._lock = threading.Lock()
        self._engines: tuple[Any, Any, NDArray[np.int8]] | None = None

    def scores(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Return the model's numbers for each pair, in their order, shape (pairs, outputs).

        What comes after the first 256 tokens of both together is not read.
        """
        found = np.zeros((len(pairs), self._outputs), np.float32)
        if not pairs:
            return found
        splitter, engine, words = self._load()
        read = splitter.encode_batch(
            [tuple(readable(text, MAX_CHARACTERS) for text in pair) for pair in pairs]
        )
        # Pairs of about one length are run together, so that little is filled up, and no thread waits idle.
        order = sorted(range(len(read)), key=lambda place: len(read[place].ids))
        size = min(TOGETHER, -(-len(order) // self._threads))
        batches = [order[start : start + size] for start in range(0, len(order), size)]

        def run(places: list[int]) -> None:
            inputs = _filled([read[place] for place in places])
            inputs["words"] = np.asarray(words[inputs["ids"]])
            found[places] = engine.run(["score"], inputs)[0]

        if len(batches) == 1:
            run(batches[0])
        else:
            with ThreadPoolExecutor(min(self._threads, len(batches)), "footnote-crossencoder") as pool:
                [*pool.map(run, batches)]
        return found

    def load(self) -> None:
        """Load the model ahead of its first use."""
        self._load()

    def _load(self) -> tuple[Any, Any, NDArray[np.int8]]:
        with self._lock:
            if self._engines is None:
                verify(self._folder, FILES[:1])
                verify(WORDS_FOLDER, (WORDS,))
                words = np.memmap(WORDS_FOLDER / WORDS, np.int8, "r").reshape(-1, DIMENSION)
                engine = session(self._folder / FILES[0])
                self._engines = tokenizer(MODEL_FOLDER / FILES[1]), engine, words
            return self._engines


def _filled(pairs: Sequence[Any]) -> dict[str, NDArray[Any]]:
    """Return token ids, and which of the two texts each token is of, filled up to the longest pair."""
    shape = len(pairs), max(len(pair.ids) for pair in pairs)
    ids, kinds = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    for row, pair in enumerate(pairs):
        ids[row, : len(pair.ids)], kinds[row, : len(pair.ids)] = pair.ids, pair.type_ids
    return {"ids": ids, "kinds": kinds}
