"""Settings of the library: read once at the door, passed on as a value.

Precedence: an argument, then the environment, then `.env`, then the default written here.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Annotated

from pydantic import Field, InstanceOf, SecretStr, ValidationError, field_serializer, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from ingest.audience import SeenLibrary, group_names
from ingest.database_address import DatabaseAddress, LibraryLocation, is_database_address
from ingest.errors import SettingsError
from ingest.fetch.allowed_hosts import AllowedHosts

BUNDLED_EMBEDDINGS = "bundled"
RAY_EMBEDDINGS = "ray"


def _processors() -> int:
    """Return how many processors this process may use, which may be fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class LibrarySettings(BaseSettings):
    """Where the library lives and how articles get into it."""

    model_config = SettingsConfigDict(
        env_prefix="FOOTNOTE_",
        env_file=".env",
        extra="ignore",
        frozen=True,
        env_ignore_empty=True,
        hide_input_in_errors=True,
    )

    library: Annotated[Path | InstanceOf[DatabaseAddress], NoDecode] = Field(
        default_factory=lambda: Path.home() / ".footnote" / "library",
        description="Folder of the library, or its database as postgresql://user@host/database?library=name.",
    )
    cache: Path = Field(
        default_factory=lambda: Path.home() / ".cache" / "footnote",
        description="Folder for what is made of a library in a database and can be made again: its keyword "
        "index. It may be deleted at any time.",
    )
    embeddings: str = Field(
        default=BUNDLED_EMBEDDINGS,
        description="'bundled', 'ray' for the same on a Ray cluster, or any LangChain embeddings as "
        "provider:model, e.g. openai:text-embedding-3-small.",
    )
    chroma: str = Field(
        default="",
        description="Chroma server that keeps the vectors: its address, such as https://vectors.internal, or "
        "'cloud' for Chroma Cloud; commas between several that share them; empty for the library's folder.",
    )
    chroma_token: SecretStr | None = Field(
        default=None, description="Token for the proxy in front of that server, sent as a bearer token."
    )
    chroma_ca: Path | None = Field(
        default=None,
        description="File of the certificate authority that made the server's certificate (PEM), where it "
        "is not a public one.",
    )
    groups: Annotated[frozenset[str] | None, NoDecode] = Field(
        default=None,
        description="Groups, commas between: nothing is read but what they may see, and nothing written. "
        "By default all is read; whoever signs in sees what their groups may.",
    )
    threads: int = Field(
        default_factory=_processors,
        ge=1,
        le=256,
        description="Threads for embedding; by default one a processor.",
    )
    max_file_mb: int = Field(
        default=64, ge=1, description="Largest file or record that is read, unpacked, in megabytes."
    )

    parse_seconds: int = Field(
        default=60,
        ge=1,
        le=3600,
        description="Longest that reading one PDF, office file, email or member of an archive may take, "
        "in seconds.",
    )
    parse_mb: int = Field(
        default=1024,
        ge=256,
        description="Most memory that reading such a file may take, in megabytes.",
    )

    allow_hosts: str = Field(
        default="",
        description="Servers of your own that may be fetched from though they are not public: "
        "names or IP addresses, with :port where it is not 80 or 443, commas between.",
    )
    fetch_seconds: int = Field(
        default=30, ge=1, le=3600, description="Longest that fetching one web page may take, in seconds."
    )
    fetch_pause: float = Field(
        default=1.0, ge=0, le=60, description="Seconds between two requests to the same host."
    )

    @field_validator("allow_hosts")
    @classmethod
    def _hosts(cls, written: str) -> str:
        """Refuse what names no host, when the settings are read and not in the middle of a run."""
        AllowedHosts.parse(written)
        return written

    @field_validator("groups", mode="before")
    @classmethod
    def _names(cls, written: object) -> frozenset[str] | None:
        """Read names with commas between."""
        try:
            return None if written is None else group_names(written)  # type: ignore[arg-type]  # as it says itself
        except SettingsError as error:
            raise ValueError(str(error)) from None

    @field_validator("library", mode="before")
    @classmethod
    def _place(cls, written: object) -> LibraryLocation:
        """Read ~ as the home folder: nothing else does so for a line in .env."""
        return library_location(written)  # type: ignore[arg-type]  # it says what can't be one

    @field_serializer("library")
    def _shown(self, place: LibraryLocation) -> str:
        """Write no password where settings are printed as data."""
        return str(place)

    @field_validator("cache", "chroma_ca")
    @classmethod
    def _home(cls, path: Path | None) -> Path | None:
        """Read ~ as the home folder."""
        return None if path is None else folder_path(path)


def folder_path(folder: Path | str) -> Path:
    """Return the path of a folder that a person named, ~ read as the home folder."""
    if not isinstance(folder, str | os.PathLike) or not isinstance(os.fspath(folder), str):
        raise SettingsError(f"A folder can't be {type(folder).__name__}: name it by a string or a Path.")
    with suppress(RuntimeError):  # nobody here has the name after the ~
        path = Path(folder).expanduser()
        if "\0" not in str(path):
            return path
    raise SettingsError(f"{str(folder)!r} can't be a folder: name another one.")


def library_location(written: LibraryLocation | str) -> LibraryLocation:
    """Return where a library is that a person named: a folder, or the address of a database."""
    if isinstance(written, DatabaseAddress | SeenLibrary):
        return written
    if isinstance(written, str) and is_database_address(written):
        return DatabaseAddress.parse(written)
    return folder_path(written)


def limited_to(
    groups: frozenset[str] | None, library: LibraryLocation | str | None = None
) -> LibraryLocation | None:
    """Return a library, by default the settings', as some groups may see it; as it is if they are None."""
    if groups is None:
        return None if library is None else library_location(library)
    place = library_location(library_settings().library if library is None else library)
    if isinstance(place, SeenLibrary):
        return SeenLibrary(place.place, place.groups & groups)
    return SeenLibrary(place, groups)


def library_settings() -> LibrarySettings:
    """Read the settings, or raise `SettingsError` naming the variable that is wrong."""
    try:
        return LibrarySettings()
    except (ValueError, OSError) as error:
        raise settings_error(error) from None


def settings_for(place: LibraryLocation | LibrarySettings) -> LibrarySettings:
    """Return settings as they are, or those of the environment for a library in another place."""
    if isinstance(place, LibrarySettings):
        return place
    return placed(library_settings(), place)


def placed(settings: LibrarySettings, place: LibraryLocation) -> LibrarySettings:
    """Return settings for a library in another place, with no more groups than they have."""
    if isinstance(place, SeenLibrary):
        groups = place.groups if settings.groups is None else place.groups & settings.groups
        return settings.model_copy(update={"library": place.place, "groups": groups})
    return settings.model_copy(update={"library": place})


def settings_error(error: ValueError | OSError) -> SettingsError:
    """Turn what went wrong into one sentence a setting; values are left out, they may be secret."""
    if isinstance(error, OSError):
        why = error.strerror or "it can't be opened"
        return SettingsError(f"Settings can't be read: .env: {why}. Make it readable, or remove it.")
    if not isinstance(error, ValidationError):  # .env is not text, or not in the form NAME=value
        return SettingsError("Settings can't be read: .env is not a UTF-8 text file. Save it as one.")
    wrong = "; ".join(
        f"FOOTNOTE_{'_'.join(map(str, item['loc'])).upper()}: {item['msg']}" for item in error.errors()
    )
    return SettingsError(f"Settings can't be used: {wrong}. Correct them in the environment or in .env.")
