"""A library in PostgreSQL: its address, its errors, its keyword index on each machine, its repair."""

from __future__ import annotations

import logging
import shutil
from threading import Event
from typing import TYPE_CHECKING

import psycopg
import pytest
from stored import WORDS, article, fill, open_library, prepare, search

from assistant.settings import answer_settings
from ingest import (
    DatabaseAddress,
    Library,
    LibraryAwayError,
    LibraryError,
    LibrarySettings,
    SettingsError,
    SourceError,
    examine_library,
    library_settings,
    repair_library,
)
from ingest.storage.postgresql import keyword_replica, opening, tables
from ingest.storage.postgresql.record import Changes, PostgresRecord

if TYPE_CHECKING:
    from pathlib import Path

    from postgres import PostgresServer
    from running import Footnote

FIRST, SECOND = article(1), article(2)
ADDRESS = "postgresql://me:s3cret%2Fword@db.example:5433/news?library=desk&sslmode=require&sslpassword=hidden"


def test_an_address_is_shown_without_its_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings, in whatever form they are printed, have stars; libpq gets all but the library's name."""
    monkeypatch.setenv("FOOTNOTE_LIBRARY", ADDRESS)
    settings = library_settings()
    address = settings.library
    assert isinstance(address, DatabaseAddress)
    assert str(address) == (
        "postgresql://me:***@db.example:5433/news?sslmode=require&sslpassword=***&library=desk"
    )
    assert (address.name, address.schema) == ("desk", "footnote_desk")
    assert "library" not in address.conninfo
    assert "s3cret%2Fword" in address.conninfo
    for printed in (repr(settings), str(settings), repr(address), f"{address}", str(settings.model_dump())):
        assert ("s3cret" in printed, "hidden" in printed) == (False, False)
    assert address.masked("bad password s3cret/word, hidden") == "bad password ***, ***"


