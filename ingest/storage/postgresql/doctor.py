"""Finding what is wrong with a library in a database, and repairing what is Footnote's to repair.

PostgreSQL looks after its own files. What is looked at here is what Footnote keeps in them: texts and spans,
work that a dead writer has left, the counters, and this machine's copy of the keyword index.
"""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from ingest.errors import LibraryError
from ingest.storage.findings import Finding
from ingest.storage.postgresql.journal import COUNTS
from ingest.storage.postgresql.opening import keyword_replica, open_record
from ingest.storage.postgresql.writer import PostgresWriter
from ingest.storage.salvage import altered_articles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.database_address import DatabaseAddress
    from ingest.storage.postgresql.keyword_replica import KeywordReplica
    from ingest.storage.postgresql.record import PostgresRecord
    from ingest.storage.postgresql.store import PostgresStore

_REPAIR = "Run `footnote doctor --repair`."


def examine(address: DatabaseAddress) -> list[Finding]:
    """Check every text and span, the counters, and this machine's keyword index."""
    with _opened(address) as (_, record, replica):
        return [*_in_record(record), *_in_keywords(replica, record)]


def repair(address: DatabaseAddress) -> list[str]:
    """Repair what can be and return what was done, a sentence each; nothing is embedded again."""
    done: list[str] = []
    with _opened(address) as (store, record, replica), closing(PostgresWriter(store, record)) as writer:
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
        if list(_in_keywords(replica, record)):
            replica.discard()
            replica.follow()
            done.append("The keyword index of this machine was made anew.")
    return done


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
def _opened(address: DatabaseAddress) -> Iterator[tuple[PostgresStore, PostgresRecord, KeywordReplica]]:
    store, record = open_record(address, None, None, create=False)
    with closing(record), closing(keyword_replica(record)) as replica:
        yield store, record, replica
