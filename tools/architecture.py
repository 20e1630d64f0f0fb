"""Write the table of files in docs/files.md from the first line of each file's docstring.

    python tools/architecture.py

A file says itself what it owns, so the table cannot go stale: tests/test_docs.py compares them.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "files.md"
BEGIN, END = "<!-- files -->", "<!-- end of files -->"


def owns(file: Path) -> str:
    """Return the first line of a file's docstring."""
    docstring = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
    return docstring.partition("\n")[0]


def table() -> str:
    """Return the table of both packages, `ingest` first, in order of path."""
    files = [file for package in ("ingest", "assistant") for file in sorted((ROOT / package).rglob("*.py"))]
    rows = [
        f"| {file.relative_to(ROOT).as_posix()} | {owns(file).replace('|', chr(92) + '|')} |"
        for file in files
    ]
    return "\n".join(["| file | owns |", "|---|---|", *rows])


def rewritten(page: str) -> str:
    """Return the page with its table as the files are now."""
    return re.sub(f"{BEGIN}.*{END}", lambda _: f"{BEGIN}\n{table()}\n{END}", page, flags=re.DOTALL)


if __name__ == "__main__":
    PAGE.write_text(rewritten(PAGE.read_text("utf-8")), "utf-8")
