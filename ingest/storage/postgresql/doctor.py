"""Finding what is wrong with a library in a database, and repairing what is Footnote's to repair.

PostgreSQL looks after its own files. What is looked at here is what Footnote keeps in them: texts and spans,
work that a dead writer has left, the counters, the vectors on a server, and this machine's keyword index.
"""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from ingest.errors import LibraryDamagedError, LibraryError
from ingest.settings import settings_for
from ingest.storage.chroma_address import chroma_addresses
from ingest.storage.chroma_collections import ChromaCollections
from ingest.storage.findings import Finding
from ingest.storage.folder import NO_INDEX_YET
from ingest.storage.index_examination import wrong_vectors
from ingest.storage.indexes import VECTORS
from ingest.storage.postgresql.journal import COUNTS, PostgresJournal
from ingest.storage.postgresql.opening import keyword_replica, open_record, open_writer
from ingest.storage.postgresql.queue import queue_state
from ingest.storage.salvage import altered_articles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.database_address import DatabaseAddress
    from ingest.settings import LibrarySettings
    from ingest.storage.postgresql.keyword_replica import KeywordReplica
    from ingest.storage.postgresql.record import PostgresRecord
    from ingest.storage.postgresql.store import PostgresStore
    from ingest.storage.postgresql.vectors import PostgresVectors

_REPAIR = "Run `footnote doctor --repair`."


def examine(address: DatabaseAddress) -> list[Finding]:
    """Check every text and span, the counters, every vector on a server, this machine's keyword index."""
    settings = settings_for(address)
    with _opened(address, settings) as (_, record, replica):
        found = [*_in_record(record), *_in_vectors(record, settings), *_in_keywords(replica, record)]
        return [*found, *_in_queue(address)]


def repair(address: DatabaseAddress) -> list[str]:
    """Repair what can be and return what was done, a sentence each; nothing is embedded again."""
    done: list[str] = []
    settings = settings_for(address)
    with _opened(address, settings) as (store, record, replica):
        if not chroma_addresses(settings) and record.meta().vectors != NO_INDEX_YET:
            _leave_servers(store, record)
            done.append("The library does without a Chroma server from now on.")
        with closing(open_writer(store, record, settings)) as writer:
            if writer.undone:
                done.append("A write that had been cut short was undone.")
            if altered := altered_articles(record):
                writer.remove(altered)
                done.append(
                    f"{len(altered):,} articles whose text had been altered were removed: ingest them again."
                )
            if _wrong_counts(record):
                writer.journal.recount()
                done.append("Articles and chunks were counted anew.")
            if writer.vectors is not None and (reason := _wrong_index(writer.vectors, record)):
                writer.vectors.rebuild(writer.journal)
                done.append(f"The index of vectors was rebuilt from the record: {reason}.")
        if list(_in_keywords(replica, record)):
            replica.discard()
            replica.follow()
            done.append("The keyword index of this machine was made anew.")
    return done


def _leave_servers(store: PostgresStore, record: PostgresRecord) -> None:
    with closing(PostgresJournal(store)) as journal:
        journal.add_unneeded([record.meta().vectors])
        journal.switch(VECTORS, NO_INDEX_YET)


def _in_record(record: PostgresRecord) -> Iterator[Finding]:
    if altered := altered_articles(record):
        what = "The text of some articles has been altered"
        yield Finding(what, ", ".join(altered), f"{_REPAIR} It removes them; ingest them again.")
    if wrong := _wrong_counts(record):
        yield Finding("The counters are wrong", wrong, _REPAIR)


def _wrong_counts(record: PostgresRecord) -> str:
    """Say how far the counters are from what there is, counted at one moment."""
    query = ", ".join(
        f"({counted}), (SELECT CAST(value AS bigint) FROM meta WHERE key = '{key}')"
        for key, counted in COUNTS.items()
    )
    with record.reading() as connection:
        articles, said_articles, chunks, said_chunks = connection.execute(f"SELECT {query}").fetchone()
    if (articles, chunks) == (said_articles, said_chunks):
        return ""
    return f"{said_articles:,} articles instead of {articles:,}, {said_chunks:,} chunks instead of {chunks:,}"


def _in_vectors(record: PostgresRecord, settings: LibrarySettings) -> Iterator[Finding]:
    servers = chroma_addresses(settings)
    if not servers:
        return
    try:
        with closing(ChromaCollections(servers)) as home, closing(home.open(record.meta().vectors)) as index:
            affected = wrong_vectors(index, record)
    except LibraryDamagedError as error:
        affected = error.fault
    except LibraryError as error:
        yield Finding("The vector index can't be looked at", str(error).rstrip("."), "Then ask again.")
        return
    if affected:
        yield Finding("The vector index does not hold what the record says", affected, _REPAIR)


def _wrong_index(vectors: PostgresVectors, record: PostgresRecord) -> str | None:
    try:
        return wrong_vectors(vectors.current(), record)
    except LibraryDamagedError as error:
        return error.fault


def _in_keywords(replica: KeywordReplica, record: PostgresRecord) -> Iterator[Finding]:
    what = "The keyword index of this machine does not hold what the record says"
    try:
        replica.follow()
        listed, expected = replica.ids(), record.chunk_ids()
    except (LibraryError, OSError) as error:
        yield Finding(what, str(error), _REPAIR)
        return
    if listed != expected:
        missing, extra = len(expected - listed), len(listed - expected)
        yield Finding(what, f"{missing:,} chunks are missing and {extra:,} too many", _REPAIR)


@contextmanager
def _opened(
    address: DatabaseAddress, settings: LibrarySettings
) -> Iterator[tuple[PostgresStore, PostgresRecord, KeywordReplica]]:
    store, record = open_record(address, None, None, create=False)
    with closing(record), closing(keyword_replica(record, settings)) as replica:
        yield store, record, replica


def _in_queue(address: DatabaseAddress) -> Iterator[Finding]:
    state = queue_state(address)
    if state is None:
        return
    if state.parked:
        what = "Jobs of the queue were given up"
        affected = f"{state.parked:,}, the first {state.examples[0].what} ({state.examples[0].reason})"
        yield Finding(what, affected, "`footnote queue` lists them, `footnote queue --retry` tries again.")
    if state.waiting and not state.workers:
        yield Finding("Nobody works on the queue", f"{state.waiting:,} waiting", "Start `footnote work`.")
