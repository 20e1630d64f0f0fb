"""The queue of a library: who puts jobs there, and what is known of them. Workers take them in jobs.py."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from ingest.article import content_key
from ingest.database_address import DatabaseAddress
from ingest.errors import SettingsError
from ingest.storage.postgresql.kept_store import kept_store
from ingest.storage.postgresql.queue_session import QueueSession, workers_alive
from ingest.storage.postgresql.queue_tables import ARE_THERE
from ingest.storage.postgresql.store import PostgresStore

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Self

    from ingest.database_address import LibraryLocation

Kind = Literal["fetch", "read", "store", "finish"]
KINDS: tuple[Kind, ...] = ("fetch", "read", "store", "finish")
# What is read already is stored first: so little lies in the queue, and articles are found early.
_FIRST, _THEN = 0, 1
KEPT_DAYS = 30  # for how long the reports of ended runs can be asked for
FINISH = "finish"

NEEDS_DATABASE = (
    "A queue needs a library in PostgreSQL, which any number of workers can write to. "
    "Set FOOTNOTE_LIBRARY=postgresql://user@host/database?library=name."
)


@dataclass(frozen=True, slots=True)
class NewJob:
    """A job to put there: of a source, about one thing in it, standing for so many articles.

    `host` is that of an address: of one host one job is done at a time. `version` tells apart jobs that are
    about the same thing.
    """

    kind: Kind
    source: str
    what: str
    payload: bytes = b""
    articles: int = 1
    host: str | None = None
    version: str = ""
    deaths: int = 0

    @property
    def key(self) -> str:
        """What is the same whenever it is put there again."""
        return content_key(self.kind, self.source, self.what, self.version)


@dataclass(frozen=True, slots=True)
class Parked:
    """A job that was given up, and why."""

    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class QueueState:
    """How many jobs wait, run and were given up, with the first of those, and how many workers are alive."""

    waiting: int
    running: int
    parked: int
    examples: tuple[Parked, ...]
    workers: int


@dataclass(frozen=True, slots=True)
class RunState:
    """How far a run is: articles done, failed and known of, jobs left; its report once it has ended.

    One with neither jobs nor a report has been given up.
    """

    done: int
    failed: int
    known: int
    left: int
    report: dict[str, Any] | None


def queue_address(location: LibraryLocation) -> DatabaseAddress:
    """Return the database of a library that can have a queue; raise SettingsError for a folder."""
    if not isinstance(location, DatabaseAddress):
        raise SettingsError(NEEDS_DATABASE)
    return location


class QueuedRun:
    """One run, whose jobs are being put there. If this program dies meanwhile, what is there is done."""

    def __init__(self, session: QueueSession, row: int) -> None:
        self._session = session
        self.row = row

    @classmethod
    def begin(cls, address: DatabaseAddress, choice: dict[str, Any]) -> Self:
        """Begin a run, with what the user chose."""
        session = QueueSession(address, "client")
        session.run(f"DELETE FROM runs WHERE ended < now() - interval '{KEPT_DAYS} days'")
        # What was parked and done again after its run had ended: no report asks for it any more.
        ended = "SELECT row FROM runs WHERE ended IS NOT NULL"
        session.run(f"DELETE FROM jobs WHERE state = 'done' AND run IN ({ended})")
        insert = "INSERT INTO runs (client, choice) VALUES (?, ?) RETURNING row"
        with session.transaction():
            row = int(session.one(insert, session.number, json.dumps(choice))[0])
            put_jobs(session, row, [NewJob("finish", "", FINISH, articles=0)])
        return cls(session, row)

    def put(self, jobs: Sequence[NewJob]) -> None:
        """Put jobs there, all or none."""
        with self._session.transaction():
            put_jobs(self._session, self.row, jobs)

    def note(self, source: str, result: str, articles: int, failed: int) -> None:
        """Keep the result of what this program did of a source itself."""
        self._session.run(
            """INSERT INTO jobs (run, kind, rank, key, source, what, articles, failed, state, result)
            VALUES (?, 'read', ?, ?, ?, ?, ?, ?, 'done', ?) ON CONFLICT DO NOTHING""",
            *(self.row, _THEN, content_key("noted", source, result), plain(source), plain(source)),
            *(articles, failed, result),
        )

    def end(self, *, whole: bool) -> None:
        """Say that no more jobs come; `whole` that all that were meant to be are there."""
        self._session.run("UPDATE runs SET client = NULL, whole = ? WHERE row = ?", whole, self.row)

    def close(self) -> None:
        """End the session."""
        self._session.close()


def put_jobs(session: QueueSession, run: int, jobs: Sequence[NewJob]) -> None:
    """Put jobs of a run there that are not there yet, within a transaction."""
    for job in jobs:
        session.run(
            """INSERT INTO jobs (run, kind, rank, key, source, what, host, payload, articles, state, deaths)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?) ON CONFLICT DO NOTHING""",
            *(run, job.kind, _FIRST if job.kind in {"store", FINISH} else _THEN, job.key),
            *(plain(job.source), plain(job.what), job.host, job.payload, job.articles, job.deaths),
        )


def plain(text: str) -> str:
    """Return text that the database can hold: a name of a file may have bytes that are no letters."""
    return text.replace("\0", "").encode("utf-8", "backslashreplace").decode()


def run_state(store: PostgresStore, run: int) -> RunState:
    """Return how far a run is."""
    query = """SELECT coalesce(sum(articles) FILTER (WHERE state = 'done'), 0),
        coalesce(sum(failed), 0), coalesce(sum(articles), 0),
        count(*) FILTER (WHERE state IN ('waiting', 'running')) FROM jobs WHERE run = ?"""
    with store.reading() as connection:
        done, failed, known, left = map(int, connection.execute(query, (run,)).fetchone())
        # Asked later: a run whose last job ended in between has its report by now.
        found = connection.execute("SELECT report FROM runs WHERE row = ?", (run,)).fetchone()
    return RunState(done - failed, failed, known, left, json.loads(found[0]) if found and found[0] else None)


def queue_state(library: LibraryLocation, *, most: int = 20) -> QueueState | None:
    """Return the state of a library's queue, with up to `most` parked jobs; None if it has none yet."""
    address = queue_address(library)
    with closing(PostgresStore(address)) as store, store.reading() as connection:
        if not connection.execute(ARE_THERE, (f"{address.schema}.jobs",)).fetchone()[0]:
            return None
    with closing(QueueSession(address, "client")) as session:
        counts = dict(session.rows("SELECT state, count(*) FROM jobs GROUP BY state"))
        parked = session.rows(
            "SELECT what, reason FROM jobs WHERE state = 'parked' ORDER BY row LIMIT ?", most
        )
        return QueueState(
            counts.get("waiting", 0),
            counts.get("running", 0),
            counts.get("parked", 0),
            tuple(Parked(what, reason) for what, reason in parked),
            session.workers(),
        )


