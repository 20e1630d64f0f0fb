"""docs/security.md says of every case which test holds it, and those tests are there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
ROWS = re.findall(r"^\| (\d+) \| (.+?) \| (yes|part|no) \| (.+?) \| (.*?)\s*\|$", PAGE, re.MULTILINE)


def test_every_case_is_listed_once_in_order() -> None:
    """The table has the cases 1 to 71."""
    assert [int(number) for number, *_ in ROWS] == list(range(1, 72))


def test_every_test_that_is_named_exists() -> None:
    """Each `file::test` on the page is a test of that file."""
    named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", PAGE)
    gone = [
        f"{file}::{name}"
        for file, name in named
        if not (ROOT / file).exists() or f"def {name}(" not in (ROOT / file).read_text("utf-8")
    ]
    assert gone == []
    assert len(named) > 100


def test_what_holds_has_a_test_and_what_does_not_says_why() -> None:
    """A case that holds names a test and lacks nothing; any other says what is missing."""
    for number, _, holds, tests, missing in ROWS:
        assert ("::" in tests or holds == "no", holds == "yes", number) == (True, missing == "", number)
