"""Settings of answering and of the chat: read once at the door, passed on as a value.

Precedence: an argument, then the environment, then `.env`, then the default written here.
"""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest import settings_error


class AnswerSettings(BaseSettings):
    """How questions are answered, and where the chat is served."""

    model_config = SettingsConfigDict(
        env_prefix="FOOTNOTE_", env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True
    )

    host: str = Field(
        default="127.0.0.1",
        description="Address that the chat is served on; only this machine's own are accepted.",
    )
    port: int = Field(
        default=7860,
        ge=0,
        le=65535,
        description="Port of the chat; the next free one is taken where it is in use, any free one with 0.",
    )
    min_confidence: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="Probability that the articles answer the question below which Footnote says "
        "that they don't; empty for the calibrated one.",
    )
    max_question_characters: int = Field(
        default=4000, ge=1, description="Longest question that is taken, in characters."
    )


def answer_settings() -> AnswerSettings:
    """Read the settings, or raise `SettingsError` naming the variable that is wrong."""
    try:
        return AnswerSettings()
    except ValueError as error:
        raise settings_error(error) from None
