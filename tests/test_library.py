"""What a library promises: all or nothing, and one article once."""

from __future__ import annotations

import os
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from fakes import WordEmbeddings
from stored import WORDS, article, fill, open_library, prepare, search

from ingest import (
    Library,
    LibraryDamagedError,
    LibraryError,
    LibraryLockedError,
    Prepared,
    SettingsError,
    SourceError,
    content_key,
    examine_library,
    repair_library,
)
from ingest.storage.rows import copy_content
from ingest.storage.writer import TEXT_LEFT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ingest.database_address import LibraryLocation

FIRST, SECOND = article(1), article(2)


def test_the_same_version_again_changes_nothing(place: LibraryLocation) -> None:
    """Putting what is live already leaves the generation as it is."""
    path = fill(place, FIRST)
    with open_library(path, write=True) as library:
        before = library.generation()
        library.put([prepare(FIRST)])
        assert (library.generation(), library.count()) == (before, (1, 2))


def test_the_last_of_two_versions_in_a_batch_counts(place: LibraryLocation) -> None:
    """An article that comes twice in one batch is stored once."""
    newer = article(1, edition=7)
    with open_library(fill(place, FIRST, newer)) as library:
        assert library.versions() == {newer.id: newer.version}


def test_removed_articles_are_gone_from_every_file(tmp_path: Path) -> None:
    """Neither text nor words nor titles of a removed article can be read from any file on disk."""
    secret = article(3, title="Confidential", origin="secret.txt")
    path = fill(tmp_path / "lib", FIRST, secret)
    fill(path, article(3, edition=9, title="Confidential", origin="secret.txt"))
    assert _traces(path) == {b"place3", b"confidential", secret.id.encode()}
    with open_library(path, write=True) as library:
        assert library.remove([secret.id, "unknown"]) == 1
        assert (library.count(), library.article(secret.id)) == ((1, 2), None)
        assert library.article(secret.id, version=secret.version) is None
        assert _traces(path) == set()


def _traces(path: Path) -> set[bytes]:
    """Return which words of article 3 can be read from the library's files."""
    content = b"".join(file.read_bytes().lower() for file in path.rglob("*") if file.is_file())
    wanted = (b"place3", b"confidential", article(3, origin="secret.txt").id.encode())
    return {word for word in wanted if word in content}


def test_text_that_a_reader_kept_from_being_wiped_is_told_and_wiped_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Removing beside a look that takes long says so; the next writer, or a repair, wipes it."""
    monkeypatch.setattr("ingest.storage.schema.BUSY_SECONDS", 0.2)
    path = fill(tmp_path / "lib", FIRST, SECOND)
    with open_library(path) as reader, open_library(path, write=True) as writer:
        with reader._record.reading() as connection:
            connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM articles").fetchone()
            assert (writer.remove([FIRST.id]), writer.notices) == (1, [TEXT_LEFT])
            writer.close()
            connection.execute("ROLLBACK")
        assert b"number1" in b"".join(each.read_bytes() for each in path.glob("record.sqlite*"))
        repair_library(path)
        assert b"number1" not in b"".join(each.read_bytes() for each in path.glob("record.sqlite*"))


def test_the_list_of_articles_is_newest_first(place: LibraryLocation) -> None:
    """Articles are listed by publication date, unknown dates last, with everything shown about them."""
    stored = [
        article(1),
        article(2, published=date(2023, 5, 1)),
        article(3, published=date(2024, 5, 1), source="Times", authors=("Ada", "Bo"), url="https://x.org/3"),
    ]
    with open_library(fill(place, *stored)) as library:
        listed = library.articles()
        assert [each.published for each in listed] == [date(2024, 5, 1), date(2023, 5, 1), None]
        first = listed[0]
        assert (first.id, first.version, first.source, first.authors) == (
            stored[2].id,
            stored[2].version,
            "Times",
            ("Ada", "Bo"),
        )
        assert (first.url, first.chunks, first.characters) == ("https://x.org/3", 2, len(stored[2].text))
        assert (library.span(), library.sources()) == ((date(2023, 5, 1), date(2024, 5, 1)), ["Times"])


def test_a_copy_is_recognised_by_its_content(place: LibraryLocation) -> None:
    """The same text under another origin has the same content key, and the library knows it."""
    copy = article(1, origin="elsewhere.txt")
    with open_library(fill(place, FIRST)) as library:
        assert (library.holders(copy_content(copy)), copy.id == FIRST.id) == (
            [(FIRST.id, FIRST.version)],
            False,
        )
        assert library.holders(copy_content(SECOND)) == []
        assert library.holders(content_key("")) == []


def test_a_batch_that_fails_leaves_nothing(place: LibraryLocation) -> None:
    """One article that can't be stored keeps the others of its batch out, and the next batch works."""
    broken = article(3, title="half \ud800 a pair")
    with open_library(place, write=True, create=True) as library:
        with pytest.raises(SourceError, match=r"file3.txt: half of a character"):
            library.put([prepare(FIRST), prepare(broken)])
        assert (library.count(), search(library, "mayor")) == ((0, 0), [])
        library.put([prepare(FIRST)])
        assert library.count() == (1, 2)


