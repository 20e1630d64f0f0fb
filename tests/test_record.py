"""The record: what goes in comes out exactly, and its file's faults are told in words."""

from __future__ import annotations

import os
import sqlite3
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stored import article, fill, open_library, prepare

from ingest import Article, Chunk, LibraryDamagedError, LibraryError, Prepared, Sentence
from ingest.storage.packing import pack_spans, pack_vector, sentences_of, unpack_vector

if TYPE_CHECKING:
    from pathlib import Path

    from ingest import Library

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Return a library open for writing."""
    return open_library(tmp_path_factory.mktemp("record") / "lib", write=True, create=True)


@given(
    st.builds(
        Article,
        text=TEXTS,
        title=TEXTS,
        origin=TEXTS,
        published=st.none() | st.dates(),
        source=st.none() | TEXTS,
        url=st.none() | TEXTS,
        authors=st.lists(TEXTS, max_size=3).map(tuple),
    )
)
def test_every_article_comes_back_as_it_was(library: Library, stored: Article) -> None:
    """NUL, line ends, emoji, right-to-left marks: nothing is changed by storing it."""
    whole = Sentence(0, len(stored.text), stored.text)
    chunk = Chunk(stored.id, stored.version, 0, (whole,))
    library._writer.journal.begin([Prepared(stored, (chunk,), np.ones((1, 32), np.float32))])  # type: ignore[union-attr]
    rows = library._record.reading()
    with rows as connection:
        last = connection.execute("SELECT max(row) FROM articles").fetchone()[0]
    library._writer.journal.publish([last])  # type: ignore[union-attr]
    assert library.article(stored.id) == stored
    assert library._record.chunks([chunk.id])[chunk.id].chunk == chunk
    library._writer.journal.mark_removed([stored.id])  # type: ignore[union-attr]
    library._writer.journal.sweep()  # type: ignore[union-attr]


@given(st.lists(st.floats(-1, 1, width=32), min_size=1, max_size=64))
def test_vectors_lose_less_than_a_thousandth(numbers: list[float]) -> None:
    """Half-precision keeps every number between -1 and 1 to within 0.0005."""
    vector = np.array(numbers, np.float32)
    assert np.abs(unpack_vector(pack_vector(vector)) - vector).max() <= 0.0005


def test_spans_are_slices_of_the_text() -> None:
    """The offsets of a chunk's sentences are what is stored, and the text is cut by them again."""
    stored = article(1)
    chunk = prepare(stored).chunks[1]
    assert sentences_of(stored.text, pack_spans(chunk)) == chunk.sentences


def test_sqlite_keeps_what_it_acknowledged(library: Library) -> None:
    """The writer syncs every commit, overwrites what it deletes, and readers can't write."""
    connection = library._writer.journal._connection  # type: ignore[union-attr]
    asked = ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
    values = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in asked]
    assert values == ["wal", 2, 1, 1]
    with library._record.reading() as reader, pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.execute("DELETE FROM articles")


DAMAGE = [
    (b"no database at all" * 300, "file is not a database"),
    (b"SQLite format 3\x00" + b"\x00" * 5000, "not a database|malformed|is empty"),
]


@pytest.mark.parametrize(("content", "reason"), DAMAGE)
def test_a_damaged_record_names_the_repair(tmp_path: Path, content: bytes, reason: str) -> None:
    """A file that SQLite can't read is told as damage."""
    path = fill(tmp_path / "lib", article(1))
    (path / "record.sqlite").write_bytes(content)
    for write in (False, True):
        with pytest.raises(LibraryDamagedError, match=f"({reason}).*footnote doctor --repair"):
            open_library(path, write=write)


def test_a_newer_format_is_refused(tmp_path: Path) -> None:
    """A library of a later version says which program is needed."""
    path = fill(tmp_path / "lib", article(1))
    connection = sqlite3.connect(path / "record.sqlite")
    connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    connection.commit()
    connection.close()
    with pytest.raises(LibraryError, match=r"newer Footnote \(format 99"):
        open_library(path)


def test_a_record_without_its_data_is_damaged(tmp_path: Path) -> None:
    """A meta table that lacks an entry is told, not guessed."""
    path = fill(tmp_path / "lib", article(1))
    connection = sqlite3.connect(path / "record.sqlite")
    connection.execute("DELETE FROM meta WHERE key = 'dimension'")
    connection.commit()
    connection.close()
    with pytest.raises(LibraryDamagedError, match="lacks 'dimension'"):
        open_library(path)


def test_a_making_that_was_cut_short_is_begun_again(tmp_path: Path) -> None:
    """An empty record without any index is a library that was never finished, and may be made."""
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "record.sqlite").touch()
    with open_library(tmp_path / "lib", create=True) as library:
        assert library.count() == (0, 0)


def test_a_folder_that_cannot_be_written_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a read-only medium searching works, by comparing with every vector."""
    path = fill(tmp_path / "lib", article(1, published=date(2024, 1, 1)))
    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setattr("ingest.storage.search.SCAN_UP_TO", 0)
    with open_library(path) as library:
        hits = library.search("mayor", prepare(article(1)).vectors[0])
        assert [hit.article.published for hit in hits if hit.vector_rank == 0] == [date(2024, 1, 1)]
        assert library.notices == []


def test_where_we_may_not_write_we_still_see_what_its_owner_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader of another's library finds each new article, and never meets half-changed pages."""
    path = fill(tmp_path / "lib", article(1))
    monkeypatch.setattr(os, "access", lambda *_: False)
    with open_library(path) as reader:
        counts = [reader.count()]
        for number in range(2, 5):
            fill(path, *(article(number * 100 + each) for each in range(40)))
            counts.append(reader.count())
            assert len(reader.articles()) == counts[-1][0]
    assert counts == [(1, 2), (41, 82), (81, 162), (121, 242)]
