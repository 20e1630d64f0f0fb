"""Many writers to one library in PostgreSQL: killed, cut off, at the same articles, or without the server."""

from __future__ import annotations

import random
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from postgreswriter import SHARED
from stored import article, fill, open_library, prepare, search
from warm import start

from ingest import Library, LibraryError, examine_library

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postgres import PostgresServer

    from ingest.database_address import DatabaseAddress

KILLS = 6
WRITER = Path(__file__).with_name("postgreswriter.py")
FIRST, SECOND = article(1), article(2)


class Process:
    """A writer that is a process; what it says goes into a file."""

    def __init__(self, address: DatabaseAddress, said: Path, first: int) -> None:
        self.said = said
        self._arguments = (f"{address.conninfo}?library={address.name}", str(first))
        self.start()

    def start(self) -> None:
        """Start it, or another in its place."""
        self._process = start(WRITER, *self._arguments, out=self.said)
        self._before = self.said.stat().st_size

    def wait_until_it_stores(self) -> None:
        """Wait until it has stored something since it was started."""
        deadline = time.monotonic() + 120  # a busy machine takes long to start a process
        while b"stored" not in self.said.read_bytes()[self._before :]:
            assert time.monotonic() < deadline
            time.sleep(0.02)

    def kill(self) -> None:
        """End it as a power cut does."""
        with self._process as dying:
            dying.kill()


def _acknowledged(said: Path) -> tuple[dict[int, str], dict[int, set[str]]]:
    """Return the last edition of each article that was stored for certain, and those begun since."""
    stored: dict[int, str] = {}
    begun: dict[int, set[str]] = {}
    for line in said.read_text("utf-8").splitlines():
        what, *rest = line.split(" ")
        for number, edition in (each.split(":") for each in rest if what in {"begin", "stored"}):
            if what == "stored":
                stored[int(number)] = edition
                begun[int(number)] = set()
            else:
                begun.setdefault(int(number), set()).add(edition)
    return stored, begun


def _assert_whole(address: DatabaseAddress) -> None:
    """Every article has all its chunks and is found by each; nothing of dead writers is left."""
    with open_library(address, write=True) as library:
        live = library.versions()
        with library._record.reading() as connection:
            states = "SELECT state, count(*) FROM articles WHERE state <> 'live' GROUP BY state"
            left = {state for state, _ in connection.execute(states)}
            assert left <= {"retired"}
            assert connection.execute(
                "SELECT count(*) FROM articles WHERE writer IS NOT NULL"
            ).fetchone() == (0,)
            chunks = (
                "SELECT count(*) FROM chunks c JOIN articles a ON a.row = c.article WHERE a.state <> 'live'"
            )
            assert connection.execute(chunks).fetchone() == (0,)
        for article_id in live:
            stored = library.article(article_id)
            assert stored is not None
            for chunk in prepare(stored).chunks:
                found = {hit.chunk.id: hit for hit in search(library, chunk.text, limit=100)}
                assert found[chunk.id].keyword_rank is not None
                assert found[chunk.id].vector_rank is not None
    assert examine_library(address) == []


@pytest.mark.slow
def test_writers_that_are_killed_again_and_again_lose_nothing(
    database: DatabaseAddress, tmp_path: Path, postgres_server: PostgresServer
) -> None:
    """Of three writers, killed at any moment, and a server that crashes once, what was stored is there."""
    fill(database, *(article(number) for number in SHARED))
    chance = random.Random(7)  # noqa: S311  # an order, not a secret
    writers = [Process(database, tmp_path / f"writer{number}", 100 * number) for number in range(3)]
    try:
        with open_library(database) as reader:
            for kill in range(KILLS):
                writer = chance.choice(writers)
                writer.wait_until_it_stores()
                time.sleep(chance.uniform(0, 0.1))
                writer.kill()
                writer.start()
                if kill == KILLS // 2:
                    postgres_server.stop(immediate=True)
                    postgres_server.start()
                for hit in search(reader, "mayor", limit=20):  # never half of an article
                    assert reader.article(hit.article.id, version=hit.article.version) == hit.article
    finally:
        for writer in writers:
            writer.kill()
    _assert_whole(database)
    with open_library(database) as library:
        live = {each.origin: library.article(each.id) for each in library.articles()}
    acknowledged = 0
    for writer in writers:
        stored, begun = _acknowledged(writer.said)
        for number, edition in stored.items():
            if number not in SHARED:
                found = live[f"file{number}.txt"]
                assert found is not None
                assert any(f"edition{each} " in found.text for each in {edition, *begun[number]})
                acknowledged += 1
    assert acknowledged > KILLS


