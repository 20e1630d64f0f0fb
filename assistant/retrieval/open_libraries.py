"""A pool of libraries open for reading, one for each folder or database, kept between questions."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ingest import (
    Languages,
    Library,
    LibraryError,
    home_of,
    library_location,
    library_settings,
    load_embedder,
    placed,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ingest import Embedder, LibraryLocation, LibrarySettings


FileId = tuple[int, int]  # device and inode; while we have a file open, no other gets its number

TRIES = 3
"""Times that a library is read while others replace it again and again."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class OpenLibrary:
    """A library open for reading, with the embedder of its vectors and the file that it was opened from.

    `file` is None for one in a database. `languages` are its second vectors, for questions and articles in
    other languages.
    """

    library: Library
    embedder: Embedder
    file: FileId | None = None
    languages: Languages | None = None

    @property
    def is_replaced(self) -> bool:
        """Whether another file has taken the place of the one that was opened."""
        return self.file != _file_id(self.library.path)


@dataclass(slots=True, eq=False)
class _Held:
    """An open library, with how many use it just now."""

    opened: OpenLibrary
    uses: int = 0
    replaced: bool = False
    parts: dict[frozenset[str], OpenLibrary] = field(default_factory=dict)

    def seen_by(self, groups: frozenset[str] | None) -> OpenLibrary:
        """Return it as some groups may see it, or all of it."""
        if groups is None:
            return self.opened
        if groups not in self.parts:
            part = self.opened.library.seen_by(groups)
            self.parts[groups] = replace(self.opened, library=part, languages=Languages(part))
        return self.parts[groups]

    def close_if_unused(self) -> None:
        """Close it once it has been replaced and nobody uses it any more."""
        if self.replaced and not self.uses:
            self.opened.library.close()


_lock = threading.Lock()
_open: dict[tuple[LibraryLocation, str], _Held] = {}


@contextmanager
def library_in_use(folder: LibraryLocation | str | None = None) -> Iterator[OpenLibrary]:
    """Lend a library (by default the settings'), opening it the first time.

    It stays open until the end of the block even where its files are replaced meanwhile; whoever comes
    after that gets the new one.

    Raises:
        LibraryError: there is no library, or it can't be used.
        SettingsError: the library was made with another embedder, or the folder can't be one.
    """
    with _lock:
        held, groups = _current(folder)
        held.uses += 1
        opened = held.seen_by(groups)
    try:
        yield opened
    finally:
        with _lock:
            held.uses -= 1
            held.close_if_unused()


def read_library(folder: LibraryLocation | str | None, read: Callable[[OpenLibrary], T]) -> T:
    """Return what `read` makes of a library, anew where it was replaced meanwhile.

    What was read then may be of both: the record of the new library, looked up in the indexes of the old one.
    """
    for _ in range(TRIES - 1):
        with library_in_use(folder) as opened:
            try:
                found = read(opened)
            except LibraryError:
                if not opened.is_replaced:
                    raise
            else:
                if not opened.is_replaced:
                    return found
    with library_in_use(folder) as opened:
        return read(opened)


def open_library(folder: LibraryLocation | str | None = None) -> OpenLibrary:
    """Return the library that `library_in_use` lends, for code that runs beside no other.

    It may be closed at the next call, where its files have been replaced.
    """
    with _lock:
        held, groups = _current(folder)
        return held.seen_by(groups)


def _current(folder: LibraryLocation | str | None) -> tuple[_Held, frozenset[str] | None]:
    """Return a library, and the groups that it is read for, if not all of it is."""
    settings = library_settings()
    asked = library_location(folder if folder is not None else settings.library)
    settings = placed(settings, asked)
    place, groups = settings.library, settings.groups
    if isinstance(place, Path):
        place = place.resolve()
    key = (place, settings.embeddings)
    # Deleted and made anew, or replaced by a repair: what is open is no longer the library.
    if key in _open and _open[key].opened.is_replaced:
        _replace(key)
    if key not in _open:
        embedder = embedder_for(settings)
        # By name only: a provider may have to be asked for the dimension, and listing needs none.
        whole = settings.model_copy(update={"library": place, "groups": None})
        library = Library.open(whole, embedder=embedder.name)
        _open[key] = _Held(OpenLibrary(library, embedder, _file_id(home_of(place)), Languages(library)))
    return _open[key], groups


def _replace(key: tuple[LibraryLocation, str]) -> None:
    held = _open.pop(key)
    held.replaced = True
    held.close_if_unused()


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
    """Close every library that is open, those in use at the end of it; the next question opens its own."""
    with _lock:
        for key in list(_open):
            _replace(key)
