"""People and tokens that are changed by several commands at the same moment: every change stays."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from argon2 import PasswordHasher

from assistant.web.access.door_store import InMemory
from assistant.web.access.people import People
from assistant.web.access.throttle import LONGEST_LOCK_SECONDS, Throttle
from ingest import DatabaseAddress, LibraryError, SettingsError, WriterLock
from ingest.storage import documents
from ingest.storage.postgresql import kept_store

if TYPE_CHECKING:
    from ingest import LibraryLocation

ROOT = Path(__file__).parent.parent
PROGRAMS, CHANGES = 5, 8
CODE = """
import sys
from argon2 import PasswordHasher
from assistant.web.access.people import People
from ingest import library_location
library, number, changes = library_location(sys.argv[1]), sys.argv[2], int(sys.argv[3])
people = People(library, hasher=PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
print("ready", flush=True)
sys.stdin.readline()
people.add(f"person{number}", "correct horse battery")
for change in range(changes):
    people.add_token(f"person{number}", f"script {change}")
people.remove_token(next(item.id for item in people.known().tokens if item.person == f"person{number}"))
"""


def test_no_change_is_lost(place: LibraryLocation) -> None:
    """Several processes add people and tokens and remove some at once; all of it has happened."""
    written = f"{place.conninfo}?library={place.name}" if isinstance(place, DatabaseAddress) else str(place)
    running = [
        subprocess.Popen(
            [sys.executable, "-c", CODE, written, str(number), str(CHANGES)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for number in range(PROGRAMS)
    ]
    for each in running:
        assert each.stdout is not None
        assert each.stdout.readline() == "ready\n"
    for each in running:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    for each in running:
        each.communicate()
        assert each.returncode == 0
    known = People(place).known()
    assert set(known.accounts) == {f"person{number}" for number in range(PROGRAMS)}
    owners = [token.person for token in known.tokens]
    assert {owners.count(name) for name in known.accounts} == {CHANGES - 1}


def test_a_change_that_can_not_be_made_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another command changes the file, a second one waits and then says so; nothing is half done."""
    monkeypatch.setattr(documents, "CHANGE_SECONDS", 0.1)
    people = People(tmp_path, hasher=PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    people.add("ines", "correct horse battery")
    lock = WriterLock.acquire(tmp_path / "access", wait=0)
    with pytest.raises(SettingsError, match="another command is changing it"):
        people.add("tom", "correct horse battery")
    lock.release()
    people.add("tom", "correct horse battery")
    assert set(people.known().accounts) == {"ines", "tom"}


def test_whoever_tries_for_weeks_waits_no_longer_than_before() -> None:
    """Twelve hundred tries are as many doublings, of which no number has room."""
    now = 0.0
    throttle = Throttle(InMemory(lambda: now))
    for _ in range(1_200):
        assert throttle.begin("ines", "10.0.0.1") == 0
        wait = throttle.begin("ines", "10.0.0.1")
        assert wait <= LONGEST_LOCK_SECONDS
        now += max(wait, 1.0)


def test_a_front_end_that_stands_still_keeps_nobody_out(
    database: DatabaseAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It had its turn at counting tries when its machine was paused: the others wait a while and go on."""
    monkeypatch.setattr(kept_store, "IDLE_SECONDS", 0.2)
    paused, other = (kept_store.KeptStore(database) for _ in range(2))
    went_on = False
    with pytest.raises(LibraryError), paused.transaction("tries"), other.transaction("tries"):
        went_on = True
    assert went_on
    paused.close()
    other.close()


def test_removing_from_nothing_makes_nothing(tmp_path: Path) -> None:
    """Where nobody was added, there is nobody to remove, and no folder comes of trying."""
    with pytest.raises(SettingsError, match="nobody called"):
        People(tmp_path / "library").remove("tom")
    assert list(tmp_path.iterdir()) == []
