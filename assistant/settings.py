"""Settings of answering and of the chat: read once at the door, passed on as a value.

Precedence: an argument, then what was chosen in the chat, then the environment, then `.env`, then the default
written here.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, DotEnvSettingsSource, SettingsConfigDict

from ingest import LibrarySettings, settings_error

if TYPE_CHECKING:
    from collections.abc import Iterator

CheckedBy = Literal["", "local", "model", "both"]
ENV_PREFIX = "FOOTNOTE_"
SIMILAR_NAME = 0.75  # of two names, for one to be a misspelt other


class AnswerSettings(BaseSettings):
    """How questions are answered, and where the chat is served."""

    model_config = SettingsConfigDict(
        env_prefix=ENV_PREFIX, env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True
    )

    host: str = Field(
        default="127.0.0.1",
        description="Address that the chat is served on; one that others can reach needs people who sign in.",
    )
    port: int = Field(
        default=7860,
        ge=0,
        le=65535,
        description="Port of the chat; where it is in use that is an error. 0 takes any that is free.",
    )
    hosts: str = Field(
        default="",
        description="Names under which browsers reach the chat besides its address, commas between; "
        "for an address of all interfaces, and behind a proxy.",
    )
    upload_mb: int = Field(
        default=1000, ge=1, description="Megabytes that one person who signed in may upload in an hour."
    )
    log: Literal["", "json"] = Field(
        default="",
        description="'json' writes a line for each request to standard error: ids, kinds, times, no words.",
    )
    chat_folders: str = Field(
        default="",
        description="Folders of this machine whose files may be added in the chat by typing their path, "
        "separated as in PATH; none by default. Files can always be dropped or chosen.",
    )
    min_confidence: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="Probability that the articles answer the question below which Footnote says "
        "that they don't; empty for the calibrated one.",
    )
    reranker: str = Field(
        default="",
        description="Cross-encoder that ranks the best sentences anew, as package:model, e.g. "
        "fastembed:Xenova/ms-marco-MiniLM-L-6-v2 with fastembed installed; empty for none. Packages are "
        "fastembed and sentence-transformers; they download the model the first time.",
    )
    max_question_characters: int = Field(
        default=4000, ge=1, description="Longest question that is taken, in characters."
    )
    max_draft_characters: int = Field(
        default=100_000, ge=1, description="Longest draft that is checked, in characters."
    )
    model: str = Field(
        default="",
        description="Chat model that writes answers: a model of OpenAI or of the server at OPENAI_BASE_URL, "
        "any other of LangChain as provider:model, or 'none'; empty for the only model of the server at "
        "OPENAI_BASE_URL, for gpt-6-luna where OPENAI_API_KEY alone is set, and for quotations where neither "
        "is.",
    )
    unsupported: Literal["mark", "drop"] = Field(
        default="mark",
        description="What becomes of a written statement that no sentence supports: 'mark' shows it struck "
        "with the reason, 'drop' leaves it out, and also what is in doubt or in a language that the check "
        "doesn't read.",
    )
    check: CheckedBy = Field(
        default="",
        description="Who checks written statements: 'local' the check on this machine, 'model' a chat model "
        "that judges them where its reply is valid, 'both' with what they see differently shown as in doubt; "
        "empty for both.",
    )
    checker: str = Field(
        default="",
        description="Classifier that reads on this machine whether sentences carry a statement, as "
        "package:model, e.g. sentence-transformers:cross-encoder/nli-deberta-v3-base with "
        "sentence-transformers installed; empty for the bundled one. Packages are fastembed and "
        "sentence-transformers; they download the model the first time.",
    )
    check_model: str = Field(
        default="",
        description="Chat model that judges written statements, named as in FOOTNOTE_MODEL; empty for the "
        "one that writes.",
    )
    model_context: int = Field(
        default=8192, ge=1024, description="Tokens that the model reads and writes at most for one answer."
    )
    model_tokens: int = Field(
        default=2000, ge=16, description="Tokens of the longest written answer, a model's reasoning included."
    )
    model_seconds: int = Field(
        default=120,
        ge=1,
        le=3600,
        description="Seconds that a model has for one answer, corrections, judging and second attempts "
        "included.",
    )


@dataclass(frozen=True, slots=True)
class ChosenSettings:
    """What was chosen in the chat; it holds before the environment, and in this process alone.

    None leaves a setting to the environment. `key` is for `provider` alone, named as LangChain names it. For
    "openai", whose protocol others speak too, `address` goes with it: a key of the environment is never sent
    to an address that was chosen, nor a chosen key to one of the environment.
    """

    model: str | None = None
    check: CheckedBy | None = None
    provider: str = ""
    address: str | None = None
    key: SecretStr | None = None


_chosen = ChosenSettings()
_tried: ContextVar[ChosenSettings | None] = ContextVar("tried", default=None)


def choose(chosen: ChosenSettings) -> None:
    """Let these hold from now on; `ChosenSettings()` leaves everything to the environment again."""
    global _chosen  # noqa: PLW0603  # settings are of the process, as its environment is
    _chosen = chosen


def chosen_settings() -> ChosenSettings:
    """Return what was chosen, or is being tried just now."""
    return _tried.get() or _chosen


@contextmanager
def trying(chosen: ChosenSettings) -> Iterator[None]:
    """Let settings hold for what is done within, and for nobody else."""
    before = _tried.set(chosen)
    try:
        yield
    finally:
        _tried.reset(before)


def answer_settings() -> AnswerSettings:
    """Read the settings, or raise `SettingsError` naming the variable that is wrong."""
    chosen = chosen_settings()
    given: dict[str, Any] = {"model": chosen.model, "check": chosen.check}
    try:
        return AnswerSettings(**{name: value for name, value in given.items() if value is not None})
    except (ValueError, OSError) as error:
        raise settings_error(error) from None


def misspelt_settings() -> list[str]:
    """Return a sentence for each variable that is nearly the name of a setting, and so has no effect."""
    fields = (*LibrarySettings.model_fields, *AnswerSettings.model_fields)
    known = {name.upper() for name in fields}
    try:
        in_file = DotEnvSettingsSource(AnswerSettings).env_vars
    except (ValueError, OSError):  # reading the settings tells what is wrong with the file
        in_file = {}
    given = {name.upper() for name in (*os.environ, *in_file)}
    names = sorted(name.removeprefix(ENV_PREFIX) for name in given if name.startswith(ENV_PREFIX))
    return [
        f"{ENV_PREFIX}{name} is no setting and has no effect. Is {ENV_PREFIX}{meant[0]} meant?"
        for name in names
        if name not in known and (meant := get_close_matches(name, sorted(known), 1, SIMILAR_NAME))
    ]
