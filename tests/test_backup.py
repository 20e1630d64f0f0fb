"""A backup is one file that can be made at any time, and what it brings back is the library, whole."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zipfile
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest
from stored import article, assert_whole, fill, open_library, prepare

from ingest import LibraryDamagedError, LibraryError, backup_library, restore_library
from ingest.storage.backup import LIST

if TYPE_CHECKING:
    from pathlib import Path

    from running import Footnote

ARTICLES = tuple(article(number) for number in range(5))
VERSIONS = {each.id: each.version for each in ARTICLES}


@pytest.fixture(name="library")
def _library(tmp_path: Path) -> Path:
    """Return a library of five articles."""
    return fill(tmp_path / "lib", *ARTICLES)


def test_what_is_restored_is_what_was_there(tmp_path: Path, library: Path) -> None:
    """Articles, older versions, places and conversations come back; each sentence is found both ways."""
    fill(library, article(0, edition=1))
    (library / "conversations").mkdir()
    kept = sqlite3.connect(library / "conversations" / "someone.sqlite")
    kept.execute("CREATE TABLE turns (question TEXT)")
    kept.execute("INSERT INTO turns VALUES ('Who opened the harbour?')")
    kept.commit()
    kept.close()
    made = backup_library(library, tmp_path / "copy.zip")
    assert (made.articles, made.bytes) == (5, made.file.stat().st_size)
    assert made.checksum == hashlib.sha256(made.file.read_bytes()).hexdigest()
    assert made.file.stat().st_mode & 0o077 == 0
    assert restore_library(made.file, tmp_path / "again") == 5
    newest = article(0, edition=1)
    assert_whole(tmp_path / "again", VERSIONS | {newest.id: newest.version})
    with open_library(tmp_path / "again") as again, open_library(library) as before:
        assert again.articles() == before.articles()
        old = ARTICLES[0]
        assert again.article(old.id, version=old.version) == old
    turns = sqlite3.connect(tmp_path / "again" / "conversations" / "someone.sqlite")
    assert turns.execute("SELECT question FROM turns").fetchall() == [("Who opened the harbour?",)]
    turns.close()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["again", "copy.zip", "lib"]


def test_a_backup_beside_a_writer_is_of_one_moment(tmp_path: Path, library: Path) -> None:
    """While batches of three are stored, each backup holds whole batches, and the writer isn't held up."""
    done = Event()

    def write() -> None:
        try:
            with open_library(library, write=True, wait=120) as writer:
                for batch in range(8):
                    numbers = range(10 + 3 * batch, 13 + 3 * batch)
                    writer.put([prepare(article(number)) for number in numbers])
        finally:  # whatever becomes of it, the backups end
            done.set()

    thread = Thread(target=write)
    thread.start()
    backups: list[Path] = []
    while not done.is_set() or not backups:
        backups.append(backup_library(library, tmp_path / f"{len(backups)}.zip").file)
    thread.join()
    for number in {0, len(backups) // 2, len(backups) - 1}:
        articles = restore_library(backups[number], tmp_path / f"again{number}")
        assert (articles - 5) % 3 == 0
        with open_library(tmp_path / f"again{number}") as again:
            assert_whole(tmp_path / f"again{number}", again.versions())


def test_a_pending_write_in_a_backup_is_undone(tmp_path: Path, library: Path) -> None:
    """What was not acknowledged at that moment is not in the restored library."""
    with open_library(library, write=True) as writer:
        writer._writer.journal.begin([prepare(article(9))])  # type: ignore[union-attr]
        backup_library(library, tmp_path / "copy.zip")
    restore_library(tmp_path / "copy.zip", tmp_path / "again")
    assert_whole(tmp_path / "again", VERSIONS)


def test_nothing_is_written_over(tmp_path: Path, library: Path) -> None:
    """Neither an older backup nor a library gives way."""
    (tmp_path / "copy.zip").write_text("older")
    with pytest.raises(LibraryError, match="is there already"):
        backup_library(library, tmp_path / "copy.zip")
    assert (tmp_path / "copy.zip").read_text() == "older"
    made = backup_library(library, tmp_path / "new.zip")
    with pytest.raises(LibraryError, match="never written over"):
        restore_library(made.file, library)
    assert_whole(library, VERSIONS)


def test_a_damaged_library_makes_no_backup(tmp_path: Path, library: Path) -> None:
    """A copy of damage would replace a good one one day: the error names the repair, nothing is left."""
    file = library / "record.sqlite"
    content = bytearray(file.read_bytes())
    content[20_000:30_000] = b"\xa5" * 10_000
    file.write_bytes(content)
    with pytest.raises(LibraryDamagedError, match="footnote doctor --repair"):
        backup_library(library, tmp_path / "copy.zip")
    assert [each.name for each in tmp_path.iterdir()] == ["lib"]


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_half_a_backup_is_refused(tmp_path: Path, library: Path, share: float) -> None:
    """A file that was cut off anywhere is told, and no library is begun."""
    made = backup_library(library, tmp_path / "copy.zip")
    content = made.file.read_bytes()
    made.file.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(LibraryError, match="is no whole backup"):
        restore_library(made.file, tmp_path / "again")
    with pytest.raises(LibraryError, match="There is no library"):
        open_library(tmp_path / "again")


def test_a_changed_byte_is_noticed(tmp_path: Path, library: Path) -> None:
    """Wherever one bit has turned, restoring refuses or brings back exactly what there was."""
    made = backup_library(library, tmp_path / "copy.zip")
    content = made.file.read_bytes()
    for number, place in enumerate(range(3, len(content), len(content) // 24)):
        turned = bytearray(content)
        turned[place] ^= 0x10
        made.file.write_bytes(turned)
        target = tmp_path / f"again{number}"
        try:
            restore_library(made.file, target)
        except LibraryError:
            assert not (target / "record.sqlite").exists()
        else:
            with open_library(target) as again:
                assert again.versions() == VERSIONS


def _repacked(made: Path, **changed: bytes) -> Path:
    """Write an archive like the one that was made, some files exchanged and their checksums right."""
    with zipfile.ZipFile(made) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if name != LIST}
        said = json.loads(archive.read(LIST))
    files |= changed
    said["sha256"] = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    target = made.with_name("other.zip")
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in {**files, LIST: json.dumps(said).encode()}.items():
            archive.writestr(name, content)
    return target


@pytest.mark.parametrize("name", ["../evil.sqlite", "/evil.sqlite", "a/b/c.sqlite", "lock", "..\\x.sqlite"])
def test_a_backup_writes_nowhere_else(tmp_path: Path, library: Path, name: str) -> None:
    """A name that leads out of the library, or is none of its files, is refused before it is unpacked."""
    made = backup_library(library, tmp_path / "copy.zip")
    with pytest.raises(LibraryError, match="it holds"):
        restore_library(_repacked(made.file, **{name: b"evil"}), tmp_path / "deep" / "again")
    assert list(tmp_path.rglob("*evil*")) == []


def test_a_backup_with_a_program_in_it_is_refused(tmp_path: Path, library: Path) -> None:
    """A trigger would act at the next write: a database that holds one is not let in."""
    made = backup_library(library, tmp_path / "copy.zip")
    with zipfile.ZipFile(made.file) as archive:
        archive.extract("record.sqlite", tmp_path / "x")
    connection = sqlite3.connect(tmp_path / "x" / "record.sqlite")
    connection.execute("CREATE TRIGGER evil AFTER INSERT ON articles BEGIN DELETE FROM articles; END")
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    changed = _repacked(made.file, **{"record.sqlite": (tmp_path / "x" / "record.sqlite").read_bytes()})
    with pytest.raises(LibraryError, match="holds a program"):
        restore_library(changed, tmp_path / "again")


def test_another_kind_of_file_is_no_backup(tmp_path: Path) -> None:
    """Text, an empty archive and a missing file are each told."""
    (tmp_path / "notes.txt").write_text("notes")
    with zipfile.ZipFile(tmp_path / "empty.zip", "w"):
        pass
    for name, words in (
        ("notes.txt", "no whole"),
        ("empty.zip", "no list"),
        ("none.zip", "There is no file"),
    ):
        with pytest.raises(LibraryError, match=words):
            restore_library(tmp_path / name, tmp_path / "again")


def test_the_commands_say_what_they_did(footnote: Footnote, tmp_path: Path) -> None:
    """`footnote backup` and `footnote restore` speak in a sentence each; where nothing can be written too."""
    (tmp_path / "story.txt").write_text("A Title\n\nThe harbour opened on Monday. Nobody came.")
    footnote("ingest", tmp_path / "story.txt")
    made = footnote("backup", tmp_path / "copy.zip")
    assert (made.code, "1 articles and all conversations are in" in made.out) == (0, True)
    (tmp_path / "library").rename(tmp_path / "lost")
    back = footnote("restore", tmp_path / "copy.zip")
    assert (back.code, "1 articles are in" in back.out) == (0, True)
    assert "The harbour opened" in footnote("ask", "When did the harbour open?").out
    failed = footnote("backup", tmp_path / "none" / "copy.zip")
    assert (failed.code, "can't be written" in failed.err) == (1, True)