def test_a_full_disk_is_noticed_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A write that does not fit is refused with what is free and what is needed."""
    with open_library(tmp_path / "lib", write=True, create=True) as library:
        monkeypatch.setattr("ingest.storage.writer.RESERVE", 10**18)
        with pytest.raises(LibraryError, match=r"The disk is full: .* Nothing was lost"):
            library.put([prepare(FIRST)])
        assert library.count() == (0, 0)


def test_vectors_must_fit_the_chunks_and_the_library(place: LibraryLocation) -> None:
    """Too few vectors, numbers that are none, and another dimension are refused."""
    good = prepare(FIRST)
    with pytest.raises(ValueError, match="2 chunks don't go with vectors"):
        Prepared(FIRST, good.chunks, good.vectors[:1])
    with pytest.raises(ValueError, match="not a number"):
        Prepared(FIRST, good.chunks, good.vectors * np.nan)
    with open_library(place, write=True, create=True) as library:
        with pytest.raises(SettingsError, match="does not fit a library of 32"):
            library.put([Prepared(FIRST, good.chunks, good.vectors[:, :8])])
        with pytest.raises(SettingsError, match="does not fit a library of 32"):
            library.search("mayor", good.vectors[0, :8])


def test_another_embedder_is_refused(place: LibraryLocation) -> None:
    """A library made with one embedder can't be opened with another, of the same dimension or not."""
    fill(place, FIRST)
    for other in (WordEmbeddings(name="other"), WordEmbeddings(dimension=64)):
        with pytest.raises(SettingsError, match=r"made with the embeddings 'words-32' \(32 numbers\)"):
            Library.open(place, embedder=other.name, dimension=other.dimension)


def test_a_missing_library_says_how_to_make_one(tmp_path: Path) -> None:
    """A path without a library, a file, and a folder below a file are each refused in words."""
    with pytest.raises(LibraryError, match=r"no library at .* `footnote ingest"):
        open_library(tmp_path / "none")
    with pytest.raises(LibraryError, match="no library at"):
        open_library(tmp_path / "none", write=True)
    (tmp_path / "file").write_text("x")
    with pytest.raises(LibraryError, match="is a file; a library is a folder"):
        open_library(tmp_path / "file", create=True)
    with pytest.raises(LibraryError, match="Can't make the library's folder"):
        open_library(tmp_path / "file" / "lib", write=True, create=True)


@contextmanager
def _shut_out(folder: Path) -> Iterator[None]:
    """Be somebody who may not look into the folder (the superuser may, so become nobody)."""
    folder.chmod(0)
    user = os.geteuid()
    try:
        if user == 0:
            os.seteuid(65534)
        yield
    finally:
        os.seteuid(user)
        folder.chmod(0o700)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no such permissions on this system")
@pytest.mark.parametrize("below", ["", "lib"])
def test_a_folder_that_may_not_be_looked_into_is_told(tmp_path: Path, below: str) -> None:
    """Whether the library's own folder is shut or the one above it, the message says what to check."""
    (tmp_path / "shut").mkdir()
    path = tmp_path / "shut" / below
    for action in (Library.open, examine_library, repair_library):
        with _shut_out(tmp_path / "shut"), pytest.raises(LibraryError, match="Check who owns it"):
            action(path)


