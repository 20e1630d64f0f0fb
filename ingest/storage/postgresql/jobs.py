"""Taking jobs from the queue, and giving each back, done or with the reason why not.

A job is taken with SKIP LOCKED, so that nobody waits for anybody, and belongs to the number of the worker
that took it. When that worker's session ends, whoever looks for a job next frees what it had in hand.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ingest.storage.postgresql.queue import NewJob, put_jobs
from ingest.storage.postgresql.queue_session import QueueSession

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.database_address import DatabaseAddress
    from ingest.storage.postgresql.queue import Kind

MOST_DEATHS = 5
"""Workers that may die over a job. Machines are switched off; five times over the same job it is the job."""
SPLIT_AFTER_DEATHS = 2
"""Then the articles of a job are done one by one: the one that kills is parked and the others are stored."""
MOST_TRIES = 5
PAUSES = (10, 40, 160, 600)  # seconds between tries: a provider or a server that is away is so for minutes
KILLED = "WorkerDied: {deaths} workers died over it, the last without a word. It may need too much memory."


@dataclass(frozen=True, slots=True)
class Job:
    """A job in hand."""

    row: int
    run: int
    kind: Kind
    source: str
    what: str
    payload: bytes
    tries: int
    deaths: int
    choice: dict[str, Any]


class Jobs:
    """One worker's hold on the queue."""

    def __init__(self, address: DatabaseAddress) -> None:
        self.session = QueueSession(address, "worker")

    def close(self) -> None:
        """End the session."""
        self.session.close()

    def take(self, kinds: Sequence[Kind]) -> Job | None:
        """Take the next job of some kinds that is due; None if there is none."""
        self.free_dead()
        import psycopg

        query = """UPDATE jobs SET state = 'running', worker = ? WHERE row = (
            SELECT row FROM jobs j WHERE state = 'waiting' AND due <= now() AND kind = ANY(?)
            AND (host IS NULL OR NOT EXISTS
                (SELECT 1 FROM jobs o WHERE o.host = j.host AND o.state = 'running'))
            AND (kind <> 'finish' OR (
                (SELECT client IS NULL FROM runs r WHERE r.row = j.run) AND NOT EXISTS
                (SELECT 1 FROM jobs o WHERE o.run = j.run AND o.kind <> 'finish'
                    AND o.state IN ('waiting', 'running'))))
            ORDER BY rank, row LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING row, run, kind, source, what, payload, tries, deaths,
                (SELECT choice FROM runs r WHERE r.row = jobs.run)"""
        try:
            with self.session.transaction():
                found = self.session.one(query, self.session.number, list(kinds))
        except Exception as error:
            if isinstance(error.__cause__, psycopg.errors.UniqueViolation):
                return None  # another took one of the same host in the same moment
            raise
        if found is None:
            return None
        row, run, kind, source, what, payload, tries, deaths, choice = found
        return Job(row, run, kind, source, what, bytes(payload or b""), tries, deaths, json.loads(choice))

    def put(self, job: Job, new: Sequence[NewJob]) -> None:
        """Put jobs there that come of one in hand."""
        with self.session.transaction():
            put_jobs(self.session, job.run, new)

    def done(self, job: Job, result: str, counts: tuple[int, int], new: Sequence[NewJob] = ()) -> None:
        """Say that a job is done: its result, its articles and how many of them failed, what comes of it.

        Nothing happens where it isn't in hand any more: then another does it again, which changes nothing.
        """
        with self.session.transaction():
            ended = self.session.run(
                """UPDATE jobs SET state = 'done', worker = NULL, payload = NULL, reason = NULL, result = ?,
                articles = ?, failed = ? WHERE row = ? AND worker = ? AND state = 'running'""",
                *(result, *counts, job.row, self.session.number),
            )
            if ended:
                put_jobs(self.session, job.run, new)

    def give_back(self, job: Job) -> None:
        """Let another have a job, as if it had not been taken."""
        self._waiting(job, "UPDATE jobs SET state = 'waiting', worker = NULL")

    def retry(self, job: Job, reason: str) -> bool:
        """Have a job tried again after a pause, or park it after the last one; return whether it is."""
        tries = job.tries + 1
        last = tries >= MOST_TRIES
        pause = 0 if last else PAUSES[min(tries, len(PAUSES)) - 1]
        self._waiting(
            job,
            """UPDATE jobs SET state = ?, worker = NULL, tries = ?, reason = ?,
            due = now() + make_interval(secs => ?)""",
            *("parked" if last else "waiting", tries, reason, pause),
        )
        return last

    def waiting(self, kind: Kind) -> int:
        """Count the jobs of a kind that wait."""
        return int(
            self.session.one("SELECT count(*) FROM jobs WHERE state = 'waiting' AND kind = ?", kind)[0]
        )

    def is_empty(self, kinds: Sequence[Kind]) -> bool:
        """Say whether no job of some kinds waits or runs, later tries included."""
        query = """SELECT NOT EXISTS (SELECT 1 FROM jobs WHERE state IN ('waiting', 'running')
            AND kind = ANY(?))"""
        return bool(self.session.one(query, list(kinds))[0])

    def results(self, run: int) -> list[tuple[str, str]]:
        """Return source and result of all that is done of a run."""
        return self.session.rows(
            "SELECT source, result FROM jobs WHERE run = ? AND state = 'done' ORDER BY row", run
        )

    def parked(self, run: int) -> list[tuple[str, str]]:
        """Return what of a run was given up, and why."""
        return self.session.rows(
            "SELECT what, reason FROM jobs WHERE run = ? AND state = 'parked' ORDER BY row", run
        )

    def is_whole(self, run: int) -> bool:
        """Say whether all jobs were put there that were meant to be."""
        return bool(self.session.one("SELECT whole FROM runs WHERE row = ?", run)[0])

    def seconds(self, run: int) -> float:
        """Return how long ago a run began, in seconds."""
        query = "SELECT CAST(extract(epoch FROM now() - begun) AS double precision) FROM runs WHERE row = ?"
        return float(self.session.one(query, run)[0])

    def end_run(self, job: Job, report: str) -> None:
        """Keep the report of a run, and forget what is done of it, this job included.

        What was parked stays; so does what somebody has had done again while the run was being ended.
        """
        with self.session.transaction():
            self.session.run("UPDATE runs SET ended = now(), report = ? WHERE row = ?", report, job.run)
            self.session.run(
                "DELETE FROM jobs WHERE run = ? AND (state = 'done' OR row = ?)", job.run, job.row
            )

    def free_dead(self) -> None:
        """Free what dead workers had in hand, and end the runs whose program died before all was there."""
        numbers = self._numbers("SELECT DISTINCT worker FROM jobs WHERE state = 'running' AND worker <> ?")
        with self.session.dead("worker", numbers) as dead:
            for number in dead:
                self.session.run(
                    """UPDATE jobs SET deaths = deaths + 1, worker = NULL,
                    state = CASE WHEN deaths + 1 >= ? THEN 'parked' ELSE 'waiting' END,
                    reason = replace(?, '{deaths}', CAST(deaths + 1 AS text))
                    WHERE worker = ? AND state = 'running'""",
                    *(MOST_DEATHS, KILLED, number),
                )
        numbers = self._numbers("SELECT client FROM runs WHERE client IS NOT NULL AND client <> ?")
        with self.session.dead("client", numbers) as dead:
            if dead:
                self.session.run("UPDATE runs SET client = NULL WHERE client = ANY(?)", dead)

    def _numbers(self, query: str) -> list[int]:
        return [number for (number,) in self.session.rows(query, self.session.number)]

    def _waiting(self, job: Job, change: str, *values: object) -> None:
        self.session.run(
            f"{change} WHERE row = ? AND worker = ? AND state = 'running'",
            *(*values, job.row, self.session.number),
        )
