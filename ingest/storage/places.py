"""Where articles come from: the sources that were named, what each held, and what their servers said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.errors import LibraryError
from ingest.fetch.outcome import Validators

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from ingest.storage.record import Record
    from ingest.storage.store import Transactions

LONGEST_ADDRESS = 2000  # bytes, of one whose server is asked whether it changed; indexes take no longer ones
HOLDER_IS_LIVE = "EXISTS (SELECT 1 FROM articles a WHERE a.id = holder AND a.state = 'live')"


@dataclass(frozen=True, slots=True)
class Place:
    """An article in a source: its id, where in it, and the id under which its content is stored.

    `holder` is another article where this one is an exact copy, whose text is stored only once.
    """

    article: str
    origin: str
    holder: str


class Places:
    """What a library remembers of its sources. Writing needs the journal of a library open for writing."""

    def __init__(self, record: Record, journal: Transactions | None) -> None:
        self._record = record
        self._written = journal

    def of(self, source: str, articles: Collection[str] | None = None) -> dict[str, Place]:
        """Return what a source held when it was last read, by article, or of that some articles."""
        chosen, values = ("", ()) if articles is None else (" AND p.article = ANY(?)", (list(articles),))
        query = f"""SELECT p.article, p.origin, p.holder FROM places p
            JOIN sources s ON s.row = p.source WHERE s.name = ?{chosen}"""
        with self._record.reading() as connection:
            return {row[0]: Place(*row) for row in connection.execute(query, (source, *values))}

    def at(self, origin: str) -> list[Place]:
        """Return what was found at one place, in whichever source, and is stored."""
        query = f"SELECT DISTINCT article, origin, holder FROM places WHERE origin = ? AND {HOLDER_IS_LIVE}"
        with self._record.reading() as connection:
            return [Place(*row) for row in connection.execute(query, (origin,))]

    def holding(self, holders: Collection[str]) -> dict[str, list[tuple[str, str]]]:
        """Map stored articles to the places that have their content: name of the source, id there."""
        query = """SELECT p.holder, s.name, p.article FROM places p JOIN sources s ON s.row = p.source
            WHERE p.holder = ANY(?) ORDER BY p.article"""
        found: dict[str, list[tuple[str, str]]] = {holder: [] for holder in holders}
        with self._record.reading() as connection:
            for holder, source, article in connection.execute(query, (list(holders),)):
                found[holder].append((source, article))
        return found

    def sharing(self, origins: Collection[str]) -> list[tuple[str, Place]]:
        """Return what every source, by name, has found at these places."""
        query = """SELECT s.name, p.article, p.origin, p.holder FROM places p
            JOIN sources s ON s.row = p.source WHERE p.origin = ANY(?)"""
        with self._record.reading() as connection:
            found = connection.execute(query, (list(origins),))
            return [(source, Place(*row)) for source, *row in found]

    def sources(self) -> dict[str, str]:
        """Map the name of every source to the patterns with which it was last read."""
        with self._record.reading() as connection:
            return dict(connection.execute("SELECT name, patterns FROM sources ORDER BY row").fetchall())

    def validators(self) -> dict[str, Validators]:
        """Map addresses to all that servers said of them."""
        with self._record.reading() as connection:
            rows = connection.execute("SELECT url, etag, last_modified FROM validators ORDER BY url")
            return {url: Validators(*said) for url, *said in rows}

    def patterns(self, source: str) -> str | None:
        """Return with which include and exclude patterns a source was last read; None if it never was."""
        with self._record.reading() as connection:
            row = connection.execute("SELECT patterns FROM sources WHERE name = ?", (source,)).fetchone()
        return row[0] if row else None

    def recall(self, url: str) -> Validators | None:
        """Return what a server said of an address whose article is stored."""
        query = f"""SELECT etag, last_modified FROM validators WHERE url = ?
            AND EXISTS (SELECT 1 FROM places WHERE origin = ? AND {HOLDER_IS_LIVE})"""
        with self._record.reading() as connection:
            row = connection.execute(query, (url, url)).fetchone()
        return Validators(*row) if row else None

    def name(self, source: str, patterns: str) -> None:
        """Note a source, and the patterns with which it is read now."""
        with self._journal.transaction() as connection:
            connection.execute(
                "INSERT INTO sources (name, patterns) VALUES (?, ?) "
                "ON CONFLICT (name) DO UPDATE SET patterns = excluded.patterns",
                (source, patterns),
            )

    def note(self, found: Iterable[tuple[str, Place]], said: Mapping[str, Validators]) -> None:
        """Note where stored articles were found, and what their servers said of them."""
        with self._journal.transaction() as connection:
            connection.executemany(
                """INSERT INTO places SELECT row, ?, ?, ? FROM sources WHERE name = ?
                ON CONFLICT (source, article)
                DO UPDATE SET origin = excluded.origin, holder = excluded.holder""",
                [(place.article, place.origin, place.holder, source) for source, place in found],
            )
            connection.executemany(
                "INSERT INTO validators VALUES (?, ?, ?) ON CONFLICT (url) "
                "DO UPDATE SET etag = excluded.etag, last_modified = excluded.last_modified",
                [
                    (url, each.etag, each.last_modified)
                    for url, each in said.items()
                    if len(url.encode()) <= LONGEST_ADDRESS
                ],
            )

    def forget(self, source: str, articles: Collection[str]) -> None:
        """Note that a source does not have these articles any more."""
        with self._journal.transaction() as connection:
            connection.execute(
                "DELETE FROM places WHERE source = (SELECT row FROM sources WHERE name = ?) "
                "AND article = ANY(?)",
                (source, list(articles)),
            )

    def rehome(self, holder: str, heir: str) -> None:
        """Note that copies of an article are now copies of another.

        Its own place stays, or a crash before it is removed would leave it in no place for ever.
        """
        query = "UPDATE places SET holder = ? WHERE holder = ? AND article <> holder"
        with self._journal.transaction() as connection:
            connection.execute(query, (heir, holder))

    @property
    def _journal(self) -> Transactions:
        if self._written is None:
            raise LibraryError("The library was opened for reading. Open it with write=True.")
        return self._written
