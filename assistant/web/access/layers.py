"""Whether people have to sign in, and the layers around the app that see to it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from assistant.web.access.people import People
from ingest import DatabaseAddress, SettingsError, place_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.middleware import Middleware

    from assistant.settings import AnswerSettings
    from assistant.web.access.people import Person
    from ingest import LibraryLocation

MEGABYTE = 1_000_000
ASKING_AT_ONCE = 8  # requests that ask a database who is there; each takes a few milliseconds
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1", "[::1]"})
EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104  # to recognise them


class Access:
    """Who may come in: anybody at this machine until people are added, people who signed in otherwise."""

    def __init__(
        self, library: LibraryLocation, *, host: str, quota_mb: int, names: Sequence[str] = ()
    ) -> None:
        self._library = library
        self._people = People(library)
        # A name that is not this machine's own is a proxy's: whoever comes through it comes from loopback.
        others = [name for name in (host, *names) if name not in LOOPBACK]
        self._needed = bool(others)
        self._quota = quota_mb * MEGABYTE
        if others and not self._people.any:
            raise SettingsError(
                f"At {others[0]!r} others can reach the chat, so people have to sign in, and there is nobody "
                "yet. Add somebody with `footnote user add NAME --admin`, or use 127.0.0.1 alone."
            )

    def people(self) -> list[Person]:
        """Return those who may sign in."""
        return [account.person for account in self._people.known().accounts.values()]

    def needed(self) -> bool:
        """Say whether people have to sign in; once they had to, nobody's removal opens the door to all."""
        self._needed = self._needed or self._people.any
        return self._needed

    def layers(self) -> list[Middleware]:
        """Return the layers: who is there, then how much may be sent."""
        from starlette.middleware import Middleware

        from assistant.web.access.door_store import door_store
        from assistant.web.access.guard import Guard
        from assistant.web.access.sessions import Sessions
        from assistant.web.access.sign_in_pages import SignInPages
        from assistant.web.access.throttle import Throttle
        from assistant.web.access.upload_limits import UploadLimits

        people, store = self._people, door_store(self._library)
        in_database = isinstance(place_of(self._library), DatabaseAddress)
        guard = Middleware(
            Guard,
            sessions=Sessions(people, store),
            pages=SignInPages(self._library),
            throttle=Throttle(store),
            needed=self.needed,
            threads=ThreadPoolExecutor(ASKING_AT_ONCE, "footnote-access") if in_database else None,
        )
        return [guard, Middleware(UploadLimits, quota=self._quota)]


def names_of(settings: AnswerSettings) -> list[str]:
    """Return the names that were written into the settings."""
    return [name.strip() for name in settings.hosts.split(",") if name.strip()]


def hosts_of(host: str, settings: AnswerSettings) -> list[str]:
    """Return the names under which requests may come; other names are refused."""
    named = names_of(settings)
    if host in EVERYWHERE and not named:
        raise SettingsError(
            f"At {host!r} the chat has many names. Write in FOOTNOTE_HOSTS those that browsers use."
        )
    return [*named, *([] if host in EVERYWHERE else [host])]
