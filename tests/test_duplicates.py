"""Near-duplicates: which texts are one, how groups form, and that they outlive their members' changes."""

from __future__ import annotations

import random
import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stored import fill, open_library, prepare, search

from ingest import Article, LibraryError, examine_library
from ingest.storage import schema
from ingest.storage.duplicates import (
    are_duplicates,
    band_keys,
    pack_keys,
    shared_words,
    unpack_keys,
    words_of,
)
from ingest.storage.record import Record

if TYPE_CHECKING:
    from pathlib import Path

    from ingest.database_address import LibraryLocation

WORDS = [f"word{number}" for number in range(400)]
LISTS = st.lists(st.sampled_from("abc"), max_size=12)


def story(seed: int, *, edited: float = 0.0, name: str = "", words: int = 120) -> Article:
    """A story of a hundred and twenty words; copies of it have a share of them replaced."""
    text = random.Random(seed).choices(WORDS, k=words)  # noqa: S311  # a choice, not a secret
    for place in random.Random(f"{seed}{name}").sample(range(words), round(edited * words)):  # noqa: S311
        text[place] = f"other{place}"
    sentences = [" ".join(text[start : start + 12]).capitalize() for start in range(0, words, 12)]
    origin = f"{seed}{name}.txt"
    return Article(". ".join(sentences) + ".", f"Story {seed}", origin, source=f"Paper {name}".strip())


def groups(path: LibraryLocation) -> dict[str, str | None]:
    with open_library(path) as library:
        return {summary.origin: summary.group for summary in library.articles()}


@given(LISTS, LISTS)
def test_shared_words_are_the_longest_common_subsequence(one: list[str], other: list[str]) -> None:
    """The bits agree with the table that defines it (Wagner and Fischer 1974)."""
    row = [0] * (len(other) + 1)
    for word in one:
        last = row
        row = [0]
        for place, against in enumerate(other):
            row.append(last[place] + 1 if word == against else max(last[place + 1], row[place]))
    assert shared_words(one, other) == row[-1]


@given(st.text())
def test_any_text_has_keys_and_is_its_own_duplicate(text: str) -> None:
    """Empty, in any script, or without a word: keys are always the same and survive being packed."""
    keys = band_keys(text)
    assert unpack_keys(pack_keys(keys)) == keys.tolist() == band_keys(text).tolist()
    assert are_duplicates(words_of(text), words_of(text))


def test_a_line_too_long_for_a_paragraph_is_not_compared() -> None:
    """Captions of one gallery under two articles don't make them one; a text in one line is compared."""
    captions = " ".join(random.Random(5).choices(WORDS, k=1000))  # noqa: S311  # a choice, not a secret
    one, other = (words_of(f"{story(seed, words=160).text}\n{captions}") for seed in (1, 2))
    assert not are_duplicates(one, other)
    assert len(words_of(captions)) == 1000


def test_short_texts_must_agree_in_every_word() -> None:
    """Two notices of a line each differ in the one word that matters."""
    assert not are_duplicates(
        words_of("The bridge is open on Monday"), words_of("The bridge is shut on Monday")
    )
    assert are_duplicates(words_of("The bridge is open."), words_of("The BRIDGE is open"))


def test_copies_are_grouped_as_they_come_and_others_are_not(tmp_path: Path) -> None:
    """A syndicated and a lightly edited copy join; a half rewritten one and another story stay alone."""
    library = fill(tmp_path / "library", story(1), story(2))
    fill(library, story(1, edited=0.1, name="b"), story(1, name="c"), story(1, edited=0.5, name="d"))
    found = groups(library)
    assert found["1.txt"] == found["1b.txt"] == found["1c.txt"] != None  # noqa: E711  # compared in one go
    assert (found["1d.txt"], found["2.txt"]) == (None, None)
    with open_library(library) as opened:
        hits = {hit.article.origin: hit.group for hit in search(opened, "word1")}
        assert hits["1.txt"] == found["1.txt"]
        assert hits["2.txt"] == story(2).id
        expected = sorted(each.id for each in (story(1), story(1, name="b"), story(1, name="c")))
        assert list(opened.group_members(story(1).id)) == expected
        assert opened.publishers(hits["1.txt"]) == ("Paper", "Paper b", "Paper c")
        assert opened.publishers(story(2).id) == ("Paper",)
        assert opened.group_members("nobody") == ()


