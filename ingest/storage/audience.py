"""Who may see an article: the groups that each belongs to, and a record in which nothing else can be read.

A connection for somebody in some groups has views by the names of the tables, which hide what these groups
may not see. SQL that reads the record reads through them whatever it asks for, so that none can forget it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from ingest.storage.store import Connection

TABLES = """
CREATE TABLE audience (
    article TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (article, name)
) WITHOUT ROWID;
CREATE TABLE source_audience (
    source TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (source, name)
) WITHOUT ROWID
"""
"""By the ids of articles, so that every version of one is for the same people; sources by their names.

What is removed stays noted: were it forgotten, what another writer stores just then could be for all.
"""

GROUPED = "grouped"
"""Key in `meta` that is there once an article has belonged to a group."""

_NEW_GENERATION = """UPDATE meta SET value = CAST(CAST(value AS bigint) + 1 AS text)
    WHERE key = 'generation'"""


def views(tables: str, mine: str) -> list[str]:
    """Return the statements that make the views of a connection.

    Args:
        tables: The schema that has the tables.
        mine: A condition in SQL on `u.name`: whoever reads is in this group.
    """
    seen, known = visible("a.id", mine, tables), visible("p.holder", mine, tables)
    held = f"EXISTS (SELECT 1 FROM {tables}.places p WHERE {{}} AND {known})"
    return [
        f"CREATE TEMP VIEW articles AS SELECT * FROM {tables}.articles a WHERE {seen}",
        f"""CREATE TEMP VIEW chunks AS SELECT * FROM {tables}.chunks c
            WHERE EXISTS (SELECT 1 FROM {tables}.articles a WHERE a.row = c.article AND {seen})""",
        f"CREATE TEMP VIEW places AS SELECT * FROM {tables}.places p WHERE {known}",
        f"""CREATE TEMP VIEW sources AS SELECT * FROM {tables}.sources s
            WHERE {held.format("p.source = s.row")}""",
        f"""CREATE TEMP VIEW validators AS SELECT * FROM {tables}.validators v
            WHERE {held.format("p.origin = v.url")}""",
        f"CREATE TEMP VIEW bands AS SELECT * FROM {tables}.bands WHERE 1 = 0",
        f"CREATE TEMP VIEW audience AS SELECT * FROM {tables}.audience u WHERE {mine}",
        f"CREATE TEMP VIEW source_audience AS SELECT * FROM {tables}.source_audience WHERE 1 = 0",
    ]


def visible(article: str, mine: str, tables: str = "") -> str:
    """Say in SQL that an article, whose id is in a column, is for all or for whoever reads."""
    known = f"{tables}.audience" if tables else "audience"
    of_it = f"SELECT 1 FROM {known} u WHERE u.article = {article}"
    return f"(NOT EXISTS ({of_it}) OR EXISTS ({of_it} AND {mine}))"


def settle(connection: Connection, article_id: str, groups: Collection[str]) -> None:
    """Give an article that is being stored its groups, unless it has some."""
    if not groups:
        return
    query = "SELECT 1 FROM audience WHERE article = ? LIMIT 1"
    if connection.execute(query, (article_id,)).fetchone() is None:
        _put(connection, [article_id], groups)


def restrict(
    connection: Connection, article_ids: Collection[str], groups: Collection[str], *, only_open: bool = False
) -> None:
    """Make articles be for some groups alone, or for all if there are none.

    `only_open` leaves those as they are that are for some groups already.
    """
    ids = list(article_ids)
    if only_open:
        found = connection.execute("SELECT DISTINCT article FROM audience WHERE article = ANY(?)", (ids,))
        ids = sorted(set(ids) - {article_id for (article_id,) in found})
    else:
        connection.execute("DELETE FROM audience WHERE article = ANY(?)", (ids,))
    _put(connection, ids, groups)
    connection.execute(_NEW_GENERATION)


def restrict_source(
    connection: Connection, source: str, groups: Collection[str], *, only_open: bool = False
) -> None:
    """Note for which groups the articles are that will be read from a source, as `restrict` does."""
    if only_open and groups_of_source(connection, source):
        return
    connection.execute("DELETE FROM source_audience WHERE source = ?", (source,))
    connection.executemany("INSERT INTO source_audience VALUES (?, ?)", [(source, name) for name in groups])


def groups_of_source(connection: Connection, source: str) -> frozenset[str]:
    """Return for which groups the articles of a source are."""
    rows = connection.execute("SELECT name FROM source_audience WHERE source = ?", (source,))
    return frozenset(name for (name,) in rows)


def restricted_sources(connection: Connection) -> dict[str, frozenset[str]]:
    """Map the sources whose articles are for some groups to these."""
    return _by_first(connection.execute("SELECT source, name FROM source_audience"))


def restricted(connection: Connection) -> dict[str, frozenset[str]]:
    """Map the ids of articles that are for some groups alone to these."""
    return _by_first(connection.execute("SELECT article, name FROM audience"))


def _put(connection: Connection, article_ids: Iterable[str], groups: Collection[str]) -> None:
    if not groups:
        return
    rows = [(article_id, name) for article_id in article_ids for name in sorted(groups)]
    connection.executemany("INSERT INTO audience VALUES (?, ?) ON CONFLICT DO NOTHING", rows)
    connection.execute("INSERT INTO meta VALUES (?, '1') ON CONFLICT (key) DO NOTHING", (GROUPED,))


def _by_first(rows: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for key, name in rows:
        found.setdefault(key, set()).add(name)
    return {key: frozenset(names) for key, names in found.items()}
