"""kill -9 at every step of repair, backup and restoration: nothing is lost, and the next try ends it."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import pytest
from stored import article, assert_whole, fill, open_library
from warm import start

from ingest import backup_library, examine_library, repair_library, restore_library

CHILD = Path(__file__).with_name("crashing.py")
ARTICLES = tuple(article(number) for number in range(60))
VERSIONS = {each.id: each.version for each in ARTICLES}

INDEX_STEPS = [
    "Indexes._new_vectors before",
    "Indexes._new_vectors after",
    "Journal.switch before",
    "Journal.switch after",
    "Indexes._new_keywords before",
    "Indexes._new_keywords after",
    "Indexes.tidy before",
    "Indexes.tidy after",
]
SALVAGE_STEPS = [
    "salvage._copy after",
    "salvage._drop_altered before",
    "salvage._drop_altered after",
    "salvage._keep after",
    "salvage.put_in_place before",
    "salvage.put_in_place after",
    "salvage.finish_salvage before",
    "salvage.sync_folder before",
    "salvage.sync_folder after",
    "salvage.finish_salvage after",
    "Indexes.tidy after",
]
RESTORE_STEPS = ["restore._unpack after", "restore._check after", "restore.put_in_place after"]


@pytest.fixture(name="library", scope="module")
def _library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a library of 60 articles."""
    return fill(tmp_path_factory.mktemp("healthy") / "lib", *ARTICLES)


def _crash(path: Path, task: str, step: str) -> None:
    with start(CHILD, path, task, step) as child:
        assert child.wait() == -signal.SIGKILL


@pytest.mark.parametrize("step", INDEX_STEPS)
def test_a_crash_while_indexes_are_rebuilt(tmp_path: Path, library: Path, step: str) -> None:
    """An index that was being written anew is written anew by the next who opens the library."""
    path = shutil.copytree(library, tmp_path / "lib")
    shutil.rmtree(path / "vectors" / "1")
    (path / "keywords" / "1" / "meta.json").write_text("{")
    _crash(path, "repair", step)
    with open_library(path) as reader:
        assert reader.versions() == VERSIONS
    assert_whole(path, VERSIONS)


def _damaged(library: Path, path: Path) -> Path:
    """Return a copy whose record has lost the text of some articles."""
    shutil.copytree(library, path)
    record = path / "record.sqlite"
    content = bytearray(record.read_bytes())
    place = content.index(b"place50 complained")
    content[place - 1000 : place] = b"\xa5" * 1000
    record.write_bytes(content)
    return path


@pytest.mark.slow
def test_a_crash_while_a_record_is_salvaged(tmp_path: Path, library: Path) -> None:
    """Whatever a salvage was doing, the next repair saves the same articles, and keeps the damaged file."""
    usual = _damaged(library, tmp_path / "usual")
    repair_library(usual)
    with open_library(usual) as reader:
        saved = reader.versions()
    assert (saved.items() <= VERSIONS.items(), 30 < len(saved) < 60) == (True, True)
    for number, step in enumerate(SALVAGE_STEPS):
        path = _damaged(library, tmp_path / str(number))
        _crash(path, "repair", step)
        repair_library(path)
        assert assert_whole(path, saved) == saved
        assert list(path.glob("record.damaged-*.sqlite"))
        assert list(path.glob("record.sa*")) == []


def test_a_writer_finishes_a_salvage_before_it_writes(tmp_path: Path, library: Path) -> None:
    """A record that was saved and not yet named is found, and takes its place before anything is stored."""
    path = _damaged(library, tmp_path / "lib")
    _crash(path, "repair", "salvage.finish_salvage before")
    assert [each.what for each in examine_library(path)] == ["A repair was cut short"]
    new = article(100)
    fill(path, new)
    with open_library(path) as reader:
        kept = reader.versions()
    repair_library(path)
    assert kept[new.id] == new.version
    assert_whole(path, kept)


@pytest.mark.parametrize("step", ["backup.pour before", "backup.pour after", "backup.put_in_place before"])
def test_a_crash_while_backing_up(tmp_path: Path, library: Path, step: str) -> None:
    """There is no backup then, no copy of the texts that nobody named, and the next try makes one."""
    path = shutil.copytree(library, tmp_path / "lib")
    _crash(path, "backup", step)
    assert {each.name for each in tmp_path.iterdir()} <= {"lib", "copy.zip.unfinished"}
    made = backup_library(path, tmp_path / "copy.zip")
    assert restore_library(made.file, tmp_path / "again") == len(ARTICLES)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["again", "copy.zip", "lib"]


@pytest.mark.parametrize("step", [*RESTORE_STEPS, "Journal.switch before", "Indexes._new_keywords after"])
def test_a_crash_while_restoring(tmp_path: Path, library: Path, step: str) -> None:
    """A restoration that was cut short is done again, or is the library already."""
    backup_library(library, tmp_path / "copy.zip")
    path = tmp_path / "lib"
    _crash(path, "restore", step)
    if not (path / "record.sqlite").exists():
        assert restore_library(tmp_path / "copy.zip", path) == len(ARTICLES)
    assert_whole(path, VERSIONS)
    assert list(path.glob("restoring/**/*")) == []