@pytest.mark.parametrize("seed", range(3))
def test_the_order_in_which_copies_come_does_not_matter(place: LibraryLocation, seed: int) -> None:
    """Whoever comes first, and in whichever batch, the same articles end up together."""
    copies = [story(number, edited=0.1, name=name) for number in (1, 2) for name in "abc"]
    random.Random(seed).shuffle(copies)  # noqa: S311  # an order, not a secret
    library = fill(place, *copies[:3])
    fill(library, *copies[3:])
    found = groups(library)
    together = {group: {origin[0] for origin in found if found[origin] == group} for group in found.values()}
    assert sorted(map(sorted, together.values())) == [["1"], ["2"]]


def test_a_group_outlives_updates_and_removals_of_its_members(tmp_path: Path) -> None:
    """Who is rewritten leaves it; the others stay; a later copy joins them; nothing of who left remains."""
    library = fill(tmp_path / "library", story(1), story(1, name="b"), story(1, name="c"))
    before = groups(library)["1.txt"]
    fill(library, replace(story(1), text=story(9).text))
    with open_library(library, write=True) as opened:
        opened.remove([story(1, name="b").id])
    assert groups(library) == {"1.txt": None, "1c.txt": None}
    fill(library, story(1, edited=0.05, name="d"))
    assert groups(library) == {"1.txt": None, "1c.txt": before, "1d.txt": before}
    assert examine_library(library) == []
    with sqlite3.connect(library / "record.sqlite") as connection:
        live = (
            "SELECT count(*) FROM bands WHERE article NOT IN (SELECT row FROM articles WHERE state = 'live')"
        )
        assert connection.execute(live).fetchone() == (0,)


def _as_format_1(path: Path) -> None:
    """Take from a record what came with format 2."""
    with sqlite3.connect(path / "record.sqlite") as connection:
        for kind, name in (("INDEX", "live_kin"), ("INDEX", "live_unsigned")):
            connection.execute(f"DROP {kind} {name}")
        for table in ("bands", "places", "sources", "validators", "audience", "source_audience"):
            connection.execute(f"DROP TABLE {table}")
        for column in (*schema.ADDED_COLUMNS, *schema.LATER_COLUMNS, *schema.PAGE_COLUMNS):
            connection.execute(f"ALTER TABLE articles DROP COLUMN {column.split()[0]}")
        connection.execute("UPDATE meta SET value = '1' WHERE key = 'schema'")


def test_a_library_of_format_1_is_brought_along(tmp_path: Path) -> None:
    """Whoever opens it first changes its record, and its articles get their groups."""
    library = fill(tmp_path / "library", story(1), story(1, name="b"), story(2))
    before = groups(library)
    _as_format_1(library)
    found = groups(library)
    assert (found["2.txt"], found["1.txt"] == found["1b.txt"] == before["1.txt"]) == (None, True)
    with open_library(library) as opened:
        assert opened.article(story(1).id) == story(1)
    assert examine_library(library) == []


def test_a_library_of_a_newer_format_is_refused(tmp_path: Path) -> None:
    """It is not touched, and the message says what to do."""
    library = fill(tmp_path / "library", story(1))
    with sqlite3.connect(library / "record.sqlite") as connection:
        newer = str(schema.SCHEMA_VERSION + 1)
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema'", [newer])
    with pytest.raises(LibraryError, match="written by a newer Footnote"):
        open_library(library)


def test_a_migration_that_is_cut_short_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record stays what it was until all of it is changed, and the next try succeeds."""
    library = fill(tmp_path / "library", story(1))
    _as_format_1(library)
    monkeypatch.setattr(schema, "ADDED_TABLES", f"{schema.ADDED_TABLES}CREATE TABLE meta (key TEXT);\n")
    with pytest.raises(LibraryError):
        open_library(library)
    assert Record.open(library / "record.sqlite").meta().schema == 1
    monkeypatch.undo()
    with open_library(library) as opened:
        assert [prepare(story(1)).article] == [opened.article(story(1).id)]
