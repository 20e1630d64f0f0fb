"""Include, exclude and globs: which files of a folder are read, and that the end of a folder is told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest.article import Article
from ingest.readers import iter_source
from ingest.readers.common.globs import is_wanted
from ingest.readers.common.items import Listed, ReadOptions
from ingest.readers.sources import split_glob
from ingest.report import Failure

TEXT = "The bridge is open."

WANTED = (
    # path, include, exclude, whether it is read
    ("a/b/c.pdf", ("*.pdf",), (), True),
    ("a/b/c.pdf", ("a/*.pdf",), (), False),
    ("a/b/c.pdf", ("a/**/*.pdf",), (), True),
    ("a/c.pdf", ("a/**/*.pdf",), (), True),
    ("a/b/c.pdf", ("**/c.*",), (), True),
    ("a/b/c.pdf", (), ("b",), False),
    ("a/b/c.pdf", (), ("a/b/",), False),
    ("a/b/c.pdf", (), ("b/c.pdf",), True),
    ("a/b/c.pdf", ("*.txt", "*.pdf"), ("*.txt",), True),
    ("c1.txt", ("c[0-9].txt",), (), True),
    ("cx.txt", ("c[!x].txt",), (), False),
    ("c.txt", ("?.txt",), (), True),
    ("a/c.txt", ("a?c.txt",), (), False),
    ("(a)+.txt", ("(a)+.txt",), (), True),
    ("c.txt", ("[z-a].txt",), (), False),
    ("c.txt", ("",), (), False),
)


@pytest.mark.parametrize(("path", "include", "exclude", "wanted"), WANTED)
def test_patterns_choose(path: str, include: tuple[str, ...], exclude: tuple[str, ...], wanted: bool) -> None:
    """A pattern without a slash is held against every name, one with a slash against the path."""
    assert is_wanted(path, include, exclude) is wanted


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    for name in ("a.txt", "b.md", "x/c.txt", "x/y/d.txt", "x/y/e.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"{TEXT} {name}", "utf-8")
    return tmp_path


def names(source: Path | str, options: ReadOptions | None = None) -> list[str]:
    """Return the names of the files that were read."""
    found = iter_source(source, options or ReadOptions(1000))
    return [Path(item.origin).name for item in found if isinstance(item, Article)]


def test_a_folder_takes_patterns(folder: Path) -> None:
    """Include and exclude are held against paths below the folder."""
    assert names(folder, ReadOptions(1000, include=("*.txt",))) == ["a.txt", "c.txt", "d.txt"]
    assert names(folder, ReadOptions(1000, include=("*.txt",), exclude=("y",))) == ["a.txt", "c.txt"]


GLOBS = (("*.txt", ["a.txt"]), ("x/*.txt", ["c.txt"]), ("**/*.txt", ["a.txt", "c.txt", "d.txt"]),
         ("x/**/*.md", ["e.md"]), ("*/c.*", ["c.txt"]), ("[ab].*", ["a.txt", "b.md"]))  # fmt: skip


@pytest.mark.parametrize(("pattern", "found"), GLOBS)
def test_a_glob_is_a_source(folder: Path, pattern: str, found: list[str]) -> None:
    """A pattern that no shell has expanded is expanded here, and its end is told."""
    assert names(folder / pattern) == found
    assert list(iter_source(folder / pattern, ReadOptions(1000)))[-1] == Listed(
        f"{folder}/{pattern}", complete=True
    )


def test_a_glob_of_nothing_is_a_failure(folder: Path) -> None:
    """No match is said in words; a file whose name looks like a glob is a file."""
    failure, _ = iter_source(folder / "*.pdf", ReadOptions(1000))
    assert isinstance(failure, Failure)
    assert failure.reason.startswith("No file of a type that is read matches.")
    missing, end = iter_source(folder / "nosuch" / "*.txt", ReadOptions(1000))
    assert missing == Failure(str(folder / "nosuch"), "It does not exist. Check the path.")
    assert end == Listed(f"{folder}/nosuch/*.txt", complete=False)
    (folder / "a[1].txt").write_text(TEXT, "utf-8")
    assert names(folder / "a[1].txt") == ["a[1].txt"]
    assert split_glob(folder / "a.txt") is None


def test_the_end_of_a_source_is_told_when_it_was_reached(folder: Path) -> None:
    """A folder, an empty one too, and a file of records end with Listed; a single article doesn't."""
    (folder / "r.jsonl").write_text('{"text": "One."}\n', "utf-8")
    (folder / "empty").mkdir()
    ends = [
        list(iter_source(folder / name, ReadOptions(1000)))[-1] for name in ("", "r.jsonl", "a.txt", "empty")
    ]
    assert [end for end in ends if not isinstance(end, Article)] == [
        Listed(str(folder / name), complete=True) for name in ("", "r.jsonl", "empty")
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_folder_that_could_not_be_listed_is_not_complete(folder: Path) -> None:
    """A part that can't be looked into may still hold what was there before."""
    (folder / "x").chmod(0)
    items = list(iter_source(folder, ReadOptions(1000)))
    (folder / "x").chmod(0o700)
    assert items[-1] == Listed(str(folder), complete=False)
