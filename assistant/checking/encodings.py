"""Token and sentence vectors of the texts that are checked, cached: sentences are cited again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.text_cache import TextCache
from ingest import bundled_encoder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest import Encoded

MOST_ENCODINGS = 512
"""Texts; about 50 MB with sentences of the usual length."""


def _encode(texts: Sequence[str]) -> Sequence[Encoded]:
    return bundled_encoder().encode(texts)


encoded = TextCache(MOST_ENCODINGS, _encode)
