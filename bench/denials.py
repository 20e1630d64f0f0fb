"""Statements of what sources deny or only plan, true ones beside them: what passes, what is rejected?"""

from __future__ import annotations

import sys
from pathlib import Path

from bench.statements import told

_DATA = Path(__file__).parent / "data"
FIRST = _DATA / "denials.txt"
"""Written before the check read what a denial reaches; what it got wrong was mended."""
KEPT_BACK = _DATA / "denials_kept_back.txt"
"""Written after that; nothing of it is printed, so that nobody mends the check with it."""
PLANNED = _DATA / "unrealised.txt"
"""What is planned, asked for, attempted or alleged; the rule of what came about was made with these."""
PLANNED_KEPT_BACK = _DATA / "unrealised_kept_back.txt"
"""Written together with those and put aside by lot; nothing of it is printed."""
FLOORS = {
    FIRST: (0.04, 0.25),
    KEPT_BACK: (0.03, 0.17),
    PLANNED: (0.17, 0.07),
    PLANNED_KEPT_BACK: (0.20, 0.20),
}
"""Share of the false statements that may be accepted, and of the true ones that may be rejected.

For what is kept back it is what was measured first.
"""


def shares(path: Path) -> tuple[float, float]:
    """Return which share of the false statements of a file is accepted, and of the true ones rejected."""
    found = list(told(path))
    false = [right for line, right in found if line.startswith("!")]
    true = [right for line, right in found if line.startswith("=")]
    return 1 - sum(false) / len(false), 1 - sum(true) / len(true)


def main() -> int:
    """Print both shares of each half; return 1 where one is above what is allowed."""
    high = False
    for path, most in FLOORS.items():
        found = shares(path)
        print(f"{path.stem}: false accepted {found[0]:.2f}, true rejected {found[1]:.2f}")
        high = high or any(share > limit + 1e-9 for share, limit in zip(found, most, strict=True))
    return int(high)


if __name__ == "__main__":
    sys.exit(main())
