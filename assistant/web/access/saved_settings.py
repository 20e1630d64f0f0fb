"""What an administrator chose on the page of settings, in one document beside the library.

The key in it is as it was typed, since it has to be sent: it is protected as a key in `.env` is, by the
rights of the file. It is never given to a page, a program, a log or a backup. In a database it would be in
each of its backups, so there it is refused: each front end has the key in its environment.
"""

from __future__ import annotations

import json
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, get_args
from urllib.parse import urlsplit

from pydantic import SecretStr

from assistant.providers.model_choice import DEFAULT_MODEL, NO_MODEL, OPENAI_PROTOCOL
from assistant.providers.redaction import guard_logs
from assistant.settings import CheckedBy, ChosenSettings, choose
from assistant.web.access.people import ACCESS_FOLDER
from assistant.web.html.page_words import AS_BROWSER, LANGUAGES
from ingest import DatabaseAddress, FootnoteError, LibraryError, SettingsError, document_beside, place_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ingest import Document, LibraryLocation

Writer = Literal["environment", "nobody", "openai", "server", "other"]
FIELDS = {"server": ("address", "model"), "openai": ("model",), "other": ("provider", "model")}
"""What each choice needs; the rest of what was sent is let go."""
MOST = 500  # characters of a name or an address
LONGEST_KEY = 2_000
LOOK_SECONDS = 3.0  # between two looks at what another front end has saved
NO_KEYS_HERE = (
    "No key is kept where the library is in a database: it would be in each backup of it. Leave it empty, "
    "and give every front end its key as a variable, such as OPENAI_API_KEY."
)


@dataclass(frozen=True, slots=True)
class SavedSettings:
    """Who writes answers, with which model, and who checks them. `key` shows itself nowhere."""

    writer: Writer = "environment"
    provider: str = ""
    address: str = ""
    model: str = ""
    key: SecretStr | None = None
    check: CheckedBy = ""
    language: str = AS_BROWSER
    """That of the page, by its code; readers may choose another one for themselves."""

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
    if texts["language"] not in {AS_BROWSER, *LANGUAGES}:
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


def load_settings(library: LibraryLocation) -> SavedSettings:
    """Read what was saved.

    Raises:
        SettingsError: the document can't be read. The environment doesn't take its place: somebody may have
            chosen that nothing leaves the machine.
    """
    document = settings_document(library)
    try:
        text = document.read()
        if text is None:
            return SavedSettings()
        plain = json.loads(text)
        key = SecretStr(str(plain["key"])) if plain.get("key") else None
        saved = replace(read_settings(plain), key=key)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError, SettingsError):
        raise SettingsError(
            f"{document.name} can't be read. Remove it, and choose the settings anew."
        ) from None
    _guard(saved)
    return saved


class SavedLanguage:
    """The language that the page was given for everybody, and nothing else of what was saved.

    A page that strangers see asks for it, so it is looked for every few seconds, however many ask. Where
    it can't be read what was known last holds on; whoever opens the page of settings is told.
    """

    def __init__(self, library: LibraryLocation) -> None:
        self._library = library
        self._known = AS_BROWSER
        self._next_look = 0.0

    def __call__(self) -> str:
        """Return its code, empty for that of each browser."""
        if time.monotonic() >= self._next_look:
            self._next_look = time.monotonic() + LOOK_SECONDS
            with suppress(OSError, ValueError, TypeError, KeyError, RecursionError, FootnoteError):
                text = settings_document(self._library).read()
                language = json.loads(text)["language"] if text else AS_BROWSER
                self._known = language if language in LANGUAGES else AS_BROWSER
        return self._known


def save_settings(library: LibraryLocation, saved: SavedSettings) -> None:
    """Put them in the place of those before.

    Raises:
        SettingsError: they can't be written, or have a key that may not be kept there.
    """
    if saved.key and isinstance(place_of(library), DatabaseAddress):
        raise SettingsError(NO_KEYS_HERE)
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
    document = settings_document(library)
    try:
        document.change(lambda _: json.dumps(plain, indent=1))
    except (OSError, LibraryError) as error:
        why = f"{error.strerror}." if isinstance(error, OSError) else str(error)
        raise SettingsError(f"{document.name} can't be written: {why}") from None


class SavedHere:
    """Sees to it that what was saved holds in this process, at whichever front end it was chosen."""

    def __init__(self, library: LibraryLocation) -> None:
        self.shared = isinstance(place_of(library), DatabaseAddress)
        self._library = library
        self._stamp: object = None
        self._next_look = 0.0
        self._begun = False

    def look(self) -> None:
        """Let what was saved since the last look hold. Raises only at the first: later, the last holds on."""
        if time.monotonic() < self._next_look:
            return
        self._next_look = time.monotonic() + LOOK_SECONDS
        try:
            stamp = settings_document(self._library).stamp()
            if stamp != self._stamp or not self._begun:
                choose(load_settings(self._library).chosen())
                self._stamp = stamp
        except (FootnoteError, OSError):
            if not self._begun:
                raise
        self._begun = True


def typed_key(data: Mapping[str, Any]) -> str:
    """Return the key that was typed, empty where none was."""
    key = data.get("key")
    if not isinstance(key, str) or not key.strip():
        return ""
    if len(key) > LONGEST_KEY or not key.strip().isprintable() or " " in key.strip():
        raise SettingsError("This is no key: it is too long, or has spaces or signs in it that no key has.")
    return key.strip()


def settings_document(library: LibraryLocation) -> Document:
    """Return the document that they are in."""
    return document_beside(library, f"{ACCESS_FOLDER}/settings.json")


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
