"""Vectors of the texts that checks hold against each other, kept for the next statement."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

from ingest import bundled_encoder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest import Encoded

MOST_KEPT = 512
"""Texts; about 50 MB with sentences of the usual length."""

_kept: OrderedDict[str, Encoded] = OrderedDict()
_lock = threading.Lock()


def encoded(texts: Sequence[str]) -> list[Encoded]:
    """Return the vectors of texts; those that are not known yet are made in one go."""
    with _lock:
        found = {text: _kept[text] for text in texts if text in _kept}
    new = [text for text in dict.fromkeys(texts) if text not in found]
    if new:
        found |= zip(new, bundled_encoder().encode(new), strict=True)
    with _lock:
        for text in texts:
            _kept[text] = found[text]
            _kept.move_to_end(text)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return [found[text] for text in texts]
