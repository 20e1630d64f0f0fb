"""The folder of a library: whether it is one, making one, and refusing what can't be used."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from ingest.errors import LibraryDamagedError, LibraryError, SettingsError
from ingest.storage import schema
from ingest.storage.durable import put_in_place, sync_folder
from ingest.storage.indexes import KEYWORDS, VECTORS
from ingest.storage.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ingest.storage.record import Meta

UNNAMED = "new."  # begins the name of a record that is being made
NO_INDEX_YET = "0"  # stands for an index's folder before there is one; the first is 1


def has_record(path: Path) -> bool:
    """Say whether the folder holds a record with anything in it."""
    file = path / schema.RECORD_FILE
    with _permitted(path):
        return file.exists() and file.stat().st_size > 0


def check_exists(path: Path) -> None:
    """Raise unless there is a library at the path, whole or damaged."""
    _check_no_file(path)
    if not has_record(path):
        _check_not_bereft(path)
        raise LibraryError(f"There is no library at {str(path)!r}. Make one with `footnote ingest SOURCE…`.")


def make(path: Path) -> None:
    """Make the folder, readable for nobody else, if it does not exist."""
    _check_no_file(path)
    if path.is_dir():
        return
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        sync_folder(path.parent)
    except OSError as error:
        raise LibraryError(
            f"Can't make the library's folder {str(path)!r}: {error.strerror}. "
            "Check the permissions of the folder above it, or name another path."
        ) from error


def create_record(path: Path, embedder: str | None, dimension: int | None) -> None:
    """Make an empty record, unless there are signs that one has been lost."""
    _check_not_bereft(path)
    if embedder is None or dimension is None:
        raise LibraryError(
            f"There is no library at {str(path)!r}. "
            "To make one, name the embedder and the length of its vectors."
        )
    file = path / schema.RECORD_FILE
    fresh = file.with_name(f"{UNNAMED}{file.name}")  # it gets its name when it is whole
    for name in (file.name, fresh.name):
        for ending in ("", "-wal", "-shm"):  # of a making that was cut short
            file.with_name(name + ending).unlink(missing_ok=True)
    meta = {
        "schema": str(schema.SCHEMA_VERSION),
        "embedder": embedder,
        "dimension": str(dimension),
        "generation": "0",
        VECTORS: NO_INDEX_YET,
        KEYWORDS: NO_INDEX_YET,
    }
    with schema.sqlite_errors(file):
        schema.create(fresh, meta)
    put_in_place(fresh, file)


def open_record(path: Path, embedder: str | None = None, dimension: int | None = None) -> Record:
    """Open the record; raise unless this program can read it and the embedder, if named, made its vectors.

    A record of an older format is brought to the present one: only for the holder of the lock.
    """
    record = Record.open(path / schema.RECORD_FILE)
    meta = record.meta()
    if meta.schema < schema.SCHEMA_VERSION:
        record.close()
        file = path / schema.RECORD_FILE
        with schema.sqlite_errors(file):
            schema.migrate(file, meta.schema)
    if meta.schema > schema.SCHEMA_VERSION:
        record.close()
        raise LibraryError(
            f"The library {str(path)!r} was written by a newer Footnote (format {meta.schema}, "
            f"this one reads up to {schema.SCHEMA_VERSION}). Upgrade Footnote."
        )
    try:
        check_embedder(str(path), meta, embedder, dimension)
    except SettingsError:
        record.close()
        raise
    return record


def check_embedder(library: str, meta: Meta, embedder: str | None, dimension: int | None) -> None:
    """Raise `SettingsError` where an embedder is named that has not made the library's vectors."""
    if embedder in (None, meta.embedder) and dimension in (None, meta.dimension):
        return
    other = repr(meta.embedder if embedder is None else embedder)
    other += "" if dimension is None else f" ({dimension})"
    raise SettingsError(
        f"The library {library!r} was made with the embeddings {meta.embedder!r} "
        f"({meta.dimension} numbers), not with {other}. Set FOOTNOTE_EMBEDDINGS to "
        "what it was made with, or ingest the articles into another library."
    )


def is_outdated(path: Path) -> bool:
    """Say whether the record is of an older format, which a writer has to change before it can be read."""
    record = Record.open(path / schema.RECORD_FILE)
    try:
        return record.meta().schema < schema.SCHEMA_VERSION
    finally:
        record.close()


def _check_no_file(path: Path) -> None:
    with _permitted(path):
        if path.exists() and not path.is_dir():
            raise LibraryError(f"{str(path)!r} is a file; a library is a folder. Name another path.")


@contextmanager
def _permitted(path: Path) -> Iterator[None]:
    """Say what to do where the system does not let us look into the folder."""
    try:
        yield
    except OSError as error:
        raise LibraryError(
            f"Can't look into the library's folder {str(path)!r}: {error.strerror}. "
            "Check who owns it and its permissions, or name another path."
        ) from error


def _check_not_bereft(path: Path) -> None:
    """Raise if the indexes are here and the record is not: an empty library would hide the loss."""
    if any((path / name).exists() for name in (VECTORS, KEYWORDS)):
        raise LibraryDamagedError(
            f"The library {str(path)!r} has lost its record ({schema.RECORD_FILE}). Put it back from a copy; "
            "without one, delete the folder and ingest the articles again."
        )
