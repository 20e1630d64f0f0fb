"""The bundled models, loaded once for the process: one embeds and ranks, the other checks statements."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ingest.settings import library_settings

if TYPE_CHECKING:
    from ingest.embedding.crossencoder import CrossEncoder
    from ingest.embedding.minilm import MiniLM


def bundled_encoder() -> MiniLM:
    """Return the bundled model with the threads of the settings; it is loaded when it is first used."""
    return bundled_model(library_settings().threads)


@cache
def bundled_model(threads: int) -> MiniLM:
    """Return the bundled model with this many threads, always the same one."""
    from ingest.embedding.minilm import MiniLM

    return MiniLM(threads=threads)


def bundled_crossencoder() -> CrossEncoder:
    """Return the bundled cross-encoder with the threads of the settings, loaded when it is first used."""
    return _crossencoder(library_settings().threads)


@cache
def _crossencoder(threads: int) -> CrossEncoder:
    from ingest.embedding.crossencoder import CrossEncoder

    return CrossEncoder(threads=threads)
