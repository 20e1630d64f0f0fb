"""Groups of near-duplicates in the record: an article joins when it goes live, and leaves when replaced.

All of it runs inside the transaction that changes the article, so that groups are never half-done. A group
keeps its id whoever leaves it; two groups become one when an article belongs to both.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from ingest.article import content_key
from ingest.storage.duplicates import are_duplicates, band_keys, pack_keys, unpack_keys, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.storage.store import Connection

MOST_COMPARED = 16  # with those that share most bands; a copy of a copy is found through any of its group
# Looked at in one band: what hundreds share is a formula or the copies of one text. Without a limit, ten
# thousand copies would each look at all those before it, in every band.
MOST_IN_BAND = 64
UNSIGNED_BATCH = 200  # articles of an older library that are signed in one transaction: about a second


def signature(text: str) -> bytes:
    """Return the packed LSH keys of a text, as the record keeps them."""
    return pack_keys(band_keys(text))


def join(connection: Connection, rows: Sequence[int]) -> None:
    """Find the groups of articles that have just become live, and note where to find them."""
    for row in rows:
        article_id, text, packed = connection.execute(
            "SELECT id, text, signature FROM articles WHERE row = ?", (row,)
        ).fetchone()
        keys = unpack_keys(packed)
        if found := _duplicates(connection, row, text, keys):
            _unite(connection, (row, article_id, None), found)
        connection.executemany(
            "INSERT INTO bands VALUES (?, ?) ON CONFLICT DO NOTHING", [(key, row) for key in keys]
        )


def leave(connection: Connection, rows: Sequence[int]) -> None:
    """Forget articles that are not live any more; who was grouped with them stays grouped."""
    query = "SELECT row, signature FROM articles WHERE row = ANY(?) AND signature IS NOT NULL"
    for row, packed in connection.execute(query, (list(rows),)).fetchall():
        connection.executemany(
            "DELETE FROM bands WHERE key = ? AND article = ?", [(key, row) for key in unpack_keys(packed)]
        )
    connection.execute("UPDATE articles SET signature = NULL, kin = NULL WHERE row = ANY(?)", (list(rows),))


def sign_some(connection: Connection) -> bool:
    """Sign and group some articles that came before there were groups; return whether there were any."""
    query = "SELECT row, text FROM articles WHERE state = 'live' AND signature IS NULL ORDER BY row LIMIT ?"
    unsigned = connection.execute(query, (UNSIGNED_BATCH,)).fetchall()
    for row, text in unsigned:
        connection.execute("UPDATE articles SET signature = ? WHERE row = ?", (signature(text), row))
    join(connection, [row for row, _ in unsigned])
    return bool(unsigned)


Member = tuple[int, str, str | None]
"""Row, id and group of an article."""


def _duplicates(connection: Connection, row: int, text: str, keys: Sequence[int]) -> list[Member]:
    query = "SELECT row, id, kin, text FROM articles WHERE row = ANY(?) AND state = 'live' ORDER BY row"
    proposed = _proposed(connection, row, keys)
    words = words_of(text)
    return [
        (other, other_id, kin)
        for other, other_id, kin, other_text in connection.execute(query, (proposed,))
        if are_duplicates(words, words_of(other_text))
    ]


def _proposed(connection: Connection, row: int, keys: Sequence[int]) -> list[int]:
    """Return the rows of the candidates that share most LSH keys, the oldest first among equals."""
    values = [value for key in keys for value in (key, row, MOST_IN_BAND)]
    shared = Counter(other for (other,) in connection.execute(_in_bands(len(keys)), values))
    return sorted(shared, key=lambda other: (-shared[other], other))[:MOST_COMPARED]


@cache
def _in_bands(count: int) -> str:
    """Return one statement that looks into some bands: a database is asked once and not for each of them."""
    one = "SELECT article FROM bands WHERE key = ? AND article <> ? ORDER BY article LIMIT ?"
    return " UNION ALL ".join(f"SELECT article FROM ({one}) AS band{number}" for number in range(count))


def _unite(connection: Connection, joining: Member, found: Sequence[Member]) -> None:
    groups = sorted({kin for _, _, kin in found if kin})
    # Made of both ids, so that no article that comes alone can ever have it as its own.
    group = groups[0] if groups else content_key("group", *sorted((joining[1], found[0][1])))
    rows = [row for row, _, _ in (joining, *found)]
    connection.execute("UPDATE articles SET kin = ? WHERE row = ANY(?)", (group, rows))
    if groups[1:]:
        connection.execute(
            "UPDATE articles SET kin = ? WHERE state = 'live' AND kin = ANY(?)",
            (group, groups[1:]),
        )
