"""The queue of a library in PostgreSQL: what is put there is stored by workers, as an ingestion would have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fakes import WordEmbeddings
from stored import WORDS, article, open_library

from ingest import IngestReport, LibrarySettings, ingest_articles, library_settings
from ingest.runs.queueing import queue_articles, wait_for_run
from ingest.runs.working import work

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ingest import Embedder
    from ingest.database_address import DatabaseAddress

TIMES = "The ferry left on Monday. Nobody was on board. The captain said that the sea was rough."


@pytest.fixture(autouse=True)
def _words(monkeypatch: pytest.MonkeyPatch) -> None:
    embed_with(monkeypatch, WORDS)


def embed_with(monkeypatch: pytest.MonkeyPatch, embedder: Embedder) -> None:
    """Let an embedder stand in for the bundled one."""
    for module in ("pipeline", "queueing", "working"):
        monkeypatch.setattr(f"ingest.runs.{module}.load_embedder", lambda _settings: embedder)


def settings(database: DatabaseAddress) -> LibrarySettings:
    """Return settings that name the library."""
    return library_settings().model_copy(update={"library": database})


def queued(database: DatabaseAddress, source: object, **choice: object) -> IngestReport:
    """Put a source into the queue, work until it is empty, and return the report."""
    run = queue_articles(source, database, **choice)  # type: ignore[arg-type]  # as the tests choose
    work(settings(database), until_empty=True)
    return wait_for_run(run, database)


def counts(report: IngestReport) -> tuple[object, ...]:
    """Return all of a report but its times."""
    failed = sorted((each.source, each.reason) for each in report.failed)
    return (
        *(report.added, report.updated, report.unchanged, report.removed, report.chunks, failed),
        *(dict(report.passed_over), sorted(report.kept, key=str), dict(report.unread)),
    )


def stored_in(place: object) -> list[tuple[str, str, str]]:
    """Return id, title and text of all articles of a library."""
    with open_library(place) as library:  # type: ignore[arg-type]  # a place of the tests
        found = [library.article(each.id) for each in library.articles()]
        return sorted((each.id, each.title, each.text) for each in found if each)


@pytest.fixture(name="news")
def _news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(4):
        (folder / f"{number}.txt").write_text(article(number).text, "utf-8")
    (folder / "copy.txt").write_text(article(1).text, "utf-8")
    (folder / "empty.txt").write_text("", "utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    (folder / "sound.mp3").write_bytes(b"ID3")
    return folder


def test_a_folder_through_the_queue_is_what_an_ingestion_makes_of_it(
    database: DatabaseAddress, news: Path, tmp_path: Path
) -> None:
    """The reports are the same, and so are the articles: at first, unchanged, and after changes."""
    other = tmp_path / "library"
    for change in ("nothing", "again", "an original replaced", "removed"):
        if change == "an original replaced":  # what only its copy has is to stay
            (news / "1.txt").write_text(TIMES, "utf-8")
        if change == "removed":
            (news / "2.txt").unlink()
        sync = change == "removed"
        report = queued(database, news, sync=sync)
        assert counts(report) == counts(ingest_articles(news, other, sync=sync)), change
        assert stored_in(database) == stored_in(other), change
