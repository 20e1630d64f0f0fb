"""The queue of a library in PostgreSQL: workers make of it what an ingestion would have."""

from __future__ import annotations

import json
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from newssite import Site, feed, story_page
from queues import (
    counts,
    embed_with,
    news_folder,
    queued,
    records_into,
    settings,
    stored_in,
)
from running import Ran
from stored import WORDS, article, open_library

from ingest import (
    examine_library,
    ingest_articles,
    queue_articles,
    wait_for_run,
    work_on_queue,
)
from ingest.runs.queueing import NOBODY
from ingest.storage.last_read import last_read
from ingest.storage.postgresql.jobs import Jobs
from ingest.storage.postgresql.queue import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from running import Footnote

    from ingest import Article
    from ingest.database_address import DatabaseAddress
    from ingest.storage.postgresql.queue import Kind

OTHER = "The ferry left on Monday. Nobody was on board. The captain said that the sea was rough."


@pytest.fixture(autouse=True)
def _words(monkeypatch: pytest.MonkeyPatch) -> None:
    embed_with(monkeypatch, WORDS)


@pytest.fixture(name="news")
def _news(tmp_path: Path) -> Path:
    return news_folder(tmp_path / "news")


def test_groups_go_with_what_is_queued(database: DatabaseAddress, news: Path, tmp_path: Path) -> None:
    """What workers store is for the groups that were named; so are later ones of the source, and copies."""

    def seen(*groups: str) -> list[str]:
        with open_library(database) as library:
            part = library.seen_by(frozenset(groups))
            return sorted(each.origin.rpartition("/")[2] for each in part.articles())

    queued(database, news, groups="sports")
    held = seen("sports")
    assert (seen(), len(held)) == ([], 4)
    (news / "later.txt").write_text(OTHER, "utf-8")
    holder = "1.txt" if "1.txt" in held else "copy.txt"
    (news / holder).unlink()  # what was passed over as its copy is stored by the end of the run
    queued(database, news, sync=True)
    other = {"1.txt": "copy.txt", "copy.txt": "1.txt"}[holder]
    assert (seen(), seen("sports")) == ([], sorted({*held, "later.txt", other} - {holder}))
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "same.txt").write_text(OTHER, "utf-8")
    queued(database, tmp_path / "public")
    assert seen() == ["same.txt"]


def test_workers_note_when_a_paper_was_read(database: DatabaseAddress, tmp_path: Path) -> None:
    """A paper is noted as read though nothing in it was new."""
    file = tmp_path / "gazette.jsonl"
    file.write_text(json.dumps({"text": OTHER, "title": "Ferry", "source": "Gazette"}), "utf-8")
    queued(database, file)
    first = last_read(database)["Gazette"]
    queued(database, file)
    assert last_read(database)["Gazette"] > first


def test_a_folder_through_the_queue_is_what_an_ingestion_makes_of_it(
    database: DatabaseAddress, news: Path, tmp_path: Path
) -> None:
    """The reports are the same, and so are the articles, at first and after changes."""
    other = tmp_path / "library"
    for changed in (False, True):
        if changed:
            (news / "1.txt").write_text(OTHER, "utf-8")  # what only its copy has is to stay
            (news / "2.txt").unlink()
        report = queued(database, news, sync=changed)
        assert counts(report) == counts(ingest_articles(news, other, sync=changed))
        assert stored_in(database) == stored_in(other)
    assert examine_library(database) == []


