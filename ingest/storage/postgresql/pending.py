"""Putting new versions into the tables, unseen by anybody: few round trips, however many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.storage import audience, groups
from ingest.storage.duplicates import unpack_keys
from ingest.storage.packing import pack_spans, pack_vector
from ingest.storage.rows import columns_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.storage.journal import Prepared
    from ingest.storage.postgresql.store import PostgresConnection

CHUNK_COLUMNS = {"id": "text", "article": "int8", "position": "int4", "spans": "bytea", "vector": "bytea"}


def insert_articles(
    connection: PostgresConnection, batch: Sequence[Prepared], signatures: Sequence[bytes], writer: int
) -> list[int | None]:
    """Insert articles in this order and return their rows; None for one that another writer is at."""
    inserted = []
    with connection.raw.pipeline():  # which keeps the order: one of two writers waits for the other
        for prepared, signature in zip(batch, signatures, strict=True):
            article = prepared.article
            # The same version may have been here before, and been replaced since. While whoever replaced
            # it still cleans up after it, it is not touched.
            connection.execute(
                """DELETE FROM articles
                WHERE id = ? AND version = ? AND state = 'retired' AND writer IS NULL""",
                (article.id, article.version),
            )
            audience.settle(connection, article.id, prepared.groups)
            columns = columns_of(article, prepared.added) | {"signature": signature, "writer": writer}
            marks = ", ".join("?" for _ in columns)
            insert = f"""INSERT INTO articles ({", ".join(columns)}) VALUES ({marks})
                ON CONFLICT DO NOTHING RETURNING row"""
            inserted.append(connection.execute(insert, list(columns.values())))
        found = [rows.fetchone() for rows in inserted]
    return [int(row[0]) if row else None for row in found]


def copy_chunks(connection: PostgresConnection, batch: Sequence[Prepared], rows: Sequence[int]) -> None:
    """Store the chunks of articles that were inserted as these rows."""
    into = f"COPY chunks ({', '.join(CHUNK_COLUMNS)}) FROM STDIN (FORMAT BINARY)"
    with connection.raw.cursor().copy(into.encode()) as copy:
        copy.set_types(list(CHUNK_COLUMNS.values()))
        for prepared, row in zip(batch, rows, strict=True):
            for chunk, vector in zip(prepared.chunks, prepared.vectors, strict=True):
                copy.write_row((chunk.id, row, chunk.position, pack_spans(chunk), pack_vector(vector)))


def note_bands(connection: PostgresConnection, signatures: Sequence[bytes], rows: Sequence[int]) -> None:
    """Note where articles are to be found by those who look for near-duplicates."""
    places = {(key, row) for packed, row in zip(signatures, rows, strict=True) for key in unpack_keys(packed)}
    keys, of_articles = ([place[part] for place in sorted(places)] for part in (0, 1))
    connection.execute(
        "INSERT INTO bands SELECT * FROM unnest(CAST(? AS bigint[]), CAST(? AS bigint[]))",
        (keys, of_articles),
    )


def delete_pending(connection: PostgresConnection, writers: Sequence[int]) -> None:
    """Delete what some writers began and did not publish, and what they removed."""
    query = """DELETE FROM articles WHERE writer = ANY(?) AND state IN ('pending', 'removed')
        RETURNING row, signature"""
    deleted = connection.execute(query, (list(writers),)).fetchall()
    groups.forget(connection, [(row, packed) for row, packed in deleted if packed is not None])
