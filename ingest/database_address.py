"""The address of a library in PostgreSQL: its database, and its name there. It never shows a password."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Self
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from ingest.audience import SeenLibrary
from ingest.errors import SettingsError

SCHEMES = ("postgresql", "postgres")
DEFAULT_NAME = "library"
HIDDEN = "***"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_SECRET = ("password", "sslpassword", "passfile", "oauth_client_secret")
"""Parameters of a connection that are, or lead to, a secret."""

_EXAMPLE = "postgresql://user@host/database?library=name"


@dataclass(frozen=True, slots=True)
class DatabaseAddress:
    """A library in a PostgreSQL database, in a schema of its own.

    `conninfo` is what libpq is given and may hold a password; it is in no `repr` and no message. `shown` is
    the same address with stars for what is secret, and `name` that of the library, of which a database may
    have several.
    """

    conninfo: str = field(repr=False)
    name: str
    shown: str
    secrets: tuple[str, ...] = field(default=(), repr=False, compare=False)

    @classmethod
    def parse(cls, written: str) -> Self:
        """Read an address like `postgresql://user@host:5432/database?library=name`.

        Other parameters, such as `sslmode`, go to libpq as they are, which also reads the password file and
        the environment (https://www.postgresql.org/docs/current/libpq-connect.html).

        Raises:
            SettingsError: it is no such address; the message has nothing of it, since it may hold a password.
        """
        try:
            parts = urlsplit(written.strip())
            port = parts.port
            given = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
        except ValueError:
            raise SettingsError(f"The library's address can't be read. Write it as {_EXAMPLE}.") from None
        name = given.pop("library", DEFAULT_NAME)
        if parts.scheme not in SCHEMES or not parts.path.strip("/") or parts.fragment:
            raise SettingsError(f"The library's address names no database. Write it as {_EXAMPLE}.")
        if not _NAME.fullmatch(name):
            raise SettingsError(
                "The name of a library in a database is up to 40 small letters, digits and underscores, "
                "a letter first: ?library=desk."
            )
        secrets = tuple(value for key, value in given.items() if key in _SECRET)
        secrets += (unquote(parts.password),) if parts.password else ()
        host = parts.netloc.rpartition("@")[2]
        user = f"{parts.username}{f':{HIDDEN}' if parts.password else ''}@" if parts.username else ""
        masked = {key: HIDDEN if key in _SECRET else value for key, value in given.items()}
        query = urlencode(masked | {"library": name}, quote_via=quote, safe="/*")
        del port  # it was looked at because only then is a wrong one noticed
        return cls(
            conninfo=urlunsplit(("postgresql", parts.netloc, parts.path, urlencode(given), "")),
            name=name,
            shown=urlunsplit(("postgresql", f"{user}{host}", parts.path, query, "")),
            secrets=tuple(secret for secret in secrets if secret),
        )

    def __str__(self) -> str:
        return self.shown

    @property
    def schema(self) -> str:
        """The schema of the database in which the library's tables are."""
        return f"footnote_{self.name}"

    @property
    def home(self) -> Path:
        """The folder on this machine for what can be made anew of the library, or is on its way there."""
        key = hashlib.sha256(self.shown.encode()).hexdigest()[:12]
        return _homes() / f"{self.name}-{key}"

    def masked(self, text: str) -> str:
        """Return a text, such as an error of the database, without the secrets of the address."""
        for secret in self.secrets:
            text = text.replace(secret, HIDDEN)
        return text


def is_database_address(written: str) -> bool:
    """Say whether a text means a database and not a folder."""
    return written.strip().partition("://")[0].lower() in SCHEMES


def shared_name(path: str) -> str:
    """Return a path; of a file in one of those folders only its name within, the same on every machine.

    An article without an address is known by where it was read from. One that was uploaded twice, at two
    front ends of a library, is one.
    """
    homes = _real(str(_homes()))
    return "/".join(Path(path).relative_to(homes).parts[1:]) if Path(path).is_relative_to(homes) else path


def _homes() -> Path:
    return Path.home() / ".footnote" / "databases"


@cache
def _real(folder: str) -> str:
    return os.path.realpath(folder)


LibraryLocation = Path | DatabaseAddress | SeenLibrary
"""Where a library is: its folder, or its database; or either for some groups, who may not see all of it."""


def home_of(location: LibraryLocation) -> Path:
    """Return the folder on this machine that belongs to a library: its own, or that beside a database."""
    place = place_of(location)
    return place.home if isinstance(place, DatabaseAddress) else place


def place_of(location: LibraryLocation) -> Path | DatabaseAddress:
    """Return where all of a library is, whoever may see how much of it."""
    return location.place if isinstance(location, SeenLibrary) else location
