"""The bench of other splitters' cases: which are read, which are right, which floors are crossed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bench.golden_rules import cases, is_right, main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

RULES = """
[[golden_en_rules]]
text = "The ferry sank. Nobody drowned."
expected = ["The ferry sank.", "Nobody drowned."]

[[golden_en_rules]]
text = "The ferry sank. Nobody drowned."
expected = ["The ferry sank. Nobody drowned."]
"""


def write(folder: Path) -> None:
    (folder / "lang").mkdir()
    (folder / "lang" / "english.toml").write_text(RULES, "utf-8")
    (folder / "lt").mkdir()
    table = {"language": "de", "cases": [{"mode": "_two", "sentences": ["Es regnet. ", "Er geht."]}]}
    (folder / "lt" / "de.json").write_text(json.dumps(table), "utf-8")


def test_cases_of_both_kinds_are_read(tmp_path: Path) -> None:
    """TOML and JSON cases give their set, text and sentences."""
    write(tmp_path)
    assert list(cases(tmp_path))[1:] == [
        ("golden_en_rules", "The ferry sank. Nobody drowned.", ["The ferry sank. Nobody drowned."]),
        ("LanguageTool de", "Es regnet. Er geht.", ["Es regnet. ", "Er geht."]),
    ]


def test_a_case_that_rewrites_its_text_is_left_out() -> None:
    """Where the expected sentences don't stand in the text, offsets can't be compared."""
    assert is_right("It rained,it poured.", ["It rained, it poured."]) is None


def test_a_crossed_floor_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Half of the English cases right is below their floor."""
    write(tmp_path)
    assert main([str(tmp_path)]) == 1
    assert "below 0.96" in capsys.readouterr().out
