"""A queue in a database for tests: put something there, work until it is empty, compare what came of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from fakes import WordEmbeddings
from stored import article, open_library

from ingest import library_settings, queue_articles, wait_for_run, work_on_queue
from ingest.runs.reading import store_job
from ingest.storage.postgresql.queue import QueuedRun

if TYPE_CHECKING:
    import threading
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    import pytest
    from numpy.typing import NDArray

    from ingest import Embedder, IngestReport, LibrarySettings
    from ingest.database_address import DatabaseAddress, LibraryLocation

CHOICE = {"sync": False, "include": [], "exclude": []}


def embed_with(monkeypatch: pytest.MonkeyPatch, embedder: Embedder) -> None:
    """Let an embedder stand in for the bundled one."""
    for module in ("pipeline", "queueing", "working"):
        monkeypatch.setattr(f"ingest.runs.{module}.load_embedder", lambda _settings: embedder)


def settings(database: DatabaseAddress) -> LibrarySettings:
    """Return settings that name the library."""
    return library_settings().model_copy(update={"library": database})


def work(database: DatabaseAddress, told: list[str] | None = None) -> int:
    """Work until the queue is empty."""
    say = (told if told is not None else []).append
    return work_on_queue(settings(database), until_empty=True, told=say)


def queued(database: DatabaseAddress, source: object, **choice: object) -> IngestReport:
    """Put a source into the queue, work until it is empty, and return the report."""
    run = queue_articles(source, database, **choice)  # type: ignore[arg-type]  # as the tests choose
    work(database)
    return wait_for_run(run, database)


def counts(report: IngestReport) -> tuple[object, ...]:
    """Return all of a report but its times."""
    failed = sorted((each.source, each.reason) for each in report.failed)
    return (
        *(report.added, report.updated, report.unchanged, report.removed, report.chunks, failed),
        *(dict(report.passed_over), sorted(report.kept, key=str), dict(report.unread)),
    )


def stored_in(place: LibraryLocation) -> list[tuple[str, str, str]]:
    """Return id, title and text of all articles of a library."""
    with open_library(place) as library:
        found = [library.article(each.id) for each in library.articles()]
        return sorted((each.id, each.title, each.text) for each in found if each)


def records_into(file: Path, numbers: range, padding: str = "") -> None:
    """Write articles into a file of records."""
    records = ({"title": f"Report {each}", "text": article(each).text, "x": padding} for each in numbers)
    file.write_text("\n".join(map(json.dumps, records)), "utf-8")


def news_folder(folder: Path) -> Path:
    """Make a folder with four articles, a copy of one, and three files that are none."""
    folder.mkdir()
    for number in range(4):
        (folder / f"{number}.txt").write_text(article(number).text, "utf-8")
    (folder / "copy.txt").write_text(article(1).text, "utf-8")
    (folder / "empty.txt").write_text("", "utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    (folder / "sound.mp3").write_bytes(b"ID3")
    return folder


def batch_in_queue(database: DatabaseAddress) -> int:
    """Put three articles into the queue of an empty library as one job; return the run."""
    open_library(database, write=True, create=True).close()
    run = QueuedRun.begin(database, CHOICE)
    run.put([store_job("", [(article(number), None) for number in range(3)])])
    run.end(whole=True)
    run.close()
    return run.row


class Stopping(WordEmbeddings):
    """Has the worker told to stop while it embeds."""

    def __init__(self, stop: threading.Event) -> None:
        super().__init__()
        self._stop = stop

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed, after that."""
        self._stop.set()
        return super().embed(texts)
