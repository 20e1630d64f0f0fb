"""Articles in, a searchable library out. These names are all that other packages use."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ingest.article import Article, Chunk, Sentence, content_key
from ingest.audience import SeenLibrary, group_names
from ingest.database_address import DatabaseAddress, LibraryLocation, home_of, place_of, shared_name
from ingest.errors import (
    FootnoteError,
    LibraryAwayError,
    LibraryDamagedError,
    LibraryError,
    LibraryLockedError,
    QuestionError,
    SettingsError,
    SourceError,
)
from ingest.report import (
    Failure,
    IngestReport,
    Kept,
    PageNote,
    Progress,
    named_counts,
    named_pages,
    page_notes,
)
from ingest.storage.filters import Filters
from ingest.storage.given import as_day, as_texts, is_language_code
from ingest.storage.hits import Hit
from ingest.version import __version__

if TYPE_CHECKING:
    from ingest.embedding.embedders import Embedder, load_embedder
    from ingest.embedding.entailment_model import bundled_entailment, entailment
    from ingest.embedding.loading import bundled_encoder
    from ingest.embedding.minilm import Encoded
    from ingest.embedding.provider_embeddings import OpenAISettings
    from ingest.embedding.relevance_model import bundled_relevance, relevance
    from ingest.readers import read_articles
    from ingest.readers.common.file_kinds import SUFFIXES as SUFFIXES_READ
    from ingest.readers.common.file_kinds import TYPES_READ
    from ingest.readers.draft_file import BETWEEN as BETWEEN_PARAGRAPHS
    from ingest.readers.draft_file import DraftFile, read_draft_file, read_draft_stream
    from ingest.readers.formats.docx import shown_pieces
    from ingest.runs.languages import Languages
    from ingest.runs.pipeline import ingest_articles
    from ingest.runs.queueing import queue_articles, wait_for_run
    from ingest.runs.sync import source_key
    from ingest.runs.watch import watch as watch_sources
    from ingest.runs.working import work as work_on_queue
    from ingest.settings import (
        LibrarySettings,
        folder_path,
        library_location,
        library_settings,
        limited_to,
        placed,
        settings_error,
    )
    from ingest.storage.backup import backup as backup_library
    from ingest.storage.copying import copy_library
    from ingest.storage.doctor import examine as examine_library
    from ingest.storage.doctor import repair as repair_library
    from ingest.storage.documents import Document, document_beside
    from ingest.storage.duplicates import words_of as compared_words
    from ingest.storage.durable import put_in_place
    from ingest.storage.findings import Finding
    from ingest.storage.library import ArticleSummary, Library, Prepared
    from ingest.storage.lock import WriterLock
    from ingest.storage.near_spellings import Spelling
    from ingest.storage.postgresql.kept_store import KeptStore, kept_store
    from ingest.storage.postgresql.opening import lacks_library
    from ingest.storage.postgresql.queue import QueueState, queue_counts, queue_state, release_parked
    from ingest.storage.restore import restore as restore_library
    from ingest.storage.store import Connection
    from ingest.text.chunks import make_chunks
    from ingest.text.languages import LANGUAGES, language_of, likeliest_language
    from ingest.text.row_lines import is_row_line, row_values
    from ingest.text.sentences import split_sentences
    from ingest.text.stemming import content_stems, stems

__all__ = [
    "BETWEEN_PARAGRAPHS",
    "LANGUAGES",
    "SUFFIXES_READ",
    "TYPES_READ",
    "Article",
    "ArticleSummary",
    "Chunk",
    "Connection",
    "DatabaseAddress",
    "Document",
    "DraftFile",
    "Embedder",
    "Encoded",
    "Failure",
    "Filters",
    "Finding",
    "FootnoteError",
    "Hit",
    "IngestReport",
    "Kept",
    "KeptStore",
    "Languages",
    "Library",
    "LibraryAwayError",
    "LibraryDamagedError",
    "LibraryError",
    "LibraryLocation",
    "LibraryLockedError",
    "LibrarySettings",
    "OpenAISettings",
    "PageNote",
    "Prepared",
    "Progress",
    "QuestionError",
    "QueueState",
    "SeenLibrary",
    "Sentence",
    "SettingsError",
    "SourceError",
    "Spelling",
    "WriterLock",
    "__version__",
    "as_day",
    "as_texts",
    "backup_library",
    "bundled_encoder",
    "bundled_entailment",
    "bundled_relevance",
    "compared_words",
    "content_key",
    "content_stems",
    "copy_library",
    "document_beside",
    "entailment",
    "examine_library",
    "folder_path",
    "group_names",
    "home_of",
    "ingest_articles",
    "is_language_code",
    "is_row_line",
    "kept_store",
    "lacks_library",
    "language_of",
    "library_location",
    "library_settings",
    "likeliest_language",
    "limited_to",
    "load_embedder",
    "make_chunks",
    "named_counts",
    "named_pages",
    "page_notes",
    "place_of",
    "placed",
    "put_in_place",
    "queue_articles",
    "queue_counts",
    "queue_state",
    "read_articles",
    "read_draft_file",
    "read_draft_stream",
    "release_parked",
    "relevance",
    "repair_library",
    "restore_library",
    "row_values",
    "settings_error",
    "shared_name",
    "shown_pieces",
    "source_key",
    "split_sentences",
    "stems",
    "wait_for_run",
    "watch_sources",
    "work_on_queue",
]

# Imported when first used: they bring engines with them, and `import assistant` must stay quick.
_HOMES = {
    "work_on_queue": ("ingest.runs.working", "work"),
    "wait_for_run": ("ingest.runs.queueing", "wait_for_run"),
    "release_parked": ("ingest.storage.postgresql.queue", "release_parked"),
    "queue_counts": ("ingest.storage.postgresql.queue", "queue_counts"),
    "queue_state": ("ingest.storage.postgresql.queue", "queue_state"),
    "queue_articles": ("ingest.runs.queueing", "queue_articles"),
    "QueueState": ("ingest.storage.postgresql.queue", "QueueState"),
    "BETWEEN_PARAGRAPHS": ("ingest.readers.draft_file", "BETWEEN"),
    "DraftFile": ("ingest.readers.draft_file", "DraftFile"),
    "read_draft_file": ("ingest.readers.draft_file", "read_draft_file"),
    "read_draft_stream": ("ingest.readers.draft_file", "read_draft_stream"),
    "shown_pieces": ("ingest.readers.formats.docx", "shown_pieces"),
    "Connection": ("ingest.storage.store", "Connection"),
    "Document": ("ingest.storage.documents", "Document"),
    "KeptStore": ("ingest.storage.postgresql.kept_store", "KeptStore"),
    "document_beside": ("ingest.storage.documents", "document_beside"),
    "kept_store": ("ingest.storage.postgresql.kept_store", "kept_store"),
    "ArticleSummary": ("ingest.storage.library", "ArticleSummary"),
    "Embedder": ("ingest.embedding.embedders", "Embedder"),
    "Encoded": ("ingest.embedding.minilm", "Encoded"),
    "Finding": ("ingest.storage.findings", "Finding"),
    "Languages": ("ingest.runs.languages", "Languages"),
    "Library": ("ingest.storage.library", "Library"),
    "LibrarySettings": ("ingest.settings", "LibrarySettings"),
    "OpenAISettings": ("ingest.embedding.provider_embeddings", "OpenAISettings"),
    "Prepared": ("ingest.storage.library", "Prepared"),
    "Spelling": ("ingest.storage.near_spellings", "Spelling"),
    "SUFFIXES_READ": ("ingest.readers.common.file_kinds", "SUFFIXES"),
    "TYPES_READ": ("ingest.readers.common.file_kinds", "TYPES_READ"),
    "WriterLock": ("ingest.storage.lock", "WriterLock"),
    "backup_library": ("ingest.storage.backup", "backup"),
    "bundled_encoder": ("ingest.embedding.loading", "bundled_encoder"),
    "bundled_entailment": ("ingest.embedding.entailment_model", "bundled_entailment"),
    "bundled_relevance": ("ingest.embedding.relevance_model", "bundled_relevance"),
    "compared_words": ("ingest.storage.duplicates", "words_of"),
    "copy_library": ("ingest.storage.copying", "copy_library"),
    "content_stems": ("ingest.text.stemming", "content_stems"),
    "entailment": ("ingest.embedding.entailment_model", "entailment"),
    "examine_library": ("ingest.storage.doctor", "examine"),
    "folder_path": ("ingest.settings", "folder_path"),
    "ingest_articles": ("ingest.runs.pipeline", "ingest_articles"),
    "is_row_line": ("ingest.text.row_lines", "is_row_line"),
    "lacks_library": ("ingest.storage.postgresql.opening", "lacks_library"),
    "library_location": ("ingest.settings", "library_location"),
    "library_settings": ("ingest.settings", "library_settings"),
    "limited_to": ("ingest.settings", "limited_to"),
    "load_embedder": ("ingest.embedding.embedders", "load_embedder"),
    "make_chunks": ("ingest.text.chunks", "make_chunks"),
    "placed": ("ingest.settings", "placed"),
    "put_in_place": ("ingest.storage.durable", "put_in_place"),
    "read_articles": ("ingest.readers", "read_articles"),
    "relevance": ("ingest.embedding.relevance_model", "relevance"),
    "repair_library": ("ingest.storage.doctor", "repair"),
    "restore_library": ("ingest.storage.restore", "restore"),
    "row_values": ("ingest.text.row_lines", "row_values"),
    "settings_error": ("ingest.settings", "settings_error"),
    "source_key": ("ingest.runs.sync", "source_key"),
    "split_sentences": ("ingest.text.sentences", "split_sentences"),
    "stems": ("ingest.text.stemming", "stems"),
    "watch_sources": ("ingest.runs.watch", "watch"),
    "LANGUAGES": ("ingest.text.languages", "LANGUAGES"),
    "language_of": ("ingest.text.languages", "language_of"),
    "likeliest_language": ("ingest.text.languages", "likeliest_language"),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  # whatever the name stands for
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, original = _HOMES[name]
    return getattr(import_module(module), original)


def __dir__() -> list[str]:
    return __all__
