"""What an administrator chose on the page of settings, in a file that only its owner reads.

The key in it is as it was typed, since it has to be sent: it is protected as a key in `.env` is, by the
rights of the file. It is never given to a page, a program, a log or a backup.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args
from urllib.parse import urlsplit

from pydantic import SecretStr

from assistant.providers.model_choice import DEFAULT_MODEL, NO_MODEL, OPENAI_PROTOCOL
from assistant.providers.redaction import guard_logs
from assistant.settings import CheckedBy, ChosenSettings
from assistant.web.access.people import ACCESS_FOLDER
from assistant.web.html.page_words import ENGLISH, LANGUAGES
from ingest import SettingsError, put_in_place

if TYPE_CHECKING:
    from collections.abc import Mapping

Writer = Literal["environment", "nobody", "openai", "server", "other"]
FIELDS = {"server": ("address", "model"), "openai": ("model",), "other": ("provider", "model")}
"""What each choice needs; the rest of what was sent is let go."""
MOST = 500  # characters of a name or an address
LONGEST_KEY = 2_000


@dataclass(frozen=True, slots=True)
class SavedSettings:
    """Who writes answers, with which model, and who checks them. `key` shows itself nowhere."""

    writer: Writer = "environment"
    provider: str = ""
    address: str = ""
    model: str = ""
    key: SecretStr | None = None
    check: CheckedBy = ""
    language: str = ENGLISH
    """That of the page, by its code."""

    def chosen(self) -> ChosenSettings:
        """Return what holds in this process."""
        check = self.check or None
        if self.writer == "environment":
            return ChosenSettings(check=check)
        if self.writer == "nobody":
            return ChosenSettings(NO_MODEL, check)
        model = {
            "openai": f"openai:{self.model or DEFAULT_MODEL}",
            "server": self.model,
            "other": f"{self.provider}:{self.model}",
        }[self.writer]
        provider = self.provider.lower() if self.writer == "other" else OPENAI_PROTOCOL
        address = self.address if self.writer == "server" else None
        return ChosenSettings(model, check, provider=provider, address=address, key=self.key)

    def with_key(self, typed: str, before: SavedSettings) -> SavedSettings:
        """Return these with the key that was typed, else with the kept one if it goes to the same place."""
        same = (self.writer, self.provider, self.address) == (before.writer, before.provider, before.address)
        key = SecretStr(typed) if typed else (before.key if same else None)
        return replace(self, key=key)


def read_settings(data: Mapping[str, Any]) -> SavedSettings:
    """Return what was sent, without the key.

    Raises:
        SettingsError: a field is missing for the choice, or is none; the message says which.
    """
    texts = {
        name: _text(data, name) for name in ("writer", "provider", "address", "model", "check", "language")
    }
    if texts["writer"] not in get_args(Writer) or texts["check"] not in get_args(CheckedBy):
        raise SettingsError("Choose who writes answers and who checks them.")
    if texts["language"] not in LANGUAGES:
        raise SettingsError("Choose one of the languages that the page has.")
    writer = texts["writer"]
    if writer == "server" and not _is_address(texts["address"]):
        raise SettingsError("Write the address of the server, such as http://127.0.0.1:11434/v1.")
    if writer == "other" and not (texts["provider"] and texts["model"]):
        raise SettingsError("Write the name of the provider, such as anthropic, and of its model.")
    kept: dict[str, Any] = {
        name: texts[name] for name in ("writer", "check", "language", *FIELDS.get(writer, ()))
    }
    return SavedSettings(**kept)


def load_settings(library: Path) -> SavedSettings:
    """Read what was saved.

    Raises:
        SettingsError: the file can't be read. The environment doesn't take its place: somebody may have
            chosen that nothing leaves the machine.
    """
    file = _file(library)
    try:
        plain = json.loads(file.read_text("utf-8"))
        key = SecretStr(str(plain["key"])) if plain.get("key") else None
        saved = replace(read_settings(plain), key=key)
    except FileNotFoundError:
        return SavedSettings()
    except (OSError, ValueError, TypeError, KeyError, AttributeError, SettingsError):
        raise SettingsError(f"{file} can't be read. Remove it, and choose the settings anew.") from None
    _guard(saved)
    return saved


def save_settings(library: Path, saved: SavedSettings) -> None:
    """Write the file beside its place and rename it, so that it is whole at any moment.

    Raises:
        SettingsError: it can't be written.
    """
    _guard(saved)
    plain = {
        "writer": saved.writer,
        "provider": saved.provider,
        "address": saved.address,
        "model": saved.model,
        "check": saved.check,
        "language": saved.language,
        "key": saved.key.get_secret_value() if saved.key else "",
    }
    file = _file(library)
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=file.parent, encoding="utf-8", delete=False) as fresh:
            json.dump(plain, fresh, indent=1)
        put_in_place(Path(fresh.name), file)  # readable for the owner only, as temporary files are
    except OSError as error:
        raise SettingsError(f"{file} can't be written: {error.strerror}.") from None


def typed_key(data: Mapping[str, Any]) -> str:
    """Return the key that was typed, empty where none was."""
    key = data.get("key")
    if not isinstance(key, str) or not key.strip():
        return ""
    if len(key) > LONGEST_KEY or not key.strip().isprintable() or " " in key.strip():
        raise SettingsError("This is no key: it is too long, or has spaces or signs in it that no key has.")
    return key.strip()


def _file(library: Path) -> Path:
    return library / ACCESS_FOLDER / "settings.json"


def _guard(saved: SavedSettings) -> None:
    guard_logs([saved.key.get_secret_value()] if saved.key else [])


def _text(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    return " ".join(value.split())[:MOST] if isinstance(value, str) else ""


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return (
            parts.scheme in {"http", "https"} and bool(parts.hostname) and not (parts.username or parts.query)
        )
    except ValueError:
        return False
