"""The bundled embedder: all-MiniLM-L6-v2 in 8 bits, run by onnxruntime and tokenizers.

It needs no key, no network and no GPU. models/minilm/PROVENANCE.md says where the files come from.

Texts are run one at a time, side by side in threads. That is faster than padded batches for chunks
(14.5 ms of processor time each; 16 to 21 in batches of 2 to 32) and about as fast for sentences (3.5 ms;
3.1 in batches of 4, 7.2 in one of 40). It needs little memory, and no text changes the vector of
another: the 8-bit values of a run share one scale.
"""

from __future__ import annotations

import hashlib
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest.embedding.embedders import readable
from ingest.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

MODEL_FOLDER = Path(__file__).parent / "models" / "minilm"
FILES = ("model.onnx", "tokenizer.json")
DIMENSION = 384
MAX_TOKENS = 256
"""What the model was trained for. What comes after is not read."""
MAX_CHARACTERS = 16 * MAX_TOKENS
"""Longer texts are cut before they are tokenised, for speed. English has some 5 characters a token."""


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """Vectors of length 1: `sentence` (384) of the whole text, `tokens` (tokens × 384) of each token.

    `spans` has where each token stands in the text; it is empty where nobody filled it in.
    """

    sentence: NDArray[np.float32]
    tokens: NDArray[np.float32]
    spans: tuple[tuple[int, int], ...] = ()


class MiniLM:
    """all-MiniLM-L6-v2, loaded when it is first used. Threads may share it."""

    name = "all-MiniLM-L6-v2-int8"
    dimension = DIMENSION

    def __init__(self, folder: Path = MODEL_FOLDER, *, threads: int = 1) -> None:
        self._folder = folder
        self._threads = threads
        self._lock = threading.Lock()
        self._engines: tuple[Any, Any] | None = None

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row of length 1 for each text, in the order of the texts."""
        rows = np.zeros((len(texts), DIMENSION), np.float32)
        for row, (sentence,) in zip(rows, self._run(self._tokenise(texts), "sentence"), strict=True):
            row[:] = sentence[0]
        return rows

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """Return the vector of each text and those of its tokens, from one run of the model."""
        encodings = self._tokenise(texts)
        found = self._run(encodings, "sentence", "tokens")
        # The first and the last token are the model's own marks for start and end.
        return [
            Encoded(sentence[0], tokens[0, 1:-1], tuple(encoding.offsets[1:-1]))
            for (sentence, tokens), encoding in zip(found, encodings, strict=True)
        ]

    def knows(self, word: str) -> bool:
        """Say whether a word is one of the 30,000 tokens that the model was trained with, as a whole."""
        splitter, _ = self._load()
        return splitter.token_to_id(word.lower()) is not None

    def _tokenise(self, texts: Sequence[str]) -> list[Any]:
        if not texts:
            return []
        splitter, _ = self._load()
        found: list[Any] = splitter.encode_batch([readable(text, MAX_CHARACTERS) for text in texts])
        return found

    def _run(self, encodings: Sequence[Any], *outputs: str) -> list[list[NDArray[np.float32]]]:
        if not encodings:
            return []
        _, engine = self._load()
        pieces = [encoding.ids for encoding in encodings]

        def run(ids: list[int]) -> list[NDArray[np.float32]]:
            found: list[NDArray[np.float32]] = engine.run(outputs, {"ids": np.array([ids], np.int64)})
            return found

        if len(pieces) == 1:
            return [run(pieces[0])]
        with ThreadPoolExecutor(min(self._threads, len(pieces)), "footnote-minilm") as pool:
            return list(pool.map(run, pieces))

    def _load(self) -> tuple[Any, Any]:
        with self._lock:
            if self._engines is None:
                verify(self._folder)
                self._engines = tokenizer(self._folder / FILES[1]), session(self._folder / FILES[0])
            return self._engines


def verify(folder: Path, files: Sequence[str] = FILES) -> None:
    """Raise `SettingsError` unless every file of the model is the one that Footnote came with."""
    try:
        lines = (folder / "CHECKSUMS").read_text("utf-8").splitlines()
        checksums = {name: checksum for checksum, name in map(str.split, lines)}
        for name in files:
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != checksums[name]:
                raise SettingsError(
                    f"{folder / name} is not the file Footnote came with: reinstall Footnote."
                )
    except (OSError, ValueError, KeyError) as error:
        raise SettingsError(
            f"The bundled model in {folder} is damaged ({error}): reinstall Footnote."
        ) from error


def tokenizer(path: Path) -> Any:  # noqa: ANN401  # the engine has no types
    """Return the tokenizer of a file, which cuts where the models end."""
    from tokenizers import Tokenizer

    loaded = Tokenizer.from_file(str(path))
    loaded.no_padding()
    loaded.enable_truncation(MAX_TOKENS)
    return loaded


def session(path: Path) -> Any:  # noqa: ANN401  # the engine has no types
    """Return a model ready to run, one text at a time."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # texts run side by side instead
    options.inter_op_num_threads = 1
    options.log_severity_level = 3  # errors only: it warns of graphics cards it can't look for
    options.enable_cpu_mem_arena = False  # as fast, and memory goes back after a long text
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
