"""A cache of token vectors of passages: conversations stay on a subject and read the same ones again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assistant.retrieval.text_cache import TextCache
from ingest import bundled_encoder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

MOST_KEPT = 256
"""Passages; one of 110 words takes about 120 KB in 16-bit numbers, so all of them some 30 MB."""

Reading = tuple["NDArray[np.float16]", "NDArray[np.int64]"]
"""The vector of each token, and where in the text the token begins."""


def _read(texts: Sequence[str]) -> list[Reading]:
    # Rounded here and not when kept, so that an answer is the same whether it was kept or not.
    return [
        (encoded.tokens.astype(np.float16), np.array([begin for begin, _ in encoded.spans], dtype=np.int64))
        for encoded in bundled_encoder().encode(texts)
    ]


read = TextCache(MOST_KEPT, _read)
