"""Groups of near-duplicates in the record: an article joins when it goes live, and leaves when replaced.

Groups change inside the transaction that changes the article, so that they are never half-done; a database
with many writers is looked through before, which takes long (postgresql/late_duplicates.py). A group keeps
its id whoever leaves it; two groups become one when an article belongs to both.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Signed:
    """An article with what its near-duplicates are found by."""

    row: int
    id: str
    text: str
    keys: tuple[int, ...]


Found = dict[int, list[int]]
"""By the row of an article, those of its near-duplicates."""


def signed(connection: Connection, rows: Sequence[int]) -> list[Signed]:
    """Read what near-duplicates are found by, in the order of the rows."""
    query = "SELECT row, id, text, signature FROM articles WHERE row = ANY(?) ORDER BY row"
    found = connection.execute(query, (list(rows),)).fetchall()
    return [Signed(row, key, text, tuple(unpack_keys(packed))) for row, key, text, packed in found]


def note(connection: Connection, articles: Sequence[Signed]) -> None:
    """Note where articles are to be found."""
    connection.executemany(
        "INSERT INTO bands VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(key, each.row) for each in articles for key in each.keys],
    )


def look(connection: Connection, articles: Sequence[Signed]) -> Found:
    """Find the near-duplicates of articles that are noted, among those that are live and one another."""
    together = {each.row for each in articles}
    found = {}
    for each in articles:
        values = list(each.keys)
        proposed = connection.execute(_in_bands(len(values), MOST_IN_BAND), values).fetchall()
        # Two that come together are compared once: the later with the earlier.
        shared = Counter(row for (row,) in proposed if row < each.row or row not in together)
        found[each.row] = compare(connection, each, shared, articles)
    return found


def compare(
    connection: Connection, article: Signed, shared: Counter[int], together: Sequence[Signed]
) -> list[int]:
    """Return those of the candidates that are near-duplicates; `shared` counts the LSH keys they share.

    Compared are those that share most, the oldest first among equals: such as are live, or come together
    with the article. What these replace is left out.
    """
    del shared[article.row]
    if not shared:
        return []
    # One more, since among them may be what the article replaces.
    chosen = sorted(shared, key=lambda row: (-shared[row], row))[: MOST_COMPARED + 1]
    texts = {each.row: each.text for each in together}
    query = "SELECT row, text FROM articles WHERE row = ANY(?) AND state = 'live' AND id <> ALL(?)"
    others, replacing = [row for row in chosen if row not in texts], [each.id for each in together]
    texts |= dict(connection.execute(query, (others, replacing)).fetchall()) if others else {}
    chosen = [row for row in chosen if row in texts][:MOST_COMPARED]
    words = words_of(article.text)
    return [row for row in sorted(chosen) if are_duplicates(words, words_of(texts[row]))]


def join(connection: Connection, articles: Sequence[Signed], found: Found) -> None:
    """Put articles that have just become live into the groups of their near-duplicates that still are."""
    query = "SELECT row, id, kin FROM articles WHERE row = ANY(?) AND state = 'live' ORDER BY row"
    for each in articles:
        if found[each.row] and (members := connection.execute(query, (found[each.row],)).fetchall()):
            _unite(connection, (each.row, each.id, None), members)


def join_live(connection: Connection, rows: Sequence[int]) -> None:
    """Do all of it for articles that have just become live, where nobody else writes meanwhile."""
    articles = signed(connection, rows)
    note(connection, articles)
    join(connection, articles, look(connection, articles))


def leave(connection: Connection, rows: Sequence[int]) -> None:
    """Forget articles that are not live any more; who was grouped with them stays grouped."""
    query = "SELECT row, signature FROM articles WHERE row = ANY(?) AND signature IS NOT NULL"
    forget(connection, connection.execute(query, (list(rows),)).fetchall())
    connection.execute("UPDATE articles SET signature = NULL, kin = NULL WHERE row = ANY(?)", (list(rows),))


def forget(connection: Connection, articles: Sequence[tuple[int, bytes]]) -> None:
    """Forget where articles were to be found, given by their rows and signatures."""
    places = [(key, row) for row, packed in articles for key in unpack_keys(packed)]
    if places:
        connection.executemany("DELETE FROM bands WHERE key = ? AND article = ?", places)


def sign_some(connection: Connection) -> bool:
    """Sign and group some articles that came before there were groups; return whether there were any."""
    query = "SELECT row, text FROM articles WHERE state = 'live' AND signature IS NULL ORDER BY row LIMIT ?"
    unsigned = connection.execute(query, (UNSIGNED_BATCH,)).fetchall()
    for row, text in unsigned:
        connection.execute("UPDATE articles SET signature = ? WHERE row = ?", (signature(text), row))
    join_live(connection, [row for row, _ in unsigned])
    return bool(unsigned)


Member = tuple[int, str, str | None]
"""Row, id and group of an article."""


@cache
def _in_bands(count: int, most: int) -> str:
    """Return one statement that looks into some bands: a database is asked once and not for each of them.

    It is written as short as can be: psycopg reads a statement of 4,096 characters anew each time.
    """
    one = f"SELECT * FROM(SELECT article FROM bands WHERE key=? ORDER BY article LIMIT {most}) b"
    return " UNION ALL ".join(f"{one}{number}" for number in range(count))


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
