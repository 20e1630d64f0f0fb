"""Wrong passwords cost time: after a few, each further one locks the name and the address for longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest import content_key

if TYPE_CHECKING:
    from assistant.web.access.door_store import DoorStore
    from ingest import Connection

FREE = 5  # tries before the first lock: typing errors are human
LONGEST_LOCK_SECONDS = 900.0  # seconds: 4 tries an hour, 35,000 a year, against a password of 12 characters
MOST_DOUBLINGS = 20  # of a second: whoever tries for weeks must not come to a number that no float holds
FORGOTTEN = 3_600.0  # seconds without a try after which the count begins anew
MOST_LOCKS = 75_000  # names, addresses and pairs of them that are remembered, the latest
CLEARED_EVERY = 1_000  # tries between two times that old ones are cleared away
TURN = "tries"


class Throttle:
    """Counts tries by name and by address. A try counts when it begins, so that many at once gain nothing."""

    def __init__(self, store: DoorStore) -> None:
        self._store = store
        self._until_cleared = CLEARED_EVERY

    def begin(self, name: str, address: str) -> float:
        """Return 0 and count the try, or the seconds to wait; a try that has to wait does not count."""
        keys = _keys(name, address)
        with self._store.transaction(TURN) as db:
            now = self._store.clock()
            known = {key: _tries(db, key, now) for key in keys}
            wait = max(_wait(count, now - last) for count, last in known.values())
            if wait <= 0:
                for key, (count, _) in known.items():
                    _note(db, key, count + 1, now)
                self._clear(db, now)
            return max(wait, 0.0)

    def succeeded(self, name: str, address: str) -> None:
        """Forget the tries of a name. Other names that were tried from the address still count.

        Else whoever has a password of their own could guess at other people's without end, by signing in
        between the guesses.
        """
        by_name, by_address, by_both = _keys(name, address)
        with self._store.transaction(TURN) as db:
            now = self._store.clock()
            theirs, _ = _tries(db, by_both, now)
            all_of_them, last = _tries(db, by_address, now)
            for key in (by_name, by_both, by_address):
                db.execute("DELETE FROM tries WHERE key = ?", (key,))
            if all_of_them > theirs:
                _note(db, by_address, all_of_them - theirs, last)

    def _clear(self, db: Connection, now: float) -> None:
        self._until_cleared -= 1
        if self._until_cleared:
            return
        self._until_cleared = CLEARED_EVERY
        db.execute("DELETE FROM tries WHERE last < ?", (now - FORGOTTEN,))
        (many,) = db.execute("SELECT count(*) FROM tries").fetchone()
        oldest = "SELECT key FROM tries ORDER BY last LIMIT ?"
        db.execute(f"DELETE FROM tries WHERE key IN ({oldest})", (max(0, many - MOST_LOCKS),))


def _tries(db: Connection, key: str, now: float) -> tuple[int, float]:
    """Return how many tries count, and when the last was."""
    found = db.execute("SELECT tries, last FROM tries WHERE key = ?", (key,)).fetchone()
    return (found[0], found[1]) if found and now - found[1] <= FORGOTTEN else (0, now)


def _note(db: Connection, key: str, count: int, last: float) -> None:
    db.execute(
        "INSERT INTO tries VALUES (?, ?, ?) "
        "ON CONFLICT (key) DO UPDATE SET tries = excluded.tries, last = excluded.last",
        (key, count, last),
    )


def _wait(count: int, since: float) -> float:
    if count < FREE:
        return 0.0
    return min(2.0 ** min(count - FREE, MOST_DOUBLINGS), LONGEST_LOCK_SECONDS) - since


def _keys(name: str, address: str) -> tuple[str, str, str]:
    """Return what a try counts for: its name, its address, and the two together, in digits that tell nothing.

    What is typed as a name may be a password, and is as long as anybody likes.
    """
    return content_key("name", name), content_key("address", address), content_key("both", name, address)
