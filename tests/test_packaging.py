"""What an installed Footnote consists of, as pyproject.toml says."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SETUPTOOLS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]


@pytest.mark.parametrize("package", ["ingest", "assistant"])
def test_every_file_of_a_package_is_installed(package: str) -> None:
    """Model, weights, style and scripts come along: a file that no pattern names would be left out."""
    folder = ROOT / package
    files = {path for path in folder.rglob("*") if path.is_file() and path.suffix not in {".py", ".pyc"}}
    named = {path for pattern in SETUPTOOLS["package-data"][package] for path in folder.glob(pattern)}
    assert sorted(files - named) == []


@pytest.mark.parametrize("package", ["ingest", "assistant"])
def test_every_folder_with_code_is_a_package(package: str) -> None:
    """A folder without `__init__.py` would be left out."""
    folders = {path.parent for path in (ROOT / package).rglob("*.py")}
    assert sorted(folder for folder in folders if not (folder / "__init__.py").exists()) == []


def test_every_example_article_is_installed() -> None:
    """`footnote chat --examples` has all articles, however Footnote was installed."""
    files = {path for path in (ROOT / "examples").rglob("*") if path.is_file()}
    patterns = [pattern for patterns in SETUPTOOLS["data-files"].values() for pattern in patterns]
    assert sorted(files - {path for pattern in patterns for path in ROOT.glob(pattern)}) == []
