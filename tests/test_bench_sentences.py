"""The measuring of sentence ends can show full marks, none, and a crossed floor."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

from bench.sentences import EndScores, Result, crossed_floors, main, measure, score_ends

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

TEXT = "It rained.The sun came."
RIGHT_ENDS = [10, 23]
SEED = " date 2024-01-30 Islam Times - " + "It rained. " * 15


def planted(folder: Path, ends: list[int], seed: str = SEED) -> Path:
    """Write a folder of evaluation data with one text, glued and not, and its gold ends."""
    rows = [{"text": TEXT, "ends": ends, "glued": glued} for glued in (False, True)]
    for name, lines in (("sentences/wikinews", rows), ("news/articles", [{"text": TEXT * 1000}])):
        path = folder / f"{name}.jsonl.gz"
        path.parent.mkdir()
        path.write_bytes(gzip.compress("\n".join(map(json.dumps, lines)).encode()))
    (folder / "seed").mkdir()
    (folder / "seed" / "first.txt").write_text(seed, "utf-8")
    return folder


def test_full_marks_and_none() -> None:
    """Exact ends count as right, all others as wrong and missed."""
    assert score_ends([(TEXT, RIGHT_ENDS)]) == EndScores(right=2, wrong=0, missed=0)
    assert score_ends([(TEXT, [11])]) == EndScores(right=0, wrong=2, missed=1)
    assert [EndScores(2, 0, 0).f1, EndScores(0, 2, 1).f1, EndScores(1, 1, 1).f1] == [1.0, 0.0, 0.5]


def test_measure_reads_the_folder(tmp_path: Path) -> None:
    """Both variants, the seed article without its dateline, and a speed are measured."""
    result = measure(planted(tmp_path, RIGHT_ENDS))
    assert result.ends == {"as published": EndScores(2, 0, 0), "glued": EndScores(2, 0, 0)}
    assert result.seed_sentences == 15
    assert result.speed > 0


def test_every_floor_is_told() -> None:
    """A result below all floors names each of them."""
    bad = EndScores(1, 1, 1)
    assert crossed_floors(Result({"as published": bad, "glued": bad}, seed_sentences=14, speed=0.5)) == [
        "as published: F1 0.5000 is below 0.975",
        "glued: F1 0.5000 is below 0.97",
        "seed: 14 sentences, not 15",
        "speed: 0.50 MB/s is below 0.8",
    ]


def test_the_exit_code_tells_a_crossed_floor(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command fails when a floor is crossed and prints which."""
    assert main(["--data", str(planted(tmp_path, [11], seed="Nothing here"))]) == 1
    printed = capsys.readouterr().out.splitlines()
    assert [line for line in printed if "below 0.97" in line or line.endswith("not 15")] == [
        "as published: F1 0.0000 is below 0.975",
        "glued: F1 0.0000 is below 0.97",
        "seed: 1 sentences, not 15",
    ]
