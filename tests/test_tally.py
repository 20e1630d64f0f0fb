"""What a run counts ahead and how it names its limits."""

from __future__ import annotations

import time
from threading import enumerate as threads
from typing import TYPE_CHECKING

import pytest
from fakes import Recording

from assistant.web.html import shell
from ingest import Article, Failure, LibrarySettings, ingest_articles
from ingest.readers.common.files import MEGABYTE
from ingest.runs.tally import RunTally

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


PATIENCE = 120  # seconds; threads end at once, except on a busy machine


class Endless(list[str | Article]):
    """Sources that never end."""

    def __iter__(self) -> Iterator[str | Article]:
        """Give the same article for ever."""
        while True:
            yield Article(text="The bridge is open.", title="A title", origin="a")


@pytest.fixture(autouse=True)
def _embedder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.runs.pipeline.load_embedder", lambda _settings: Recording())


def test_counting_ahead_ends_with_the_run(tmp_path: Path) -> None:
    """A run that is interrupted leaves no thread behind that goes on counting."""

    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    before = set(threads())
    with pytest.raises(KeyboardInterrupt):
        ingest_articles(Endless(), tmp_path / "library", progress=interrupt)
    late = time.monotonic() + PATIENCE
    while set(threads()) - before and time.monotonic() < late:
        time.sleep(0.01)
    assert set(threads()) - before == set()


def test_a_tally_that_is_ended_counts_no_further() -> None:
    """Ending it is enough, whatever else happens to the run."""
    before = set(threads())
    tally = RunTally(Endless(), lambda _: None)
    tally.end()
    for thread in set(threads()) - before:
        thread.join(PATIENCE)
    assert set(threads()) - before == set()


def test_a_limit_in_megabytes_is_named_as_it_was_set(tmp_path: Path) -> None:
    """One megabyte is a million bytes, in the setting and in what is said of it."""
    path = tmp_path / "large.txt"
    path.write_text("word " * 200_001)
    report = ingest_articles(path, tmp_path / "library", settings=LibrarySettings(max_file_mb=1))
    reason = "It is larger than 1 MB. Split it, or raise FOOTNOTE_MAX_FILE_MB."
    assert shell.MEGABYTE == MEGABYTE
    assert report.failed == (Failure(str(path), reason),)
