"""Near-duplicates of what is about to be published, looked for before a writer has its turn.

Looking through a library takes long, and only one writer at a time may publish. So each looks at what is
live while others publish, and once it has its turn at what became live since: the generation says what.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.storage import groups
from ingest.storage.duplicates import unpack_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.storage.groups import Found, Signed
    from ingest.storage.store import Connection


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found for articles up to a generation."""

    articles: list[Signed]
    found: Found
    generation: int


def look(connection: Connection, rows: Sequence[int]) -> Looked:
    """Look for near-duplicates of articles that are not live yet, while others may publish."""
    query = "SELECT CAST(value AS bigint) FROM meta WHERE key = 'generation'"
    (generation,) = connection.execute(query).fetchone()
    articles = groups.signed(connection, rows)
    return Looked(articles, groups.look(connection, articles), generation)


def join(connection: Connection, looked: Looked) -> None:
    """Look at what became live since, and put the articles, live now, into their groups.

    For whoever publishes, while nobody else can.
    """
    query = "SELECT row, signature FROM articles WHERE changed > ? AND state = 'live' AND row <> ALL(?)"
    own = [each.row for each in looked.articles]
    by_key: dict[int, list[int]] = {}
    for row, packed in connection.execute(query, (looked.generation, own)).fetchall():
        for key in unpack_keys(packed):
            by_key.setdefault(key, []).append(row)
    for each in looked.articles:
        shared = Counter(row for key in set(each.keys) for row in by_key.get(key, ()))
        late = groups.compare(connection, each, shared, looked.articles)
        looked.found[each.row] = sorted({*looked.found[each.row], *late})
    groups.join(connection, looked.articles, looked.found)
