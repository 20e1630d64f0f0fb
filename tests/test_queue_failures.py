"""A queue where something goes wrong: workers die, a provider is away, settings are wrong, a program ends."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

import pytest
from fakes import Recording, WordEmbeddings
from queues import (
    Stopping,
    batch_in_queue,
    embed_with,
    news_folder,
    queued,
    settings,
    stored_in,
    work,
)
from running import Ran
from stored import WORDS, article

from ingest import (
    Failure,
    FootnoteError,
    IngestReport,
    QueueState,
    queue_articles,
    queue_state,
    wait_for_run,
    work_on_queue,
)
from ingest.runs.job_results import JobResult, pack_file
from ingest.runs.sync import NOT_WHOLE
from ingest.storage.postgresql.jobs import MOST_DEATHS, MOST_TRIES, Job, Jobs
from ingest.storage.postgresql.queue import KINDS, NewJob, QueuedRun

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray
    from running import Footnote

    from ingest.database_address import DatabaseAddress

OTHER = "The ferry left on Monday. Nobody was on board. The captain said that the sea was rough."


@pytest.fixture(autouse=True)
def _words(monkeypatch: pytest.MonkeyPatch) -> None:
    embed_with(monkeypatch, WORDS)


@pytest.fixture(name="news")
def _news(tmp_path: Path) -> Path:
    return news_folder(tmp_path / "news")


@pytest.fixture(name="batch")
def _batch(database: DatabaseAddress) -> int:
    return batch_in_queue(database)


def test_what_a_dead_worker_had_in_hand_is_anothers_at_once(database: DatabaseAddress, news: Path) -> None:
    """Nobody waits for a lease to run out; what the dead one had is done, and nothing else is done twice."""
    run = queue_articles(news, database)
    dead = Jobs(database)
    taken = [dead.take(KINDS) for _ in range(3)]
    other = Jobs(database)
    assert not {each.row for each in taken if each} & {job.row for job in _all_jobs(other)}
    other.close()
    dead.close()
    work(database)
    report = wait_for_run(run, database)
    assert (report.added, report.unchanged, len(report.failed)) == (4, 1, 2)


def _all_jobs(jobs: Jobs) -> list[Job]:
    found = []
    while job := jobs.take(["fetch", "read", "store"]):
        found.append(job)
    return found


class Deadly(WordEmbeddings):
    """Ends its worker as a kill does: its session is gone and nobody says a word."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__()
        self.opened: list[Jobs] = []
        monkeypatch.setattr("ingest.runs.working.Jobs", self._open)
        embed_with(monkeypatch, self)

    def _open(self, address: DatabaseAddress) -> Jobs:
        self.opened.append(Jobs(address))
        return self.opened[-1]

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed, after that."""
        if any("number2" in text for text in texts):
            self.opened[-1].close()
            raise KilledError
        return super().embed(texts)


class KilledError(BaseException):
    """Stands for a signal that nothing can catch."""


def test_an_article_that_kills_its_workers_is_parked_and_the_others_are_stored(
    database: DatabaseAddress, batch: int, footnote: Footnote, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch is split after two deaths; the doctor names what was given up, and it may be tried again."""
    monkeypatch.setenv("FOOTNOTE_LIBRARY", f"{database.conninfo}?library={database.name}")
    with monkeypatch.context() as patch:
        Deadly(patch)
        for _ in range(MOST_DEATHS):
            with pytest.raises(KilledError):
                work(database)
        work(database)
    report = wait_for_run(batch, database)
    parked = f"WorkerDied: {MOST_DEATHS} workers died over it, the last without a word."
    assert (report.added, len(report.failed)) == (2, 1)
    assert (report.failed[0].source, report.failed[0].reason[: len(parked)]) == ("file2.txt", parked)
    doctor, shown = footnote("doctor"), footnote("queue")
    assert (doctor.code, shown.code) == (1, 0)
    assert doctor.out.startswith(f"Jobs of the queue were given up: 1, the first file2.txt ({parked}")
    assert shown.out.startswith("Queue: 0 waiting, 0 running, 1 parked; 0 workers.\n  file2.txt: WorkerDied")
    assert footnote("queue", "--retry").out == "1 parked job put back into the queue.\n"
    assert footnote("work", "--until-empty") == Ran(
        0, "", f"Working on the queue of {database}. Ctrl-C ends it.\n1 job done.\n"
    )
    assert len(stored_in(database)) == 3
    assert footnote("doctor").code == 0


