"""Articles in, a searchable library out. These names are all that other packages use."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ingest.article import Article, Chunk, Sentence, content_key
from ingest.errors import (
    FootnoteError,
    LibraryDamagedError,
    LibraryError,
    LibraryLockedError,
    QuestionError,
    SettingsError,
    SourceError,
)
from ingest.hits import Filters, Hit
from ingest.report import Failure, IngestReport, Kept, Progress
from ingest.version import __version__

if TYPE_CHECKING:
    from ingest.backup import backup as backup_library
    from ingest.chunks import make_chunks
    from ingest.doctor import Finding
    from ingest.doctor import examine as examine_library
    from ingest.doctor import repair as repair_library
    from ingest.durable import put_in_place
    from ingest.embeddings import Embedder, load_embedder
    from ingest.encoder import bundled_crossencoder, bundled_encoder
    from ingest.library import ArticleSummary, Library, Prepared
    from ingest.lock import WriterLock
    from ingest.minilm import Encoded
    from ingest.pipeline import ingest_articles
    from ingest.provider_embeddings import OpenAISettings
    from ingest.readers import read_articles
    from ingest.readers.formats import SUFFIXES as SUFFIXES_READ
    from ingest.readers.formats import TYPES_READ
    from ingest.restore import restore as restore_library
    from ingest.sentences import split_sentences
    from ingest.settings import LibrarySettings, folder_path, library_settings, settings_error
    from ingest.watch import watch as watch_sources
    from ingest.words import content_stems, stems

__all__ = [
    "SUFFIXES_READ",
    "TYPES_READ",
    "Article",
    "ArticleSummary",
    "Chunk",
    "Embedder",
    "Encoded",
    "Failure",
    "Filters",
    "Finding",
    "FootnoteError",
    "Hit",
    "IngestReport",
    "Kept",
    "Library",
    "LibraryDamagedError",
    "LibraryError",
    "LibraryLockedError",
    "LibrarySettings",
    "OpenAISettings",
    "Prepared",
    "Progress",
    "QuestionError",
    "Sentence",
    "SettingsError",
    "SourceError",
    "WriterLock",
    "__version__",
    "backup_library",
    "bundled_crossencoder",
    "bundled_encoder",
    "content_key",
    "content_stems",
    "examine_library",
    "folder_path",
    "ingest_articles",
    "library_settings",
    "load_embedder",
    "make_chunks",
    "put_in_place",
    "read_articles",
    "repair_library",
    "restore_library",
    "settings_error",
    "split_sentences",
    "stems",
    "watch_sources",
]

# Imported when first used: they bring engines with them, and `import assistant` must stay quick.
_HOMES = {
    "ArticleSummary": ("ingest.library", "ArticleSummary"),
    "Embedder": ("ingest.embeddings", "Embedder"),
    "Encoded": ("ingest.minilm", "Encoded"),
    "Finding": ("ingest.doctor", "Finding"),
    "Library": ("ingest.library", "Library"),
    "LibrarySettings": ("ingest.settings", "LibrarySettings"),
    "OpenAISettings": ("ingest.provider_embeddings", "OpenAISettings"),
    "Prepared": ("ingest.library", "Prepared"),
    "SUFFIXES_READ": ("ingest.readers.formats", "SUFFIXES"),
    "TYPES_READ": ("ingest.readers.formats", "TYPES_READ"),
    "WriterLock": ("ingest.lock", "WriterLock"),
    "backup_library": ("ingest.backup", "backup"),
    "bundled_crossencoder": ("ingest.encoder", "bundled_crossencoder"),
    "bundled_encoder": ("ingest.encoder", "bundled_encoder"),
    "content_stems": ("ingest.words", "content_stems"),
    "examine_library": ("ingest.doctor", "examine"),
    "folder_path": ("ingest.settings", "folder_path"),
    "ingest_articles": ("ingest.pipeline", "ingest_articles"),
    "library_settings": ("ingest.settings", "library_settings"),
    "load_embedder": ("ingest.embeddings", "load_embedder"),
    "make_chunks": ("ingest.chunks", "make_chunks"),
    "put_in_place": ("ingest.durable", "put_in_place"),
    "read_articles": ("ingest.readers", "read_articles"),
    "repair_library": ("ingest.doctor", "repair"),
    "restore_library": ("ingest.restore", "restore"),
    "settings_error": ("ingest.settings", "settings_error"),
    "split_sentences": ("ingest.sentences", "split_sentences"),
    "stems": ("ingest.words", "stems"),
    "watch_sources": ("ingest.watch", "watch"),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  # whatever the name stands for
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, original = _HOMES[name]
    return getattr(import_module(module), original)


def __dir__() -> list[str]:
    return __all__