def test_two_writers_at_the_same_articles_take_turns(database: DatabaseAddress) -> None:
    """Batches that name the same articles in another order end; each article is there once, whole."""
    numbers = list(range(8))
    failed: list[BaseException] = []

    def write(writer: Library, seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311  # an order, not a secret
        try:
            for edition in range(6):
                chance.shuffle(numbers_of := list(numbers))
                writer.put([prepare(article(each, edition=10 * seed + edition)) for each in numbers_of])
        except BaseException as error:  # noqa: BLE001  # whatever it is, the test shows it
            failed.append(error)

    fill(database, *(article(number) for number in numbers))
    with open_library(database, write=True) as one, open_library(database, write=True) as other:
        threads = [threading.Thread(target=write, args=each) for each in ((one, 1), (other, 2))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failed == []
    with open_library(database) as library:
        assert (len(library.versions()), library.count()) == (8, (8, 16))
    _assert_whole(database)


@pytest.fixture(name="begun")
def _begun(database: DatabaseAddress, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    """Return a writer that has begun to store an article and got no further."""
    fill(database, SECOND)
    library = open_library(database, write=True)
    with monkeypatch.context() as patch:
        patch.setattr("ingest.storage.postgresql.journal.PostgresJournal.publish", _stopped)
        patch.setattr("ingest.storage.postgresql.writer.PostgresWriter._clean_up", lambda *_: None)
        with pytest.raises(KeyboardInterrupt):
            library.put([prepare(FIRST)])
    yield library
    library.close()


def _stopped(*_: object) -> None:
    raise KeyboardInterrupt


def test_what_is_begun_is_seen_by_nobody_and_undone_once_its_writer_is_dead(
    database: DatabaseAddress, begun: Library
) -> None:
    """While it lives, others leave it alone; when its session has ended, the next writer undoes it."""
    with open_library(database, write=True) as other:
        assert other.versions() == {SECOND.id: SECOND.version}
        assert search(other, "number1")[0].article == SECOND
        assert _states(other) == {"live": 1, "pending": 1}
    begun.close()
    with open_library(database, write=True) as other:
        assert _states(other) == {"live": 1}
    _assert_whole(database)


def test_who_wants_an_article_that_a_dead_writer_began_gets_it_at_once(
    database: DatabaseAddress, begun: Library
) -> None:
    """Its own wish to store it is enough: no minute has to pass, no other has to open the library."""
    with open_library(database, write=True) as other:
        begun.close()
        other.put([prepare(FIRST)])
        assert set(other.versions()) == {FIRST.id, SECOND.id}


def test_a_writer_that_was_cut_off_stores_its_batch_anew(
    database: DatabaseAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut off between beginning and publishing, and undone by another: it takes a new number and goes on."""
    from ingest.storage.postgresql.journal import PostgresJournal

    fill(database, SECOND)
    publish = PostgresJournal.publish
    cut: list[int] = []

    def cut_off_once(journal: PostgresJournal, rows: list[int]) -> None:
        if not cut:
            cut.append(journal.number)
            with psycopg.connect(database.conninfo, autocommit=True) as connection:
                ended = "SELECT pg_terminate_backend(%s)"
                connection.execute(ended, (journal._raw.info.backend_pid,))
            open_library(database, write=True).close()
        publish(journal, rows)

    monkeypatch.setattr(PostgresJournal, "publish", cut_off_once)
    with open_library(database, write=True) as library:
        library.put([prepare(FIRST)])
        assert set(library.versions()) == {FIRST.id, SECOND.id}
        assert len(cut) == 1
    monkeypatch.undo()
    _assert_whole(database)


def test_a_search_after_a_restart_of_the_server_finds_what_it_found_before(
    database: DatabaseAddress, postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader whose connections are gone opens others; while the server is away, it says so."""
    monkeypatch.setattr("ingest.storage.postgresql.store.LENT_SECONDS", 0.5)
    fill(database, FIRST)
    with open_library(database) as library:
        assert search(library, "number1")[0].article == FIRST
        postgres_server.stop()
        with pytest.raises(LibraryError, match="gave no connection within"):
            search(library, "number1")
        postgres_server.start()
        assert search(library, "number1")[0].article == FIRST


def _states(library: Library) -> dict[str, int]:
    with library._record.reading() as connection:
        return dict(connection.execute("SELECT state, count(*) FROM articles GROUP BY state").fetchall())
