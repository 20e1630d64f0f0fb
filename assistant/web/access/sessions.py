"""Who is signed in. Kept in memory by the hash of the cookie: a restart signs everybody out."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.web.access.people import Account, People, Person

SESSION_IDLE_SECONDS = 12 * 3_600.0  # seconds without a request
SESSION_SECONDS = 7 * 86_400.0  # seconds in any case
MOST_SESSIONS = 10_000


@dataclass(slots=True)
class Session:
    """A sign-in: whose, with which password, since when, and when it was used last."""

    name: str
    hashed: str
    begun: float
    used: float


class Sessions:
    """Makes and ends sessions. One ends by itself, too, when its person goes or gets another password."""

    def __init__(self, people: People, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._people = people
        self._clock = clock
        self._lock = Lock()
        self._sessions: dict[str, Session] = {}

    def begin(self, account: Account) -> str:
        """Return the secret for the cookie."""
        secret, now = secrets.token_urlsafe(32), self._clock()
        with self._lock:
            while len(self._sessions) >= MOST_SESSIONS:
                self._sessions.pop(min(self._sessions, key=lambda key: self._sessions[key].used))
            self._sessions[_digest(secret)] = Session(account.name, account.hashed, now, now)
        return secret

    def person(self, secret: str) -> Person | None:
        """Return who has this cookie."""
        key, now = _digest(secret), self._clock()
        with self._lock:
            session = self._sessions.get(key)
            if session is None:
                return None
            account = self._people.known().accounts.get(session.name)
            over = now - session.used > SESSION_IDLE_SECONDS or now - session.begun > SESSION_SECONDS
            if over or account is None or account.hashed != session.hashed:
                del self._sessions[key]
                return None
            session.used = now
            return account.person

    def end(self, secret: str) -> None:
        """Sign out."""
        with self._lock:
            self._sessions.pop(_digest(secret), None)


def _digest(secret: str) -> str:
    return sha256(secret.encode("utf-8", "replace")).hexdigest()
