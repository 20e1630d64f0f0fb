"""Workers are killed at any moment, and the server crashes: nothing that was acknowledged is lost."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

from stored import article, open_library
from warm import start

from bench.workers import WORKER, kill_workers
from ingest import QueueState, queue_state
from ingest.runs.reading import store_job
from ingest.storage.postgresql.queue import QueuedRun

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from postgres import PostgresServer

    from ingest.database_address import DatabaseAddress

KILLS = 8


def test_workers_that_are_killed_again_and_again_lose_nothing(
    postgres_server: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of four workers, every acknowledged article is there and whole; never half of one is found."""
    monkeypatch.setenv("FOOTNOTE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("FOOTNOTE_LIBRARY", "")  # put back afterwards
    outcome = kill_workers(postgres_server, tmp_path, kills=KILLS, minutes=5, seed=7)
    assert (outcome.faults, outcome.kills, outcome.crashes) == ([], KILLS, 1)
    assert outcome.acknowledged >= KILLS


def test_sigterm_ends_a_worker_with_0_and_its_job_waits(
    database: DatabaseAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It doesn't wait for the end of a long job, and loses nothing of it."""
    open_library(database, write=True, create=True).close()
    monkeypatch.setenv("FOOTNOTE_LIBRARY", f"{database.conninfo}?library={database.name}")
    run = QueuedRun.begin(database, {"sync": False, "include": [], "exclude": []})
    run.put([store_job("", [(article(number), None) for number in range(200)])])
    run.close()
    with start(WORKER, "0.01") as worker:
        while not (state := queue_state(database)) or not state.running:
            time.sleep(0.02)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait() == os.EX_OK
    assert queue_state(database) == QueueState(2, 0, 0, (), 0)
