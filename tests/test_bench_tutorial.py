"""The bench beside the tutorial pipeline adds up turns, asks the other for its part, and can fail."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bench.tutorial import add_up, show, theirs
from ingest import Article

if TYPE_CHECKING:
    from pathlib import Path

ECHO = """
import json, pathlib, sys
for line in sys.stdin:
    source, folder = json.loads(line)
    texts = pathlib.Path(source).read_text('utf-8').splitlines()
    print(json.dumps({'seconds': 3.0, 'work': 5.0, 'chunks': len(texts)}), flush=True)
"""
ARTICLES = [Article("The bridge is open.", "Bridge", "a.txt"), Article("Café at noon.", "Café", "b.txt")]


def other(tmp_path: Path, program: str) -> dict[str, float]:
    """Ask a stand-in for the other side."""
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as peer:
        return theirs(ARTICLES, tmp_path / "other0", peer)


def test_the_other_gets_the_texts_and_says_what_it_took(tmp_path: Path) -> None:
    """Every text is a line of the file that it is named; its answer is a line of JSON."""
    assert other(tmp_path, ECHO) == {"seconds": 3.0, "work": 5.0, "chunks": 2}


def test_another_that_ends_is_noticed(tmp_path: Path) -> None:
    """A peer that breaks ends the bench, rather than counting as quick."""
    with pytest.raises(SystemExit, match="The other ended"):
        other(tmp_path, "input()")


@pytest.mark.parametrize(("seconds", "failed"), [(2.4, 1), (2.6, 0)])
def test_the_floor_is_the_ratio_of_the_rates(seconds: float, failed: int) -> None:
    """Two and a half times as many articles a second pass, less fails."""
    own = add_up([{"seconds": 0.4, "work": 1.0, "chunks": 3}, {"seconds": 0.6, "work": 1.0, "chunks": 4}])
    assert own == {"seconds": 1.0, "work": 2.0, "chunks": 7}
    assert show(10, own, {"seconds": seconds, "work": 9.0, "chunks": 6}) == failed
