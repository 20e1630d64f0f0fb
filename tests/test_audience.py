"""Articles for some groups alone: whoever is in none of them reads a library that never had them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from stored import article, fill, open_library, prepare, search

from ingest import (
    Article,
    DatabaseAddress,
    Filters,
    Library,
    LibraryError,
    QuestionError,
    SeenLibrary,
    SettingsError,
    copy_library,
    examine_library,
    group_names,
    repair_library,
)
from ingest.storage.places import Place
from ingest.storage.schema import RECORD_FILE

if TYPE_CHECKING:
    from pathlib import Path

    from postgres import PostgresServer

    from ingest.database_address import LibraryLocation

OPEN = [article(number, source="Times") for number in range(4)]
SPORTS = [article(number, source="Secret Gazette") for number in (4, 5)]
COPY = article(2, source="Secret Gazette", origin="copy.txt")  # of an open one, word for word
POLITICS = article(6, source="Lobby")
EVERYTHING = [*OPEN, *SPORTS, COPY, POLITICS]
NOBODY, SPORTS_DESK = frozenset[str](), frozenset({"sports"})


def _grouped(place: LibraryLocation) -> LibraryLocation:
    """Make a library in which some articles are for a desk alone."""
    fill(place, *OPEN)
    with open_library(place, write=True) as library:
        library.put([prepare(each) for each in (*SPORTS, COPY, POLITICS)])
        library.restrict([each.id for each in (*SPORTS, COPY)], ["sports"])
        library.restrict([POLITICS.id], ["politics", "editors"])
        library.places.name("feed of sports", "[]")
        library.places.note([("feed of sports", Place(each.id, each.origin, each.id)) for each in SPORTS], {})
    return place


def _read(library: Library) -> dict[str, Any]:
    """Return what every way of reading a library gives, all that only one moment has left out."""
    words = [f"number{number}" for number in range(8)] + ["mayor", "harbour", "market"]
    stems = ["mayor", "museum", *words]
    return {
        "versions": library.versions(),
        "articles": sorted((each.id, each.title, each.group, each.groups) for each in library.articles()),
        "texts": [library.article(each.id) for each in EVERYTHING],
        "older": [library.article(each.id, version=each.version) for each in EVERYTHING],
        "vectors": [len(library.vectors(each.id, each.version)) for each in EVERYTHING],
        "members": [library.group_members(each.id) for each in EVERYTHING],
        "counts": (library.count(), library.span(), library.sources(), sorted(library.last_read())),
        "papers": library.papers_of([each.id for each in EVERYTHING]),
        "places": (library.places.sources(), library.places.of("feed of sports")),
        "origins": [library.places.at(each.origin) for each in EVERYTHING],
        "found": [library.found_at(each.origin) for each in EVERYTHING],
        "searches": [{hit.chunk.id for hit in search(library, word)} for word in words],
        "frequencies": library.frequencies(stems),
        "absent": library.absent(stems),
        "having": [{hit.chunk.id for hit in library.all_having([word])} for word in words],
        "spellings": [(each.word, each.chunks) for each in library.spellings("numbex4", most=1)],
        "audience": (library.audience(), library.restricted_sources()),
        "record": (len(library.record.chunk_ids()), sorted(library.record.sample(50))),
    }


def test_who_is_in_no_group_reads_a_library_that_never_had_them(
    any_place: LibraryLocation, tmp_path: Path
) -> None:
    """Counts, names, words and searches are those of a library of the open articles alone."""
    with open_library(_grouped(any_place)) as whole, open_library(fill(tmp_path / "open", *OPEN)) as open_one:
        expected = _read(open_one)
        assert whole.count() == (8, 16)
        assert _read(whole.seen_by(NOBODY)) == expected
        assert _read(whole.seen_by(frozenset({"else"}))) == expected


def test_words_that_are_hidden_take_no_places_of_those_that_are_not(tmp_path: Path) -> None:
    """A typing error is put right by what may be seen, however many hidden words are as near."""
    near = [f"Tarbex{letter}" for letter in "abcdefghijklmnop"]
    hidden = Article(text=f"The plans are {', '.join(near)}. " * 3, title="Plans", origin="plans.txt")
    fill(tmp_path / "lib", Article(text="The ship Tarbexz sank.", title="Ship", origin="ship.txt"), hidden)
    with open_library(tmp_path / "lib", write=True) as library:
        library.restrict([hidden.id], ["sports"])
    with open_library(tmp_path / "lib") as library:
        found = library.seen_by(NOBODY).spellings("tarbexq")
        assert [(each.word, each.chunks) for each in found] == [("Tarbexz", 1)]


def test_two_words_that_stand_together_in_hidden_articles_alone_are_not_told(tmp_path: Path) -> None:
    """What was typed as one word is told apart by what may be seen, whatever hidden articles have."""
    hidden = [
        Article(
            text=f"The plan of the Harbour Club, part {part}.", title=f"Plan {part}", origin=f"{part}.txt"
        )
        for part in range(25)
    ]
    told = Article(text="The plan of the harbour: a Club House.", title="House", origin="house.txt")
    fill(tmp_path / "lib", told, *hidden)
    with open_library(tmp_path / "lib", write=True) as library:
        library.restrict([each.id for each in hidden], ["sports"])
    with open_library(tmp_path / "lib") as library:
        part = library.seen_by(NOBODY)
        assert part.spellings("harbourclub", ["plan"]) == []
        assert [each.word for each in part.spellings("clubhouse", ["plan"])] == ["Club House"]
        assert [each.word for each in library.spellings("harbourclub", ["plan"])] == ["Harbour Club"]


def test_each_group_sees_its_own(any_place: LibraryLocation) -> None:
    """An article of several groups is for each of them, and what is for all stays so."""
    with open_library(_grouped(any_place)) as whole:
        seen = {name: set(whole.seen_by(frozenset({name})).versions()) for name in ("sports", "editors")}
        public = {each.id for each in OPEN}
        assert seen == {
            "sports": public | {each.id for each in (*SPORTS, COPY)},
            "editors": public | {POLITICS.id},
        }
        part = whole.seen_by(SPORTS_DESK)
        assert {hit.article.id for hit in search(part, "market number8")} >= {SPORTS[0].id}
        assert part.article(SPORTS[0].id) == SPORTS[0]
        assert whole.seen_by(SPORTS_DESK).seen_by(NOBODY).versions().keys() == public


def test_a_library_for_some_groups_is_a_place_like_any_other(place: LibraryLocation) -> None:
    """So that whoever takes a library takes one that somebody sees a part of, and can't write to it."""
    _grouped(place)
    assert not isinstance(place, SeenLibrary)
    with open_library(SeenLibrary(place, SPORTS_DESK)) as part:
        assert part.count()[0] == 7
        with pytest.raises(LibraryError, match="for reading"):
            part.remove([OPEN[0].id])
    with pytest.raises(SettingsError, match="nothing is written"):
        open_library(SeenLibrary(place, SPORTS_DESK), write=True)


