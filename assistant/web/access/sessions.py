"""Who is signed in, known by the hash of the cookie. Kept in memory, a restart signs everybody out."""

from __future__ import annotations

import secrets
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.web.access.door_store import DoorStore
    from assistant.web.access.people import Account, People, Person

SESSION_IDLE_SECONDS = 12 * 3_600.0  # seconds without a request
SESSION_SECONDS = 7 * 86_400.0  # seconds in any case
NOTED_EVERY_SECONDS = 60.0  # a page asks for many things at once: not each of them is worth a write
MOST_SESSIONS = 10_000


class Sessions:
    """Makes and ends sessions. One ends by itself, too, when its person goes or gets another password."""

    def __init__(self, people: People, store: DoorStore) -> None:
        self.people = people
        self._store = store

    def begin(self, account: Account) -> str:
        """Return the secret for the cookie."""
        secret, now = secrets.token_urlsafe(32), self._store.clock()
        row = (_digest(secret), account.name, _digest(account.hashed), now, now)
        with self._store.transaction("sessions") as db:
            over = (now - SESSION_IDLE_SECONDS, now - SESSION_SECONDS)
            db.execute("DELETE FROM sessions WHERE used < ? OR begun < ?", over)
            (many,) = db.execute("SELECT count(*) FROM sessions").fetchone()
            if many >= MOST_SESSIONS:
                oldest = "SELECT key FROM sessions ORDER BY used LIMIT ?"
                db.execute(f"DELETE FROM sessions WHERE key IN ({oldest})", (many - MOST_SESSIONS + 1,))
            db.execute("INSERT INTO sessions VALUES (?, ?, ?, ?, ?)", row)
        return secret

    def person(self, secret: str) -> Person | None:
        """Return who has this cookie."""
        key, now = _digest(secret), self._store.clock()
        with self._store.transaction() as db:
            query = "SELECT name, password, begun, used FROM sessions WHERE key = ?"
            session = db.execute(query, (key,)).fetchone()
        if session is None:
            return None
        name, password, begun, used = session
        account = self.people.known().accounts.get(name)
        over = now - used > SESSION_IDLE_SECONDS or now - begun > SESSION_SECONDS
        if over or account is None or _digest(account.hashed) != password:
            self.end(secret)
            return None
        if now - used > NOTED_EVERY_SECONDS:
            self._run("UPDATE sessions SET used = ? WHERE key = ?", now, key)
        return account.person

    def end(self, secret: str) -> None:
        """Sign out."""
        self._run("DELETE FROM sessions WHERE key = ?", _digest(secret))

    def _run(self, statement: str, *values: str | float) -> None:
        with self._store.transaction() as db:
            db.execute(statement, values)


def _digest(secret: str) -> str:
    return sha256(secret.encode("utf-8", "replace")).hexdigest()