def test_files_addresses_and_articles_go_through_the_queue(
    database: DatabaseAddress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of records, one too large to be put there whole, a glob, what is missing, a feed, a page."""
    small, large = tmp_path / "small.jsonl", tmp_path / "large.jsonl"
    records_into(small, range(12))
    records_into(large, range(100, 112), padding="x" * 100_000)
    monkeypatch.setenv("FOOTNOTE_MAX_FILE_MB", "1")
    with Site() as site:
        monkeypatch.setenv("FOOTNOTE_ALLOW_HOSTS", site.allowed)
        monkeypatch.setenv("FOOTNOTE_FETCH_PAUSE", "0")
        site.pages = {f"/{number}": story_page(number) for number in range(3)}
        site.pages["/feed"] = feed("/0", "/1")
        sources: list[str | Path | Article] = [
            tmp_path / "*.jsonl",
            small,
            "gone.txt",
            site.url + "/feed",
            site.url + "/2",
            "",
            "http://[",
        ]
        sources.append(article(1000))
        report, other = queued(database, sources), ingest_articles(sources, tmp_path / "library")
        assert counts(report) == counts(other)
        assert stored_in(database) == stored_in(tmp_path / "library")
        again = queued(database, site.url + "/feed")
        assert (again.unchanged, site.answers[304]) == (2, 2)


def test_one_host_is_asked_by_one_worker_at_a_time(database: DatabaseAddress) -> None:
    """Politeness is between a host and everybody: its second address waits, another host does not."""
    sources = ["http://one.example/a", "http://one.example/b", "http://two.example/"]
    open_library(database, write=True, create=True).close()
    queue_articles(sources, database)
    first, second = Jobs(database), Jobs(database)
    taken = [first.take(KINDS), second.take(KINDS), second.take(KINDS)]
    assert [job.what if job else None for job in taken] == [sources[0], sources[2], None]
    first.close()
    while (again := second.take(KINDS)) is None:  # until the server has noticed
        time.sleep(0.01)
    assert (again.what, again.deaths) == (sources[0], 1)
    second.close()


def test_who_reads_a_large_file_stores_in_between(
    database: DatabaseAddress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database never holds much more than a few batches that wait, however large the file."""
    monkeypatch.setattr("ingest.runs.job_kinds.MOST_WAITING", 2)
    monkeypatch.setattr("ingest.runs.reading.STORED_ARTICLES", 3)
    most: list[int] = []
    waiting = Jobs.waiting

    def noted(jobs: Jobs, kind: Kind) -> int:
        most.append(waiting(jobs, kind))
        return most[-1]

    monkeypatch.setattr(Jobs, "waiting", noted)
    file = tmp_path / "many.jsonl"
    records_into(file, range(31))
    assert queued(database, file).added == 31
    assert max(most) == 3


@contextmanager
def working(database: DatabaseAddress) -> Iterator[threading.Thread]:
    """Lend a worker to start; it is told to stop afterwards."""
    stop = threading.Event()
    worker = threading.Thread(target=work_on_queue, args=[settings(database)], kwargs={"stop": stop})
    yield worker
    stop.set()
    worker.join()


def test_the_command_puts_sources_into_the_queue_and_waits(
    database: DatabaseAddress, news: Path, footnote: Footnote, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without --wait it ends at once; with it the report is that of an ingestion. A folder has no queue."""
    monkeypatch.setenv("FOOTNOTE_LIBRARY", f"{database.conninfo}?library={database.name}")
    ran = footnote("ingest", "--queue", news / "0.txt")
    assert ran == Ran(0, "", "Run 1 is in the queue. `footnote work` does it, here or on other machines.\n")
    monkeypatch.setattr("ingest.runs.queueing.NOBODY_SECONDS", 0)
    with working(database) as worker:
        said: list[str] = []
        wait_for_run(1, database, told=lambda what: said.append(what) or worker.start())  # type: ignore[func-returns-value]
        ran = footnote("ingest", "--queue", "--wait", news)
    assert (ran.code, ran.out.partition(";")[0]) == (1, "3 added, 0 updated, 2 unchanged, 2 failed")
    assert said == [NOBODY]
    assert [footnote("ingest", *more, news).code for more in (["--wait"], ["--queue", "--watch"])] == [2, 2]
    monkeypatch.setenv("FOOTNOTE_LIBRARY", str(news.parent / "library"))
    assert footnote("ingest", "--queue", news).err.startswith("A queue needs a library in PostgreSQL")
