"""Write the answers in README.md anew: `python tools/readme.py`. tests/test_docs.py checks them.

A comment `<!-- answer: footnote ask "…" -->` says what to run; the block after it holds what was printed
for a library of the example articles.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
ANSWER = re.compile(r"(<!-- answer: footnote ([^\n]*) -->\n```text\n)(.*?)^```", re.MULTILINE | re.DOTALL)
WIDTH = "88"  # as wide as a code block is shown without scrolling


def rewritten(page: str, library: Path) -> str:
    """Return the page with each answer as the command prints it today."""
    environment = {
        **os.environ,
        "FOOTNOTE_LIBRARY": str(library),
        "COLUMNS": WIDTH,
        "PYTHONIOENCODING": "utf-8",
    }

    def answer(found: re.Match[str]) -> str:
        command = [
            sys.executable,
            "-c",
            "from assistant.cli.main import main; main()",
            *shlex.split(found[2]),
        ]
        done = subprocess.run(  # noqa: S603  # our own command
            command, env=environment, cwd=ROOT, capture_output=True, check=True
        )
        return f"{found[1]}{done.stdout.decode()}```"

    return ANSWER.sub(answer, page)


def main() -> None:
    """Put the examples into a library and write README.md."""
    sys.path.insert(0, str(ROOT))
    from ingest import ingest_articles

    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        ingest_articles(ROOT / "examples", library)
        README.write_text(rewritten(README.read_text("utf-8"), library), "utf-8")


if __name__ == "__main__":
    main()
