"""Opening a library in a database: whether it is there, making it, bringing its tables to this format."""

from __future__ import annotations

import uuid
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from ingest.errors import LibraryError, SettingsError
from ingest.storage.chroma_address import chroma_addresses
from ingest.storage.chroma_collections import ChromaCollections
from ingest.storage.chroma_reader import ChromaReader
from ingest.storage.folder import NO_INDEX_YET, check_embedder
from ingest.storage.indexes import KEYWORDS
from ingest.storage.postgresql import tables
from ingest.storage.postgresql.indexes import PostgresIndexes
from ingest.storage.postgresql.journal import MOVED
from ingest.storage.postgresql.keyword_replica import KeywordReplica
from ingest.storage.postgresql.record import PostgresRecord
from ingest.storage.postgresql.store import PostgresStore, no_library
from ingest.storage.postgresql.vectors import PostgresVectors
from ingest.storage.postgresql.writer import PostgresWriter
from ingest.storage.schema import SCHEMA_VERSION

if TYPE_CHECKING:
    from ingest.database_address import DatabaseAddress
    from ingest.settings import LibrarySettings
    from ingest.storage.store import Connection


def open_database(
    settings: LibrarySettings,
    address: DatabaseAddress,
    embedder: str | None,
    dimension: int | None,
    *,
    write: bool,
    create: bool,
) -> tuple[PostgresRecord, PostgresIndexes, PostgresWriter | None]:
    """Open a library (see `Library.open`): what reads it, what searches it, and what writes it if wanted."""
    store, record = open_record(address, embedder, dimension, create=create)
    try:
        with suppress(OSError):  # what goes there says so itself
            address.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        servers = chroma_addresses(settings)
        reader = ChromaReader(record, servers) if servers else None
        indexes = PostgresIndexes(keyword_replica(record, settings), reader)
        return record, indexes, open_writer(store, record, settings) if write else None
    except BaseException:
        record.close()
        raise


def lacks_library(address: DatabaseAddress) -> bool:
    """Say whether a database that can be used has no such library; raise `LibraryError` if it can't be."""
    with closing(PostgresStore(address)) as store:
        return _format(store) is None


def open_writer(store: PostgresStore, record: PostgresRecord, settings: LibrarySettings) -> PostgresWriter:
    """Return a writer, which keeps vectors on the Chroma servers of the settings too, if they name any.

    Raises:
        SettingsError: the library's vectors are on a server and the settings name none.
    """
    servers = chroma_addresses(settings)
    if not servers and record.meta().vectors != NO_INDEX_YET:
        raise SettingsError(MOVED.format(name=store.name))
    return PostgresWriter(
        store, record, PostgresVectors(ChromaCollections(servers), record) if servers else None
    )


def keyword_replica(record: PostgresRecord, settings: LibrarySettings) -> KeywordReplica:
    """Return this machine's copy of the keyword index of a library."""
    return KeywordReplica(settings.cache / record.identity() / KEYWORDS, record)


def open_record(
    address: DatabaseAddress,
    embedder: str | None,
    dimension: int | None,
    *,
    create: bool,
) -> tuple[PostgresStore, PostgresRecord]:
    """Open a record, made first if there is none and `create` is set; its tables are brought to this format.

    Raises:
        LibraryError: there is no such library, it can't be made, or a newer Footnote wrote it.
        SettingsError: it was made with another embedder.
    """
    store = PostgresStore(address)
    try:
        _prepare(store, embedder, dimension, create=create)
        record = PostgresRecord(store)
        check_embedder(str(address), record.meta(), embedder, dimension)
    except BaseException:
        store.close()
        raise
    return store, record


def _prepare(store: PostgresStore, embedder: str | None, dimension: int | None, *, create: bool) -> None:
    found = _format(store)
    name = str(store.address)
    if found is None and not create:
        raise no_library(store.address)
    if found is None:
        if embedder is None or dimension is None:
            raise LibraryError(
                f"There is no library at {name!r}. "
                "To make one, name the embedder and the length of its vectors."
            )
        make(store, embedder, dimension)
    elif found < tables.FORMAT:
        migrate(store)
    elif found > tables.FORMAT:
        raise LibraryError(
            f"The library {name!r} was written by a newer Footnote (format {found} of its tables, "
            f"this one reads up to {tables.FORMAT}). Upgrade Footnote."
        )


def make(store: PostgresStore, embedder: str, dimension: int) -> None:
    """Make the schema with its tables, or leave none of them; of two who do it at once, one does."""
    schema = store.address.schema
    with store.transaction() as connection:
        _wait_turn(connection, schema)
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
        if _is_there(connection, schema):
            return
        for statement in tables.TABLES.strip().split(";\n"):
            connection.execute(statement)
        meta = {
            "format": str(tables.FORMAT),
            "library": str(uuid.uuid4()),
            "schema": str(SCHEMA_VERSION),
            "embedder": embedder,
            "dimension": str(dimension),
            "generation": "0",
            "vectors": NO_INDEX_YET,
            "keywords": NO_INDEX_YET,
            "articles": "0",
            "chunks": "0",
        }
        connection.executemany("INSERT INTO meta VALUES (?, ?)", list(meta.items()))


def migrate(store: PostgresStore) -> None:
    """Bring the tables to this format, step by step in one transaction."""
    with store.transaction() as connection:
        _wait_turn(connection, store.address.schema)
        (found,) = connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
        for number in range(int(found) + 1, tables.FORMAT + 1):
            for statement in tables.MIGRATIONS[number].strip().split(";\n"):
                connection.execute(statement)
        connection.execute("UPDATE meta SET value = ? WHERE key = 'format'", (str(tables.FORMAT),))


def _format(store: PostgresStore) -> int | None:
    with store.reading() as connection:
        if not _is_there(connection, store.address.schema):
            return None
        return int(connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()[0])


def _is_there(connection: Connection, schema: str) -> bool:
    return bool(connection.execute("SELECT to_regclass(?) IS NOT NULL", (f"{schema}.meta",)).fetchone()[0])


def _wait_turn(connection: Connection, schema: str) -> None:
    """Let one at a time make or change the tables; the lock ends with the transaction."""
    connection.execute("SELECT pg_advisory_xact_lock(hashtext(?))", (schema,))
