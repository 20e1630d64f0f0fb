"""Files of different moments: a folder that was copied while somebody wrote, or put back in part."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from stored import article, assert_whole, fill, open_library, search

from ingest import examine_library

if TYPE_CHECKING:
    from pathlib import Path

BEFORE = tuple(article(number) for number in range(4))
# As many chunks as before, so that counting them tells nothing.
AFTER = (article(0, edition=1), article(1, edition=1))
VERSIONS = {each.id: each.version for each in (*BEFORE, *AFTER)}


@pytest.mark.parametrize("name", ["keywords", "vectors"])
def test_an_index_that_is_older_than_the_record_is_rebuilt(tmp_path: Path, name: str) -> None:
    """An index without the newest versions is noticed though it is as large, by doctor and writer."""
    path = fill(tmp_path / "lib", *BEFORE)
    shutil.copytree(path / name, tmp_path / "older")
    fill(path, *AFTER)
    shutil.rmtree(path / name)
    shutil.copytree(tmp_path / "older", path / name)
    assert [each.what.split()[1] for each in examine_library(path)] == [name.removesuffix("s")]
    with open_library(path, write=True) as library:
        assert "was rebuilt from the record" in " ".join(library.notices)
    assert_whole(path, VERSIONS)


@pytest.mark.parametrize("name", ["keywords", "vectors"])
def test_an_index_that_is_newer_than_the_record_is_rebuilt(tmp_path: Path, name: str) -> None:
    """An index that knows versions of later is noticed, and nothing of them is found."""
    path = fill(tmp_path / "lib", *BEFORE)
    shutil.copytree(path, tmp_path / "older")
    fill(path, *AFTER)
    shutil.rmtree(tmp_path / "older" / name)
    shutil.copytree(path / name, tmp_path / "older" / name)
    with open_library(tmp_path / "older") as reader:
        assert {hit.article for hit in search(reader, "edition1 harbour")} <= set(BEFORE)
    with open_library(tmp_path / "older", write=True) as library:
        assert "was rebuilt from the record" in " ".join(library.notices)
    assert_whole(tmp_path / "older", {each.id: each.version for each in BEFORE})
