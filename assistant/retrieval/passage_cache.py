"""Passages as the bundled model has read them, kept because conversations stay on a subject."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

import numpy as np

from ingest import bundled_encoder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

MOST_KEPT = 256
"""Passages; one of 110 words takes about 120 KB in 16-bit numbers, so all of them some 30 MB."""

Reading = tuple["NDArray[np.float16]", "NDArray[np.int64]"]
"""The vector of each token, and where in the text the token begins."""

_lock = threading.Lock()
_kept: OrderedDict[str, Reading] = OrderedDict()


def read(texts: Sequence[str]) -> list[Reading]:
    """Return each text as the model reads it, running it only over those not read lately."""
    with _lock:
        known = {text: _kept[text] for text in texts if text in _kept}
    new = [text for text in dict.fromkeys(texts) if text not in known]
    for text, encoded in zip(new, bundled_encoder().encode(new) if new else (), strict=True):
        begins = np.array([begin for begin, _ in encoded.spans], dtype=np.int64)
        # Rounded here and not when kept, so that an answer is the same whether it was kept or not.
        known[text] = encoded.tokens.astype(np.float16), begins
    with _lock:
        for text in dict.fromkeys(texts):
            _kept[text] = known[text]
            _kept.move_to_end(text)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return [known[text] for text in texts]


def forget() -> None:
    """Forget what was read, as a new process would."""
    with _lock:
        _kept.clear()
