"""After a power cut at any write of the record, all that was acknowledged is there, and nothing half."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import pytest
from powercut import Disk, Event, cut, lay_out, traced
from stored import article, assert_whole, fill, open_library

from ingest.storage.salvage import altered_articles, record_fault

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="there is no strace here")

BATCHES = 6


@pytest.fixture(name="events", scope="module")
def _events(tmp_path_factory: pytest.TempPathFactory) -> list[Event]:
    """Return what storing six batches does to the record."""
    return traced(tmp_path_factory.mktemp("traced"), BATCHES)


def states(batches: int) -> list[dict[str, str]]:
    """Return what is live after each number of batches, up to one that may be safe and unacknowledged."""
    live: dict[str, str] = {}
    found = [live]
    for batch in range(min(batches + 1, BATCHES)):
        stored = [article((2 * batch + each) % 7, edition=batch) for each in range(2)]
        live = live | {each.id: each.version for each in stored}
        found.append(live)
    return found[batches:]


def test_what_was_acknowledged_survives_a_power_cut(tmp_path: Path, events: list[Event]) -> None:
    """At 60 moments, with any sectors lost that were not synced, the library is whole and has it all."""
    chance = random.Random(7)  # noqa: S311  # moments, not secrets
    first = next(place for place, event in enumerate(events) if event.call == "acknowledged")
    for number in range(60):
        moment = chance.randrange(first, len(events) + 1)
        files, acknowledged = cut(events, moment, chance)
        path = lay_out(files, tmp_path / "after")
        assert record_fault(path / "record.sqlite") is None
        if number % 10 == 0:
            assert_whole(path, *states(acknowledged))
        else:
            with open_library(path) as library:
                assert library.versions() in states(acknowledged)
                assert altered_articles(library._record) == []


def test_a_power_cut_while_a_library_is_made_can_be_gone_over(tmp_path: Path, events: list[Event]) -> None:
    """Before anything was acknowledged, the next try makes the library or goes on with what there is."""
    first = next(place for place, event in enumerate(events) if event.call == "acknowledged")
    chance = random.Random(8)  # noqa: S311
    for moment in range(0, first, max(1, first // 8)):
        files, _ = cut(events, moment, chance)
        path = fill(lay_out(files, tmp_path / "after"), article(50))
        with open_library(path) as library:
            assert library.versions()[article(50).id] == article(50).version


def test_every_acknowledgement_comes_after_a_sync(events: list[Event]) -> None:
    """Between the last write to the log and an acknowledgement, the log was synced."""
    unsynced = False
    for event in events:
        if event.name == "record.sqlite-wal" and event.call == "pwrite64":
            unsynced = True
        elif event.name == "record.sqlite-wal" and event.call == "sync":
            unsynced = False
        elif event.call == "acknowledged":
            assert not unsynced
    assert [event.call for event in events].count("acknowledged") == BATCHES


def test_the_harness_loses_what_is_not_synced(tmp_path: Path, events: list[Event]) -> None:
    """The harness itself: with the log's syncs left out, acknowledged articles are lost."""
    careless = [event for event in events if not (event.name.endswith("-wal") and event.call == "sync")]
    chance = random.Random(9)  # noqa: S311
    place = max(place for place, event in enumerate(careless) if event.call == "acknowledged") + 1
    lost = 0
    for _ in range(5):
        files, acknowledged = cut(careless, place, chance)
        path = lay_out(files, tmp_path / "after")
        with open_library(path) as library:
            lost += library.versions() not in states(acknowledged)
    assert lost == 5


def test_what_a_disk_has_after_a_cut() -> None:
    """Synced bytes are always there; of the others each sector is there or not."""
    disk = Disk()
    disk.pending += [(0, b"a" * 1024), 512]
    disk.sync()
    disk.pending.append((512, b"b" * 1024))
    found = {disk.after_a_cut(random.Random(seed)) for seed in range(40)}  # noqa: S311
    a, b = b"a" * 512, b"b" * 512
    assert found == {a, a + b, a + bytes(512) + b, a + b + b}
