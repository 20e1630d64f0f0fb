"""How many articles sources hold, as far as that can be seen without reading them."""

from __future__ import annotations

import gzip
import json
import os
from typing import TYPE_CHECKING

from ingest import Article
from ingest.readers.common.file_kinds import LINES, SUFFIXES, UNCOUNTED
from ingest.runs.counting import count_articles

if TYPE_CHECKING:
    from pathlib import Path


def test_articles_are_counted_without_reading_them(tmp_path: Path) -> None:
    """A file is one, a line of JSONL is one, other and hidden files are none."""
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "b.html.gz").write_bytes(b"not even gzip")
    (tmp_path / "c.jsonl").write_text("{}\n{}\n{}")
    (tmp_path / "d.jsonl.gz").write_bytes(gzip.compress(b"{}\n{}\n"))
    (tmp_path / ".hidden.txt").write_text("x")
    (tmp_path / "picture.png").write_text("x")
    assert count_articles([tmp_path, Article(text="The bridge is open.", title="One", origin="one")]) == 8


def test_what_cannot_be_counted_is_not_guessed(tmp_path: Path) -> None:
    """A .json may hold any number of articles, and broken gzip has no lines: no total."""
    (tmp_path / "a.json").write_text(json.dumps([{}, {}]))
    packed = gzip.compress(b"{}\n" * 1000)
    (tmp_path / "b.jsonl.gz").write_bytes(packed[:-10])
    (tmp_path / "c.jsonl.gz").write_bytes(packed[:10] + b"\xff" * 20 + packed[10:])
    assert [count_articles([path]) for path in sorted(tmp_path.iterdir())] == [None, None, None]


def test_counting_knows_every_type_that_is_read(tmp_path: Path) -> None:
    """Whatever suffix the readers take is counted, so that the total is never too small."""
    for suffix in SUFFIXES - UNCOUNTED:
        (tmp_path / f"a{suffix.upper()}").write_text("{}\n{}")
    assert count_articles([tmp_path]) == len(SUFFIXES - UNCOUNTED) + len(LINES)


def test_what_never_ends_is_not_opened(tmp_path: Path) -> None:
    """A pipe has no lines to count, a link out of the folder is one failure; neither holds counting up."""
    os.mkfifo(tmp_path / "pipe.jsonl")
    assert count_articles([tmp_path]) is None
    (tmp_path / "pipe.jsonl").unlink()
    (tmp_path / "zero.jsonl").symlink_to("/dev/zero")
    assert count_articles([tmp_path]) == 1


def test_counting_ends_at_its_limit_and_when_the_run_ends(tmp_path: Path) -> None:
    """A packed file that grows without end, and a run that is over, end the counting without a total."""
    (tmp_path / "bomb.jsonl.gz").write_bytes(gzip.compress(b"{}\n" * 1_000_000))
    assert count_articles([tmp_path], most_bytes=3_000_000) == 1_000_000
    assert count_articles([tmp_path], most_bytes=2_999_999) is None
    asked = iter([False, False, True])
    assert count_articles([tmp_path], stopped=lambda: next(asked)) is None
    assert list(asked) == []


def test_what_a_glob_or_an_address_lists_is_not_known_before(tmp_path: Path) -> None:
    """A pattern and a page of the web have no number until they are read."""
    assert count_articles([str(tmp_path / "*.txt")]) is None
    assert count_articles(["https://example.org/a"]) is None


def test_nothing_and_what_is_not_there_are_one_failure_each(tmp_path: Path) -> None:
    """An empty name is not the current folder, and a missing file gives one failure."""
    assert count_articles(["", str(tmp_path / "gone.txt"), "nothing"]) == 3
