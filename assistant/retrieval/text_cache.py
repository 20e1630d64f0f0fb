"""What was worked out about a text lately, kept so that it is not worked out again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")


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