def test_filters_take_groups(place: LibraryLocation) -> None:
    """A search with the groups of whoever asks finds nothing that is for others alone."""
    with open_library(_grouped(place)) as library:
        for groups, count in ((None, 8), ([], 4), ("sports", 7), (["sports", "editors"], 8)):
            hits = search(library, "mayor", filters=Filters(groups=groups), limit=100)
            assert len({hit.article.id for hit in hits}) == count
    with pytest.raises(QuestionError, match="groups can't be used"):
        Filters(groups="a'; DROP TABLE articles")


def test_a_newer_version_is_for_the_same_groups(place: LibraryLocation) -> None:
    """So are the older ones; open again is an article only when somebody says so."""
    _grouped(place)
    newer = article(4, edition=2, source="Secret Gazette")
    with open_library(place, write=True) as library:
        library.put([prepare(newer)])
    with open_library(place) as library:
        nobody = library.seen_by(NOBODY)
        assert nobody.article(newer.id) is None
        assert nobody.article(newer.id, version=SPORTS[0].version) is None
        assert library.article(newer.id, version=SPORTS[0].version) == SPORTS[0]
    with open_library(place, write=True) as library:
        library.restrict([newer.id], [])
    with open_library(place) as library:
        assert library.seen_by(NOBODY).article(newer.id) == newer


def test_a_change_is_seen_at_once_by_who_reads_already(place: LibraryLocation) -> None:
    """A library that is open shows nothing any more that was put into a group by another process."""
    fill(place, *OPEN)
    with open_library(place) as reading:
        nobody = reading.seen_by(NOBODY)
        assert search(nobody, "harbour number0")
        with open_library(place, write=True) as library:
            library.restrict([OPEN[0].id], ["sports"])
        assert OPEN[0].id not in {hit.article.id for hit in search(nobody, "harbour number0")}
        assert nobody.absent(["number0"]) == {"number0"}


def test_a_copy_of_a_library_is_for_the_same_groups(place: LibraryLocation, tmp_path: Path) -> None:
    """Neither on the way nor afterwards is an article for more people than it was."""
    target = tmp_path / "copied"
    copy_library(_grouped(place), target)
    with open_library(place) as original, open_library(target) as copied:
        assert copied.audience() == original.audience()
        assert copied.seen_by(NOBODY).versions().keys() == {each.id for each in OPEN}


