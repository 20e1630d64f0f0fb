"""How runs of a queue end where several overlap, and what stays of one whose end was given up."""

from __future__ import annotations

import json
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from queues import CHOICE, Stopping, embed_with
from stored import WORDS, article, open_library

from ingest import (
    IngestReport,
    LibraryError,
    ingest_articles,
    library_settings,
    queue_articles,
    wait_for_run,
    work_on_queue,
)
from ingest.runs.job_kinds import NO_ADDRESS
from ingest.runs.queueing import GIVEN_UP
from ingest.storage.postgresql.jobs import Jobs
from ingest.storage.postgresql.queue import NewJob, QueuedRun, release_parked
from ingest.storage.postgresql.store import PostgresStore

if TYPE_CHECKING:
    from pathlib import Path

    from ingest.database_address import DatabaseAddress


@pytest.fixture(autouse=True)
def _words(monkeypatch: pytest.MonkeyPatch) -> None:
    embed_with(monkeypatch, WORDS)


def _work(database: DatabaseAddress, *, stop: threading.Event | None = None) -> int:
    settings = library_settings().model_copy(update={"library": database})
    return work_on_queue(settings, until_empty=True, stop=stop)


def _titles(database: DatabaseAddress) -> list[str]:
    with open_library(database) as library:
        return sorted(each.origin.rpartition("/")[2] for each in library.articles())


def _left(database: DatabaseAddress) -> tuple[int, int]:
    """Count jobs, and runs that have not ended."""
    with closing(PostgresStore(database)) as store, store.reading() as connection:
        query = "SELECT (SELECT count(*) FROM jobs), (SELECT count(*) FROM runs WHERE ended IS NULL)"
        jobs, runs = connection.execute(query).fetchone()
        return jobs, runs


def test_a_run_does_not_remove_what_a_later_run_of_the_same_source_has_brought(
    database: DatabaseAddress, tmp_path: Path
) -> None:
    """The earlier one, which ends later, never saw it: what came since it began is not its to judge."""
    news = tmp_path / "news"
    news.mkdir()
    for number in range(3):
        (news / f"{number}.txt").write_text(article(number).text, "utf-8")
    queue_articles(news, database)
    _work(database)
    (news / "0.txt").unlink()
    first = queue_articles(news, database, sync=True)
    held_up = Jobs(database)
    assert held_up.take(["read"]) is not None
    (news / "3.txt").write_text(article(3).text, "utf-8")
    second = queue_articles(news, database, sync=True)
    worker = threading.Thread(target=_work, args=[database])
    worker.start()
    report = wait_for_run(second, database)
    held_up.close()
    assert (report.added, report.removed) == (1, 1)
    worker.join()
    assert wait_for_run(first, database).removed == 0
    assert _titles(database) == ["1.txt", "2.txt", "3.txt"]


def test_a_worker_that_stores_while_it_reads_ends_when_it_is_told_to(
    database: DatabaseAddress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it gives back it doesn't take again at once, and both jobs wait for another worker."""
    monkeypatch.setattr("ingest.runs.job_kinds.MOST_WAITING", 0)
    monkeypatch.setattr("ingest.runs.reading.STORED_ARTICLES", 1)
    monkeypatch.setattr("ingest.runs.batches.SLICE_CHUNKS", 1)
    file = tmp_path / "many.jsonl"
    file.write_text(
        "\n".join(f'{{"title": "{each}", "text": "{article(each).text}"}}' for each in range(3)), "utf-8"
    )
    run = queue_articles(file, database)
    stop = threading.Event()
    embed_with(monkeypatch, Stopping(stop))
    worker = threading.Thread(target=_work, args=[database], kwargs={"stop": stop}, daemon=True)
    worker.start()
    worker.join(20)
    assert not worker.is_alive()
    embed_with(monkeypatch, WORDS)
    _work(database)
    assert wait_for_run(run, database).added == 3


def test_who_waits_for_a_run_whose_end_was_given_up_is_told_and_it_leaves_no_jobs(
    database: DatabaseAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run without an end has no report to wait for; once it is forgotten its jobs are too."""
    monkeypatch.setattr("ingest.storage.postgresql.jobs.PAUSES", (0,))
    run = queue_articles(article(1), database)
    with monkeypatch.context() as patch:
        patch.setattr("ingest.runs.job_kinds.Workshop._finish", lambda *_: 1 / 0)
        _work(database)
    for forgotten in (1, 0):
        with pytest.raises(LibraryError) as told:
            wait_for_run(run, database)
        assert str(told.value) == GIVEN_UP.format(run=run)
        assert release_parked(database, again=False) == forgotten
    assert _left(database) == (0, 0)


def test_what_is_done_again_while_its_run_is_being_ended_is_not_forgotten(database: DatabaseAddress) -> None:
    """It is done after the end of the run, and then leaves nothing in the queue."""
    run = queue_articles([article(1), article(2)], database)
    jobs = Jobs(database)
    while job := jobs.take(["store"]):
        jobs.session.run("UPDATE jobs SET state = 'parked', worker = NULL WHERE row = ?", job.row)
    end = jobs.take(["finish"])
    assert end is not None
    assert release_parked(database, again=True) == 2
    jobs.end_run(end, json.dumps(IngestReport().to_dict()))
    jobs.close()
    assert wait_for_run(run, database).added == 0
    assert _work(database) == 2
    assert len(_titles(database)) == 2
    QueuedRun.begin(database, CHOICE).close()
    assert _left(database) == (1, 1)  # the end of the new run


@pytest.mark.parametrize("queued", [False, True])
def test_what_a_database_cant_hold_costs_no_other_article(database: DatabaseAddress, *, queued: bool) -> None:
    """The name of a paper that no index takes is a failure of its article, with the queue and without."""
    given = [article(0), article(1, source="x" * 3000), article(2)]
    if queued:
        run = queue_articles(given, database)
        _work(database)
        report = wait_for_run(run, database)
    else:
        report = ingest_articles(given, database)
    assert (report.added, len(report.failed)) == (2, 1)
    assert "the name of its paper" in report.failed[0].reason


def test_no_file_of_a_worker_is_read_for_what_says_that_it_is_an_address(
    database: DatabaseAddress, tmp_path: Path
) -> None:
    """Whoever can write to the database has no right to the files of those who work for it."""
    (tmp_path / "secret.txt").write_text(article(1).text, "utf-8")
    open_library(database, write=True, create=True).close()
    run = QueuedRun.begin(database, CHOICE)
    run.put([NewJob("fetch", str(tmp_path), str(tmp_path / "secret.txt"))])
    run.end(whole=True)
    run.close()
    _work(database)
    report = wait_for_run(run.row, database)
    assert (report.added, [each.reason for each in report.failed]) == (0, [NO_ADDRESS])


def test_the_server_looks_whether_whoever_is_connected_is_still_there(database: DatabaseAddress) -> None:
    """A machine that vanishes holds what it was storing for half a minute, not for the system's two hours."""
    store = PostgresStore(database)
    with store.connect() as own, store.reading() as lent:
        for shown in (own.execute("SHOW tcp_keepalives_idle"), lent.execute("SHOW tcp_keepalives_idle")):
            assert shown.fetchone() == ("10",)
    store.close()
