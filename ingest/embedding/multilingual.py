"""The bundled multilingual models: multilingual-e5-small, and what Footnote made of it to choose sentences.

The embedder puts a question near the texts that answer it in some hundred languages, whichever of these the
texts are in. Its layers are in 8 bits, its table of words in 4; of the table, 54 MB for 250,000 pieces, only
the rows of a text are read. The lower half of the layers serves a second model too, which says how well a
sentence answers a question: each is read by itself, and then every token of the question is held against the
sentence's (late interaction, as in ColBERT). Neither needs a key, a network or a GPU. models/e5/PROVENANCE.md
says where the files come from.
"""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from ingest.embedding.embedders import readable
from ingest.embedding.minilm import session, verify
from ingest.embedding.unigram import Unigram
from ingest.settings import library_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

FOLDER = Path(__file__).parent / "models" / "e5"
FILES = ("lower.onnx", "upper.onnx", "pieces.txt", "scores.bin", "words-1.bin", "words-2.bin")
ANSWERS = ("answers.onnx", "held_against.onnx")
"""The upper half of the model for answers, and what holds a question against a text."""
Found = TypeVar("Found")

DIMENSION = 384
MAX_TOKENS = 256
"""As for the other bundled embedder; the model was trained on up to 512, which no chunk has."""
MAX_CHARACTERS = 16 * MAX_TOKENS
QUESTION, PASSAGE = "query: ", "passage: "
"""What the model was trained to read before a question and before a text that may answer it."""

BLOCK_BYTES, MIDDLE = 18, 8
ROW_BYTES = DIMENSION // 32 * BLOCK_BYTES


class MultilingualE5:
    """multilingual-e5-small and the model for answers, loaded when they are first used. Threads may share it.

    Texts are run one at a time, side by side in threads, as the other bundled embedder does.
    """

    name = "multilingual-e5-small-int8"
    dimension = DIMENSION

    def __init__(self, folder: Path = FOLDER, *, threads: int = 1) -> None:
        self._folder = folder
        self._threads = threads
        self._lock = threading.Lock()
        self._engines: tuple[Unigram, WordTable, Any, Any] | None = None
        self._answers: tuple[Any, Any] | None = None

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row of length 1 for each text that may answer a question, shape (texts, 384)."""
        return self._rows(PASSAGE, texts)

    def embed_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row of length 1 for each question, shape (texts, 384)."""
        return self._rows(QUESTION, texts)

    def held_against(self, questions: Sequence[str], texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the logits of texts' answering questions, shape (questions, texts), whatever the languages.

        They are about -36 to 11, higher answers better. A text is best given as "title. sentence".

        Raises:
            SettingsError: a file of the models is not the one that Footnote came with.
        """
        reader, head = self._load_answers()

        def read(prefix: str, text: str) -> NDArray[np.float32]:
            tokens: NDArray[np.float32] = reader.run(None, {"tokens": self._lower(prefix, text)})[0]
            return tokens

        asked = [read(QUESTION, question) for question in questions]

        def run(text: str) -> list[float]:
            told = read(PASSAGE, text)
            return [float(head.run(None, {"question": each, "text": told})[0][0]) for each in asked]

        columns = self._side_by_side(run, texts)
        return np.array(columns, np.float32).reshape(len(texts), len(questions)).T

    def _rows(self, prefix: str, texts: Sequence[str]) -> NDArray[np.float32]:
        upper = self._load()[3]

        def run(text: str) -> NDArray[np.float32]:
            row: NDArray[np.float32] = upper.run(None, {"tokens": self._lower(prefix, text)})[0][0]
            return row

        rows = self._side_by_side(run, texts)
        return np.array(rows, np.float32) if rows else np.zeros((0, DIMENSION), np.float32)

    def _lower(self, prefix: str, text: str) -> NDArray[np.float32]:
        pieces, words, lower, _ = self._load()
        ids = pieces.ids(prefix + readable(text, MAX_CHARACTERS), MAX_TOKENS)
        tokens: NDArray[np.float32] = lower.run(None, {"words": words.rows(ids)[np.newaxis]})[0]
        return tokens

    def _side_by_side(self, run: Callable[[str], Found], texts: Sequence[str]) -> list[Found]:
        if not texts:
            return []
        with ThreadPoolExecutor(min(self._threads, len(texts)), "footnote-multilingual") as pool:
            return [*pool.map(run, texts)]

    def _load(self) -> tuple[Unigram, WordTable, Any, Any]:
        with self._lock:
            if self._engines is None:
                verify(self._folder, FILES)
                lower, upper, pieces, scores, *words = (self._folder / name for name in FILES)
                self._engines = Unigram(pieces, scores), WordTable(words), session(lower), session(upper)
            return self._engines

    def _load_answers(self) -> tuple[Any, Any]:
        with self._lock:
            if self._answers is None:
                verify(self._folder, ANSWERS)
                reader, held_against = (session(self._folder / name) for name in ANSWERS)
                self._answers = reader, held_against
            return self._answers


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
