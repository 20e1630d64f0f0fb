"""Which chat model writes answers, by the settings; no package of a provider is needed to tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant.settings import chosen_settings
from ingest import OpenAISettings, settings_error

if TYPE_CHECKING:
    from assistant.settings import AnswerSettings

DEFAULT_MODEL = "gpt-6-luna"
"""OpenAI's small model of September 2026; its predecessors leave the API within months."""

NO_MODEL = "none"

OPENAI = "api.openai.com"
OPENAI_PROTOCOL = "openai"
"""What LangChain calls OpenAI, and every server that speaks its protocol."""

SERVERS_OWN = "the model at OPENAI_BASE_URL"
"""Stands for the one that a server has, where no name is set; it is asked for its name before an answer."""


def model_name(settings: AnswerSettings) -> str | None:
    """Return the model that writes answers, None where answers are quotations."""
    if settings.model.strip().lower() == NO_MODEL:
        return None
    if settings.model.strip():
        return settings.model.strip()
    provider = openai_settings()
    if provider.base_url and urlsplit(provider.base_url).hostname != OPENAI:
        return SERVERS_OWN
    return DEFAULT_MODEL if provider.api_key or provider.base_url else None


def openai_settings() -> OpenAISettings:
    """Read key and address of the provider; raise SettingsError where one is wrong."""
    chosen = chosen_settings()
    given: dict[str, Any] = {}
    if chosen.provider == OPENAI_PROTOCOL:
        given = {"OPENAI_API_KEY": chosen.key, "OPENAI_BASE_URL": chosen.address}
    try:
        return OpenAISettings(**given)
    except ValueError as error:
        raise settings_error(error) from None
