"""The bundled model, loaded once for the process: it embeds, and it ranks whichever embedder is used."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ingest.settings import library_settings

if TYPE_CHECKING:
    from ingest.minilm import MiniLM


def bundled_encoder() -> MiniLM:
    """Return the bundled model with the threads of the settings; it is loaded when it is first used."""
    return bundled_model(library_settings().threads)


@cache
def bundled_model(threads: int) -> MiniLM:
    """Return the bundled model with this many threads, always the same one."""
    from ingest.minilm import MiniLM

    return MiniLM(threads=threads)
