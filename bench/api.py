"""The endpoints for programs under schemathesis: no failure inside, and no answer that doesn't come.

    python -m bench.api [--minutes 10] [--schemathesis COMMAND]

schemathesis is not one of our requirements. Install it apart (`python -m venv A && A/bin/pip install
schemathesis`) and name its command. The chat is served over the example articles, once as it comes and once
with sign-in and a token; both get half of the time. Counted as failures: a status of 500 or more, and an
answer that takes longer than 10 seconds. Of what else schemathesis looks for, what the answers look like
beside the schema is checked too.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from argparse import ArgumentParser
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parent.parent
COMMAND = [sys.executable, "-c", "from assistant.cli.main import main; main()"]
LONGEST = 10  # seconds for an answer, on a busy machine
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)
NONE = (
    "schemathesis is not installed, so nothing was tried. `python -m bench.api --help` says how to have it."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Try both ways of serving; return 1 where anything was found, 2 without schemathesis."""
    parser = ArgumentParser(description="The endpoints for programs under schemathesis.")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--schemathesis", default="schemathesis", help="the command, where it isn't on PATH")
    options = parser.parse_args(arguments)
    command = shutil.which(options.schemathesis)
    if command is None:
        print(NONE, file=sys.stderr)
        return 2
    seconds = max(1, round(60 * options.minutes / 2))
    with TemporaryDirectory(prefix="footnote-api-") as folder:
        library = Path(folder)
        _footnote(library, "ingest", str(ROOT / "examples"))
        found = _tried(command, library, seconds, token=None)
        _footnote(library, "user", "add", "ines", typed="correct horse battery\n")
        token = _footnote(library, "token", "add", "ines").strip()
        found += _tried(command, library, seconds, token=token)
    return int(found > 0)


def _tried(command: str, library: Path, seconds: int, *, token: str | None) -> int:
    with _chat(library) as address:
        tried = [command, "run", f"{address}api/openapi.json", "--max-time", str(seconds)]
        tried += ["--checks", ",".join(CHECKS), "--max-response-time", str(LONGEST)]
        tried += ["--continue-on-failure", "--request-timeout", str(6 * LONGEST), "--no-color"]
        tried += ["--header", f"Authorization: Bearer {token}"] if token else []
        tried += ["--warnings", "off", "--generation-database", "none"]
        done = subprocess.run(tried, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)  # noqa: S603  # what was named
    print("with a token:" if token else "at this machine:", _summary(done.stdout), flush=True)
    if done.returncode:
        print(done.stdout)
    return done.returncode


def _summary(said: str) -> str:
    """Return what schemathesis says in the end: how many cases it has tried, and what it found."""
    cases = re.search(r"Test cases:\s+(.+)", said)
    return cases[1] if cases else "nothing was tried"


@contextmanager
def _chat(library: Path) -> Iterator[str]:
    command = [*COMMAND, "chat", "--no-browser", "--port", "0"]
    with subprocess.Popen(command, env=_own(library), stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  # our own
        assert process.stdout is not None
        try:
            found = re.search(r"http://\S+", process.stdout.readline())
            if found is None:
                raise SystemExit("the chat did not start")
            yield found[0]
        finally:
            process.terminate()
            process.wait(60)


def _footnote(library: Path, *arguments: str, typed: str = "") -> str:
    return subprocess.run(  # noqa: S603  # our own
        [*COMMAND, *arguments], env=_own(library), input=typed, stdout=subprocess.PIPE, text=True, check=True
    ).stdout


def _own(library: Path) -> dict[str, str]:
    own = {"FOOTNOTE_LIBRARY": str(library), "FOOTNOTE_MODEL": "none", "PYTHONPATH": str(ROOT)}
    return {**os.environ, **own}


if __name__ == "__main__":
    sys.exit(main())
