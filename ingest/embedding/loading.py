"""The bundled embedder, loaded once for the process."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ingest.settings import library_settings

if TYPE_CHECKING:
    from ingest.embedding.minilm import MiniLM


def bundled_encoder() -> MiniLM:
    """Return the bundled model with the threads of the settings; it is loaded when it is first used."""
    return bundled_model(library_settings().threads)


@cache
def bundled_model(threads: int) -> MiniLM:
    """Return the bundled model with this many threads, always the same one."""
    from ingest.embedding.minilm import MiniLM

    return MiniLM(threads=threads)
