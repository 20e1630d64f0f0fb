"""Every way to damage a library: it is noticed, searching goes on, and repairing brings all back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from stored import article, assert_whole, fill, open_library, prepare, search

import ingest.storage.search
from ingest import (
    Finding,
    LibraryDamagedError,
    LibraryError,
    LibraryLockedError,
    examine_library,
    repair_library,
)
from ingest.storage.index_checksums import unseal
from ingest.storage.journal import Journal
from ingest.storage.schema import REPAIR
from ingest.storage.vectors import Vectors

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# More than Chroma's sync threshold, so that its graph is on disk and its log is pruned.
ARTICLES = tuple(article(number) for number in range(510))
VERSIONS = {each.id: each.version for each in ARTICLES}


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a library of 1,020 chunks."""
    return fill(tmp_path_factory.mktemp("healthy") / "lib", *ARTICLES)


@pytest.fixture
def library(tmp_path: Path, healthy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the library to damage; searches of it use Chroma."""
    monkeypatch.setattr(ingest.storage.search, "SCAN_UP_TO", 0)
    return shutil.copytree(healthy, tmp_path / "lib")


def _chroma(library: Path) -> Path:
    return library / "vectors" / "1"


def _graph(library: Path) -> Path:
    return next(each for each in _chroma(library).iterdir() if each.is_dir())


def _truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _garble(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 4 : len(content) // 2] = b"\xa5" * (len(content) // 2 - len(content) // 4)
    file.write_bytes(content)


HARM: dict[str, Callable[[Path], object]] = {
    "graph header emptied": lambda path: (_graph(path) / "header.bin").write_bytes(b""),
    "graph header zeroed": lambda path: (_graph(path) / "header.bin").write_bytes(bytes(100)),
    "graph data missing": lambda path: (_graph(path) / "data_level0.bin").unlink(),
    "graph data truncated": lambda path: _truncate(_graph(path) / "data_level0.bin"),
    "graph data garbled": lambda path: _garble(_graph(path) / "data_level0.bin"),
    "graph pickle truncated": lambda path: _truncate(_graph(path) / "index_metadata.pickle"),
    "graph pickle removed": lambda path: (_graph(path) / "index_metadata.pickle").unlink(),
    "graph removed": lambda path: shutil.rmtree(_graph(path)),
    "Chroma's file truncated": lambda path: _truncate(_chroma(path) / "chroma.sqlite3"),
    "Chroma's file garbled": lambda path: _garble(_chroma(path) / "chroma.sqlite3"),
    "Chroma's file emptied": lambda path: (_chroma(path) / "chroma.sqlite3").write_bytes(b""),
    "Chroma's file removed": lambda path: (_chroma(path) / "chroma.sqlite3").unlink(),
    "all vectors removed": lambda path: shutil.rmtree(path / "vectors"),
    "keywords removed": lambda path: shutil.rmtree(path / "keywords"),
    "keywords' list garbled": lambda path: (path / "keywords" / "1" / "meta.json").write_text("{"),
    "keywords' files removed": lambda path: next(path.glob("keywords/1/*.term")).unlink(),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HARM)
def test_a_damaged_index_is_noticed_and_repaired(library: Path, name: str) -> None:
    """The doctor finds it, a reader still finds the article, and repairing leaves nothing to find."""
    HARM[name](library)
    findings = examine_library(library)
    assert len(findings) == 1
    assert findings[0].what.endswith("index does not hold what the record says")
    assert (findings[0].repair, REPAIR in findings[0].affected) == (REPAIR, False)
    with open_library(library) as reader:
        hit = search(reader, prepare(ARTICLES[300]).chunks[0].text)[0]
        assert (hit.article, hit.similarity > 0.99) == (ARTICLES[300], True)
        assert ["footnote doctor --repair" in notice for notice in reader.notices] == [True]
    done = " ".join(repair_library(library))
    assert ("was rebuilt from the record" in done, "footnote doctor" in done) == (True, False)
    assert examine_library(library) == []
    with open_library(library) as reader:
        hit = search(reader, prepare(ARTICLES[300]).chunks[0].text)[0]
        assert (hit.article, hit.vector_rank, hit.keyword_rank) == (ARTICLES[300], 0, 0)
        assert reader.notices == []


@pytest.mark.parametrize("name", ["graph removed", "keywords removed", "Chroma's file garbled"])
def test_opening_for_writing_repairs_an_index(library: Path, name: str) -> None:
    """A writer rebuilds a damaged index by itself and says so."""
    HARM[name](library)
    with open_library(library, write=True) as writer:
        assert "was rebuilt from the record" in " ".join(writer.notices)
        assert writer.versions() == VERSIONS
    assert examine_library(library) == []


def test_a_healthy_library_has_no_findings(library: Path) -> None:
    """Nothing is found and nothing is done."""
    assert (examine_library(library), repair_library(library)) == ([], [])


@pytest.mark.parametrize("articles", [20, 700])
def test_looking_at_a_library_changes_nothing_that_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, articles: int
) -> None:
    """Examined and searched again and again, here and in a new process, a library stays healthy.

    Chroma saves its graph after 1,000 writes; before that its files change whenever it is opened.
    """
    monkeypatch.setattr(ingest.storage.search, "SCAN_UP_TO", 0)
    path = fill(tmp_path / "lib", *(article(number) for number in range(articles)))
    for _ in range(3):
        with open_library(path) as reader:
            found = search(reader, "harbour")
            assert (bool(found), reader.notices) == (True, [])
        assert examine_library(path) == []
    program = f"import ingest; print(ingest.examine_library(__import__('pathlib').Path({str(path)!r})))"
    fresh = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert fresh.stdout == "[]\n"


@pytest.mark.parametrize("ending", ["term", "idx", "pos", "store", "fast", "fieldnorm"])
def test_a_garbled_keyword_file_is_found_and_rebuilt(library: Path, ending: str) -> None:
    """Random bytes in any of tantivy's files are noticed, even where it still lists every chunk."""
    file = next(library.glob(f"keywords/1/*.{ending}"))
    content = file.read_bytes()
    file.write_bytes(os.urandom(len(content) // 2) + content[len(content) // 2 :])
    what, affected = (
        "The keyword index does not hold what the record says",
        f"its file {file.name} has been changed",
    )
    assert examine_library(library) == [Finding(what, affected, REPAIR)]
    assert repair_library(library) == [f"The index of keywords was rebuilt from the record: {affected}."]
    assert examine_library(library) == []


def test_deletions_and_leftovers_of_tantivy_are_no_damage(library: Path) -> None:
    """Files of deletions are checked as others are; what a killed writer left unfinished is not."""
    fill(library, article(3, edition=1))
    assert len(list(library.glob("keywords/1/*.del"))) == 1
    (library / "keywords" / "1" / f"{'ab' * 16}.term").write_bytes(b"unfinished")
    assert examine_library(library) == []
    next(library.glob("keywords/1/*.del")).write_bytes(b"garbled")
    assert len(examine_library(library)) == 1


def test_a_single_lost_vector_is_found(library: Path) -> None:
    """The doctor compares every chunk, not a sample."""
    lost = prepare(ARTICLES[7]).chunks[1]
    unseal(_chroma(library))
    index = Vectors.open(_chroma(library))
    index.upsert([lost.id], prepare(ARTICLES[8]).vectors[:1])
    index.close()
    assert examine_library(library) == [
        Finding(
            "The vector index does not hold what the record says",
            "1 vectors are lost or not the chunk's own",
            "Run `footnote doctor --repair`.",
        )
    ]
    repair_library(library)
    assert examine_library(library) == []


def test_a_write_that_was_cut_short_is_found_and_undone(library: Path) -> None:
    """Pending rows are a finding; repairing removes them."""
    journal = Journal(library / "record.sqlite")
    journal.begin([prepare(article(2000))])
    journal.close()
    assert [each.what for each in examine_library(library)] == ["A write was cut short"]
    assert repair_library(library) == ["A write that had been cut short was undone."]
    assert examine_library(library) == []


def test_altered_text_is_found_and_removed(library: Path) -> None:
    """A text that is not what was stored is never quoted again."""
    connection = sqlite3.connect(library / "record.sqlite")
    connection.execute(
        "UPDATE articles SET text = replace(text, 'mayor', 'major') WHERE id = ?", (ARTICLES[5].id,)
    )
    connection.commit()
    connection.close()
    found = examine_library(library)
    assert [(each.what, each.affected) for each in found] == [
        ("The text of some articles has been altered", ARTICLES[5].id)
    ]
    assert "1 articles whose text had been altered were removed" in repair_library(library)[0]
    assert examine_library(library) == []
    with open_library(library) as reader:
        assert reader.versions() == {key: value for key, value in VERSIONS.items() if key != ARTICLES[5].id}


def test_what_can_be_read_of_a_damaged_record_is_saved(library: Path) -> None:
    """With some pages destroyed, every article that can still be read is whole afterwards."""
    file = library / "record.sqlite"
    content = bytearray(file.read_bytes())
    for start in range(300_000, 340_000):
        content[start] = 0xA5
    file.write_bytes(content)
    findings = examine_library(library)
    assert [(each.what, REPAIR in each.affected) for each in findings] == [("The record is damaged", False)]
    done = repair_library(library)
    assert "versions of articles were saved" in done[0]
    with open_library(library) as reader:
        kept = reader.versions()
    assert kept.items() < VERSIONS.items()
    assert len(kept) > 400
    assert len(list(library.glob("record.damaged-*.sqlite"))) == 1
    assert examine_library(library) == []


def test_text_that_is_no_text_any_more_is_found_and_removed(library: Path) -> None:
    """Bytes that are no UTF-8, in a text or in what is known about an article, don't stop the doctor."""
    harm = {"text": b"\xa5\xa5", "authors": b"\xa5", "published": b"yesterday"}
    for number, (column, content) in enumerate(harm.items()):
        connection = sqlite3.connect(library / "record.sqlite")
        statement = f"UPDATE articles SET {column} = CAST(? AS TEXT) WHERE id = ?"
        connection.execute(statement, (content, ARTICLES[number].id))
        connection.commit()
        connection.close()
    ids = sorted(each.id for each in ARTICLES[:3])
    assert next(each.affected for each in examine_library(library)) == ", ".join(ids)
    assert "3 articles whose text had been altered were removed" in " ".join(repair_library(library))
    assert examine_library(library) == []


def test_a_record_that_is_lost_is_not_made_up(library: Path) -> None:
    """Without the record's own data nothing can be repaired, and nothing is thrown away."""
    (library / "record.sqlite").write_bytes(b"x" * 10_000)
    with pytest.raises(LibraryDamagedError, match="Put it back from a copy"):
        repair_library(library)
    (library / "record.sqlite").unlink()
    for action in (examine_library, repair_library):
        with pytest.raises(LibraryDamagedError, match="has lost its record"):
            action(library)


def test_the_doctor_needs_the_library_for_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside a writer, or where there is no library, it says so."""
    monkeypatch.setattr("ingest.storage.doctor.REPAIR_WAIT_SECONDS", 0.1)
    with pytest.raises(LibraryError, match="There is no library"):
        examine_library(tmp_path / "none")
    with open_library(fill(tmp_path / "lib", ARTICLES[0]), write=True):
        for action in (examine_library, repair_library):
            with pytest.raises(LibraryLockedError, match="being written by process"):
                action(tmp_path / "lib")
    assert_whole(tmp_path / "lib", {ARTICLES[0].id: ARTICLES[0].version})
