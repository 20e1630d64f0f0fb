"""Libraries opened for reading, kept open between questions: one for each folder."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ingest import Library, folder_path, library_settings, load_embedder

if TYPE_CHECKING:
    from pathlib import Path

    from ingest import Embedder, LibrarySettings


@dataclass(frozen=True, slots=True)
class OpenLibrary:
    """A library open for reading, with the embedder that its vectors were made with."""

    library: Library
    embedder: Embedder


FileId = tuple[int, int]  # device and inode; while we have a file open, no other gets its number

_lock = threading.Lock()
_open: dict[tuple[Path, str], tuple[OpenLibrary, FileId | None]] = {}


def open_library(folder: Path | str | None = None) -> OpenLibrary:
    """Return the library of a folder (by default the settings'), opening it at the first call.

    Raises:
        LibraryError: the folder holds no library, or it can't be used.
        SettingsError: the library was made with another embedder.
    """
    settings = library_settings()
    path = folder_path(folder if folder is not None else settings.library).resolve()
    key = (path, settings.embeddings)
    with _lock:
        # Deleted and made anew, or replaced by a repair: what is open is no longer the library.
        if key in _open and _open[key][1] != _file_id(path):
            _open.pop(key)[0].library.close()
        if key not in _open:
            embedder = embedder_for(settings)
            # By name only: a provider may have to be asked for the dimension, and listing needs none.
            opened = OpenLibrary(Library.open(path, embedder=embedder.name), embedder)
            _open[key] = (opened, _file_id(path))
        return _open[key][0]


def _file_id(path: Path) -> FileId | None:
    try:
        found = (path / "record.sqlite").stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


@lru_cache(maxsize=4)
def embedder_for(settings: LibrarySettings) -> Embedder:
    """Return the embedder that the settings name, loaded once."""
    return load_embedder(settings)


def close_libraries() -> None:
    """Close every library that is open; the next question opens its own again."""
    with _lock:
        for opened, _ in _open.values():
            opened.library.close()
        _open.clear()
