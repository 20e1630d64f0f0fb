"""What a salvage carries over: all that a record says of an article, its sources and its near-duplicates."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import pytest
from stored import article, assert_whole, fill, open_library

from ingest import Article, examine_library, repair_library
from ingest.fetch.outcome import Validators
from ingest.storage.places import Place
from ingest.storage.schema import RECORD_FILE

if TYPE_CHECKING:
    from pathlib import Path

SOURCE, ADDRESS = "https://post.example/feed", "https://post.example/bridge"
STORY = " ".join(f"The {word} of the harbour was opened by its mayor on a wet day." for word in "abcdefghij")
FULL = Article(
    text=f"First page. {STORY}",
    title="The bridge",
    origin=ADDRESS,
    published=date(2026, 3, 1),
    source="The Post",
    url=ADDRESS,
    authors=("Ann Author", "Ben Writer"),
    modified=date(2026, 3, 4),
    language="en",
    section="Traffic",
    pages=(0, 12),
)
COPY = Article(text=f"First page. {STORY} Ends.", title="A bridge", origin="copy.txt", source="The Echo")
LOST = article(7)


@pytest.fixture(name="library")
def _library(tmp_path: Path) -> Path:
    """Return a library in which one article's text was destroyed, and another has all that one can have."""
    path = fill(tmp_path / "library", FULL, COPY, LOST)
    with open_library(path, write=True) as writer:
        writer.places.name(SOURCE, "[[], []]")
        place = Place(FULL.id, ADDRESS, FULL.id)
        writer.places.note([(SOURCE, place)], {ADDRESS: Validators('"7"', "Sun, 01 Mar 2026 08:00:00 GMT")})
        assert writer.group_members(FULL.id) == tuple(sorted((FULL.id, COPY.id)))
    with closing(sqlite3.connect(path / RECORD_FILE)) as record, record:
        record.execute("UPDATE articles SET text = 'Forged.' WHERE id = ?", (LOST.id,))
        # A missing row breaks the record's own rules: it is salvaged as a whole.
        record.execute("INSERT INTO chunks SELECT 999, 'x', 999, position, spans, vector FROM chunks LIMIT 1")
    return path


def test_all_that_is_known_of_an_article_is_carried_over(library: Path) -> None:
    """Pages, correction date, language and section, sources, validators and groups are as before."""
    assert [each.what for each in examine_library(library)] == ["The record is damaged"]
    repair_library(library)
    with open_library(library) as reader:
        assert reader.article(FULL.id) == FULL
        assert reader.article(LOST.id) is None
        assert reader.places.of(SOURCE) == {FULL.id: Place(FULL.id, ADDRESS, FULL.id)}
        assert reader.places.patterns(SOURCE) == "[[], []]"
        assert reader.places.recall(ADDRESS) == Validators('"7"', "Sun, 01 Mar 2026 08:00:00 GMT")
        assert reader.group_members(COPY.id) == tuple(sorted((FULL.id, COPY.id)))
    assert_whole(library, {FULL.id: FULL.version, COPY.id: COPY.version})
