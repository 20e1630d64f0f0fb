"""Which Chroma servers the settings name, and what they are asked with: checked before anything is sent."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pydantic import SecretStr  # noqa: TC002  # pydantic reads the annotation
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.errors import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

    from ingest.settings import LibrarySettings

CLOUD = "cloud"
CLOUD_ADDRESS = "https://api.trychroma.com"
CLOUD_RECORDS = 300
"""The quota of Chroma Cloud: records a write, and results a query or a look-up (docs.trychroma.com)."""
TENANT, DATABASE = "default_tenant", "default_database"  # what a server of one's own has from the start

_FORM = "Write an address such as https://vectors.internal, or 'cloud'; commas between several."


@dataclass(frozen=True, slots=True)
class ChromaAddress:
    """One server, or one database of Chroma Cloud; tenant and database are None where Cloud is to name them.

    `most` is how many records a request may bring or ask for; None for what the server itself says.
    """

    url: str
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    ca: Path | None = None
    tenant: str | None = TENANT
    database: str | None = DATABASE
    most: int | None = None


class CloudSettings(BaseSettings):
    """What Chroma Cloud is asked with, under the names that its own client uses."""

    model_config = SettingsConfigDict(
        env_prefix="CHROMA_", env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True
    )

    api_key: SecretStr | None = None
    tenant: str | None = None
    database: str | None = None


def chroma_addresses(settings: LibrarySettings) -> tuple[ChromaAddress, ...]:
    """Return the servers that the settings name, none for vectors in the library's folder.

    Raises:
        SettingsError: if an address can't be used, or would send vectors unencrypted to another machine.
    """
    written = filter(None, re.split(r"[,\s]+", settings.chroma))
    return tuple(_cloud() if each == CLOUD else _own(each, settings) for each in written)


def _own(written: str, settings: LibrarySettings) -> ChromaAddress:
    try:
        parts = urlsplit(written)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise SettingsError(f"FOOTNOTE_CHROMA can't be read. {_FORM}") from None
    if parts.scheme not in ("http", "https") or not host or parts.query or parts.fragment:
        raise SettingsError(f"FOOTNOTE_CHROMA can't be read. {_FORM}")
    if parts.username is not None or parts.password is not None:
        raise SettingsError(
            "FOOTNOTE_CHROMA has a name or a password in an address. Put a token into FOOTNOTE_CHROMA_TOKEN."
        )
    if parts.scheme == "http" and not _is_this_machine(host):
        raise SettingsError(
            f"FOOTNOTE_CHROMA would send vectors to {host} unencrypted. Write https:// (a Chroma server has "
            "no TLS itself: docs/security.md shows a proxy in front); http:// is for this machine only."
        )
    token = _secret("FOOTNOTE_CHROMA_TOKEN", settings.chroma_token)
    headers = (("Authorization", f"Bearer {token}"),) if token else ()
    return ChromaAddress(written.rstrip("/"), headers, settings.chroma_ca)


def _cloud() -> ChromaAddress:
    cloud = CloudSettings()
    key = _secret("CHROMA_API_KEY", cloud.api_key)
    if not key:
        raise SettingsError("FOOTNOTE_CHROMA is 'cloud'. Set CHROMA_API_KEY to your key of Chroma Cloud.")
    headers = (("X-Chroma-Token", key),)
    return ChromaAddress(CLOUD_ADDRESS, headers, None, cloud.tenant, cloud.database, CLOUD_RECORDS)


def _secret(name: str, value: SecretStr | None) -> str:
    """Return a secret that may stand in a header; what can't is refused without repeating it."""
    secret = value.get_secret_value().strip() if value else ""
    if not re.fullmatch(r"[!-~]*", secret):
        raise SettingsError(f"{name} has characters that no token has. Copy it again.")
    return secret


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
