"""A small document that is kept beside a record: a file in the library's folder, or a row of its database."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ingest.database_address import DatabaseAddress, place_of
from ingest.storage.durable import put_in_place
from ingest.storage.lock import WriterLock

if TYPE_CHECKING:
    from collections.abc import Callable

    from ingest.database_address import LibraryLocation
    from ingest.storage.postgresql.kept_store import KeptStore

    Edit = Callable[[str | None], str]

CHANGE_SECONDS = 10.0  # seconds that a change waits for another one, which takes milliseconds


class Document(Protocol):
    """One document. A folder that can't be used raises `OSError` or `LibraryError`, a database the latter."""

    @property
    def name(self) -> str:
        """How a message calls it."""

    def stamp(self) -> object:
        """Return what is another one once the document has changed, None where there is none."""

    def read(self) -> str | None:
        """Return the document, None where there is none."""

    def change(self, edit: Edit) -> None:
        """Put in its place what `edit` makes of it; nobody else changes it meanwhile.

        What `edit` raises leaves all as it was. It may be called twice.
        """


def document_beside(library: LibraryLocation, path: str, *, locks: bool = True) -> Document:
    """Return a document of a library by its path in the folder; in a database that is its name.

    Without `locks` whoever changes one in a folder sees to it that nobody else does.
    """
    place = place_of(library)
    if isinstance(place, DatabaseAddress):
        from ingest.storage.postgresql.kept_store import kept_store

        return DatabaseDocument(kept_store(place), path)
    return FileDocument(place / path, locks=locks)


class FileDocument:
    """A document in a file that only its owner reads, whole at any moment."""

    def __init__(self, file: Path, *, locks: bool) -> None:
        self._file = file
        self._locks = locks

    @property
    def name(self) -> str:
        """The path of the file."""
        return str(self._file)

    def stamp(self) -> object:
        """Return what the system says of the file."""
        try:
            found = self._file.stat()
        except FileNotFoundError:
            return None
        return found.st_mtime_ns, found.st_ino, found.st_size

    def read(self) -> str | None:
        """Read the file."""
        try:
            return self._file.read_text("utf-8")
        except FileNotFoundError:
            return None

    def change(self, edit: Edit) -> None:
        """Write beside the file and rename."""
        folder = self._file.parent
        if not folder.exists():
            edit(None)  # where that fails no folder is made
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = WriterLock.acquire(folder, wait=CHANGE_SECONDS) if self._locks else None
        try:
            text = edit(self.read())
            with tempfile.NamedTemporaryFile("w", dir=folder, encoding="utf-8", delete=False) as fresh:
                fresh.write(text)
            put_in_place(Path(fresh.name), self._file)  # for the owner only, as temporary files are
        finally:
            if lock:
                lock.release()


class DatabaseDocument:
    """A document in a row of the database, with a number that grows with each change."""

    def __init__(self, store: KeptStore, name: str) -> None:
        self._store = store
        self._name = name

    @property
    def name(self) -> str:
        """What it is called, and in which library."""
        return f"{self._name} of {self._store.name}"

    def stamp(self) -> object:
        """Return the number of its last change."""
        return self._column("version")

    def read(self) -> str | None:
        """Read the row."""
        found = self._column("content")
        return None if found is None else str(found)

    def change(self, edit: Edit) -> None:
        """Write the row in one transaction."""
        if not self._store.exists():
            edit(None)  # where that fails no tables are made
        with self._store.transaction(f"document {self._name}") as connection:
            found = connection.execute(_READ.format("content"), (self._name,)).fetchone()
            text = edit(found[0] if found else None)
            connection.execute(_WRITE, (self._name, text))

    def _column(self, column: str) -> object:
        if not self._store.exists():
            return None
        with self._store.transaction() as connection:
            found = connection.execute(_READ.format(column), (self._name,)).fetchone()
        return found[0] if found else None


_READ = "SELECT {} FROM documents WHERE name = ?"
_WRITE = """INSERT INTO documents VALUES (?, 1, ?)
    ON CONFLICT (name) DO UPDATE SET content = excluded.content, version = documents.version + 1"""
