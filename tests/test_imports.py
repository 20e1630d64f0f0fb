"""Who imports whom, what the packages offer, and that importing them stays quick."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import assistant
import ingest

ROOT = Path(__file__).parent.parent
# Each of these takes longer to import than all of Footnote may.
HEAVY = {
    "chromadb",
    "gradio",
    "langchain",
    "numpy",
    "onnxruntime",
    "openai",
    "pydantic",
    "rich",
    "tantivy",
    "tokenizers",
    "trafilatura",
    "typer",
}


def test_importing_brings_no_engine_along() -> None:
    """`import assistant, ingest` loads nothing that is slow to load."""
    code = "import sys, assistant, ingest; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert HEAVY & {name.partition(".")[0] for name in done.stdout.split()} == set()


def test_asking_for_help_starts_no_engine() -> None:
    """`footnote --help` loads what the command line needs and nothing that answers."""
    code = "import sys, assistant.cli.main; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    engines = HEAVY - {"rich", "typer"}
    assert engines & {name.partition(".")[0] for name in done.stdout.split()} == set()


def test_every_public_name_is_there() -> None:
    """Each name in `__all__` can be had, is listed once, and is in order."""
    for package in (assistant, ingest):
        assert [name for name in package.__all__ if getattr(package, name, None) is None] == []
        assert len(set(package.__all__)) == len(package.__all__)
        assert dir(package) == sorted(package.__all__)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    """Importing lazily doesn't change what a wrong name does."""
    assert [hasattr(package, "no_such_name") for package in (assistant, ingest)] == [False, False]


def test_assistant_uses_only_the_public_names_of_ingest() -> None:
    """No file of `assistant` imports a module inside `ingest`, or a name that is not public."""
    wrong = []
    for file in sorted((ROOT / "assistant").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                wrong += [
                    f"{file.name}: {item.name}" for item in node.names if item.name.startswith("ingest.")
                ]
            if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "ingest":
                private = [item.name for item in node.names if item.name not in ingest.__all__]
                wrong += [f"{file.name}: {node.module}"] if node.module != "ingest" else private
    assert wrong == []


def test_no_module_has_the_name_of_a_public_function() -> None:
    """A file `assistant/answer.py` beside the function `answer` would take its place once imported."""
    taken = {
        f"{package.__name__}.{name}"
        for package in (assistant, ingest)
        for name in package.__all__
        if (ROOT / package.__name__ / f"{name}.py").exists() or (ROOT / package.__name__ / name).exists()
    }
    assert taken == set()