def test_what_comes_for_a_group_while_a_library_is_copied_is_for_it_there(
    place: LibraryLocation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody adds an article for a desk, and gives another to it, after the copying has begun."""
    monkeypatch.setattr("ingest.storage.copying.VERSIONS_AT_ONCE", 1)
    fill(place, *OPEN[:2])

    def meanwhile(done: int, _: int) -> None:
        if done == 1:
            with open_library(place, write=True) as library:
                library.put([replace(prepare(SPORTS[0]), groups=SPORTS_DESK)])
                library.restrict([OPEN[0].id], SPORTS_DESK)

    copy_library(place, tmp_path / "copied", progress=meanwhile)
    with open_library(tmp_path / "copied") as copied:
        assert copied.seen_by(NOBODY).versions().keys() == {OPEN[1].id}
        assert copied.seen_by(SPORTS_DESK).count()[0] == 3


def test_what_is_saved_of_a_damaged_record_is_open_to_nobody_by_mistake(tmp_path: Path) -> None:
    """Where it can't be read which groups an article is for, only who sees everything sees it."""
    place = tmp_path / "lib"
    _grouped(place)
    with closing(sqlite3.connect(place / RECORD_FILE)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'audience'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with (place / RECORD_FILE).open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    told = repair_library(place)
    assert "belong to the group 'closed' now" in told[0]
    assert examine_library(place) == []
    with open_library(place) as library:
        assert (library.count()[0], library.seen_by(SPORTS_DESK).count()[0]) == (8, 0)


def test_names_of_groups_are_plain() -> None:
    """A name has nothing that means something elsewhere."""
    assert group_names(" Sports, ,politics-2 ") == {"sports", "politics-2"}
    for wrong in ("a b", "*", "a'b", "ü", "-a", "x" * 41):
        with pytest.raises(SettingsError):
            group_names([wrong])


@pytest.fixture
def owned(postgres_server: PostgresServer, database: DatabaseAddress) -> DatabaseAddress:
    """Return the address of a library to be made by somebody who is no superuser, as it should be."""
    import psycopg

    with psycopg.connect(postgres_server.conninfo("news"), autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS desk")
        connection.execute("CREATE ROLE desk LOGIN PASSWORD 'a password'")
        connection.execute("GRANT CREATE ON DATABASE news TO desk")
    address = f"postgresql://desk:{quote('a password')}@127.0.0.1:{postgres_server.port}/news"
    return DatabaseAddress.parse(f"{address}?library=owned_{database.name}")


def test_postgresql_itself_keeps_rows_from_who_forgets_to_ask(owned: DatabaseAddress) -> None:
    """The second line: SQL of its own, on the tables themselves, sees what the connection was opened for."""
    import psycopg

    with open_library(_grouped(owned)) as library:
        assert library.count()[0] == 8
        assert library.seen_by(SPORTS_DESK).count()[0] == 7
        for groups, count in ((NOBODY, 4), (SPORTS_DESK, 7)):
            with library.seen_by(groups).record.reading() as connection:
                for table, rows in (("articles", count), ("chunks", 2 * count)):
                    query = f"SELECT count(*) FROM {owned.schema}.{table}"
                    assert connection.execute(query).fetchone()[0] == rows
    with psycopg.connect(owned.conninfo) as connection:  # and whoever says nothing
        found = connection.execute(f"SELECT count(*) FROM {owned.schema}.articles").fetchone()
        assert found == (4,)


def test_libraries_of_one_database_know_nothing_of_each_other(postgres_server: PostgresServer) -> None:
    """Each has a schema: articles, words, groups and counts of another are not there, whatever is asked."""
    one, other = postgres_server.library(), postgres_server.library()
    fill(one, *OPEN[:2])
    fill(other, *OPEN[2:])
    with open_library(one, write=True) as library:
        library.restrict([OPEN[0].id], ["sports"])
    with open_library(one) as first, open_library(other) as second:
        assert set(first.versions()) == {each.id for each in OPEN[:2]}
        assert set(second.versions()) == {each.id for each in OPEN[2:]}
        assert second.audience() == {}
        for library, others in ((first, OPEN[2:]), (second, OPEN[:2])):
            assert [library.article(each.id, version=each.version) for each in others] == [None, None]
            assert library.absent(["mayor"]) == set()
            found = {hit.article.id for hit in search(library, "mayor number0 number2", limit=100)}
            assert found.isdisjoint({each.id for each in others})
    assert one.home != other.home
