"""Where the vectors of a library are kept, for whoever writes and for whoever reads: the settings say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.storage.chroma_address import chroma_addresses
from ingest.storage.chroma_collections import ChromaCollections, owner_of
from ingest.storage.chroma_reader import ChromaReader
from ingest.storage.indexes import VECTORS
from ingest.storage.schema import RECORD_FILE
from ingest.storage.vector_folder_reader import VectorFolderReader
from ingest.storage.vector_folders import VectorFolders

if TYPE_CHECKING:
    from pathlib import Path

    from ingest.settings import LibrarySettings
    from ingest.storage.record import Record
    from ingest.storage.vector_index import VectorHome, VectorReader


def vector_home(path: Path, settings: LibrarySettings) -> VectorHome:
    """Return where a writer of the library in a folder keeps its vectors."""
    if addresses := chroma_addresses(settings):
        return ChromaCollections(addresses, owner_of(path / RECORD_FILE))
    return VectorFolders(path / VECTORS)


def vector_reader(path: Path, settings: LibrarySettings, record: Record) -> VectorReader:
    """Return a reader's view of them."""
    if addresses := chroma_addresses(settings):
        return ChromaReader(record, addresses, owner_of(path / RECORD_FILE))
    return VectorFolderReader(path, record)