@pytest.mark.parametrize(
    "written",
    [
        "postgresql://me:s3cret@db.example:123456/news",
        "postgresql://me:s3cret@db.example",
        "postgresql://me:s3cret@db.example/news?library=DROP TABLE",
        "postgresql://me:s3cret@db.example/news?library=",
        "postgresql://me:s3cret@db.example/news?library",
        "postgresql://me:s3cret@[::1/news",
    ],
)
def test_a_wrong_address_is_told_without_repeating_it(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message has an example and nothing of what was written."""
    monkeypatch.setenv("FOOTNOTE_LIBRARY", written)
    for read in (library_settings, lambda: LibrarySettings(library=written)):  # type: ignore[arg-type]  # as text
        with pytest.raises(SettingsError, match=r"library=(name|desk)") as caught:
            read()
        assert "s3cret" not in str(caught.value)


def test_a_missing_library_and_a_server_that_is_away_are_told_apart(
    database: DatabaseAddress,
    postgres_server: PostgresServer,
    footnote: Footnote,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each is one sentence that says what to do; the password is in none of them."""
    with pytest.raises(LibraryError, match=r"no library at .*desk\d+'\. Make one with `footnote ingest"):
        open_library(database)
    assert opening.lacks_library(database)
    for part, other, reason in (
        ("horse", "h0rse", "password authentication failed"),
        ("/news", "/old", 'database "old.*" does not exist'),
        (f":{postgres_server.port}/", ":1/", "can't be reached"),
    ):
        wrong = DatabaseAddress.parse(f"{database.conninfo.replace(part, other)}?library={database.name}")
        with pytest.raises(LibraryAwayError, match=reason) as caught:
            open_library(wrong)
        assert ("horse" in str(caught.value), "h0rse" in str(caught.value)) == (False, False)
    monkeypatch.setenv("FOOTNOTE_LIBRARY", f"{database.conninfo}?library={database.name}")
    said = footnote("articles")
    assert (said.code, "There is no library at 'postgresql://footnote:***@127.0.0.1" in said.err) == (1, True)


def test_without_the_extra_it_says_what_to_install(
    database: DatabaseAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A default install has no psycopg."""
    import sys

    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(SettingsError, match=r"pip install 'footnote\[postgresql\]'"):
        open_library(database)


def test_a_user_who_may_not_make_tables_is_told(
    database: DatabaseAddress, postgres_server: PostgresServer
) -> None:
    """What the database does not allow is a sentence, and nothing half made is left."""
    with psycopg.connect(database.conninfo, autocommit=True) as connection:
        connection.execute("CREATE ROLE guest LOGIN PASSWORD 'welcome'")
    address = f"postgresql://guest:welcome@127.0.0.1:{postgres_server.port}/news?library={database.name}"
    guest = DatabaseAddress.parse(address)
    with pytest.raises(LibraryError, match=r"does not allow it \(permission denied for database"):
        open_library(guest, write=True, create=True)
    assert opening.lacks_library(guest)


def test_two_libraries_in_one_database_know_nothing_of_each_other(database: DatabaseAddress) -> None:
    """Each has a schema and a keyword index of its own."""
    other = DatabaseAddress.parse(f"{database.conninfo}?library=sports")
    fill(database, FIRST)
    fill(other, SECOND)
    with open_library(database) as desk, open_library(other) as sports:
        assert ([*desk.versions()], [*sports.versions()]) == ([FIRST.id], [SECOND.id])
        assert [hit.article for hit in search(desk, "number2") if hit.keyword_rank is not None] == []


def test_another_machine_finds_a_new_article_at_its_next_question(
    database: DatabaseAddress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A front end has a copy of the keyword index of its own, which follows what others write and remove."""
    with open_library(database, write=True, create=True) as writer:
        monkeypatch.setenv("FOOTNOTE_CACHE", str(tmp_path / "front end"))
        with open_library(database) as reader:
            for number in range(3):
                writer.put([prepare(article(number))])
                assert _by_words(reader, f"number{number}") == [f"file{number}.txt"]
            writer.put([prepare(article(1, edition=4))])
            assert _by_words(reader, "edition4") == ["file1.txt"]
            writer.remove([FIRST.id])
            assert _by_words(reader, "edition4") == []
            assert reader.notices == []
    kept = b"".join(each.read_bytes() for each in (tmp_path / "front end").rglob("*") if each.is_file())
    assert (SECOND.id.encode() in kept, FIRST.id.encode() in kept) == (True, False)


def _by_words(library: Library, words: str) -> list[str]:
    return sorted(
        {
            hit.article.origin
            for hit in search(library, words)
            if hit.keyword_rank is not None and words in hit.chunk.text + hit.article.text
        }
    )


@pytest.mark.parametrize("harm", ["deleted", "progress lost", "files lost", "garbled"])
def test_the_copy_of_the_keyword_index_may_be_deleted_at_any_time(
    database: DatabaseAddress, tmp_path: Path, harm: str
) -> None:
    """Deleted or damaged, in part or whole, it is made anew by whoever searches next, or by the doctor."""
    fill(database, FIRST, SECOND)
    with open_library(database) as library:
        assert _by_words(library, "number1") == ["file1.txt"]
    (progress,) = tmp_path.rglob(keyword_replica.PROGRESS_FILE)
    if harm == "deleted":
        shutil.rmtree(progress.parent)
    elif harm == "progress lost":
        progress.unlink()
    else:
        for file in (progress.parent / "1").iterdir():
            file.write_bytes(b"x" * 200) if harm == "garbled" else file.unlink()
        assert examine_library(database) == []
    with open_library(database) as library:
        assert _by_words(library, "number1") == ["file1.txt"]
        assert library.notices == []
    assert examine_library(database) == []


def test_while_the_copy_is_being_made_answers_come_by_meaning(
    database: DatabaseAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A search does not wait longer than it is told to, finds by vector, and says what is lacking."""
    fill(database, FIRST, SECOND)
    monkeypatch.setattr(keyword_replica, "PATIENCE_SECONDS", 0.0)
    slow = keyword_replica.KeywordReplica.follow
    go_on = Event()

    def follow(replica: keyword_replica.KeywordReplica) -> bool:
        go_on.wait(20)
        return slow(replica)

    monkeypatch.setattr(keyword_replica.KeywordReplica, "follow", follow)
    with open_library(database) as library:
        hits = search(library, "number1")
        assert (len(hits), {hit.keyword_rank for hit in hits}) == (4, {None})
        assert library.notices == [keyword_replica.BEHIND]
        go_on.set()
        monkeypatch.setattr(keyword_replica, "PATIENCE_SECONDS", 20.0)
        library._readable._replica._follower.join(20)  # type: ignore[attr-defined]  # its own thread
        assert _by_words(library, "number1") == ["file1.txt"]
        assert library.notices == []


def _slowly_written_anew(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Let files be written anew, article by article, no faster than an event allows."""
    monkeypatch.setattr(keyword_replica, "KEEP_UP_SECONDS", 0.0)
    monkeypatch.setattr(keyword_replica, "PATIENCE_SECONDS", 20.0)
    changed, begun = PostgresRecord.changed_after, keyword_replica.KeywordReplica._write_anew
    go_on, writing = Event(), Event()

    def write_anew(replica: keyword_replica.KeywordReplica, number: int) -> None:
        writing.set()
        begun(replica, number)

    def changed_after(record: PostgresRecord, after: tuple[int, int]) -> Changes | None:
        if writing.is_set() and not go_on.is_set() and after == (0, 0):
            go_on.wait(0.01)
            return Changes([], [], after)
        return changed(record, after)

    monkeypatch.setattr(keyword_replica.KeywordReplica, "_write_anew", write_anew)
    monkeypatch.setattr(PostgresRecord, "changed_after", changed_after)
    return go_on


def test_what_is_new_is_found_while_the_words_of_what_was_removed_leave_the_files(
    database: DatabaseAddress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files without them are written beside those in use, which takes long in a large library."""
    fill(database, FIRST, SECOND, article(3))
    with open_library(database, write=True) as writer, open_library(database) as library:
        assert _by_words(library, "number1") == ["file1.txt"]
        go_on = _slowly_written_anew(monkeypatch)
        writer.remove([FIRST.id])
        assert _by_words(library, "number1") == []
        writer.put([prepare(article(4))])
        assert _by_words(library, "number4") == ["file4.txt"]
        writer.remove([SECOND.id])
        assert _by_words(library, "number2") == []
        (progress,) = tmp_path.rglob(keyword_replica.PROGRESS_FILE)
        assert library.notices == []
        assert '"index": "1"' in progress.read_text("utf-8")
        go_on.set()
    with open_library(database) as library:
        assert [_by_words(library, f"number{number}") for number in (2, 3, 4)] == [
            [],
            ["file3.txt"],
            ["file4.txt"],
        ]
    kept = b"".join(each.read_bytes() for each in progress.parent.rglob("*") if each.is_file())
    assert (FIRST.id.encode() in kept, SECOND.id.encode() in kept) == (False, False)


def test_words_of_what_was_removed_leave_the_files_though_a_process_ended_before(
    database: DatabaseAddress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next one goes on with it, without anything new in the library."""
    fill(database, FIRST, SECOND)
    with open_library(database, write=True) as writer, open_library(database) as library:
        assert _by_words(library, "number1") == ["file1.txt"]
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(
                keyword_replica.KeywordReplica, "_write_anew", lambda replica, _: replica._stop.set()
            )
            writer.remove([FIRST.id])
            search(library, "number1")
    (progress,) = tmp_path.rglob(keyword_replica.PROGRESS_FILE)
    assert '"anew": true' in progress.read_text("utf-8")
    with open_library(database) as library:
        assert _by_words(library, "number2") == ["file2.txt"]
    kept = b"".join(each.read_bytes() for each in progress.parent.rglob("*") if each.is_file())
    assert (SECOND.id.encode() in kept, FIRST.id.encode() in kept) == (True, False)


def test_a_cache_that_cant_be_written_leaves_answers_by_meaning(
    database: DatabaseAddress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says so with the reason, and the search goes on."""
    fill(database, FIRST)
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("FOOTNOTE_CACHE", str(tmp_path / "file"))
    with open_library(database) as library:
        assert [hit.article for hit in search(library, "number1")] == [FIRST, FIRST]
        assert "Articles are found by meaning only" in library.notices[0]


def test_an_article_that_postgresql_cant_hold_is_refused_alone(database: DatabaseAddress) -> None:
    """A NUL character and the name of a paper that no index takes are told with the article's origin."""
    with open_library(database, write=True, create=True) as library:
        for bad in (article(3, title="a\0b"), article(4, source="x" * 3000)):
            with pytest.raises(SourceError, match=rf"^{bad.origin}: "):
                library.put([prepare(FIRST), prepare(bad)])
        library.put([prepare(FIRST), prepare(article(5, origin="o" * 9000, section="s" * 9000))])
        assert library.count() == (2, 4)
        assert library.found_at("o" * 9000) == [article(5, origin="o" * 9000).id]


def test_the_repair_counts_anew_and_removes_what_was_altered(database: DatabaseAddress) -> None:
    """Counters and texts that somebody changed by hand are found, and put right from what there is."""
    fill(database, FIRST, SECOND)
    with psycopg.connect(database.conninfo, autocommit=True) as connection:
        connection.execute(f"SET search_path = {database.schema}")
        connection.execute("UPDATE meta SET value = '9' WHERE key = 'chunks'")
        connection.execute(
            "UPDATE articles SET text = replace(text, 'mayor', 'MAYOR') WHERE id = %s", (FIRST.id,)
        )
    found = [(each.what, each.affected) for each in examine_library(database)]
    assert found == [
        ("The text of some articles has been altered", FIRST.id),
        ("The counters are wrong", "2 articles instead of 2, 9 chunks instead of 4"),
    ]
    assert len(repair_library(database)) == 2
    assert examine_library(database) == []
    with open_library(database) as library:
        assert (library.count(), [*library.versions()]) == ((1, 2), [SECOND.id])


def test_tables_of_an_older_format_are_migrated_and_newer_ones_refused(
    database: DatabaseAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever opens the library first brings its tables along; an older Footnote leaves newer ones alone."""
    fill(database, FIRST)
    with monkeypatch.context() as patch:
        patch.setattr(tables, "FORMAT", tables.FORMAT + 1)
        step = "ALTER TABLE articles ADD COLUMN mood text;\nCREATE INDEX moods ON articles (mood)"
        patch.setattr(tables, "MIGRATIONS", {tables.FORMAT: step})
        with open_library(database) as library, library.record.reading() as connection:
            assert connection.execute("SELECT mood FROM articles").fetchall() == [(None,)]
    with pytest.raises(LibraryError, match="written by a newer Footnote"):
        open_library(database)


def test_the_pool_says_nothing_on_its_own(
    database: DatabaseAddress, capfd: pytest.CaptureFixture[str], postgres_server: PostgresServer
) -> None:
    """Psycopg's pool warns through the log, which Python prints where nobody listens: here nobody has to."""
    fill(database, FIRST)
    with open_library(database) as library:
        postgres_server.stop()
        logging.getLogger("psycopg.pool").warning("out of sight")
        postgres_server.start()
        assert library.count() == (1, 2)
    assert capfd.readouterr().err == ""


def test_the_chat_and_answers_work_on_a_database(
    database: DatabaseAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The chat's service begins with an empty database, takes articles, lists, answers and removes."""
    from assistant.retrieval.open_libraries import open_library as pooled
    from assistant.web.chat.library_service import LibraryService

    monkeypatch.setattr("ingest.runs.pipeline.load_embedder", lambda _settings: WORDS)
    monkeypatch.setattr("assistant.retrieval.open_libraries.load_embedder", lambda _settings: WORDS)
    monkeypatch.setenv("FOOTNOTE_LIBRARY", f"{database.conninfo}?library={database.name}")
    assert answer_settings().host == "127.0.0.1"
    service = LibraryService(library_settings().library)
    assert (service.overview().articles, service.articles()) == (0, ())
    service.folder.mkdir(parents=True, exist_ok=True)
    file = service.folder / "news.txt"
    file.write_text("The bridge\n\nThe bridge is open. The mayor cut a ribbon.")
    assert service.add([file], lambda _: None).added == 1
    (listed,) = service.articles()
    assert (service.overview().articles, listed.title) == (1, "The bridge")
    assert pooled().library.article(listed.id) == service.article(listed.id, None)
    assert service.folder == database.home.resolve()
    assert (service.remove([listed.id]), service.articles()) == (1, ())
