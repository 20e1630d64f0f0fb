"""What Footnote is made of is known, and the open hole in one of its parts can't be reached."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import chromadb.utils.embedding_functions as functions
import pytest
from stored import article, assert_whole, fill, open_library, search

from tools.sbom import packages, sbom

ROOT = Path(__file__).parent.parent
PINS = dict(
    line.split("==") for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if "==" in line
)
PINNED = {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in PINS.items()}


def test_the_list_of_parts_has_every_package_once_at_its_pinned_version() -> None:
    """Each package that Footnote needs is in the SBOM, and constraints.txt pins what is installed."""
    listed = sbom()
    parts = {each["bom-ref"]: each for each in listed["components"]}
    assert len(parts) == len(listed["components"])
    libraries = {each["name"].lower() for each in parts.values() if each["type"] == "library"}
    assert {"chromadb", "gradio", "tantivy", "langchain"} <= libraries
    wrong = {
        name: installed.version
        for name, (installed, _) in packages().items()
        if name != "footnote" and PINNED.get(name) != installed.version
    }
    assert wrong == {}


def test_the_list_of_parts_has_the_bundled_models_with_checksums() -> None:
    """Model files are named with their SHA-256."""
    models = {each["name"]: each for each in sbom()["components"] if each["type"] != "library"}
    onnx = [name for name in models if name.endswith(".onnx")]
    assert onnx
    assert all(len(each["hashes"][0]["content"]) == 64 for each in models.values())


def test_no_code_of_ours_starts_a_server_of_chroma() -> None:
    """CVE-2026-45829 is in its server written in Python: nothing here imports it."""
    forbidden = ("chromadb.server", "chromadb.app", "chromadb.cli")
    imported = [
        name
        for package in ("ingest", "assistant")
        for file in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        for name in _imports(node)
        if name.startswith("chromadb")
    ]
    assert imported
    assert [name for name in imported if name.startswith(forbidden)] == []


def _imports(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


def test_no_embedding_function_is_ever_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Storing, searching, checking and removing build none, though Chroma would know how (CVE-2026-45829)."""

    def built(*_args: object, **_values: object) -> None:
        pytest.fail("an embedding function was built")

    for known in list(functions.known_embedding_functions.values()):
        monkeypatch.setattr(known, "__init__", built)
        monkeypatch.setattr(known, "build_from_config", staticmethod(built), raising=False)
    monkeypatch.setattr("ingest.storage.search.SCAN_UP_TO", 0)
    path = fill(tmp_path / "lib", article(0), article(1))
    with open_library(path) as reader:
        assert search(reader, "harbour")[0].vector_rank is not None
    with open_library(path, write=True) as writer:
        assert writer.remove([article(0).id]) == 1
    assert_whole(path, {article(1).id: article(1).version})
