"""Copying a library between a folder and a database: nothing is embedded, and the export is the same."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from fakechat import ANSWERED, NOT_ANSWERED
from faultserver import KEY
from pydantic import SecretStr
from stored import article, fill, open_library, search
from visiting import QUICK, peopled

from assistant.store.conversations import Conversations
from assistant.watching.kept_questions import KeptQuestions
from assistant.web.access.people import People, Person
from assistant.web.access.saved_settings import SavedSettings, load_settings, save_settings
from assistant.web.access.taking_along import KEY_LEFT, STAY_AWAY
from ingest import DatabaseAddress, LibraryError, copy_library, examine_library
from ingest.fetch.outcome import Validators
from ingest.storage.last_read import last_read, note_read
from ingest.storage.places import Place

if TYPE_CHECKING:
    from pathlib import Path

    from running import Footnote

    from ingest.database_address import LibraryLocation

STORED = [article(number, published=date(2024, 5, 1 + number % 3), source="Times") for number in range(12)]
OLD = article(3, edition=9, published=date(2024, 5, 1), source="Times")


def _library(place: LibraryLocation) -> None:
    """Make a library with a replaced version, a source, and what its server said."""
    fill(place, *STORED[:3], OLD)
    fill(place, *STORED[3:])
    with open_library(place, write=True) as library:
        library.places.name("https://times.example", "[]")
        where = Place(STORED[0].id, STORED[0].origin, STORED[0].id)
        library.places.note([("https://times.example", where)], {STORED[0].origin: Validators(etag='"7"')})


def _export(place: LibraryLocation, footnote: Footnote, monkeypatch: pytest.MonkeyPatch) -> str:
    address = f"{place.conninfo}?library={place.name}" if isinstance(place, DatabaseAddress) else place
    monkeypatch.setenv("FOOTNOTE_LIBRARY", str(address))
    return footnote("export").out


def test_a_library_is_the_same_in_a_database_and_back_in_a_folder(
    database: DatabaseAddress, tmp_path: Path, footnote: Footnote, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exports are equal byte for byte; old versions, sources and what servers said are there too."""
    _library(tmp_path / "one")
    first = copy_library(tmp_path / "one", database)
    second = copy_library(database, tmp_path / "two")
    for copied in (first, second):
        assert (copied.articles, copied.older, copied.present, copied.failed) == (12, 1, 0, [])
    exports = {
        _export(each, footnote, monkeypatch) for each in (tmp_path / "one", database, tmp_path / "two")
    }
    assert [len(each.splitlines()) for each in exports] == [12]
    for place in (database, tmp_path / "two"):
        assert examine_library(place) == []
        with open_library(place) as library:
            assert library.article(OLD.id, version=OLD.version) == OLD
            assert library.places.of("https://times.example").keys() == {STORED[0].id}
            assert library.places.recall(STORED[0].origin) == Validators(etag='"7"')
            found = [hit.article for hit in search(library, "number7") if hit.keyword_rank == 0]
            assert found == [STORED[7]]


