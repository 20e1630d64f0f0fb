"""A library in PostgreSQL with its vectors on a Chroma server: many writers, and a server that is away."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from chromaserver import ChromaServer
from stored import article, fill, open_library, prepare, search

import ingest.storage.search
from ingest import LibraryError, SettingsError, examine_library, repair_library
from ingest.storage.chroma_collections import ChromaCollections
from ingest.storage.postgresql.vectors import PostgresVectors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ingest import DatabaseAddress, Library
    from ingest.storage.vector_index import VectorIndex

FIRST, SECOND = article(1), article(2)


@pytest.fixture(name="server")
def _server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ChromaServer]:
    """Return a server of the test's own, and have every search ask it."""
    server = ChromaServer(tmp_path / "chroma")
    server.start()
    monkeypatch.setenv("FOOTNOTE_CHROMA", server.url)
    monkeypatch.setattr(ingest.storage.search, "SCAN_UP_TO", 0)
    yield server
    server.kill()


def _by_vector(library: Library, number: int) -> bool:
    """Say whether an article's own first chunk is found by its vector."""
    chunk = prepare(article(number)).chunks[0]
    return any(hit.chunk == chunk and hit.vector_rank is not None for hit in search(library, chunk.text))


def test_vectors_of_many_writers_are_on_the_server(database: DatabaseAddress, server: ChromaServer) -> None:
    """What two writers store, replace and remove is there once, and found through the server."""
    assert server.url
    with (
        open_library(database, write=True, create=True) as one,
        open_library(database, write=True) as other,
    ):
        for number in range(1, 9):
            (one if number % 2 else other).put([prepare(article(number))])
        one.put([prepare(article(2, edition=5))])
        other.remove([article(3).id])
    assert examine_library(database) == []
    with open_library(database) as reader:
        assert _by_vector(reader, 1)
        assert reader.count() == (7, 14)
        assert reader.notices == []
        assert search(reader, "edition5")[0].article.version == article(2, edition=5).version


def test_while_the_server_is_away_nothing_half_is_stored_and_searches_go_on(
    database: DatabaseAddress, server: ChromaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Writing says that it is away and goes on when it is back; reading compares exactly, with a notice."""
    monkeypatch.setattr("ingest.storage.chroma_client.AWAY_REST", 0.0)
    monkeypatch.setattr("ingest.storage.chroma_client.SHORTEST_REST", 0.0)
    fill(database, FIRST)
    with open_library(database) as reader, open_library(database, write=True) as writer:
        server.kill()
        with pytest.raises(LibraryError, match=r"[Cc]hroma|server"):
            writer.put([prepare(SECOND)])
        assert reader.versions() == {FIRST.id: FIRST.version}
        assert _by_vector(reader, 1)
        assert "The vector server can't be used just now" in reader.notices[0]
        server.start()
        writer.put([prepare(SECOND)])
        assert (_by_vector(reader, 1), _by_vector(reader, 2), reader.notices) == (True, True, [])
    assert examine_library(database) == []


def test_an_index_that_was_lost_is_made_anew_while_others_write(
    database: DatabaseAddress, server: ChromaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next one has what came while it was made; the old one is deleted from the server."""
    assert server.url
    fill(database, *(article(number) for number in range(6)))
    with open_library(database) as reader:
        lost = reader.record.meta().vectors
    fill_index = PostgresVectors._fill
    began = threading.Event()

    def slow(self: PostgresVectors, *rest: object) -> object:
        place = fill_index(self, *rest)  # type: ignore[arg-type]  # as it was called
        if not began.is_set():
            began.set()
            with open_library(database, write=True) as other:
                other.put([prepare(article(7)), prepare(article(2, edition=4))])
                other.remove([article(3).id])
        return place

    monkeypatch.setattr(PostgresVectors, "_fill", slow)
    with open_library(database, write=True) as writer:
        writer._writer.vectors.rebuild(writer._writer.journal)  # type: ignore[union-attr]  # this kind
        assert began.is_set()
        assert writer.record.meta().vectors != lost
        assert set(writer.record.meta().unneeded) == set()
        writer.put([prepare(article(8))])
        assert (_by_vector(writer, 7), _by_vector(writer, 8)) == (True, True)
    assert examine_library(database) == []


def test_of_writers_who_find_an_index_lost_at_once_one_makes_the_next(
    database: DatabaseAddress, server: ChromaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is ready later, its own index deleted as needless by then, stores in that of the other."""
    assert server.url
    truly, made = ChromaCollections.make, list[str]()
    with (
        open_library(database, write=True, create=True) as one,
        open_library(database, write=True) as other,
    ):

        def make(home: ChromaCollections, name: str) -> VectorIndex:
            index = truly(home, name)
            made.append(name)
            if len(made) == 1:
                other.put([prepare(SECOND)])
            return index

        monkeypatch.setattr(ChromaCollections, "make", make)
        one.put([prepare(FIRST)])
        assert one.record.meta().vectors == made[1]
    assert examine_library(database) == []
    with open_library(database) as reader:
        assert [_by_vector(reader, number) for number in (1, 2)] == [True, True]


def test_a_server_that_lost_everything_is_filled_from_the_record(
    database: DatabaseAddress, server: ChromaServer, tmp_path: Path
) -> None:
    """An emptied server is found by the doctor, and filled by the repair without embedding."""
    import shutil

    fill(database, FIRST, SECOND)
    server.kill()
    shutil.rmtree(tmp_path / "chroma")
    server.start()
    assert [each.what for each in examine_library(database)] == [
        "The vector index does not hold what the record says"
    ]
    assert len(repair_library(database)) == 1
    assert examine_library(database) == []


def test_who_does_not_name_the_server_may_read_and_not_write(
    database: DatabaseAddress, server: ChromaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else its articles would lack in the index; the repair without the setting gives the server up."""
    assert server.url
    fill(database, FIRST)
    monkeypatch.delenv("FOOTNOTE_CHROMA")
    with open_library(database) as reader:
        assert _by_vector(reader, 1)
    with pytest.raises(SettingsError, match="Name it in FOOTNOTE_CHROMA"):
        open_library(database, write=True)
    assert repair_library(database) == ["The library does without a Chroma server from now on."]
    fill(database, SECOND)
    with open_library(database) as reader:
        assert _by_vector(reader, 2)
