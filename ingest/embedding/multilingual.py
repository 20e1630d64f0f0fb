"""The bundled multilingual embedder: multilingual-e5-small, its layers in 8 bits and its table of words in 4.

It puts a question near the texts that answer it in some hundred languages, whichever of these the texts are
in. It needs no key, no network and no GPU. models/e5/PROVENANCE.md says where the files come from. Of the
table, 54 MB for 250,000 pieces, only the rows of a text are read.
"""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest.embedding.embedders import readable
from ingest.embedding.minilm import session, verify
from ingest.embedding.unigram import Unigram
from ingest.settings import library_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

FOLDER = Path(__file__).parent / "models" / "e5"
FILES = ("layers.onnx", "pieces.txt", "scores.bin", "words-1.bin", "words-2.bin")
DIMENSION = 384
MAX_TOKENS = 256
"""As for the other bundled embedder; the model was trained on up to 512, which no chunk has."""
MAX_CHARACTERS = 16 * MAX_TOKENS
QUESTION, PASSAGE = "query: ", "passage: "
"""What the model was trained to read before a question and before a text that may answer it."""

BLOCK_BYTES, MIDDLE = 18, 8
ROW_BYTES = DIMENSION // 32 * BLOCK_BYTES


class MultilingualE5:
    """multilingual-e5-small, loaded when it is first used. Threads may share it.

    Texts are run one at a time, side by side in threads, as the other bundled embedder does.
    """

    name = "multilingual-e5-small-int8"
    dimension = DIMENSION

    def __init__(self, folder: Path = FOLDER, *, threads: int = 1) -> None:
        self._folder = folder
        self._threads = threads
        self._lock = threading.Lock()
        self._engines: tuple[Unigram, WordTable, Any] | None = None

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row of length 1 for each text that may answer a question, shape (texts, 384)."""
        return self._rows(PASSAGE, texts)

    def embed_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row of length 1 for each question, shape (texts, 384)."""
        return self._rows(QUESTION, texts)

    def _rows(self, prefix: str, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), DIMENSION), np.float32)
        if not texts:
            return rows
        pieces, words, engine = self._load()

        def run(text: str) -> NDArray[np.float32]:
            ids = pieces.ids(prefix + readable(text, MAX_CHARACTERS), MAX_TOKENS)
            found: NDArray[np.float32] = engine.run(["sentence"], {"words": words.rows(ids)[np.newaxis]})[0][
                0
            ]
            return found

        with ThreadPoolExecutor(min(self._threads, len(texts)), "footnote-multilingual") as pool:
            for row, vector in zip(rows, pool.map(run, texts), strict=True):
                row[:] = vector
        return rows

    def _load(self) -> tuple[Unigram, WordTable, Any]:
        with self._lock:
            if self._engines is None:
                verify(self._folder, FILES)
                layers, pieces, scores, *words = (self._folder / name for name in FILES)
                self._engines = Unigram(pieces, scores), WordTable(words), session(layers)
            return self._engines


class WordTable:
    """The table of words in files that follow one another, mapped into memory and never read as a whole.

    A row is of 12 blocks: a scale in 16 bits, then 16 bytes with a number of the block's first half in the
    lower four bits and one of its second half in the upper, 8 meaning 0.
    """

    def __init__(self, files: Sequence[Path]) -> None:
        self._parts = [np.memmap(file, np.uint8, "r").reshape(-1, ROW_BYTES) for file in files]

    def rows(self, ids: Sequence[int]) -> NDArray[np.float32]:
        """Return the rows of some pieces, shape (pieces, 384)."""
        stored = np.stack([self._row(place) for place in ids]).reshape(len(ids), -1, BLOCK_BYTES)
        scales = np.ascontiguousarray(stored[:, :, :2]).view("<f2").astype(np.float32)
        fours = stored[:, :, 2:]
        numbers = np.concatenate([fours & 15, fours >> 4], axis=-1).astype(np.float32) - MIDDLE
        return np.asarray((numbers * scales).reshape(len(ids), DIMENSION), np.float32)

    def _row(self, place: int) -> NDArray[np.uint8]:
        for part in self._parts:
            if place < len(part):
                row: NDArray[np.uint8] = part[place]
                return row
            place -= len(part)
        raise IndexError(place)


def bundled_multilingual() -> MultilingualE5:
    """Return the bundled model with the threads of the settings; it is loaded when it is first used."""
    return _model(library_settings().threads)


@cache
def _model(threads: int) -> MultilingualE5:
    return MultilingualE5(threads=threads)
