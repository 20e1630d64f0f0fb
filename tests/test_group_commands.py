"""Saying for whom articles are: when they are ingested, by a command, and who is in which group."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from fakes import WordEmbeddings
from stored import TOPICS, WORDS, article, fill, open_library
from visiting import PASSWORD, QUICK

from assistant.web.access.people import People, Person
from ingest import Library, ingest_articles

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray
    from running import Footnote

    from ingest import DatabaseAddress
    from ingest.database_address import LibraryLocation


@pytest.fixture(name="place")
def _place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("ingest.runs.pipeline.load_embedder", lambda _settings: WORDS)
    return tmp_path / "library"  # where the settings of a test say that it is


def _file(folder: Path, number: int, *, words: int | None = None) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{number}.txt"
    file.write_text(f"{TOPICS[number]}\n\n{article(words or number).text}", "utf-8")
    return file


def _seen(place: LibraryLocation, *groups: str) -> set[str]:
    with open_library(place) as library:
        return {each.origin.rpartition("/")[2] for each in library.seen_by(frozenset(groups)).articles()}


def test_a_source_brings_articles_for_its_groups_from_then_on(
    place: Path, tmp_path: Path, footnote: Footnote
) -> None:
    """So does a file within it that is named alone; what is for all elsewhere stays so."""
    desk, public = tmp_path / "desk", tmp_path / "public"
    _file(desk, 1)
    _file(public, 2)
    assert footnote("ingest", "--group", "sports", desk).code == 0
    assert footnote("ingest", public).code == 0
    _file(desk, 3)
    assert footnote("ingest", desk).code == 0
    assert footnote("ingest", _file(desk / "later", 4)).code == 0
    assert _seen(place) == {"2.txt"}
    assert _seen(place, "sports") == {"1.txt", "2.txt", "3.txt", "4.txt"}
    listed = footnote("group", "list").out
    assert listed.splitlines() == ["sports  3 articles", f"  from {desk}"]
    assert "[for sports]" in footnote("articles").out


def test_a_folder_stays_its_groups_where_one_above_it_is_read(place: Path, tmp_path: Path) -> None:
    """What is new in it is for the group, in an archive too; what lies beside it is for all."""
    desks = tmp_path / "desks"
    _file(desks / "sports", 1)
    ingest_articles(desks / "sports", place, groups="sports")
    _file(desks / "sports" / "later", 2)
    _file(desks / "sports-open", 3)
    with zipfile.ZipFile(desks / "sports" / "old.zip", "w") as packed:
        packed.writestr("4.txt", f"{TOPICS[4]}\n\n{article(4).text}")
    ingest_articles(desks, place)
    assert _seen(place) == {"3.txt"}
    assert _seen(place, "sports") == {"1.txt", "2.txt", "3.txt", "old.zip#4.txt"}


def test_what_was_removed_comes_back_for_the_groups_that_are_named(place: Path, tmp_path: Path) -> None:
    """Those that it had before are no more than what holds where none is named."""
    file = _file(tmp_path, 1)
    for named, politics in (("politics", {"1.txt"}), ("", {"1.txt"}), ("sports", set())):
        ingest_articles(file, place, groups=named)
        assert (_seen(place), _seen(place, "politics")) == (set(), politics)
        with Library.open(place, write=True) as library:
            library.remove(list(library.versions()))
    ingest_articles(file, place)
    assert (_seen(place, "politics"), _seen(place, "sports")) == (set(), {"1.txt"})


class _Meanwhile(WordEmbeddings):
    """Embeddings that take long enough for somebody else to give a source to a group."""

    def __init__(self, place: LibraryLocation, source: Path) -> None:
        super().__init__()
        self._place, self._source = place, source

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Count words, after the source is no longer for all."""
        with open_library(self._place, write=True) as library:
            library.restrict_source(str(self._source), ["sports"])
        return super().embed(texts)


