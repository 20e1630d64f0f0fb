"""Watching: what changes is ingested again, and nothing else, until it is told to stop."""

from __future__ import annotations

from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

from ingest import IngestReport, LibraryLockedError, SourceError, watch_sources
from ingest.runs import watch as watching

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FEED = "https://paper.example/feed.xml"


class Calls:
    """Stands in for an ingestion: keeps which sources it was asked for, and tells when it was."""

    def __init__(self) -> None:
        self.asked: list[list[str | Path]] = []
        self.called = Event()

    def __call__(self, sources: Sequence[str | Path]) -> IngestReport:
        """Note the sources."""
        self.asked.append(list(sources))
        self.called.set()
        return IngestReport(added=len(sources))


def test_a_changed_folder_is_read_again_and_the_other_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that appears in a folder has that folder ingested; stopping ends the generator."""
    monkeypatch.setattr(watching, "QUIET_MILLISECONDS", 100)
    monkeypatch.setattr(watching, "STEP_MILLISECONDS", 50)
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    calls, stopped = Calls(), Event()
    reports: list[IngestReport] = []

    def follow() -> None:
        reports.extend(watch_sources([one, other], calls, stopped=stopped))

    follower = Thread(target=follow)
    follower.start()
    assert calls.called.wait(120)
    calls.called.clear()
    number = 0
    while not calls.called.wait(0.5) and number < 100:  # until the watching has begun
        (one / f"{number}.txt").write_text("A title\n\nThe bridge is open.")
        number += 1
    stopped.set()
    follower.join(120)
    assert calls.asked[0] == [one, other]
    assert calls.asked[1] == [one]
    assert len(reports) == len(calls.asked)


def test_an_address_is_visited_again_when_its_time_has_come(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing tells that a feed has changed: it is asked every so many minutes."""
    monkeypatch.setattr(watching, "LEAST_MINUTES", 0.0001)
    calls, stopped = Calls(), Event()
    for number, _ in enumerate(watch_sources([FEED], calls, minutes=0, stopped=stopped)):
        if number == 2:
            stopped.set()
    assert calls.asked == [[FEED]] * 3


def test_a_folder_that_is_not_there_cannot_be_watched(tmp_path: Path) -> None:
    """It is named, before anything is read."""
    with pytest.raises(SourceError, match="can't be watched"):
        next(watch_sources([tmp_path / "none" / "at all"], Calls()))


class Busy(Calls):
    """An ingestion that finds another writer in its place, so many times."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times

    def __call__(self, sources: Sequence[str | Path]) -> IngestReport:
        """Raise what a taken lock raises, or ingest."""
        if self.times:
            self.times -= 1
            raise LibraryLockedError("The library is being written by process 7.")
        return super().__call__(sources)


def test_it_waits_for_its_turn_while_another_process_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A taken lock doesn't end the watching: it says once who is busy, and tries until it is free."""
    monkeypatch.setattr(watching, "BUSY_RETRY_SECONDS", 0.001)
    said: list[str] = []
    busy, stopped = Busy(3), Event()
    reports = watch_sources([FEED], busy, stopped=stopped, waiting=lambda error: said.append(str(error)))
    assert next(reports).added == 1
    assert busy.asked == [[FEED]]
    assert said == ["The library is being written by process 7."]


def test_it_can_be_stopped_while_it_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is ingested and nothing reported once it was told to stop."""
    monkeypatch.setattr(watching, "BUSY_RETRY_SECONDS", 0.001)
    busy, stopped = Busy(1), Event()
    found = list(watch_sources([FEED], busy, stopped=stopped, waiting=lambda _: stopped.set()))
    assert found == []
    assert busy.asked == []
