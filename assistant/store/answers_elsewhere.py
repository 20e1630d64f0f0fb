"""Which answers are being made, noted for the other front ends of a library in a database.

A page that is loaded anew may come to another front end than the one that makes its answer. A note is
renewed while the answer is made; one that is not was left by a front end that is dead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.store.shelves import Shelf

RENEWED_SECONDS = 2.0
DEAD_SECONDS = 8  # without being renewed: by the database's clock, which all front ends share


class AnswersElsewhere:
    """The notes of one person. In a folder, which one front end serves, nothing is noted."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self.shared = shelf.shared

    def note(self, turn: str) -> None:
        """Note that the answer with this id is being made, or still is; drop what the dead have left."""
        with self._shelf.transaction() as db:
            db.execute(f"DELETE FROM under_way WHERE seen < now() - interval '{DEAD_SECONDS} seconds'")
            db.execute(
                "INSERT INTO under_way VALUES (?, ?, now()) "
                "ON CONFLICT (owner, turn) DO UPDATE SET seen = now()",
                (self._shelf.owner, turn),
            )

    def drop(self, turn: str) -> None:
        """Note that it is not being made any more."""
        with self._shelf.transaction() as db:
            db.execute("DELETE FROM under_way WHERE owner = ? AND turn = ?", (self._shelf.owner, turn))

    def is_noted(self, turn: str) -> bool:
        """Say whether another front end is making it."""
        if not self.shared or not self._shelf.exists():
            return False
        query = (
            "SELECT 1 FROM under_way WHERE owner = ? AND turn = ? "
            f"AND seen > now() - interval '{DEAD_SECONDS} seconds'"
        )
        with self._shelf.transaction() as db:
            return db.execute(query, (self._shelf.owner, turn)).fetchone() is not None
