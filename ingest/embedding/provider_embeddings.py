"""Embeddings of any provider that LangChain knows, named as provider:model."""

from __future__ import annotations

import threading
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import numpy as np
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.embedding.embedders import readable
from ingest.errors import FootnoteError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from langchain_core.embeddings import Embeddings
    from numpy.typing import NDArray

BATCH_TEXTS = 64
"""Texts of one request: far below OpenAI's 2,048, within what small local servers take."""
MAX_PROVIDER_CHARACTERS = 8_000
"""Longer texts are cut. OpenAI reads 8,191 tokens, and a token is hardly ever less than a character."""
TIMEOUT_SECONDS = 60.0
"""For one request; the openai package would wait for ten minutes."""
DIMENSIONS = {
    "openai:text-embedding-3-small": 1536,
    "openai:text-embedding-3-large": 3072,
    "openai:text-embedding-ada-002": 1536,
}
"""Known without asking, so that a library is made without a request."""

NO_CREDIT = "insufficient_quota"  # the code by which OpenAI tells it from too many requests
STATUS_REASONS = {
    HTTPStatus.UNAUTHORIZED: "the key is refused. Correct it in the environment or in .env.",
    HTTPStatus.FORBIDDEN: "the key may not use this model. Correct it in the environment or in .env.",
    HTTPStatus.NOT_FOUND: "no such model there. Correct FOOTNOTE_EMBEDDINGS or the address.",
}


class OpenAISettings(BaseSettings):
    """Key and address of OpenAI or of a server that speaks its protocol, under their usual names."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True)

    api_key: SecretStr | None = Field(default=None, validation_alias="OPENAI_API_KEY")
    # Some servers take the key in their address.
    base_url: str | None = Field(default=None, validation_alias="OPENAI_BASE_URL", repr=False)


class ProviderEmbeddings:
    """An Embedder over a LangChain embeddings class; nothing is imported or sent before it is used."""

    def __init__(self, name: str) -> None:
        provider, _, model = name.partition(":")
        if not provider or not model:
            raise SettingsError(
                f"FOOTNOTE_EMBEDDINGS is {name!r}: write 'bundled', or provider:model "
                "as in openai:text-embedding-3-small."
            )
        self.name = name
        self._provider = provider
        self._dimension = DIMENSIONS.get(name)
        self._lock = threading.Lock()
        self._engine: Embeddings | None = None

    @property
    def dimension(self) -> int:
        """How many numbers a vector has; found by embedding a word where it isn't known."""
        return self._dimension or self._ask(["dimension"]).shape[1]

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row of length 1 for each text, in the order of the texts."""
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        # Providers refuse an empty text.
        asked = [readable(text, MAX_PROVIDER_CHARACTERS) or " " for text in texts]
        batches = [asked[start : start + BATCH_TEXTS] for start in range(0, len(asked), BATCH_TEXTS)]
        return np.concatenate([self._ask(batch) for batch in batches])

    def _ask(self, texts: list[str]) -> NDArray[np.float32]:
        engine = self._load()
        try:
            found = engine.embed_documents(texts)
        except Exception as error:  # noqa: BLE001  # each provider raises its own
            # Not `from error`: providers repeat the key in their messages, and a traceback shows them.
            raise self._failed(error) from None
        rows = self._unit(found, len(texts))
        self._dimension = self._dimension or rows.shape[1]
        if rows.shape[1] != self._dimension:
            raise FootnoteError(
                f"{self.name} gave vectors of {rows.shape[1]} numbers instead of {self._dimension}: "
                "the server runs another model. Start it with the one that the library was made with."
            )
        return rows

    def _unit(self, found: list[list[float]], count: int) -> NDArray[np.float32]:
        same = len(found) == count and len({len(row) for row in found}) == 1
        rows = np.array(found if same else [], np.float32)
        lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
        if not same or not np.isfinite(lengths).all() or not lengths.all():
            raise FootnoteError(
                f"{self.name} gave no usable vectors for {count} texts. Try again, or change it."
            )
        unit: NDArray[np.float32] = rows / lengths
        return unit

    def _load(self) -> Embeddings:
        with self._lock:
            if self._engine is None:
                self._engine = self._start()
            return self._engine

    def _start(self) -> Embeddings:
        from langchain.embeddings import init_embeddings

        options = openai_options() if self._provider == "openai" else {}
        try:
            return init_embeddings(self.name, **options)
        except ImportError as error:
            advice = f"{error}."  # LangChain's sentence names the package to install
        except ValueError as error:
            unknown = "is not supported" in str(error) or "Must specify" in str(error)
            advice = "LangChain doesn't know this provider." if unknown else "Its settings are incomplete."
        except Exception:  # noqa: BLE001  # each provider raises its own, some with the key in the message
            advice = "Set its key and address in the environment."
        raise SettingsError(f"Embeddings {self.name!r} can't be used. {advice}")

    def _failed(self, error: Exception) -> FootnoteError:
        status = getattr(error, "status_code", None)
        if status in STATUS_REASONS:
            return SettingsError(f"{self.name}: {STATUS_REASONS[status]}")
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            if getattr(error, "code", None) == NO_CREDIT:
                return FootnoteError(
                    f"{self.name}: no credit left. Add some with the provider, then try again."
                )
            return FootnoteError(f"{self.name}: too many requests. Try again later.")
        found = f"status {status}" if status else type(error).__name__
        return FootnoteError(f"{self.name} failed ({found}). Check network and address, then try again.")


def openai_options() -> dict[str, Any]:
    """Return what OpenAI's class is made with: key and address also from .env, and no tokenizer.

    The check of lengths that is left out would download a tokenizer, and send its numbers, which
    compatible servers don't understand, instead of the text.
    """
    settings = OpenAISettings()
    options: dict[str, Any] = {"check_embedding_ctx_length": False, "timeout": TIMEOUT_SECONDS}
    if settings.base_url:
        options["base_url"] = settings.base_url
    if settings.api_key:
        options["api_key"] = settings.api_key
    elif settings.base_url:
        options["api_key"] = SecretStr("none")  # servers of one's own mostly want no key; the class does
    else:
        raise SettingsError("OpenAI embeddings need a key: set OPENAI_API_KEY in the environment or in .env.")
    return options
