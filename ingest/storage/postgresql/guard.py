"""Row-level security: the second line behind the views of `ingest/storage/audience.py`.

Each connection says for which groups it reads, in the setting `footnote.groups`: `*` for all, else names with
commas between. One that says nothing is given what is for all. It binds the owner of the tables too, but no
superuser of PostgreSQL. It is put in force once an article is to belong to a group: until then nobody pays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.storage.audience import visible

if TYPE_CHECKING:
    from ingest.storage.store import Connection

TABLES = """
CREATE TABLE audience (
    article text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    PRIMARY KEY (article, name)
);
CREATE TABLE source_audience (
    source text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    PRIMARY KEY (source, name)
)
"""
EVERYTHING = "*"
SETTING = "footnote.groups"
_SAID = f"(SELECT coalesce(current_setting('{SETTING}', true), ''))"
MINE = f"u.name = ANY(string_to_array({_SAID}, ','))"
"""Says of a row of `audience` that whoever reads is in its group."""

_GUARDED = {
    "articles": visible("articles.id", MINE),
    "chunks": f"""EXISTS
        (SELECT 1 FROM articles a WHERE a.row = chunks.article AND {visible("a.id", MINE)})""",
    "places": visible("places.holder", MINE),
}
_LOCK_SECONDS = 10  # to wait for those who are reading just then


def put_in_force(connection: Connection) -> None:
    """Have PostgreSQL itself keep rows from those who may not see them; run in a transaction."""
    query = "SELECT relrowsecurity FROM pg_class WHERE oid = to_regclass('articles')"
    if connection.execute(query).fetchone()[0]:
        return
    connection.execute(f"SET LOCAL lock_timeout = '{_LOCK_SECONDS}s'")
    for table, condition in _GUARDED.items():
        allowed = f"{_SAID} = '{EVERYTHING}' OR {condition}"
        connection.execute(f"CREATE POLICY footnote_groups ON {table} USING ({allowed})")
        connection.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        connection.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
