"""Statements that a person wrote about the example articles: are true ones told from false ones?"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answers import Support
from assistant.support import check_statement

if TYPE_CHECKING:
    from collections.abc import Iterator

STATEMENTS = Path(__file__).parent / "data" / "statements.txt"
FLOOR = 0.85
"""Share of the statements that has to be judged rightly."""


def told(path: Path = STATEMENTS) -> Iterator[tuple[str, bool]]:
    """Check every statement of a file; yield its line and whether it was judged rightly.

    A line that begins with > has the day of publication and the sentences, with = a statement that
    they carry, with ! one that they don't.
    """
    published, sentences = date.min, [""]
    for line in path.read_text("utf-8").splitlines():
        mark, _, rest = line.partition(" ")
        if mark == ">":
            day, _, text = rest.partition(" ")
            published, sentences = date.fromisoformat(day), text.split(" | ")
        elif mark in {"=", "!"}:
            verdict = check_statement(rest, sentences, published=published)
            yield line, (verdict.support is Support.SUPPORTED) is (mark == "=")


def main() -> int:
    """Print what is judged wrongly and the shares; return 1 below the floor."""
    found = list(told())
    for line, right in found:
        if not right:
            print(line)
    for mark, name in (("=", "true statements accepted"), ("!", "false statements rejected")):
        judged = [right for line, right in found if line.startswith(mark)]
        print(f"{name} {sum(judged) / len(judged):.3f} of {len(judged)}")
    return int(sum(right for _, right in found) / len(found) < FLOOR)


if __name__ == "__main__":
    sys.exit(main())
