"""Statements written by hand, close to their sources and freely: are true ones told from false ones?"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answers import Support
from assistant.checking.check import check_statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.checking.check import Verdict

_DATA = Path(__file__).parent / "data"
STATEMENTS = _DATA / "statements.txt"
KEPT_BACK = _DATA / "kept_back.txt"
"""Worded as freely as freely.txt; nothing of it is printed, so that nobody mends the check with it."""
ATTACKS = _DATA / "attacks.txt"
"""Written to deceive the check, the first half before its rules were read; all were mended with."""
ATTACKS_KEPT_BACK = _DATA / "attacks_kept_back.txt"
FLOORS = {
    STATEMENTS: 0.86,
    _DATA / "freely.txt": 0.76,
    KEPT_BACK: 0.75,
    ATTACKS: 0.67,
    ATTACKS_KEPT_BACK: 0.71,
}
"""Share of the statements of each file that has to be judged rightly."""


def told(path: Path = STATEMENTS) -> Iterator[tuple[str, bool]]:
    """Check every statement of a file; yield its line and whether it was judged rightly.

    A line that begins with > has the day of publication and the sentences, with = a statement that
    they carry, with ! one that they don't.
    """
    for line, true, verdict in verdicts(path):
        yield line, (verdict.support is Support.SUPPORTED) is true


def verdicts(path: Path) -> Iterator[tuple[str, bool, Verdict]]:
    """Check every statement of a file; yield its line, whether it is true, and the verdict."""
    published, sentences = date.min, [""]
    for line in path.read_text("utf-8").splitlines():
        mark, _, rest = line.partition(" ")
        if mark == ">":
            day, _, text = rest.partition(" ")
            published, sentences = date.fromisoformat(day), text.split(" | ")
        elif mark in {"=", "!"}:
            yield line, mark == "=", check_statement(rest, sentences, published=published)


def main() -> int:
    """Print what is judged wrongly and the shares of each file; return 1 where one is below its floor."""
    low = False
    for path, floor in FLOORS.items():
        found = list(told(path))
        for line, right in found:
            if not right and path not in {KEPT_BACK, ATTACKS_KEPT_BACK}:
                print(line)
        for mark, name in (("=", "true statements accepted"), ("!", "false statements rejected")):
            judged = [right for line, right in found if line.startswith(mark)]
            print(f"{path.stem}: {name} {sum(judged) / len(judged):.3f} of {len(judged)}")
        low = low or sum(right for _, right in found) / len(found) < floor
    return int(low)


if __name__ == "__main__":
    sys.exit(main())
