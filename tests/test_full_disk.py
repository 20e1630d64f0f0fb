"""A disk that another program fills while articles are stored: the message says so, nothing is lost."""

from __future__ import annotations

import shutil
from collections import namedtuple
from typing import TYPE_CHECKING

import pytest
from stored import article, assert_whole, fill, open_library, prepare

from ingest import LibraryDamagedError, LibraryError
from ingest.storage.indexes import Indexes
from ingest.storage.writer import RESERVE

if TYPE_CHECKING:
    from pathlib import Path

Usage = namedtuple("Usage", "total used free")  # noqa: PYI024  # what shutil returns


def test_a_failure_on_a_full_disk_is_called_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Chroma has many names for a lack of space; where little is free, the message names the disk."""
    path = fill(tmp_path / "lib", article(0))
    free = [4 * RESERVE]

    def failing(*_args: object) -> None:
        free[0] = 2**20
        raise LibraryDamagedError("The vector index is damaged (Error in compaction).")

    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(2**30, 0, free[0]))
    with open_library(path, write=True) as library, monkeypatch.context() as patch:
        patch.setattr(Indexes, "add", failing)
        with pytest.raises(LibraryError, match="The disk is full: another program") as told:
            library.put([prepare(article(1))])
        assert not isinstance(told.value, LibraryDamagedError)
    assert_whole(path, {article(0).id: article(0).version})