def test_what_is_wrong_for_a_while_is_tried_again_and_then_parked(
    database: DatabaseAddress, batch: int, footnote: Footnote, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A provider that is away costs no article; one that stays away leaves its reason."""
    monkeypatch.setenv("FOOTNOTE_LIBRARY", f"{database.conninfo}?library={database.name}")
    monkeypatch.setattr("ingest.storage.postgresql.jobs.PAUSES", (0,))
    embed_with(monkeypatch, Away(3))
    told: list[str] = []
    assert work(database, told) == 2
    assert told == ["file0.txt and 2 more: FootnoteError: The provider is away. It is tried again later."] * 3
    assert wait_for_run(batch, database).added == 3
    embed_with(monkeypatch, Away(MOST_TRIES))
    report = queued(database, article(7))
    assert report.failed == (Failure("file7.txt", "FootnoteError: The provider is away."),)
    assert footnote("queue", "--forget").out == "1 parked job forgotten.\n"
    assert json.loads(footnote("queue", "--json").out)["parked"] == 0


class Away(WordEmbeddings):
    """A provider that fails so many times."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self._times = times

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed, after that."""
        if self._times:
            self._times -= 1
            raise FootnoteError("The provider is away.")
        return super().embed(texts)


def test_a_worker_whose_settings_are_wrong_gives_its_job_back_and_ends_with_78(
    database: DatabaseAddress, batch: int, footnote: Footnote, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is no fault of the job, and starting the worker again is no help."""
    monkeypatch.setenv("FOOTNOTE_LIBRARY", f"{database.conninfo}?library={database.name}")
    with monkeypatch.context() as patch:
        embed_with(patch, Recording(outage="mayor"))
        ran = footnote("work")
        assert (ran.code, ran.err.splitlines()[-1]) == (78, "The provider refused the key. Check it.")
    work(database)
    assert wait_for_run(batch, database).added == 3
    monkeypatch.setenv("FOOTNOTE_LIBRARY", "somewhere")
    ran = footnote("work")
    assert (ran.code, "Set FOOTNOTE_LIBRARY=postgresql://" in ran.err) == (78, True)


def test_a_worker_that_is_told_to_stop_gives_its_job_back(
    database: DatabaseAddress, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SIGTERM comes while it embeds: the job waits for the next worker as if it had not been taken."""
    monkeypatch.setattr("ingest.runs.batches.SLICE_CHUNKS", 1)
    stop = threading.Event()
    embed_with(monkeypatch, Stopping(stop))
    assert work_on_queue(settings(database), stop=stop) == 0
    assert queue_state(database) == QueueState(2, 0, 0, (), 0)  # the job, and the end of the run
    jobs = Jobs(database)
    job = jobs.take(KINDS)
    jobs.close()
    assert job is not None
    assert (job.tries, job.deaths) == (0, 0)
    embed_with(monkeypatch, WORDS)
    work(database)
    assert wait_for_run(batch, database).added == 3


def test_a_run_whose_program_died_is_ended_and_removes_nothing(database: DatabaseAddress, news: Path) -> None:
    """What it had put there is stored; what it had not is not taken for vanished."""
    queued(database, news)
    run = QueuedRun.begin(database, {"sync": True, "include": [], "exclude": []})
    run.put([NewJob("read", str(news), str(news / "0.txt"), pack_file("0.txt", OTHER.encode()))])
    run.note(str(news), JobResult(IngestReport(), complete=True).to_json(), 0, 0)
    run.close()  # as when it is killed
    work(database)
    report = wait_for_run(run.row, database)
    assert (report.updated, report.removed, [each.reason for each in report.kept]) == (1, 0, [NOT_WHOLE])


def test_a_worker_that_is_cut_off_does_not_count_what_another_did(
    database: DatabaseAddress, news: Path
) -> None:
    """Its word comes too late: the job is another's, and its result is kept once."""
    run = queue_articles(news / "0.txt", database)
    late = Jobs(database)
    job = late.take(KINDS)
    assert job is not None
    late.session.run("SELECT pg_advisory_unlock_all()")
    work(database)
    late.done(job, "{}", (99, 99))
    assert wait_for_run(run, database).added == 1
    late.close()
