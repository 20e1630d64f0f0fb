"""Libraries kept open between questions: the same one until its files are others."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from stored import WORDS, article, fill

from assistant.retrieval import open_libraries as libraries
from assistant.retrieval.open_libraries import open_library
from ingest import LibraryError, repair_library

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libraries, "embedder_for", lambda _settings: WORDS)


def _titles(path: Path) -> list[str]:
    return sorted(each.title for each in open_library(path).library.articles())


def test_a_library_is_opened_once_and_follows_what_is_written(tmp_path: Path) -> None:
    """The second question uses what the first opened, new articles included."""
    path = fill(tmp_path / "lib", article(1))
    opened = open_library(path)
    fill(path, article(2))
    assert (open_library(path) is opened, _titles(path)) == (True, ["The bakery", "The library"])


def test_a_library_that_was_deleted_and_made_anew_is_opened_anew(tmp_path: Path) -> None:
    """Nothing of the old one is shown, and where none is made it says so."""
    path = fill(tmp_path / "lib", article(1))
    assert _titles(path) == ["The bakery"]
    shutil.rmtree(path)
    fill(path, article(2))
    assert _titles(path) == ["The library"]
    shutil.rmtree(path)
    with pytest.raises(LibraryError, match="no library at"):
        open_library(path)


def test_a_library_that_a_repair_has_replaced_is_opened_anew(tmp_path: Path) -> None:
    """After a salvage the next question reads the new record, not the one that was put aside."""
    path = fill(tmp_path / "lib", *(article(number) for number in range(300)))
    opened = open_library(path)
    file = path / "record.sqlite"
    content = bytearray(file.read_bytes())
    content[200_000:220_000] = b"\xa5" * 20_000
    file.write_bytes(content)
    assert "versions of articles were saved" in repair_library(path)[0]
    again = open_library(path)
    assert (again is opened, again.library.count()[0] < 300) == (False, True)