def queue_counts(library: LibraryLocation) -> QueueState | None:
    """Count jobs and workers over the connections that a front end has anyway; None without a queue.

    For those who look all the time: of parked jobs none is named, and nothing is made.
    """
    if not isinstance(library, DatabaseAddress):
        return None
    with kept_store(library).reading() as connection:
        if not connection.execute(ARE_THERE, (f"{library.schema}.jobs",)).fetchone()[0]:
            return None
        states = "SELECT state, count(*) FROM jobs WHERE state <> 'done' GROUP BY state"
        counts: dict[str, int] = dict(connection.execute(states).fetchall())
        waiting, running, parked = (counts.get(state, 0) for state in ("waiting", "running", "parked"))
        return QueueState(waiting, running, parked, (), workers_alive(connection))


def release_parked(library: LibraryLocation, *, again: bool) -> int:
    """Have parked jobs done again, or forget them; return how many there were."""
    address = queue_address(library)
    renewed = """UPDATE jobs SET state = 'waiting', tries = 0, deaths = 0, due = now(), reason = NULL
        WHERE state = 'parked'"""
    with closing(QueueSession(address, "client")) as session, session.transaction():
        if again:
            return session.run(renewed)
        endless = "IN (SELECT run FROM jobs WHERE state = 'parked' AND kind = 'finish')"
        session.run(f"UPDATE runs SET ended = now() WHERE row {endless}")
        session.run(f"DELETE FROM jobs WHERE state = 'done' AND run {endless}")
        return session.run("DELETE FROM jobs WHERE state = 'parked'")
