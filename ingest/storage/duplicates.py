"""datasketch: near-duplicates, by MinHash LSH for candidates and the longest common subsequence to decide.

Two articles are near-duplicates if most of their words stand in both in the same order: syndicated copies,
revised versions, a new headline or lead. MinHash (Broder 1997) with banding (LSH, Indyk and Motwani 1998)
only proposes candidates, so that no article is compared with all others.
All figures: `python -m bench.duplicates`, on data/news.
"""

from __future__ import annotations

import re
import zlib
from functools import cache
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

LEAST_SHARED = 0.75
"""Share of the longer article's words that the other has in the same order. With a fifth of the words
replaced it is .76 to .82; an update of a running story that keeps half of its paragraphs has .5 to .65."""

SHINGLE_WORDS = 3
BANDS = 42
BAND_VALUES = 2
"""Shingles of 3 words, 42 bands of 2 MinHash values: a copy with a fifth of its words replaced becomes a
candidate with a probability of .993; of 100,000 unrelated articles some 20 do. Shingles of 5 find .5."""

MOST_WORDS = 2000
"""Words of an article that are looked at: nineteen of twenty have fewer, and time grows with their square."""

_LONGEST_LINE = 300
"""Words of a line; a longer one is no paragraph but the captions of a gallery or a list, which many articles
of a site share (4,800 words on pages of data/news). It is passed over where other lines hold the text."""

WORDS_IN_OTHER_LINES = 150
"""Words that the other lines must hold for that: all of an article may stand in one line."""

FEWEST_WORDS = 50
"""Shorter ones have too few words to tell an edited copy from another notice: all their words must agree."""

_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\w+"
)  # CJK writes no spaces: a letter is a word
_MIX = np.uint64(0x9E3779B97F4A7C15)  # 2**64 divided by the golden ratio (Knuth's multiplicative hashing)
_LOW = np.uint64(0xFFFFFFFF)


def words_of(text: str) -> list[str]:
    """Return the words that are compared, in order."""
    lines = [_WORD.findall(line.lower()) for line in text.split("\n")]
    paragraphs = [line for line in lines if len(line) <= _LONGEST_LINE]
    chosen = paragraphs if sum(map(len, paragraphs)) >= WORDS_IN_OTHER_LINES else lines
    return list(islice(chain.from_iterable(chosen), MOST_WORDS))


def band_keys(text: str) -> NDArray[np.int64]:
    """Return one LSH key for each band, `BANDS` in all; articles that share a key are candidates."""
    import datasketch  # type: ignore[import-untyped]

    words = words_of(text)
    pattern = _permutations()
    sketch = datasketch.MinHash(
        num_perm=BANDS * BAND_VALUES,
        hashfunc=int,
        permutations=pattern.permutations,
        scheme=pattern.scheme,
    )
    sketch.update_batch(_shingles(words))
    values = sketch.hashvalues.astype(np.uint64).reshape(BANDS, BAND_VALUES)
    keys = np.arange(BANDS, dtype=np.uint64)
    for place in range(BAND_VALUES):
        keys = (keys * _MIX) ^ (keys >> np.uint64(31))
        keys += values[:, place]
    return (keys * _MIX).view(np.int64)


def are_duplicates(one: Sequence[str], other: Sequence[str]) -> bool:
    """Say whether two articles, as `words_of` returns them, are near-duplicates."""
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    if len(longer) < FEWEST_WORDS:
        return list(longer) == list(shorter)
    needed = LEAST_SHARED * len(longer)
    known = set(longer)
    # Words that both have in any order can't be fewer than those in the same order, and are quickly counted.
    return sum(word in known for word in shorter) >= needed and shared_words(longer, shorter) >= needed


def shared_words(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many words both have in the same order (the length of their longest common subsequence).

    Bit-parallel (Hyyrö 2004): 600 words against 600 take 0.4 ms.
    """
    places: dict[str, int] = {}
    for place, word in enumerate(other):
        places[word] = places.get(word, 0) | 1 << place
    full = (1 << len(other)) - 1
    unmatched = full
    for word in one:
        met = unmatched & places.get(word, 0)
        unmatched = (unmatched + met | unmatched - met) & full
    return len(other) - unmatched.bit_count()


def pack_keys(keys: NDArray[np.int64]) -> bytes:
    """Write the keys of an article as the record keeps them."""
    return keys.astype("<i8").tobytes()


def unpack_keys(packed: bytes) -> list[int]:
    """Read what `pack_keys` wrote."""
    return [int(key) for key in np.frombuffer(packed, dtype="<i8")]


def _shingles(words: Sequence[str]) -> list[int]:
    """Return 32-bit hashes of the shingles; a text shorter than a shingle is one itself."""
    hashes = np.array([zlib.crc32(word.encode("utf-8", "replace")) for word in words] or [0], dtype=np.uint64)
    size = min(SHINGLE_WORDS, len(hashes))
    count = len(hashes) - size + 1
    runs = np.zeros(count, dtype=np.uint64)
    for place in range(size):
        runs = runs * _MIX + hashes[place : place + count]
    runs ^= runs >> np.uint64(32)
    mixed: list[int] = np.unique(runs & _LOW).tolist()
    return mixed


@cache
def _permutations() -> Any:  # noqa: ANN401  # datasketch has no types
    import datasketch

    return datasketch.MinHash(num_perm=BANDS * BAND_VALUES, hashfunc=int, scheme="affine32")
