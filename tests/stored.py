"""Small libraries for tests: articles of a few sentences, with vectors that can be worked out by hand."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from fakes import WordEmbeddings

from ingest import Article, Chunk, Library, Prepared, Sentence, examine_library
from ingest.database_address import DatabaseAddress, LibraryLocation

if TYPE_CHECKING:
    from datetime import date

    from ingest import Filters, Hit, IngestReport

WORDS = WordEmbeddings()
TOPICS = (
    "harbour",
    "bakery",
    "library",
    "tram",
    "museum",
    "orchard",
    "bridge",
    "theatre",
    "market",
    "school",
)


def article(number: int, *, edition: int = 0, **data: str | date | tuple[str, ...]) -> Article:
    """Return article `number`, which differs from all others in its topic and its number words."""
    topic = TOPICS[number % len(TOPICS)]
    text = (
        f"The mayor opened the {topic} number{number} on Monday. It cost edition{edition} crowns. "
        f"Neighbours of place{number} complained about the noise. Nobody else came."
    )
    known = {"title": f"The {topic}", "origin": f"file{number}.txt"}
    return Article(text=text, **{**known, **data})  # type: ignore[arg-type]  # each test passes what fits


def prepare(stored: Article) -> Prepared:
    """Cut an article into sentences and chunks of two, and embed them."""
    sentences = tuple(
        Sentence(found.start(), found.end(), found.group())
        for found in re.finditer(r"\S[^.]*\.", stored.text)
    )
    chunks = tuple(
        Chunk(stored.id, stored.version, position, sentences[start : start + 2])
        for position, start in enumerate(range(0, len(sentences), 2))
    )
    return Prepared(stored, chunks, WORDS.embed([chunk.text for chunk in chunks]))


def open_library(
    path: LibraryLocation, *, write: bool = False, create: bool = False, wait: float = 0.0
) -> Library:
    """Open a library that was made with the test's embeddings."""
    return Library.open(
        path, embedder=WORDS.name, dimension=WORDS.dimension, write=write, create=create, wait=wait
    )


Place = TypeVar("Place", Path, DatabaseAddress, LibraryLocation)


def fill(path: Place, *articles: Article) -> Place:
    """Store articles in a library, made if need be."""
    with open_library(path, write=True, create=True) as library:
        library.put([prepare(each) for each in articles])
    return path


def sync_folder(folder: Path, library: LibraryLocation) -> IngestReport:
    """Bring a library in step with a folder, with the test's embeddings."""
    import pytest

    from ingest import ingest_articles

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ingest.runs.pipeline.load_embedder", lambda _settings: WORDS)
        return ingest_articles(folder, library, sync=True)


def search(library: Library, words: str, *, filters: Filters | None = None, limit: int = 50) -> list[Hit]:
    """Search for words with their own vector."""
    return library.search(words, WORDS.embed([words])[0], filters=filters, limit=limit)


def assert_whole(path: LibraryLocation, *states: dict[str, str]) -> dict[str, str]:
    """Open a library as after a crash; it must hold one of the states, complete and in both indexes."""
    with open_library(path, write=True) as library:
        versions = library.versions()
        assert versions in states
        # The vectors are of few kinds: in a large library more than the usual 50 are the same.
        limit = max(50, library.count()[1] // 20)
        for summary in library.articles():
            stored = library.article(summary.id)
            assert stored is not None
            for chunk in prepare(stored).chunks:
                hits = {hit.chunk.id: hit for hit in search(library, chunk.text, limit=limit)}
                assert hits[chunk.id].chunk == chunk
                assert hits[chunk.id].keyword_rank is not None
                assert hits[chunk.id].vector_rank is not None
    assert examine_library(path) == []
    return versions
