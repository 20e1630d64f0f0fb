"""The queue of a library in PostgreSQL: workers make of it what an ingestion would have."""

from __future__ import annotations

import json
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from fakes import Recording, WordEmbeddings
from newssite import Site, feed, story_page
from running import Ran
from stored import WORDS, article, open_library

from ingest import (
    Failure,
    FootnoteError,
    IngestReport,
    QueueState,
    examine_library,
    ingest_articles,
    library_settings,
    queue_articles,
    queue_state,
    wait_for_run,
    work_on_queue,
)
from ingest.runs.job_results import JobResult, pack_file
from ingest.runs.queueing import NOBODY
from ingest.runs.reading import store_job
from ingest.runs.sync import NOT_WHOLE
from ingest.storage.last_read import last_read
from ingest.storage.postgresql.jobs import MOST_DEATHS, MOST_TRIES, Job, Jobs
from ingest.storage.postgresql.queue import KINDS, NewJob, QueuedRun

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray
    from running import Footnote

    from ingest import Article, Embedder, LibrarySettings
    from ingest.database_address import DatabaseAddress, LibraryLocation
    from ingest.storage.postgresql.queue import Kind

OTHER = "The ferry left on Monday. Nobody was on board. The captain said that the sea was rough."


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


@pytest.fixture(name="batch")
def _batch(database: DatabaseAddress) -> int:
    """Put three articles into the queue of an empty library as one job; return the run."""
    open_library(database, write=True, create=True).close()
    run = QueuedRun.begin(database, {"sync": False, "include": [], "exclude": []})
    run.put([store_job("", [(article(number), None) for number in range(3)])])
    run.end(whole=True)
    run.close()
    return run.row


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


class Stopping(WordEmbeddings):
    """Has the worker told to stop while it embeds."""

    def __init__(self, stop: threading.Event) -> None:
        super().__init__()
        self._stop = stop

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed, after that."""
        self._stop.set()
        return super().embed(texts)


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
