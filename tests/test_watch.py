"""Watching: what changes is ingested again, and nothing else, until it is told to stop."""

from __future__ import annotations

from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

from ingest import IngestReport, SourceError, watch_sources
from ingest import watch as watching

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
    assert calls.called.wait(30)
    calls.called.clear()
    number = 0
    while not calls.called.wait(0.5) and number < 100:  # until the watching has begun
        (one / f"{number}.txt").write_text("A title\n\nThe bridge is open.")
        number += 1
    stopped.set()
    follower.join(30)
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
