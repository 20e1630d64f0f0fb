"""The bench of a changing site: it passes on a small one, and tells what is wrong in a library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench import site
from ingest.fetch.connection import resolved

if TYPE_CHECKING:
    import pytest


def test_a_round_of_changes_ends_in_the_right_libraries(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """After new, edited, moved, gone, dropped and broken pages both libraries hold what they should."""
    monkeypatch.setattr(site, "ROUNDS", 1)
    assert site.main(["--articles", "100", "--kept", "10"]) == 0
    told = capsys.readouterr().out
    assert "A site through five rounds" in told
    assert "0 missed, 0 told that didn't change." in told


def test_every_difference_is_told() -> None:
    """What is missing, what should not be there and what has an older text are three faults."""
    expected, found = {"/a": "new", "/b": "b", "/c": "c"}, {"/a": "old", "/b": "b", "/d": "d"}
    assert site.differences(expected, expected) == []
    assert site.differences(expected, found) == ["/c is missing", "/d should not be there", "/a is old"]


def test_names_are_resolved_by_the_system() -> None:
    """The real resolver gives every address once; this machine's name is the one that needs no network."""
    found = resolved("localhost", 80)
    assert set(found) <= {"127.0.0.1", "::1"}
    assert len(set(found)) == len(found) > 0
