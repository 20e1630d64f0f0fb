"""What every embedder can do, and which one the settings name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ingest.embedding.loading import bundled_model
from ingest.settings import BUNDLED_EMBEDDINGS, RAY_EMBEDDINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from ingest.settings import LibrarySettings


class Embedder(Protocol):
    """Turns texts into vectors of length 1, so that a product of two is their cosine.

    `name` says which vectors these are. A library writes it down and refuses to mix: vectors of
    different embedders can't be compared.
    """

    @property
    def name(self) -> str:
        """Which embedder this is, in one line."""

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row for each text, in the order of the texts: shape (texts, dimension)."""


def load_embedder(settings: LibrarySettings) -> Embedder:
    """Return the embedder that the settings name; nothing is loaded or fetched before it is used."""
    if settings.embeddings == BUNDLED_EMBEDDINGS:
        return bundled_model(settings.threads)
    if settings.embeddings == RAY_EMBEDDINGS:
        from ingest.embedding.ray_embeddings import RayEmbeddings

        return RayEmbeddings(settings.threads)
    from ingest.embedding.provider_embeddings import ProviderEmbeddings

    return ProviderEmbeddings(settings.embeddings)


def readable(text: str, characters: int) -> str:
    """Return the beginning of a text that an embedder can read: halves of surrogate pairs are replaced."""
    return text[:characters].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