def test_a_lost_record_is_not_an_empty_library(tmp_path: Path) -> None:
    """When the record has been deleted or emptied, opening says so instead of starting anew."""
    path = fill(tmp_path / "lib", FIRST)
    for harm in ((path / "record.sqlite").unlink, lambda: (path / "record.sqlite").write_bytes(b"")):
        harm()
        for create in (False, True):
            with pytest.raises(LibraryDamagedError, match="has lost its record"):
                open_library(path, write=True, create=create)


def test_two_writers_exclude_each_other(tmp_path: Path) -> None:
    """A second writer is told who the first is, and may write when it has gone."""
    path = tmp_path / "lib"
    with (
        open_library(path, write=True, create=True),
        pytest.raises(LibraryLockedError, match=r"being written by process \d+"),
    ):
        open_library(path, write=True)
    open_library(path, write=True).close()


def test_a_reader_cannot_write(place: LibraryLocation) -> None:
    """Writing needs the library to be opened for it."""
    with open_library(place, create=True) as library:
        for write in (lambda: library.put([prepare(FIRST)]), lambda: library.remove([FIRST.id])):
            with pytest.raises(LibraryError, match="opened for reading"):
                write()


def test_files_are_for_their_owner_only(tmp_path: Path) -> None:
    """Nobody else can read the folder or the record."""
    path = fill(tmp_path / "lib", FIRST)
    assert [oct(each.stat().st_mode & 0o777) for each in (path, path / "record.sqlite")] == ["0o700", "0o600"]


def test_remove_and_store_again_many_times_stays_small(tmp_path: Path) -> None:
    """Five rounds of removing and storing leave one copy in both indexes, and no folders behind."""
    path = tmp_path / "lib"
    with open_library(path, write=True, create=True) as library:
        for _ in range(5):
            library.put([prepare(FIRST), prepare(SECOND)])
            library.remove([FIRST.id])
        assert library.count() == (1, 2)
    assert [len(list((path / name).iterdir())) for name in ("vectors", "keywords")] == [1, 1]


def test_a_library_that_is_there_opens_without_an_embedder(place: LibraryLocation) -> None:
    """Who neither searches nor puts need not know the embedder: the record says what it was."""
    path = fill(place, FIRST, SECOND)
    with Library.open(path, write=True) as library:
        assert (library.remove([FIRST.id]), library.article(SECOND.id)) == (1, SECOND)
    with Library.open(path) as reader, Library.open(path, create=True) as other:
        assert reader.versions() == other.versions() == {SECOND.id: SECOND.version}


def test_an_embedder_may_be_known_by_name_alone(place: LibraryLocation) -> None:
    """The name of another embedder is refused without its dimension, and so is another dimension alone."""
    path = fill(place, FIRST)
    with Library.open(path, embedder=WORDS.name) as library:
        assert [hit.article for hit in search(library, "place1")][:1] == [FIRST]
    with pytest.raises(SettingsError, match=r"'words-32' \(32 numbers\), not with 'other'\. Set"):
        Library.open(path, embedder="other")
    with pytest.raises(SettingsError, match=r"'words-32' \(32 numbers\), not with 'words-32' \(64\)\. Set"):
        Library.open(path, dimension=64)


@pytest.mark.parametrize("write", [False, True])
def test_a_library_is_never_made_without_an_embedder(place: LibraryLocation, *, write: bool) -> None:
    """Making one takes the embedder's name and dimension; without them there is no library afterwards."""
    for known in ({}, {"embedder": "words-32"}):
        with pytest.raises(LibraryError, match="To make one, name the embedder and the length of its"):
            Library.open(place, create=True, write=write, **known)  # type: ignore[arg-type]
    with pytest.raises(LibraryError, match="no library at"):
        Library.open(place)


def test_chroma_leaves_nothing_of_our_memory_on_disk(tmp_path: Path) -> None:
    """The graph files that Chroma writes from uninitialised memory hold zeros once a library is closed."""
    path = fill(tmp_path / "lib", FIRST)
    with open_library(path) as library:
        search(library, "tram")
    files = list(path.glob("vectors/*/*/data_level0.bin"))
    assert files
    assert {byte for file in files for byte in file.read_bytes()} == {0}
