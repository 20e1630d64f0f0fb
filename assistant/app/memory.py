"""glibc: memory that was used for answers goes back to the system once nobody asks."""

from __future__ import annotations

import ctypes
import sys
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def give_back() -> bool:
    """Give freed memory back; return whether any was, which only Linux with glibc can say.

    Threads that answer side by side each free into a part of the heap of their own, and glibc keeps those.
    """
    trim = _trim()
    return trim is not None and trim(0) == 1


@cache
def _trim() -> Callable[[int], int] | None:
    if not sys.platform.startswith("linux"):
        return None
    return getattr(ctypes.CDLL(None), "malloc_trim", None)
