"""A cache of token vectors of passages: conversations stay on a subject and read the same ones again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np

from ingest import bundled_encoder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

T = TypeVar("T")

MOST_KEPT = 256
"""Passages; one of 110 words takes about 120 KB in 16-bit numbers, so all of them some 30 MB."""

Reading = tuple["NDArray[np.float16]", "NDArray[np.int64]"]
"""The vector of each token, and where in the text the token begins."""


class TextCache(Generic[T]):
    """The values of the `most` texts that were asked for last (LRU). May be used by several threads.

    `work_out` takes texts, each once, and returns their values in the same order.
    """

    def __init__(self, most: int, work_out: Callable[[Sequence[str]], Sequence[T]]) -> None:
        self.most = most
        self._work_out = work_out
        self._kept: OrderedDict[str, T] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, texts: Sequence[str]) -> list[T]:
        """Return the value of each text; those that are not kept are worked out in one go."""
        with self._lock:
            known = {text: self._kept[text] for text in texts if text in self._kept}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            known |= zip(new, self._work_out(new), strict=True)
        with self._lock:
            for text in dict.fromkeys(texts):
                self._kept[text] = known[text]
                self._kept.move_to_end(text)
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)
        return [known[text] for text in texts]

    def forget(self) -> None:
        """Forget everything, as a new process would."""
        with self._lock:
            self._kept.clear()


def _read(texts: Sequence[str]) -> list[Reading]:
    # Rounded here and not when kept, so that an answer is the same whether it was kept or not.
    return [
        (encoded.tokens.astype(np.float16), np.array([begin for begin, _ in encoded.spans], dtype=np.int64))
        for encoded in bundled_encoder().encode(texts)
    ]


read = TextCache(MOST_KEPT, _read)
