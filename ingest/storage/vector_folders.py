"""Vector indexes in numbered folders beside the record, each one a Chroma of its own."""

from __future__ import annotations

import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

from ingest.storage.index_checksums import seal, unseal
from ingest.storage.vectors import Vectors, vectors_damaged

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ingest.storage.record import Meta


class VectorFolders:
    """The folder of a library's vector indexes. A rebuilt one gets the next number (see `VectorHome`)."""

    deletes_for_good = False  # Chroma keeps deleted vectors in its files

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def open(self, name: str) -> Vectors:
        """Open an index."""
        if not name.isdecimal():
            raise vectors_damaged("it is on a Chroma server, and FOOTNOTE_CHROMA names none")
        return Vectors.open(self._folder / name)

    def next_name(self, meta: Meta) -> str:
        """Return the next number, which has never been the record's current one."""
        return next_number(self._folder, meta.vectors)

    def make(self, name: str) -> Vectors:
        """Make an empty index."""
        folder = self._folder / name
        folder.mkdir(mode=0o700, parents=True)
        return Vectors.open(folder, create=True)

    def begun(self, name: str) -> None:
        """Remove the checksums."""
        unseal(self._folder / name)

    def left(self, name: str) -> None:
        """Seal the files with checksums."""
        with suppress(OSError):  # a full disk; unsealed, the folder counts as left by a crash
            seal(self._folder / name)

    def drop(self, names: Sequence[str]) -> list[str]:
        """Delete folders."""
        folders = [name for name in names if name.isdecimal()]
        for name in folders:
            shutil.rmtree(self._folder / name, ignore_errors=True)
        return folders

    def close(self) -> None:
        """Nothing is open."""


def next_number(folder: Path, current: str) -> str:
    """Return a number above those of all indexes in a folder and the current one's."""
    names = [current, *(each.name for each in folder.glob("*"))]
    return str(max((int(name) for name in names if name.isdecimal()), default=0) + 1)
