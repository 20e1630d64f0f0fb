"""Where the vectors of a library are kept, for whoever writes and for whoever reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.storage.indexes import VECTORS
from ingest.storage.vector_folder_reader import VectorFolderReader
from ingest.storage.vector_folders import VectorFolders

if TYPE_CHECKING:
    from pathlib import Path

    from ingest.storage.record import Record
    from ingest.storage.vector_index import VectorHome, VectorReader


def vector_home(path: Path) -> VectorHome:
    """Return where a writer of the library keeps its vectors."""
    return VectorFolders(path / VECTORS)


def vector_reader(path: Path, record: Record) -> VectorReader:
    """Return a reader's view of them."""
    return VectorFolderReader(path, record)