def test_a_source_that_is_read_just_then_is_given_to_a_group(
    database: DatabaseAddress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another writer has read of it before, and stores afterwards, is for the group too."""
    fill(database, article(0))
    _file(tmp_path / "desk", 1)
    slow = _Meanwhile(database, tmp_path / "desk")
    monkeypatch.setattr("ingest.runs.pipeline.load_embedder", lambda _settings: slow)
    assert ingest_articles(tmp_path / "desk", database).added == 1
    assert (_seen(database), _seen(database, "sports")) == ({"file0.txt"}, {"file0.txt", "1.txt"})


def test_groups_of_a_database_are_listed_with_their_people(
    database: DatabaseAddress, footnote: Footnote, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who is in a group is asked where people are kept, which is no folder then."""
    monkeypatch.setenv("FOOTNOTE_LIBRARY", f"{database.conninfo}?library={database.name}")
    fill(database, article(1))
    with open_library(database, write=True) as library:
        library.restrict([article(1).id], ["sports"])
    People(database, hasher=QUICK).add("lena", PASSWORD, groups=["sports"])
    assert footnote("group", "list").out == "sports  1 article\n  for lena\n"


def test_groups_that_are_named_hold_for_what_is_stored_already(place: Path, tmp_path: Path) -> None:
    """Ingesting again without a group changes nothing; a newer text stays with its groups."""
    file = _file(tmp_path / "news", 1)
    ingest_articles(file, place)
    assert _seen(place) == {"1.txt"}
    ingest_articles(file, place, groups="sports")
    assert (_seen(place), _seen(place, "sports")) == (set(), {"1.txt"})
    ingest_articles(file, place)
    file.write_text(f"{TOPICS[1]}\n\n{article(1, edition=2).text}", "utf-8")
    ingest_articles(tmp_path / "news", place)
    assert (_seen(place), _seen(place, "politics")) == (set(), set())
    ingest_articles(file, place, groups=["politics"])
    assert (_seen(place, "sports"), _seen(place, "politics")) == (set(), {"1.txt"})


def test_the_same_text_for_others_is_kept_for_them(place: Path, tmp_path: Path) -> None:
    """A copy is passed over only where the same people see both; none has a place that others learn of."""
    for desk in ("one", "two", "three"):
        (tmp_path / desk).mkdir()
        (tmp_path / desk / f"{desk}.txt").write_text(f"The harbour\n\n{article(1).text}", "utf-8")
    counts = [
        ingest_articles(tmp_path / desk, place, groups=groups).added
        for desk, groups in (("one", ()), ("two", "sports"), ("three", "sports"))
    ]
    assert counts == [1, 1, 0]
    assert (_seen(place), _seen(place, "sports")) == ({"one.txt"}, {"one.txt", "two.txt"})
    with Library.open(place) as library:
        nobody = library.seen_by(frozenset())
        assert list(nobody.places.sources()) == [str(tmp_path / "one")]


def test_articles_and_sources_are_given_to_groups_later(
    place: Path, tmp_path: Path, footnote: Footnote
) -> None:
    """By id or by source; without a group they are for everybody again."""
    folder = tmp_path / "news"
    for number in (1, 2):
        _file(folder, number)
    ingest_articles(folder, place)
    with Library.open(place) as library:
        first = next(each.id for each in library.articles() if each.origin.endswith("1.txt"))
    assert footnote("group", "set", first, "--group", "Sports").out == "1 article is for sports alone now.\n"
    assert (_seen(place), _seen(place, "sports")) == ({"2.txt"}, {"1.txt", "2.txt"})
    done = footnote("group", "set", str(folder), "--group", "a", "--group", "b")
    assert done.out == "2 articles are for a, b alone now.\n"
    assert (_seen(place, "sports"), _seen(place, "b")) == (set(), {"1.txt", "2.txt"})
    assert footnote("group", "set", str(folder)).out == "2 articles are for everybody now.\n"
    assert _seen(place) == {"1.txt", "2.txt"}
    unknown = footnote("group", "set", "nothing", "--group", "a")
    assert (unknown.code, "and no source of this name" in unknown.err) == (1, True)
    wrong = footnote("group", "set", first, "--group", "a'b")
    assert (wrong.code, wrong.err.startswith("The name of a group has letters")) == (1, True)


def test_a_source_opens_no_article_of_another_that_it_has_a_copy_of(
    place: Path, tmp_path: Path, footnote: Footnote
) -> None:
    """Two sources of a desk had the same text, kept once; when one is for all, only its own is."""
    for desk in ("one", "two"):
        (tmp_path / desk).mkdir()
        (tmp_path / desk / f"{desk}.txt").write_text(f"The harbour\n\n{article(1).text}", "utf-8")
        ingest_articles(tmp_path / desk, place, groups="politics")
    told = footnote("group", "set", tmp_path / "two").out
    assert told.startswith("0 articles are for everybody now.\n1 more that it has")
    assert (_seen(place), _seen(place, "politics")) == (set(), {"one.txt"})
    ingest_articles(tmp_path / "two", place)
    assert (_seen(place), _seen(place, "politics")) == ({"two.txt"}, {"one.txt", "two.txt"})


def test_people_are_in_groups(place: Path, footnote: Footnote, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are when they are added, until it is said otherwise; another password changes nothing of it."""
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n" * 2))
    assert footnote("user", "add", "lena", "--group", "sports", "--group", "politics").code == 0
    people = People(place)
    assert people.known().accounts["lena"].person == Person("lena", groups=frozenset({"sports", "politics"}))
    assert footnote("user", "add", "lena").code == 0
    assert footnote("user", "list").out == "lena  groups: politics, sports\n"
    assert footnote("user", "groups", "lena", "--group", "editors").out == (
        "lena is in these groups now: editors.\n"
    )
    assert people.known().accounts["lena"].person.sees == frozenset({"editors"})
    assert footnote("user", "groups", "lena").out == "lena is in no group now.\n"
    assert footnote("user", "groups", "nobody").code == 1
    assert Person("ines", admin=True).sees is None