def test_a_copy_that_was_cut_short_goes_on(
    database: DatabaseAddress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was copied is passed over the second time; what changed since is copied."""
    monkeypatch.setattr("ingest.storage.copying.VERSIONS_AT_ONCE", 5)
    _library(tmp_path / "one")

    def interrupt(done: int, _: int) -> None:
        if done >= 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy_library(tmp_path / "one", database, progress=interrupt)
    fill(tmp_path / "one", article(0, edition=4))
    told: list[tuple[int, int]] = []
    again = copy_library(tmp_path / "one", database, progress=lambda *each: told.append(each))
    assert (again.articles + again.present, again.present >= 3) == (12, True)
    assert told[-1] == (14, 14)
    with open_library(tmp_path / "one") as one, open_library(database) as other:
        assert one.versions() == other.versions()


def test_what_the_database_cant_hold_is_listed_and_the_rest_is_copied(
    database: DatabaseAddress, tmp_path: Path
) -> None:
    """An article with a NUL character stays behind, by its name; so does an old version with one."""
    fill(tmp_path / "one", article(5, title="Nothing\0here"))
    fill(tmp_path / "one", *STORED[:2], article(5), article(6, title="A\0b"))
    copied = copy_library(tmp_path / "one", database)
    assert (copied.articles, copied.older) == (3, 0)
    assert sorted(each.source for each in copied.failed) == ["file5.txt", "file6.txt"]


def test_a_later_day_on_which_a_paper_was_read_stays(database: DatabaseAddress, tmp_path: Path) -> None:
    """The target may have read on since; what it never read is as the source has it."""
    fill(tmp_path / "one", STORED[0])
    early, late = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)
    note_read(tmp_path / "one", ["Gazette", "Post"], early)
    note_read(fill(database, STORED[1]), ["Gazette"], late)
    copy_library(tmp_path / "one", database)
    assert last_read(database) == {"Gazette": late, "Post": early}


def test_what_people_keep_goes_along(database: DatabaseAddress, tmp_path: Path, footnote: Footnote) -> None:
    """Conversations, kept questions, people, tokens, settings go there and back; a key stays, as is told."""
    one, two = tmp_path / "one", tmp_path / "two"
    fill(one, article(1))
    people = People(peopled(one), hasher=QUICK)
    token = people.add_token("tom", "script")
    save_settings(one, SavedSettings("openai", model="m", key=SecretStr(KEY)))
    kept = Conversations.of_person(one, "tom")
    key, turn = kept.keep(None, ANSWERED, seconds=0.5)
    kept.rate(turn, good=True, reason="right")
    questions = KeptQuestions(one, conversations=kept, ask=lambda *_: ANSWERED)
    questions.keep("And then?", [(ANSWERED.question, ANSWERED.text)])
    KeptQuestions(one, conversations=kept, ask=lambda *_: NOT_ANSWERED).ask_again()
    questions.mark_seen()
    written = f"{database.conninfo}?library={database.name}"
    there = footnote("copy", one, written)
    assert (there.code, "questions of 1." in there.out, KEY_LEFT in " ".join(there.err.split())) == (
        0,
        True,
        True,
    )
    assert footnote("copy", one, written).code == 0  # once more: all is there
    assert footnote("copy", written, two).code == 0
    for place in (database, two):
        theirs = Conversations.of_person(place, "tom")
        known = KeptQuestions(place, conversations=theirs)
        assert theirs.get(key) == kept.get(key)
        assert (known.listed(), known.changes()) == (questions.listed(), questions.changes())
        assert (known.seen_until(), len(known.changes())) == (questions.seen_until(), 1)
        assert People(place).by_token(token) == Person("tom")
        assert People(place).known() == people.known()
        assert load_settings(place) == SavedSettings("openai", model="m")


def test_a_library_is_not_copied_onto_itself(tmp_path: Path, footnote: Footnote) -> None:
    """The same folder by another name is noticed, and nothing is done."""
    fill(tmp_path / "one", article(1))
    with pytest.raises(LibraryError, match="copied to where it is"):
        copy_library(tmp_path / "one", tmp_path / "x" / ".." / "one")
    done = footnote("copy", tmp_path / "one", tmp_path / "two")
    assert (done.code, done.out.split(";")[0]) == (0, "1 articles copied, 0 older versions with them")


def test_who_was_removed_at_the_target_stays_removed(
    database: DatabaseAddress, tmp_path: Path, footnote: Footnote, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second copy brings back neither the person nor tokens nor conversations; adding the name does."""
    fill(tmp_path / "one", article(1))
    people = People(peopled(tmp_path / "one"), hasher=QUICK)
    token = people.add_token("tom", "script")
    Conversations.of_person(tmp_path / "one", "tom").keep(None, ANSWERED, seconds=0.5)
    written = f"{database.conninfo}?library={database.name}"
    assert footnote("copy", tmp_path / "one", written).code == 0
    with monkeypatch.context() as patch:
        patch.setenv("FOOTNOTE_LIBRARY", written)
        footnote("user", "remove", "tom")
    again = footnote("copy", tmp_path / "one", written)
    assert (again.code, STAY_AWAY.format(names="tom") in " ".join(again.err.split())) == (0, True)
    there = People(database, hasher=QUICK)
    assert (list(there.known().accounts), there.by_token(token)) == (["ines"], None)
    assert Conversations.of_person(database, "tom").listed() == []
    there.add("tom", "another password")
    assert "not copied" not in footnote("copy", tmp_path / "one", written).err
    assert len(Conversations.of_person(database, "tom").listed()) == 1
