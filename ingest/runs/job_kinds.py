"""Doing one job of a queue: fetching an address, reading a file, storing articles, ending a run."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.audience import group_names
from ingest.readers import iter_source
from ingest.readers.common.dispatch import articles_of_bytes
from ingest.readers.common.exported import article_of
from ingest.readers.common.items import Listed, ReadOptions
from ingest.readers.sources import is_address
from ingest.report import Failure
from ingest.runs.batches import StoppedError, in_batches
from ingest.runs.intake import Intake
from ingest.runs.job_results import JobResult, joined, unpack_articles, unpack_file
from ingest.runs.pipeline import NOTHING_FOUND
from ingest.runs.reading import Reading, store_job
from ingest.runs.removal import Removal
from ingest.runs.storing import Storing
from ingest.runs.sync import Visit
from ingest.runs.tally import RunTally
from ingest.storage.last_read import note_read
from ingest.storage.postgresql.jobs import SPLIT_AFTER_DEATHS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from threading import Event

    from ingest.embedding.embedders import Embedder
    from ingest.readers.common.items import Item
    from ingest.report import IngestReport
    from ingest.runs.job_results import ReadArticle
    from ingest.settings import LibrarySettings
    from ingest.storage.library import Library
    from ingest.storage.postgresql.jobs import Job, Jobs

MOST_WAITING = 64
"""Jobs that wait to be stored; beyond that whoever reads stores too, or it would fill the database."""

NO_ADDRESS = "Only addresses are fetched for a queue. Put the file there with `footnote ingest --queue`."


class Workshop:
    """What a worker has to do jobs with. `stop` ends one soon, by `StoppedError`; nothing is lost by it.

    `between` does another job while one is in hand.
    """

    def __init__(  # each of another kind
        self,
        jobs: Jobs,
        library: Library,
        embedder: Embedder,
        settings: LibrarySettings,
        stop: Event,
        between: Callable[[Job], None],
    ) -> None:
        self._jobs = jobs
        self._between = between
        self._library = library
        self._embedder = embedder
        self._settings = settings
        self._stop = stop

    def do(self, job: Job) -> IngestReport | None:
        """Do one job and say so to the queue; return the report of a run that it has ended.

        Raises:
            StoppedError: it was wished to stop; the job is still in hand.
            FootnoteError: the job can't be done now.
        """
        if job.kind == "finish":
            return self._finish(job)
        if job.kind == "store":
            self._store(job)
        else:
            self._read(job)
        return None

    def _read(self, job: Job) -> None:
        def put(articles: list[ReadArticle]) -> None:
            self._jobs.put(job, [store_job(job.source, articles)])
            while (
                not self._stop.is_set()  # or what is given back would be taken again and again
                and self._jobs.waiting("store") > MOST_WAITING
                and (other := self._jobs.take(["store"]))
            ):
                self._between(other)

        reading = Reading(self._library, job.source, put, _groups_of(job))
        whole = job.what == job.source
        reading.read(self._items(job, reading), whole=whole)
        result, new = reading.result(), []
        if reading.has_put and reading.left:
            new = [store_job(job.source, reading.left)]
        elif reading.left:
            stored = self._stored(job, reading.left)
            result = replace(
                stored,
                report=joined([result.report, stored.report], 0.0),
                seen=[*result.seen, *stored.seen],
                missed=[*result.missed, *stored.missed],
                complete=result.complete,
                gone=result.gone,
                told=result.told,
            )
        self._jobs.done(job, result.to_json(), result.counts, new)

    def _items(self, job: Job, reading: Reading) -> Iterator[Item]:
        options = replace(
            ReadOptions.of(self._settings),
            include=tuple(job.choice["include"]),
            exclude=tuple(job.choice["exclude"]),
            memory=reading.visit,
        )
        if job.kind == "fetch":
            if not is_address(job.what):  # whoever can write to the database has no right to these files
                yield Failure(job.what, NO_ADDRESS)
                return
            items = iter_source(job.what, options)
        else:
            name, data = unpack_file(job.payload)
            items = articles_of_bytes(data, name, options, origin=job.what)
        nothing = True
        for item in items:
            if self._stop.is_set():
                raise StoppedError
            nothing = nothing and isinstance(item, Listed)
            yield item
        if nothing:
            yield Failure(job.what, NOTHING_FOUND)

    def _store(self, job: Job) -> None:
        articles = unpack_articles(job.payload)
        if job.deaths >= SPLIT_AFTER_DEATHS and len(articles) > 1:
            parts = [store_job(job.source, [each], job.deaths) for each in articles]
            self._jobs.done(job, JobResult(joined([], 0.0)).to_json(), (0, 0), parts)
            return
        result = self._stored(job, articles)
        self._jobs.done(job, result.to_json(), result.counts)

    def _stored(self, job: Job, articles: Sequence[ReadArticle]) -> JobResult:
        source = job.source
        ids = {article_of(item).id for item, _ in articles}
        tally = RunTally((), None)
        intake = Intake(self._library, tally, only=ids, groups=_groups_of(job))
        visit = None
        if source:
            places = self._library.places
            visit = Visit(source, places, "", places.of(source, ids), changed_patterns=False)
            visit.said |= {article_of(item).origin: said for item, said in articles if said}
        storing = Storing(self._library, self._embedder, intake, self._stop)
        for batch in in_batches(intake.works((visit, item) for item, _ in articles)):
            storing.embed_and_store(batch)
        intake.note()
        note_read(self._library.place, intake.papers_read())
        return JobResult(tally.report(), seen=sorted(visit.seen) if visit else (), copies=intake.copies)

    def _finish(self, job: Job) -> IngestReport:
        """Store the copies that have lost their original, remove what is gone, and make the report."""
        results = [(source, JobResult.of_json(text)) for source, text in self._jobs.results(job.run)]
        patterns = (job.choice["include"], job.choice["exclude"])
        visits: dict[str, Visit] = {}
        held: dict[str, Sequence[str]] = {}
        parked = self._jobs.parked(job.run)
        whole = self._jobs.is_whole(job.run) and not parked
        copies = {key: copy for _, result in results for key, copy in result.copies.items()}
        tally = RunTally((), None)
        intake = Intake(self._library, tally, only=copies, groups=_groups_of(job))
        intake.copies = copies
        intake.gone = [origin for _, result in results for origin in result.gone]
        for source, result in results:
            for name, groups in result.told.items():
                intake.audience.tell(name, groups)
            if not source:
                continue
            if source not in visits:
                visits[source] = Visit.begin(source, self._library.places, patterns)
            visit = visits[source]
            if result.held is not None:
                held.setdefault(source, result.held)
            visit.seen.update(result.seen)
            visit.failed += result.missed
            visit.complete = whole and (visit.complete or result.complete)
        for source, ids in held.items():
            visits[source].hold(ids)
        removal = Removal(self._library, intake, visits.values(), job.choice["sync"])
        storing = Storing(self._library, self._embedder, intake, self._stop)
        for batch in in_batches(intake.bereft(removal.doomed)):
            storing.embed_and_store(batch)
        intake.note()
        intake.audience.note_told()
        removal.carry_out(tally)
        for what, reason in parked:
            tally.failed(Failure(what, reason))
        reports = [*(result.report for _, result in results), tally.report()]
        report = joined(reports, self._jobs.seconds(job.run))
        self._jobs.end_run(job, json.dumps(report.to_dict()))
        return report


def _groups_of(job: Job) -> frozenset[str]:
    """Return the groups that were named for a run; one that was begun by an older Footnote has none."""
    return group_names(job.choice.get("groups", ()))
